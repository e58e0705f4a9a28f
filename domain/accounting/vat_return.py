"""The VAT return by boxes (SKV 4700): a period in whole kronor, declared once and corrected by another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.accounting.period import PeriodNotOver
from domain.kernel.aggregate import Aggregate, Part
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.financial_year import FinancialYear, FinancialYears
from domain.kernel.money import whole_units
from domain.kernel.vat import VatKind

BASE_OF: Mapping[VatKind, str] = {
    VatKind.STANDARD: "05",
    VatKind.EXEMPT: "42",
    VatKind.REVERSE: "39",
    VatKind.ABROAD: "40",
    VatKind.EXPORT: "36",
    VatKind.EU_GOODS: "35",
}
"""The box of what was sold, by why the rate is what it is; what is outside the scope of VAT stands in none."""

OUTPUT_OF = {2_500: "10", 1_200: "11", 600: "12"}
"""The box of the VAT on what was sold, by its rate in basis points."""

BOUGHT = ("20", "21", "22", "23", "24", "30", "31", "32", "48", "50", "60", "61", "62")
"""Boxes of what was bought: the books of sales know nothing of it, so whoever declares says what they are."""

SALES = ("05", "06", "07", "08", "10", "11", "12", "35", "36", "37", "38", "39", "40", "41", "42")
_ADDED = ("10", "11", "12", "30", "31", "32", "60", "61", "62")
TO_PAY = "49"
MONTHS = (1, 3, 12)
"""How long a period of VAT may be: a month, a calendar quarter, or a financial year (SFL 26 kap.)."""

_MOST = 10**12


class RateWithoutBox(RuleBroken):
    """The period has a rate (`basis_points`) that the return has no box for."""


class NoVatPeriod(RuleBroken):
    """The days are no period of VAT; the one that the first of them is in is `from_on` to `until_on`."""


class VatDeclaredAlready(RuleBroken):
    """Some of the days were declared in a period of another length (`number`, `from_on` to `until_on`).

    `left_from` to `left_until`: the first period of the days that has not been declared, if there is one.
    """


@dataclass(frozen=True)
class BoxAmount:
    """A box of the return by its number ("05"), in whole kronor."""

    no: str
    kronor: int


@dataclass(frozen=True)
class Taxed:
    """What a period comes to at one rate (öre): base and VAT."""

    basis_points: int
    kind: str
    net: int
    vat: int


@dataclass(frozen=True)
class VatReturn:
    """A period declared: its boxes but those that are nothing, how far the log had come, and which one it corrects."""

    number: int
    from_on: date
    until_on: date
    declared_on: date
    position: int
    boxes: tuple[BoxAmount, ...]
    corrects: int | None = None

    @property
    def period(self) -> FinancialYear:
        """Its days. A later return of the same corrects it; in one of another length none of them is declared again."""
        return FinancialYear(self.from_on, self.until_on)


def sales_boxes(rates: Iterable[Taxed]) -> dict[str, int]:
    """The boxes of what was sold, in öre. Raises RateWithoutBox."""
    boxes: dict[str, int] = {}
    for each in rates:
        base = BASE_OF.get(VatKind(each.kind))
        if base is not None:
            boxes[base] = boxes.get(base, 0) + each.net
        if each.vat:
            if each.basis_points not in OUTPUT_OF:
                raise RateWithoutBox(basis_points=each.basis_points)
            boxes[OUTPUT_OF[each.basis_points]] = boxes.get(OUTPUT_OF[each.basis_points], 0) + each.vat
    return boxes


def declared(sold: Mapping[str, int], bought: Iterable[BoxAmount] = ()) -> tuple[BoxAmount, ...]:
    """The boxes as they are declared: öre are dropped in each (SFF 22:1), and 49 follows from what is left.

    Boxes that are nothing are left out, but for 49. Raises BadValue for a box that is not of what was bought.
    """
    kronor = {no: whole_units(amount) for no, amount in sold.items()}
    for each in bought:
        if each.no not in BOUGHT:
            raise BadValue(field="bought", why="is no box of what was bought", given=each.no)
        if not -_MOST <= each.kronor <= _MOST:
            raise BadValue(field="bought", why="is too much")
        kronor[each.no] = each.kronor
    to_pay = sum(kronor.get(no, 0) for no in _ADDED) - kronor.get("48", 0)
    told = [BoxAmount(no, kronor[no]) for no in sorted(kronor) if kronor[no]]
    return (*told, BoxAmount(TO_PAY, to_pay))


def vat_period(day: date, months: int, years: FinancialYears, returns: Sequence[VatReturn] = ()) -> FinancialYear:
    """The period of VAT that a day is in: a month, a calendar quarter or its financial year.

    A day that has been declared is in the period of its return, whatever length was chosen since. Where a part of a
    period has been declared in one of another length, the rest of it goes on with that length if it is shorter, and
    with months where that does not fit: so no day is declared twice, and none falls between.
    """
    made = [each.period for each in reversed(returns)]
    declared = next((each for each in made if each.has(day)), None)
    if declared is not None:
        return declared
    chosen = _whole_period(day, months, years)
    known = [each for each in made if each.meets(chosen)]
    lengths = [each for each in (months, *(vat_length(each, years) for each in known), min(MONTHS)) if each <= months]
    for whole in (_whole_period(day, each, years) for each in lengths):
        if chosen.has(whole.first) and chosen.has(whole.last) and not any(each.meets(whole) for each in known):
            return whole
    month = _whole_period(day, min(MONTHS), years)
    return FinancialYear(
        max([chosen.first, month.first, *(each.last + date.resolution for each in known if each.last < day)]),
        min([chosen.last, month.last, *(each.first - date.resolution for each in known if day < each.first)]),
    )


def vat_length(period: FinancialYear, years: FinancialYears) -> int:
    """How long a period is: one month, three, or (12) a financial year."""
    return next((each for each in MONTHS if _whole_period(period.first, each, years) == period), max(MONTHS))


def undeclared_in(
    days: FinancialYear, months: int, years: FinancialYears, returns: Sequence[VatReturn]
) -> Iterator[FinancialYear]:
    """The periods that begin within some days and have not been declared, earliest first."""
    made, day = {each.period for each in returns}, days.first
    while day <= days.last:
        period = vat_period(day, months, years, returns)
        if period not in made:
            yield period
        day = period.last + date.resolution


def _whole_period(day: date, months: int, years: FinancialYears) -> FinancialYear:
    if months == max(MONTHS):
        return years.year_of(day)
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    number = first.year * 12 + first.month - 1 + months
    return FinancialYear(first, date(number // 12, number % 12 + 1, 1) - date.resolution)


class BookkeepingVat(Part):
    """Of a bookkeeping: how long its periods of VAT are, and the returns made."""

    vat_months: int
    returns: list[VatReturn]

    class VatPeriodChosen(Aggregate.Event):
        months: int

        def apply(self, bookkeeping: BookkeepingVat) -> None:
            bookkeeping.vat_months = self.months

    class VatDeclared(Aggregate.Event):
        vat_return: VatReturn

        def apply(self, bookkeeping: BookkeepingVat) -> None:
            bookkeeping.returns.append(self.vat_return)

    def choose_vat_period(self, months: int) -> None:
        """Months, quarters or years from now on; the same again changes nothing. Raises BadValue."""
        if months not in MONTHS:
            raise BadValue(field="months", why="1, 3 or 12")
        if months != self.vat_months:
            self.record(self.VatPeriodChosen(months=months))

    def declare_vat(
        self, period: FinancialYear, boxes: tuple[BoxAmount, ...], position: int, today: date, years: FinancialYears
    ) -> VatReturn:
        """Declare a period that is over. The same boxes again are the same return; others correct the one before.

        Raises VatDeclaredAlready, NoVatPeriod, PeriodNotOver.
        """
        self._must_be_one(period, years)
        if period.last >= today:
            raise PeriodNotOver(until_on=period.last.isoformat())
        before = [each for each in self.returns if each.period == period]
        if before and before[-1].boxes == boxes:
            return before[-1]
        number, corrects = len(self.returns) + 1, before[-1].number if before else None
        made = VatReturn(number, period.first, period.last, today, position, boxes, corrects)
        self.record(self.VatDeclared(vat_return=made))
        return made

    def _must_be_one(self, period: FinancialYear, years: FinancialYears) -> None:
        right = vat_period(period.first, self.vat_months, years, self.returns)
        if right == period:
            return
        other = next((each for each in reversed(self.returns) if each.period.meets(period)), None)
        if other is None:
            raise NoVatPeriod(from_on=right.first.isoformat(), until_on=right.last.isoformat())
        left = next(undeclared_in(period, self.vat_months, years, self.returns), None)
        raise VatDeclaredAlready(
            from_on=other.from_on.isoformat(),
            until_on=other.until_on.isoformat(),
            number=other.number,
            left_from=left.first.isoformat() if left else None,
            left_until=left.last.isoformat() if left else None,
        )
