"""Days as banks write them to people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

_TIME = r"(?:[t ](?:kl\.? ?)?\d.*)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-./ ]?)(\d{{1,2}})\2(\d{{1,2}})\.?{_TIME}")
_STAMP = re.compile(r"(\d{8})\d{4,6}")
_SHORT = re.compile(r"(\d\d)([-.]?)(\d\d)\2(\d\d)")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-./](\d{{1,2}})[-./ ](\d{{4}}){_TIME}")
_SLASHED = re.compile(rf"(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}|\d\d){_TIME}")
_NAMED = re.compile(r"(\d{1,2})\.?[- ]?([^\W\d_]+)\.?[- ]?(\d{4}|\d\d)")
_WEEKDAY = re.compile(r"(?:måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|(?:må|ti|on|to|fr|lö|sö)[nsre]?s?\.?),? ")

_NAMES = (
    "januari january januar jan tammikuu", "februari february februar feb helmikuu", "mars march marts mar maaliskuu",
    "april apr huhtikuu", "maj may mai toukokuu", "juni june jun kesäkuu", "juli july jul heinäkuu",
    "augusti august aug elokuu", "september sept sep syyskuu", "oktober october okt oct lokakuu",
    "november nov marraskuu", "december desember dec des joulukuu",
)  # fmt: skip
_MONTHS = {name: no for no, names in enumerate(_NAMES, 1) for name in names.split()}
"""In Swedish, English, Norwegian, Danish and Finnish, by the whole name and as it is cut."""

_SPAN = timedelta(days=62)
"""A file that spans at most so many days in one reading, and more in the other, is written in the first."""
_LATELY = timedelta(days=360)
"""Files are taken out of days not so long ago; years apart, two readings of a day cannot both be."""

_Reading = Callable[[str], date]


class AmbiguousDay(ValueError):
    """What may be two days, and nothing in the file tells which."""


class DaysOfFile:
    """The days of one file are written alike: what one may be, the others tell."""

    def __init__(self, written: Iterable[str], today: date) -> None:
        told = list(dict.fromkeys(_tidied(each) for each in written))
        short = [each for each in told if _SHORT.fullmatch(each)]
        slashed = [each for each in told if _SLASHED.fullmatch(each)]
        self._short = _chosen(short, today, _year_first, _year_last)
        self._is_day_first = _chosen(slashed, today, _day_first, _month_first) is _day_first

    def day(self, text: str) -> date:
        """2026-11-27, 20261127, 27.11.2026, 27/11/2026, 261127, 27.11.26, 27 nov 2026. Raises AmbiguousDay, ValueError.

        A day stands before its month: so it is written in Europe. With slashes others write the month first, so there
        the days of the file must tell; what can only be the other way is refused. So must they where a year of two
        figures may stand first or last between hyphens; with points it stands last, without a mark first.
        """
        told = _tidied(text)
        if found := _STAMP.fullmatch(told):
            told = found[1]
        if (found := _YEAR_FIRST.fullmatch(told)) and (found[2] or len(found[3] + found[4]) == len("1127")):
            return date(int(found[1]), int(found[3]), int(found[4]))
        if found := _SHORT.fullmatch(told):
            return self._of_two_figures(told, found[2])
        if _SLASHED.fullmatch(told):
            return self._slashed(told)
        if found := _DAY_FIRST.fullmatch(told):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if (found := _NAMED.fullmatch(told)) and (month := _month(found[2])):
            return date(_year(found[3]), month, int(found[1]))
        raise ValueError(text)

    def _of_two_figures(self, told: str, mark: str) -> date:
        if self._short is not None:
            return self._short(told)
        if mark == "-" and _can(_year_first, told) and _can(_year_last, told) and _year_first(told) != _year_last(told):
            raise AmbiguousDay(told)
        return (_year_last if mark == "." or not _can(_year_first, told) else _year_first)(told)

    def _slashed(self, told: str) -> date:
        is_month = not self._is_day_first and _can(_month_first, told)
        if is_month and (not _can(_day_first, told) or _month_first(told) != _day_first(told)):
            raise AmbiguousDay(told)
        return _day_first(told)


def _tidied(text: str) -> str:
    return _WEEKDAY.sub("", " ".join(text.casefold().split()), count=1)


def _chosen(written: Sequence[str], today: date, *readings: _Reading) -> _Reading | None:
    """The reading by which alone they are days such as a file holds. None: nothing tells.

    That is, all near each other; or more of them lately; or more of them days at all; or in order.
    """
    able = list(readings)
    days = {each: [each(one) for one in written if _can(each, one)] for each in able}
    near, lately = partial(_near_each_other, len(written)), partial(_lately, today)
    for like in (near, lately, len, _in_order):
        most = max(like(days[each]) for each in able)
        able = [each for each in able if like(days[each]) == most]
    return able[0] if len(able) == 1 else None


def _near_each_other(count: int, days: Sequence[date]) -> int:
    return int(0 < count == len(days) and max(days) - min(days) <= _SPAN)


def _lately(today: date, days: Sequence[date]) -> int:
    return sum(today - _LATELY <= day <= today for day in days)


def _in_order(days: Sequence[date]) -> int:
    steps = [late > early for early, late in pairwise(days)]
    return int(len(set(steps)) == 1)


def _can(reading: _Reading, told: str) -> bool:
    try:
        reading(told)
    except ValueError:
        return False
    return True


def _year_first(told: str) -> date:
    figures = told.replace("-", "").replace(".", "")
    return date(2000 + int(figures[:2]), int(figures[2:4]), int(figures[4:]))


def _year_last(told: str) -> date:
    figures = told.replace("-", "").replace(".", "")
    return date(2000 + int(figures[4:]), int(figures[2:4]), int(figures[:2]))


def _day_first(told: str) -> date:
    day, month, year = _of_slashed(told)
    return date(year, month, day)


def _month_first(told: str) -> date:
    month, day, year = _of_slashed(told)
    return date(year, month, day)


def _of_slashed(told: str) -> tuple[int, int, int]:
    found = _SLASHED.fullmatch(told)
    if found is None:
        raise ValueError(told)
    return int(found[1]), int(found[2]), _year(found[3])


def _year(told: str) -> int:
    return int(told) + (2000 if len(told) == len("26") else 0)


def _month(name: str) -> int:
    """By its name, also as Finnish bends it; 0 for none."""
    return _MONTHS.get(name.removesuffix("ta") if name.endswith("kuuta") else name, 0)
