"""What is given back, and its lines: fees that come back, what is invoiced anew, what is charged still."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from domain.billing.crediting.document import Left, is_charge, is_fee, take_off, with_amounts
from domain.kernel.documents import Line
from domain.kernel.ids import CancellationId, derived


@dataclass(frozen=True)
class GivenBack:
    """What something (`source_id`) gives back on an occasion: a credit note follows by policy for each thing."""

    source_id: UUID
    occasion: str
    lines: tuple[Line, ...]


def promised(source_id: UUID, occasion: str, lines: tuple[Line, ...]) -> list[GivenBack]:
    """What something gives back, as a list; none of nothing."""
    return [GivenBack(source_id, occasion, lines)] if lines else []


def reinstatement_of(cancellation_id: CancellationId) -> UUID:
    """What the invoice is for that takes a cancellation's credit notes back."""
    return derived(cancellation_id, "reinstated")


def invoiced_anew(cancellation_id: CancellationId, credited: Iterable[Line]) -> tuple[Line, ...]:
    """The lines of that invoice."""
    return tuple(each.about(reinstatement_of(cancellation_id)) for each in credited)


def as_invoiced(back: Iterable[Line], invoiced: Iterable[Line]) -> tuple[Line, ...]:
    """What is given back, called what it was when it was invoiced, with how much of it that said there is."""
    known = [each for each in invoiced if each.text]
    return tuple(next((replace(each, text=one.text) for one in known if _is_named(one, each)), each) for each in back)


def _is_named(invoiced: Line, back: Line) -> bool:
    is_same = (invoiced.kind, invoiced.refers_to, invoiced.rate) == (back.kind, back.refers_to, back.rate)
    return is_same and invoiced.text.startswith(f"{back.text}, ")


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
    still = (with_amounts(line, rest.net, rest.vat) for line, rest in zip(lines, left, strict=True))
    return tuple(each for each in still if each.gross.amount)


def left_of(lines: tuple[Line, ...], credited: Iterable[Line]) -> tuple[Left, ...]:
    """What is left of each line of an invoice after credit notes with these lines (amounts with the opposite sign).

    A credited line is taken from the line of its own thing that is most like it, and from another thing's only when
    nothing is left of that; lines of another VAT rate are never touched, and a fee for cancelling only by what gives a
    fee back.
    """
    left = tuple(Left(each.net.amount, each.vat.amount) for each in lines)
    for taken in credited:
        take_off(lines, left, taken)
    return left
