"""Lines of what is given back: a fee for cancelling, what is charged still, what an account is lowered by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from domain.billing.crediting.by_line import is_fee, left_of
from domain.kernel.documents import Line, LineKind
from domain.kernel.ids import CancellationId, derived
from domain.kernel.money import Money
from domain.kernel.vat import NO_VAT


@dataclass(frozen=True)
class GivenBack:
    """What something (`source_id`) gives back on an occasion: a credit note follows by policy for each thing."""

    source_id: UUID
    occasion: str
    lines: tuple[Line, ...]


def reinstatement_of(cancellation_id: CancellationId) -> UUID:
    """What the invoice is for that takes a cancellation's credit notes back."""
    return derived(cancellation_id, "reinstated")


def invoiced_anew(cancellation_id: CancellationId, credited: Iterable[Line]) -> tuple[Line, ...]:
    """The lines of that invoice."""
    return tuple(each.about(reinstatement_of(cancellation_id)) for each in credited)


def fee(charged: Line, kept: int) -> Line:
    """A fee for cancelling, outside VAT: the share that is kept of what was charged, taken off what is given back."""
    kept_of_it = -charged.gross.share(kept)
    nothing = kept_of_it - kept_of_it
    return replace(charged, kind=LineKind.FEE, rate=NO_VAT, quantity=1, unit=kept_of_it, net=kept_of_it, vat=nothing)


def fees_in(credited: Iterable[Line]) -> tuple[Line, ...]:
    """The fees that a cancellation has charged, as lines that give them back."""
    return tuple(each.reversed() for each in merged(each for each in credited if is_fee(each)))


def merged(lines: Iterable[Line]) -> tuple[Line, ...]:
    """What was given back at once and later, as one line for each seat and invoice."""
    found: dict[tuple[object, ...], Line] = {}
    for each in lines:
        place = (each.seat, each.refers_to, each.kind, each.rate)
        known = found.get(place)
        found[place] = each if known is None else known.of(known.net + each.net, known.vat + each.vat)
    return tuple(each for each in found.values() if each.gross.amount)


def without(charged: Iterable[Line], back: Iterable[Line]) -> tuple[Line, ...]:
    """What is charged still when this has been given back (lines with positive amounts); what charges a fee adds it."""
    given = list(back)
    lines = (*charged, *(each.reversed() for each in given if is_charge(each)))
    left = left_of(lines, (each.reversed() for each in given if not is_charge(each)))
    still = (_of(line, rest.net, rest.vat) for line, rest in zip(lines, left, strict=True))
    return tuple(each for each in still if each.gross.amount)


def is_charge(back: Line) -> bool:
    """Whether a line of what is given back charges a fee instead."""
    return is_fee(back) and back.net.amount < 0


def _of(line: Line, net: int, vat: int) -> Line:
    if (net, vat) == (line.net.amount, line.vat.amount):
        return line
    return line.of(Money(net, line.net.currency), Money(vat, line.net.currency))
