"""What is left to credit of one document: of each line, and of the total that it asks for in whole kronor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from domain.kernel.documents import Line, LineKind, whole_kronor
from domain.kernel.errors import RuleBroken
from domain.kernel.money import WHOLE, Money, rounded
from domain.kernel.vat import VatRate

Pool = tuple[UUID | None, VatRate, int | None]
"""What one thing has at one rate: fees seat by seat, all else together (None)."""


class NothingToCredit(RuleBroken):
    """No amount was given, or the invoice has been credited whole already."""


class MoreThanIsLeft(RuleBroken):
    """More would be taken back of a line (`line`, from 1) than is left of it (`left`, in öre excl. VAT)."""


@dataclass
class Left:
    """What is left to credit of one line, in öre."""

    net: int
    vat: int


@dataclass(frozen=True)
class Back:
    """What is given back: lines with positive amounts (a fee that is kept: below zero), and the rounding, in öre."""

    lines: tuple[Line, ...]
    rounding: int = 0

    @property
    def gross(self) -> int:
        """What it comes to, in öre."""
        return sum(each.gross.amount for each in self.lines) + self.rounding

    def and_(self, other: Back) -> Back:
        """Both together."""
        return Back(self.lines + other.lines, self.rounding + other.rounding)


NOTHING = Back(())


@dataclass(frozen=True)
class Remainder:
    """An invoice less its credit notes. Fees that credit notes charge are lines of it, after its own.

    `total` is what is left (öre) of what the document asks for; it differs from `gross`, what is left of its lines, by
    the rounding to whole kronor alone, and both end at nothing together.
    """

    lines: tuple[Line, ...]
    left: tuple[Left, ...]
    total: int
    is_rounded: bool

    @property
    def gross(self) -> int:
        """What is left of all lines with VAT, in öre."""
        return sum(each.net + each.vat for each in self.left)

    def after(self, back: Back) -> Remainder:
        """What is left once this has been credited, in whatever order.

        A fee may be credited by hand before the note that charges it: until then its line is below nothing.
        """
        lines, left = [*self.lines], [replace(each) for each in self.left]
        for each in back.lines:
            if is_charge(each):
                rest = _made_up(each.reversed(), lines, left)
            else:
                untaken = take_off(lines, left, each.reversed())
                rest = Left(-untaken.net, -untaken.vat)
            if is_charge(each) or (is_fee(each) and rest.net):
                lines.append(each.reversed() if is_charge(each) else each)
                left.append(rest)
        return replace(self, lines=tuple(lines), left=tuple(left), total=self.total - back.gross)

    def give_back(self, asked: tuple[Line, ...]) -> Back:
        """Of what is asked no more than is left of each thing and VAT rate, with the rounding of a note of its own.

        A line of which nothing is left stands there with nothing. Where nothing would come back, a fee for cancelling
        is not asked either.
        """
        pools = self._pools()
        capped = tuple(self._at_most(each, pools) for each in asked)
        gross = sum(each.gross.amount for each in capped)
        if gross <= 0:
            return Back(tuple(each.less(WHOLE) for each in asked))
        return self.rounded(capped)

    def rounded(self, lines: tuple[Line, ...]) -> Back:
        """These lines as the next credit note, which is rounded like its invoice."""
        return Back(lines, self._rounding(sum(each.gross.amount for each in lines)))

    def by_hand(self, nets: dict[int, int] | None) -> Back:
        """Amounts (öre excl. VAT) of numbered lines, or all that is left. Raises NothingToCredit, MoreThanIsLeft."""
        return self.rounded(taken_back(self.lines, self.left, nets))

    def _rounding(self, gross: int) -> int:
        """What takes the last of a document takes all that is left of its total, however the parts were rounded."""
        if gross == self.gross:
            return self.total - gross
        if not self.is_rounded:
            return 0
        return min(gross + whole_kronor(Money(gross)), self.total) - gross

    def _pools(self) -> dict[Pool, Left]:
        found: dict[Pool, Left] = {}
        for line, rest in zip(self.lines, self.left, strict=True):
            pool = found.setdefault(_pool(line.refers_to, line), Left(0, 0))
            pool.net, pool.vat = pool.net + rest.net, pool.vat + rest.vat
        return found

    def _at_most(self, line: Line, pools: dict[Pool, Left]) -> Line:
        """What goes with the last of a net takes all that is left of its VAT."""
        pool = pools.get(_pool(line.refers_to, line)) or pools.get(_pool(None, line))
        if is_charge(line) or line.net.amount < 0:
            return line
        if pool is None:
            return line.less(WHOLE)
        is_last = line.net.amount >= pool.net
        net = pool.net if is_last else line.net.amount
        vat = pool.vat if is_last else min(line.vat.amount, pool.vat)
        pool.net, pool.vat = pool.net - net, pool.vat - vat
        return with_amounts(line, net, vat)


def remainder(lines: tuple[Line, ...], rounding: int, notes: Iterable[Back], *, rounds: bool) -> Remainder:
    """What is left of an invoice of these lines, rounded by so much (öre), after these credit notes.

    `rounds`: whether the organiser rounds; an invoice that came out even then has notes in whole kronor, too.
    """
    payable = sum(each.gross.amount for each in lines) + rounding
    is_rounded = bool(rounding) or (rounds and payable % 100 == 0)
    left = tuple(Left(each.net.amount, each.vat.amount) for each in lines)
    rest = Remainder(lines, left, payable, is_rounded)
    for note in notes:
        rest = rest.after(note)
    return rest


def _pool(thing: UUID | None, line: Line) -> Pool:
    return thing, line.rate, line.seat if is_fee(line) else None


def _made_up(fee: Line, lines: list[Line], left: list[Left]) -> Left:
    """What is left of a fee that is charged, once what had been credited of it before is made up for."""
    rest = Left(fee.net.amount, fee.vat.amount)
    for line, other in zip(lines, left, strict=True):
        if _is_of_a_kind(line, fee) and other.net < 0:
            part = min(rest.net, -other.net)
            rest.net, other.net = rest.net - part, other.net + part
    return rest


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


def take_off(lines: Sequence[Line], left: Sequence[Left], taken: Line) -> Left:
    """One credited line off what is left; what of it was not there to be taken."""
    rest = Left(-taken.net.amount, -taken.vat.amount)
    places = sorted(range(len(lines)), key=lambda no: _likeness(lines[no], taken), reverse=True)
    alike = [no for no in places if _is_of_a_kind(lines[no], taken)]
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


def _is_of_a_kind(line: Line, taken: Line) -> bool:
    """Whether one may be taken of the other: the same VAT rate, and a fee only of the same fee for the same seat."""
    same_fee = (line.refers_to, line.seat) == (taken.refers_to, taken.seat)
    return line.rate == taken.rate and is_fee(line) == is_fee(taken) and (same_fee or not is_fee(line))


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


def is_fee(line: Line) -> bool:
    """Whether a line is a fee for cancelling."""
    return line.kind is LineKind.FEE


def is_charge(back: Line) -> bool:
    """Whether a line of what is given back charges a fee instead."""
    return is_fee(back) and back.net.amount < 0


def with_amounts(line: Line, net: int, vat: int) -> Line:
    """A line with these amounts (öre) instead of its own."""
    if (net, vat) == (line.net.amount, line.vat.amount):
        return line
    return line.of(Money(net, line.net.currency), Money(vat, line.net.currency))
