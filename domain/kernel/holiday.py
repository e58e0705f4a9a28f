"""Days on which a Swedish professional network seldom meets: red days (lag 1989:253) and the eves kept like them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache

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


_NAMES = {
    "New Year's Day": Holiday.NEW_YEAR,
    "Epiphany": Holiday.EPIPHANY,
    "Good Friday": Holiday.GOOD_FRIDAY,
    "Easter Sunday": Holiday.EASTER_DAY,
    "Easter Monday": Holiday.EASTER_MONDAY,
    "May Day": Holiday.FIRST_OF_MAY,
    "Ascension Day": Holiday.ASCENSION,
    "Pentecost": Holiday.WHIT_SUNDAY,
    "National Day": Holiday.NATIONAL_DAY,
    "Midsummer Eve": Holiday.MIDSUMMER_EVE,
    "Midsummer Day": Holiday.MIDSUMMER_DAY,
    "All Saints' Day": Holiday.ALL_SAINTS,
    "Christmas Eve": Holiday.CHRISTMAS_EVE,
    "Christmas Day": Holiday.CHRISTMAS_DAY,
    "Second Day of Christmas": Holiday.BOXING_DAY,
    "New Year's Eve": Holiday.NEW_YEARS_EVE,
}
"""What the package calls them; other days of its (half days before eves, days between) are worked on."""


def holiday_on(day: date) -> Holiday | None:
    """The holiday of a local day, if it is one."""
    return _holidays_of(day.year).get(day)


def is_weekend(day: date) -> bool:
    """Whether it is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


@lru_cache(maxsize=64)
def _holidays_of(year: int) -> Mapping[date, Holiday]:
    from holidays.countries.sweden import Sweden  # brings 10 MB of other countries with it

    kept = Sweden(years=year, language="en_US", include_sundays=False, categories=Sweden.supported_categories)
    named = {day: [_NAMES[name] for name in kept.get_list(day) if name in _NAMES] for day in kept}
    return {day: found[0] for day, found in named.items() if found}
