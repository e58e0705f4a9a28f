"""VAT on invoices sent ahead: from which day it is owed, and what of it rests (is dormant) at the end of a day.

Money received before a supply makes VAT owed on the day it arrives (mervärdesskattelagen 7:7), the supply itself on the
day it is made (7:4); an invoice sent ahead does not. Whoever wants it simpler reports by the invoice's date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.accounting.period import Export
from domain.accounting.vat_return import VatReturn
from domain.kernel.aggregate import Aggregate, Part
from domain.kernel.errors import RuleBroken
from domain.kernel.money import rounded

_DAY = date.resolution


class AdvanceVat(StrEnum):
    """From when VAT on invoices sent ahead is owed: their date, or when they are paid or the meeting is held."""

    ON_INVOICE = "on_invoice"
    WHEN_PAID_OR_HELD = "when_paid_or_held"


class AdvanceVatReported(RuleBroken):
    """Days until `until_on` have been handed over or declared; another way begins after them."""


@dataclass(frozen=True)
class AdvanceVatChoice:
    """A way, for invoices issued from a local day on; it takes the place of what was chosen for those days before."""

    way: AdvanceVat
    from_on: date


@dataclass(frozen=True)
class Span:
    """Local days, both included (`last` None: no end): VAT on invoices issued on them rests until it is owed."""

    first: date
    last: date | None = None


@dataclass(frozen=True)
class Dormant:
    """VAT of a season at one rate that rests at the end of a day, and the sales that it is the tax on (öre)."""

    season_id: UUID
    basis_points: int
    vat_kind: str
    net: int
    vat: int

    @property
    def of(self) -> tuple[UUID, int, str]:
        """The season, the rate and its kind."""
        return self.season_id, self.basis_points, self.vat_kind


@dataclass(frozen=True)
class Rest:
    """All that rests at the end of a local day."""

    on: date
    parts: tuple[Dormant, ...]


@dataclass(frozen=True)
class Settled:
    """How far an invoice is settled on a day: what it asks for with its credit notes and what of it is open (öre).

    What was written off without taking VAT back is open here: its VAT is owed once the meeting is held.
    """

    asked: int
    open: int

    def resting(self, amount: int, held: int, meetings: int) -> int:
        """What of an amount rests: its share of what is unpaid, or that of meetings to come where this is less.

        What is paid or credited in full, and what has been held in full, rests no longer, to the öre.
        """
        unpaid = max(0, min(self.open, self.asked))
        if amount <= 0 or not unpaid:
            return 0
        if not meetings or unpaid * meetings <= (meetings - held) * self.asked:
            return rounded(amount * unpaid, self.asked)
        return rounded(amount * (meetings - held), meetings)


def spans_of(choices: Iterable[AdvanceVatChoice]) -> tuple[Span, ...]:
    """The days on which invoices are issued whose VAT rests, earliest first: each choice counts from its day on."""
    spans: list[Span] = []
    for each in choices:
        before = [span for span in spans if span.first < each.from_on]
        until = each.from_on - _DAY
        spans = [Span(span.first, until if span.last is None else min(span.last, until)) for span in before]
        if each.way is AdvanceVat.WHEN_PAID_OR_HELD:
            goes_on = bool(spans) and spans[-1].last == until
            spans = [*spans[:-1], Span(spans[-1].first)] if goes_on else [*spans, Span(each.from_on)]
    return tuple(spans)


def added(parts: Iterable[Dormant]) -> tuple[Dormant, ...]:
    """Parts of one season and rate together; those that come to nothing are left out."""
    sums: dict[tuple[UUID, int, str], tuple[int, int]] = {}
    for each in parts:
        net, vat = sums.get(each.of, (0, 0))
        sums[each.of] = net + each.net, vat + each.vat
    return tuple(Dormant(*of, net, vat) for of, (net, vat) in sums.items() if net or vat)


def less(parts: Iterable[Dormant], others: Iterable[Dormant]) -> tuple[Dormant, ...]:
    """What parts are more (or, below zero, less) than others."""
    away = [Dormant(*each.of, -each.net, -each.vat) for each in others]
    return added([*parts, *away])


class BookkeepingDormantVat(Part):
    """Of a bookkeeping: from when VAT on invoices sent ahead is owed, and what was posted as resting on which day."""

    exports: list[Export]
    returns: list[VatReturn]
    advances: list[AdvanceVatChoice]
    resting: dict[date, tuple[Dormant, ...]]

    class AdvanceVatChosen(Aggregate.Event):
        choice: AdvanceVatChoice

        def apply(self, bookkeeping: BookkeepingDormantVat) -> None:
            bookkeeping.advances.append(self.choice)

    class VatRested(Aggregate.Event):
        on: date
        parts: tuple[Dormant, ...]

        def apply(self, bookkeeping: BookkeepingDormantVat) -> None:
            known = bookkeeping.resting.get(self.on, ())
            bookkeeping.resting[self.on] = added([*known, *self.parts])

    class VatWoken(Aggregate.Event):
        on: date
        parts: tuple[Dormant, ...]

    def choose_advance_vat(self, choice: AdvanceVatChoice) -> None:
        """For invoices issued from a day on that has been neither handed over nor declared.

        What changes nothing is not remembered. Raises AdvanceVatReported.
        """
        if spans_of([*self.advances, choice]) == spans_of(self.advances):
            return
        reported = [*(each.until_on for each in self.exports), *(each.until_on for each in self.returns)]
        if reported and max(reported) >= choice.from_on:
            raise AdvanceVatReported(until_on=max(reported).isoformat())
        self.record(self.AdvanceVatChosen(choice=choice))

    def rest(self, rests: Iterable[Rest]) -> None:
        """Post what rests at the end of days, and back the day after; on days handed over it stays as it is.

        What has been posted on a day before is made right by the difference.
        """
        for each in rests:
            if is_fixed(each.on, self.exports):
                continue
            if parts := less(each.parts, self.resting.get(each.on, ())):
                self.record(self.VatRested(on=each.on, parts=parts))
                self.record(self.VatWoken(on=each.on + _DAY, parts=parts))


def is_fixed(on: date, exports: Iterable[Export]) -> bool:
    """Whether what rests at the end of a day is posted for good: it, or the day after, has been handed over."""
    return any(each.from_on <= day <= each.until_on for each in exports for day in (on, on + _DAY))
