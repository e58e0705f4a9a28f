"""What is left to credit of one document: of each line, and of the total that it asks for in whole kronor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from domain.billing.crediting.lines import Left, is_charge, is_fee, is_of_a_kind, take_off, taken_back, with_amounts
from domain.kernel.documents import Line, whole_kronor
from domain.kernel.money import WHOLE, Money
from domain.kernel.vat import VatRate

Pool = tuple[UUID | None, VatRate, int | None]
"""What one thing has at one rate: fees seat by seat, all else together (None)."""


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


def remainder(lines: tuple[Line, ...], payable: int, notes: Iterable[Back], *, is_rounded: bool) -> Remainder:
    """What is left of an invoice of these lines that asks for `payable` (öre), after these credit notes."""
    left = tuple(Left(each.net.amount, each.vat.amount) for each in lines)
    found = Remainder(lines, left, payable, is_rounded)
    for note in notes:
        found = found.after(note)
    return found


def _pool(thing: UUID | None, line: Line) -> Pool:
    return thing, line.rate, line.seat if is_fee(line) else None


def _made_up(fee: Line, lines: list[Line], left: list[Left]) -> Left:
    """What is left of a fee that is charged, once what had been credited of it before is made up for."""
    rest = Left(fee.net.amount, fee.vat.amount)
    for line, other in zip(lines, left, strict=True):
        if is_of_a_kind(line, fee) and other.net < 0:
            part = min(rest.net, -other.net)
            rest.net, other.net = rest.net - part, other.net + part
    return rest
