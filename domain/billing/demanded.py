"""Of an invoice that is not paid: reminders, compensation, interest, debt collection, and what was given up or lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.kernel.aggregate import Aggregate, Part
from domain.kernel.documents import Line, sums_per_rate
from domain.kernel.money import Money, rounded
from domain.kernel.vat import VatRate


class Loss(StrEnum):
    """How money was lost: it was written off, or a dispute took it back."""

    WRITE_OFF = "write_off"
    DISPUTE = "dispute"


@dataclass(frozen=True)
class VatBack:
    """What of a loss was sold at one rate, and the VAT that goes back with it, in öre (mervärdesskattelagen 8:16)."""

    rate: VatRate
    net: int
    vat: int


class Demanded(Part):
    """What happens to an invoice without money."""

    currency: str
    lines: tuple[Line, ...]
    reminded: int
    is_handed_over: bool
    fee: Money
    compensation: Money
    compensated_on: date | None
    interest_until: date | None
    written_off: Money
    vat_back: tuple[VatBack, ...]
    lost: Money
    paid: Money

    class Reminded(Aggregate.Event):
        level: int
        on: date
        fee: Money

        def apply(self, invoice: Demanded) -> None:
            invoice.reminded = self.level
            invoice.fee += self.fee

    class CompensationClaimed(Aggregate.Event):
        on: date
        amount: Money

        def apply(self, invoice: Demanded) -> None:
            invoice.compensation, invoice.compensated_on = self.amount, self.on

    class InterestClaimed(Aggregate.Event):
        until: date
        amount: Money

        def apply(self, invoice: Demanded) -> None:
            invoice.interest_until = self.until

    class HandedOver(Aggregate.Event):
        on: date

        def apply(self, invoice: Demanded) -> None:
            invoice.is_handed_over = True

    class WrittenOff(Aggregate.Event):
        amount: Money
        on: date
        reason: str
        vat_back: tuple[VatBack, ...] = ()

        def apply(self, invoice: Demanded) -> None:
            invoice.written_off += self.amount
            invoice.vat_back = together(invoice.vat_back, self.vat_back)

    class LossUndone(Aggregate.Event):
        amount: Money
        of: Loss
        on: date
        vat_back: tuple[VatBack, ...] = ()

        def apply(self, invoice: Demanded) -> None:
            if self.of == Loss.WRITE_OFF:
                invoice.written_off -= self.amount
                invoice.vat_back = less(invoice.vat_back, self.vat_back)
            else:
                invoice.lost -= self.amount
                invoice.paid -= self.amount


def vat_in(lines: tuple[Line, ...], part: int, whole: int) -> tuple[VatBack, ...]:
    """The VAT of lines in a part of the whole (öre) that is asked for them, rate by rate, in proportion.

    What the whole has been rounded by is no sale: all of it has the VAT of its lines, to the öre.
    """
    rates = [(rate, both) for rate, both in sums_per_rate(lines) if both.vat.amount]
    if not whole:
        return ()
    return tuple(
        VatBack(rate, rounded(both.net.amount * part, whole), rounded(both.vat.amount * part, whole))
        for rate, both in rates
    )


def share_of(taken: tuple[VatBack, ...], part: int, whole: int) -> tuple[VatBack, ...]:
    """Of VAT that went back with a loss the part that is owed again: all of it with the last of the loss."""
    return tuple(VatBack(each.rate, rounded(each.net * part, whole), rounded(each.vat * part, whole)) for each in taken)


def less(known: tuple[VatBack, ...], taken: tuple[VatBack, ...]) -> tuple[VatBack, ...]:
    """What of it has gone back still."""
    return together(known, tuple(VatBack(each.rate, -each.net, -each.vat) for each in taken))


def together(known: tuple[VatBack, ...], more: tuple[VatBack, ...]) -> tuple[VatBack, ...]:
    """What has gone back by both, rate by rate."""
    sums: dict[VatRate, tuple[int, int]] = {}
    for each in (*known, *more):
        net, vat = sums.get(each.rate, (0, 0))
        sums[each.rate] = net + each.net, vat + each.vat
    return tuple(VatBack(rate, net, vat) for rate, (net, vat) in sums.items() if net or vat)
