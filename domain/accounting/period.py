"""Periods handed over to the bookkeeping: each once, within a financial year, and never changed afterwards."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.accounting.account import AccountChoice
from domain.accounting.object_code import ObjectCode, ObjectKind
from domain.kernel.aggregate import Aggregate, Part
from domain.kernel.errors import BadValue, NotFound, RuleBroken
from domain.kernel.financial_year import FinancialYear, FinancialYears

_DAY = date.resolution


class PeriodOverlaps(RuleBroken):
    """Some of the days have been exported in another period (`from_on`, `until_on`, `number`)."""


class PeriodInTwoYears(RuleBroken):
    """The days lie in more than one financial year; the first ends on `last_on`."""


class PeriodNotOver(RuleBroken):
    """The last day of the period (`until_on`) is not over: more may happen in it."""


class PeriodUnfinished(RuleBroken):
    """Something of the period is not as it usually is when it is handed over, and nobody has said that it may be.

    `unallotted` (öre): money that belongs nowhere yet. `left_out`: vouchers of days between the last period and this
    one. `is_part`: the period ends within a month.
    """


class YearDividesPeriod(RuleBroken):
    """A period handed over (`number`) would lie in more than one financial year."""


class ExportFetched(RuleBroken):
    """The file has been fetched, so what is in it may have been booked; it is taken back no longer."""


class ExportNotLast(RuleBroken):
    """Only the period that was handed over last (`number`) can be taken back: later files rest on earlier ones."""


@dataclass(frozen=True)
class SeriesCount:
    """Vouchers of a series in a period: the number of the first, and how many there are."""

    series: str
    first: int
    count: int


@dataclass(frozen=True)
class Contents:
    """What is in a period before it is handed over: vouchers by series, the networks and seasons they are about.

    `unallotted` (öre) and `left_out` (vouchers) as in PeriodUnfinished.
    """

    series: Mapping[str, int]
    objects: tuple[tuple[ObjectKind, UUID], ...] = ()
    unallotted: int = 0
    left_out: int = 0


@dataclass(frozen=True)
class Export:
    """A period handed over: `position` is how far the log had come, so that the same file can be written again.

    `year`: the financial year it lies in. `series` and `codes`: numbers of its vouchers, and codes of what they are
    about. Those handed over before years and numbers were kept lie in calendar years, and have neither.
    """

    number: int
    from_on: date
    until_on: date
    position: int
    exported_on: date
    accounts: tuple[AccountChoice, ...]
    network_dimension: int
    season_dimension: int
    year: FinancialYear | None = None
    series: tuple[SeriesCount, ...] = ()
    codes: tuple[ObjectCode, ...] = ()

    def is_of(self, from_on: date, until_on: date) -> bool:
        """Whether it is of just these days."""
        return (self.from_on, self.until_on) == (from_on, until_on)


class BookkeepingPeriods(Part):
    """Of a bookkeeping: the periods handed over, latest last."""

    exports: list[Export]
    exported: int
    fetched: set[int]

    class PeriodExported(Aggregate.Event):
        export: Export

        def apply(self, bookkeeping: BookkeepingPeriods) -> None:
            bookkeeping.exports.append(self.export)
            bookkeeping.exported = self.export.number

    class FileFetched(Aggregate.Event):
        number: int
        on: date

        def apply(self, bookkeeping: BookkeepingPeriods) -> None:
            bookkeeping.fetched.add(self.number)

    class ExportTakenBack(Aggregate.Event):
        number: int
        on: date

        def apply(self, bookkeeping: BookkeepingPeriods) -> None:
            bookkeeping.exports = [each for each in bookkeeping.exports if each.number != self.number]

    @abstractmethod
    def code_all(self, objects: Iterable[tuple[ObjectKind, UUID]]) -> tuple[ObjectCode, ...]:
        """The codes of networks and seasons."""

    @property
    @abstractmethod
    def chosen(self) -> tuple[tuple[AccountChoice, ...], int, int]:
        """The accounts, and the dimensions of networks and seasons."""

    def export(
        self,
        from_on: date,
        until_on: date,
        position: int,
        today: date,
        years: FinancialYears,
        contents: Contents,
        *,
        is_confirmed: bool = False,
    ) -> Export:
        """Hand a period over; the same period again is the same export.

        Raises PeriodOverlaps, PeriodInTwoYears, PeriodNotOver, BadValue; PeriodUnfinished unless it is confirmed.
        """
        for each in self.exports:
            if each.is_of(from_on, until_on):
                return each
        year = self._may_be_exported(from_on, until_on, today, years)
        part = until_on.month == (until_on + _DAY).month
        if not is_confirmed and (part or contents.unallotted or contents.left_out):
            raise PeriodUnfinished(unallotted=contents.unallotted, left_out=contents.left_out, is_part=part)
        series, codes = self._numbered(year, contents), self.code_all(contents.objects)
        number = self.exported + 1
        export = Export(number, from_on, until_on, position, today, *self.chosen, year, series, codes)
        self.record(self.PeriodExported(export=export))
        return export

    def fetch(self, number: int, today: date) -> None:
        """Its file is given to somebody, for the first time or again. Raises NotFound."""
        if number not in [each.number for each in self.exports]:
            raise NotFound(what="export")
        if number not in self.fetched:
            self.record(self.FileFetched(number=number, on=today))

    def take_back(self, number: int, today: date) -> None:
        """Handed over by mistake: its days are open again. Raises NotFound, ExportFetched, ExportNotLast."""
        if number not in [each.number for each in self.exports]:
            raise NotFound(what="export")
        if number in self.fetched:
            raise ExportFetched(number=number)
        if number != self.exports[-1].number:
            raise ExportNotLast(number=self.exports[-1].number)
        self.record(self.ExportTakenBack(number=number, on=today))

    def must_allow(self, years: FinancialYears) -> None:
        """What has been handed over stays within a financial year each. Raises YearDividesPeriod."""
        for each in self.exports:
            if not years.year_of(each.from_on).has(each.until_on):
                raise YearDividesPeriod(number=each.number)

    def _may_be_exported(self, from_on: date, until_on: date, today: date, years: FinancialYears) -> FinancialYear:
        if until_on < from_on:
            raise BadValue(field="until_on", why="a period ends after it starts")
        for each in self.exports:
            if each.from_on <= until_on and from_on <= each.until_on:
                raise PeriodOverlaps(
                    from_on=each.from_on.isoformat(), until_on=each.until_on.isoformat(), number=each.number
                )
        year = years.year_of(from_on)
        if not year.has(until_on):
            raise PeriodInTwoYears(last_on=year.last.isoformat())
        if until_on >= today:
            raise PeriodNotOver(until_on=until_on.isoformat())
        return year

    def _numbered(self, year: FinancialYear, contents: Contents) -> tuple[SeriesCount, ...]:
        """Each series goes on within a financial year where the last period of the year ended."""
        next_numbers: dict[str, int] = {}
        for export in self.exports:
            if year.has(export.from_on):  # also where the year has been told anew since
                next_numbers.update((each.series, each.first + each.count) for each in export.series)
        names = sorted({*next_numbers, *contents.series})
        return tuple(SeriesCount(name, next_numbers.get(name, 1), contents.series.get(name, 0)) for name in names)
