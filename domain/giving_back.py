"""What a booking gives back, as lines: a fee for cancelling, what was given back together, what is charged still."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from domain.documents import Line, LineKind
from domain.ids import CancellationId, derived
from domain.vat import NO_VAT

SeatCharge = tuple[Line, ...]
"""What is charged for one seat, by the invoice it stands on."""


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


def merged(lines: Iterable[Line]) -> tuple[Line, ...]:
    """What was given back at once and later, as one line for each seat and invoice."""
    found: dict[tuple[object, ...], Line] = {}
    for each in lines:
        place = (each.seat, each.refers_to, each.kind, each.rate)
        known = found.get(place)
        found[place] = each if known is None else known.of(known.net + each.net, known.vat + each.vat)
    return tuple(each for each in found.values() if each.gross.amount)


def remaining(charged: Iterable[Line], back: Iterable[Line], booking_id: UUID) -> tuple[Line, ...]:
    """What is still charged on the invoices that were there before."""
    taken = {(each.refers_to, each.kind, each.rate): each for each in back}
    left = []
    for each in charged:
        given = taken.get((each.refers_to or booking_id, each.kind, each.rate))
        left.append(each.minus(given) if given else each)
    return tuple(each for each in left if each.gross.amount)


def extra_persons(lines: Iterable[Line]) -> tuple[SeatCharge, ...]:
    """What is charged for each person beyond those that an organisation's price includes; parts add up to the line."""
    extra = [each for each in lines if each.kind is LineKind.EXTRA]
    return tuple((each.part(no, each.quantity),) for each in extra for no in range(1, each.quantity + 1))


def charged_anew(
    charged: SeatCharge, credited: Iterable[Line], cancellation_id: CancellationId, booking_id: UUID
) -> SeatCharge:
    """What is charged for an extra person who comes after all: what was not given back, and what is invoiced anew."""
    seats = {each.seat for each in charged}
    back = [each for each in credited if each.kind is LineKind.EXTRA and each.seat in seats]
    return (*remaining(charged, back, booking_id), *invoiced_anew(cancellation_id, back))
