"""By which local day the VAT return of a period is to be with the tax agency, and its VAT paid (SFL 26 kap.)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.accounting.vat_return import MONTHS
from domain.kernel.holiday import holiday_on, is_weekend

_JANUARY, _AUGUST, _DECEMBER = 1, 8, 12
_SOONER: Mapping[int, int] = {_DECEMBER: 27}
_LATER: Mapping[int, int] = {_JANUARY: 17, _AUGUST: 17}
"""Months with another day than the 26th, and than the 12th."""


@dataclass(frozen=True)
class FilingDays:
    """`last`: for most; `large`: for whoever has a base of more than 40 million kronor a year; None: it is the same."""

    last: date
    large: date | None = None


def filing_days(until_on: date, months: int) -> FilingDays:
    """The days for a period that ends on a day and is one month, three, or (12) a financial year long.

    Months and quarters: the 12th of the second month after, in January and August the 17th (26:30); a base of more than
    40 million: the 26th of the month after, in December the 27th (26:30). Years: the 26th of the second month after
    (26:33); whoever trades with nobody in other countries of the Union may wait for the income return. What is no
    working day is the next one (lag 1930:173).
    """
    sooner, later = month_after(until_on, 1), month_after(until_on, 2)
    if months == max(MONTHS):
        return FilingDays(working_day(later.replace(day=_SOONER.get(later.month, 26))))
    last = working_day(later.replace(day=_LATER.get(later.month, 12)))
    large = working_day(sooner.replace(day=_SOONER.get(sooner.month, 26)))
    return FilingDays(last, large if months == min(MONTHS) else None)


def month_after(day: date, months: int) -> date:
    """The first day of the month so many months after that of a day."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def working_day(day: date) -> date:
    """The day itself, or the first after it that is worked on: eves of Midsummer, Christmas and New Year are not."""
    while is_weekend(day) or holiday_on(day) is not None:
        day += date.resolution
    return day
