"""Days on which a Swedish professional network seldom meets: red days and their eves (lag 1989:253, and custom)."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

_SATURDAY = 5


class Holiday(StrEnum):
    """Why a day is better avoided."""

    NEW_YEAR = "new_year"
    EPIPHANY = "epiphany"
    GOOD_FRIDAY = "good_friday"
    EASTER_DAY = "easter_day"
    EASTER_MONDAY = "easter_monday"
    FIRST_OF_MAY = "first_of_may"
    ASCENSION = "ascension"
    WHIT_SUNDAY = "whit_sunday"
    NATIONAL_DAY = "national_day"
    MIDSUMMER_EVE = "midsummer_eve"
    MIDSUMMER_DAY = "midsummer_day"
    ALL_SAINTS = "all_saints"
    CHRISTMAS_EVE = "christmas_eve"
    CHRISTMAS_DAY = "christmas_day"
    BOXING_DAY = "boxing_day"
    NEW_YEARS_EVE = "new_years_eve"


def holiday_on(day: date) -> Holiday | None:
    """The holiday of a local day, if it is one."""
    return _holidays_of(day.year).get(day)


def is_weekend(day: date) -> bool:
    """Whether it is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def easter_of(year: int) -> date:
    """Easter Sunday by the Gregorian reckoning: the Sunday after the first full moon of spring."""
    century, golden = year // 100, year % 19
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact = moon - (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    from_march = epact - weekday
    return date(year, 3, 28) + timedelta(days=from_march)


def _holidays_of(year: int) -> dict[date, Holiday]:
    easter = easter_of(year)
    midsummer = _saturday_from(date(year, 6, 20))
    return {
        date(year, 1, 1): Holiday.NEW_YEAR,
        date(year, 1, 6): Holiday.EPIPHANY,
        date(year, 5, 1): Holiday.FIRST_OF_MAY,
        date(year, 6, 6): Holiday.NATIONAL_DAY,
        easter - timedelta(days=2): Holiday.GOOD_FRIDAY,
        easter: Holiday.EASTER_DAY,
        easter + timedelta(days=1): Holiday.EASTER_MONDAY,
        easter + timedelta(days=39): Holiday.ASCENSION,
        easter + timedelta(days=49): Holiday.WHIT_SUNDAY,
        midsummer - timedelta(days=1): Holiday.MIDSUMMER_EVE,
        midsummer: Holiday.MIDSUMMER_DAY,
        _saturday_from(date(year, 10, 31)): Holiday.ALL_SAINTS,
        date(year, 12, 24): Holiday.CHRISTMAS_EVE,
        date(year, 12, 25): Holiday.CHRISTMAS_DAY,
        date(year, 12, 26): Holiday.BOXING_DAY,
        date(year, 12, 31): Holiday.NEW_YEARS_EVE,
    }


def _saturday_from(day: date) -> date:
    return day + timedelta(days=(_SATURDAY - day.weekday()) % 7)
