"""Financial years: the days that an organiser's books are closed together for (bokföringslagen 1999:1078, 3 kap.)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from domain.kernel.errors import BadValue, RuleBroken

MOST_MONTHS = 18
"""How long a first or a changed financial year may be (bokföringslagen 3:3); the others have twelve months."""

A_YEAR = 12
_DAY = date.resolution


class YearsHaveGap(RuleBroken):
    """After the years told before, no financial year begins on the day given; one begins on `begins_on`."""


@dataclass(frozen=True)
class FinancialYear:
    """From a first until a last local day, both included."""

    first: date
    last: date

    def has(self, day: date) -> bool:
        """Whether a day is one of its."""
        return self.first <= day <= self.last

    def meets(self, other: FinancialYear) -> bool:
        """Whether some day is in both."""
        return self.first <= other.last and other.first <= self.last


def financial_year(first: date, last: date) -> FinancialYear:
    """A year that may be one: it ends with a month, and has at most eighteen. Raises BadValue."""
    if last < first:
        raise BadValue(field="last_on", why="a period ends after it starts")
    if last != _month_end(last):
        raise BadValue(field="last_on", why="a financial year ends with a month")
    if last >= _months_after(first, MOST_MONTHS):
        raise BadValue(field="last_on", why="a financial year has at most 18 months")
    return FinancialYear(first, last)


@dataclass(frozen=True)
class ToldYear:
    """A year, and the day on which somebody said so."""

    year: FinancialYear
    told_on: date


@dataclass(frozen=True)
class FinancialYears:
    """All financial years of an organiser, as they follow from those told, in the order in which they were told.

    Until one is told they are calendar years. Before the first and after the last that was told they have twelve
    months each. A year told anew takes the place of those it covers, so a shorter or longer one changes all after it.
    """

    told: tuple[ToldYear, ...] = ()

    def year_of(self, day: date) -> FinancialYear:
        """The year a day belongs to."""
        known = self._known()
        if not known:
            return FinancialYear(date(day.year, 1, 1), date(day.year, 12, 31))
        year = max((each for each in known if each.first <= day), key=lambda each: each.first, default=known[0])
        while day < year.first:
            year = FinancialYear(_months_after(year.first, -A_YEAR), year.first - _DAY)
        while year.last < day:
            year = FinancialYear(year.last + _DAY, _month_end(_months_after(year.last.replace(day=1), A_YEAR)))
        return year

    def closing_year(self, day: date) -> int:
        """The calendar year in which the financial year of a day ends: from then its papers are kept (7:2)."""
        return self.year_of(day).last.year

    def told_anew(self, year: FinancialYear, today: date) -> FinancialYears:
        """With a year more. It begins where one begins, or before all that were told. Raises YearsHaveGap."""
        before = [each for each in self._known() if each.last < year.first]
        if before and self.year_of(year.first).first != year.first:
            raise YearsHaveGap(begins_on=self.year_of(year.first).first.isoformat())
        return FinancialYears((*self.told, ToldYear(year, today)))

    def closes_with_key(self, closing_year: int) -> int:
        """The calendar year in which the last financial year ends of which anything is sealed by a year's key.

        It is the key's own, but where a year was changed after something had been sealed in it.
        """
        latest = closing_year
        for no, each in enumerate(self.told):
            then = FinancialYears(self.told[:no])
            year = then.year_of(date(closing_year, 12, 31))
            if year.last.year != closing_year:
                year = then.year_of(year.first - _DAY)
            if year.last.year == closing_year and year.first <= each.told_on:
                latest = max(latest, self.closing_year(min(year.last, each.told_on)))
        return latest

    def _known(self) -> list[FinancialYear]:
        known: list[FinancialYear] = []
        for told in self.told:
            after = [each for each in known if each.first > told.year.last]
            joins = bool(after) and after[0].first == told.year.last + _DAY
            known = [each for each in known if each.last < told.year.first] + [told.year] + (after if joins else [])
        return known


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _months_after(day: date, months: int) -> date:
    """The same day of another month, or its last where it has no such day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
