"""Lines of what is given back: parts of what was charged, never more than is left; fees; what is charged still."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from domain.kernel.documents import Line, LineKind
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import CancellationId, derived
from domain.kernel.money import Money, rounded
from domain.kernel.vat import NO_VAT


class NothingToCredit(RuleBroken):
    """No amount was given, or the invoice has been credited whole already."""


class MoreThanIsLeft(RuleBroken):
    """More would be taken back of a line (`line`, from 1) than is left of it (`left`, in öre excl. VAT)."""


@dataclass
class Left:
    """What is left to credit of one line, in öre."""

    net: int
    vat: int


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


def take_off(lines: Sequence[Line], left: Sequence[Left], taken: Line) -> Left:
    """One credited line off what is left; what of it was not there to be taken."""
    rest = Left(-taken.net.amount, -taken.vat.amount)
    places = sorted(range(len(lines)), key=lambda no: _likeness(lines[no], taken), reverse=True)
    alike = [no for no in places if is_of_a_kind(lines[no], taken)]
    for no in alike:
        if lines[no].net.amount * rest.net > 0:
            _take(left[no], rest)
    for no in alike:
        if not rest.net and left[no].vat * rest.vat > 0:  # an öre of VAT, where parts were rounded otherwise
            _take(left[no], rest)
    _gather([(lines[no], left[no]) for no in alike])
    return rest


def _gather(alike: list[tuple[Line, Left]]) -> None:
    """VAT of which no net is left goes with a line of the same thing that has some, so that it is credited with it."""
    for line, empty in alike:
        other = next((each for one, each in alike if each.net and one.refers_to == line.refers_to), None)
        if not empty.net and empty.vat and other is not None:
            other.vat, empty.vat = other.vat + empty.vat, 0


def is_of_a_kind(line: Line, taken: Line) -> bool:
    """Whether one may be taken of the other: the same VAT rate, and a fee only of the same fee for the same seat."""
    same_fee = (line.refers_to, line.seat) == (taken.refers_to, taken.seat)
    return line.rate == taken.rate and is_fee(line) == is_fee(taken) and (same_fee or not is_fee(line))


def is_fee(line: Line) -> bool:
    """Whether a line is a fee for cancelling."""
    return line.kind is LineKind.FEE


def taken_back(lines: tuple[Line, ...], left: tuple[Left, ...], nets: Mapping[int, int] | None) -> tuple[Line, ...]:
    """The lines to credit: of each numbered line (from 1) an amount in öre excl. VAT, or all that is left (None).

    What is left of a line's VAT goes with the last of its net. Raises NothingToCredit, MoreThanIsLeft.
    """
    wanted = dict(enumerate((each.net for each in left), start=1)) if nets is None else nets
    for no, net in wanted.items():
        if not 1 <= no <= len(lines) or net * left[no - 1].net < 0 or abs(net) > abs(left[no - 1].net):
            raise MoreThanIsLeft(line=no, left=left[no - 1].net if 1 <= no <= len(lines) else 0)
    found = tuple(_part(lines[no - 1], left[no - 1], net) for no, net in sorted(wanted.items()) if net)
    if not found:
        raise NothingToCredit
    return found


def _likeness(line: Line, taken: Line) -> tuple[bool, int]:
    """What is taken of a thing is taken off that thing before any other, whatever its lines are called."""
    same = (line.kind is taken.kind) + (line.text == taken.text)
    alike = same * 3 + (line.seat == taken.seat) * 2 + (abs(line.net.amount) >= abs(taken.net.amount))
    return line.refers_to == taken.refers_to, alike


def _take(left: Left, rest: Left) -> None:
    if abs(left.net) <= abs(rest.net):
        net, vat = left.net, left.vat if abs(left.vat) <= abs(rest.vat) else rest.vat
    else:
        net, vat = rest.net, rest.vat if abs(rest.vat) <= abs(left.vat) else left.vat
    left.net, left.vat = left.net - net, left.vat - vat
    rest.net, rest.vat = rest.net - net, rest.vat - vat


def _part(line: Line, left: Left, net: int) -> Line:
    vat = left.vat if net == left.net else rounded(left.vat * net, left.net)
    return with_amounts(line, net, vat)


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
    still = (with_amounts(line, rest.net, rest.vat) for line, rest in zip(lines, left, strict=True))
    return tuple(each for each in still if each.gross.amount)


def is_charge(back: Line) -> bool:
    """Whether a line of what is given back charges a fee instead."""
    return is_fee(back) and back.net.amount < 0


def with_amounts(line: Line, net: int, vat: int) -> Line:
    """A line with these amounts (öre) instead of its own."""
    if (net, vat) == (line.net.amount, line.vat.amount):
        return line
    return line.of(Money(net, line.net.currency), Money(vat, line.net.currency))
