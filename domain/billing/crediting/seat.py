"""What is charged for the seats of a booking still, where it stands, and the price each seat is agreed at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from domain.billing.crediting.lines import invoiced_anew, without
from domain.kernel.documents import Line, LineKind, line
from domain.kernel.ids import CancellationId
from domain.kernel.money import WHOLE
from domain.kernel.vat import NO_VAT
from domain.programme.price import Per, Price, Quote

Lines = tuple[Line, ...]
BySeat = Mapping[int, Lines]


@dataclass(frozen=True)
class Charges:
    """The money of a booking, seat by seat (0: the price of an organisation). A change makes new charges.

    `extra`: differences that stand on invoices of their own. `moved`: seats whose price stands elsewhere than at first,
    or not whole, differences included. `agreed`: what was ever added by handing a seat over, and `prices`: the whole
    price a seat is worth since; undoing a cancellation moves money between invoices and leaves these as they are.
    `persons`: what is charged for each person beyond those that an organisation's price includes; `gone`: for those
    who went with a cancellation.
    """

    booking_id: UUID
    season_id: UUID
    quote: Quote
    seats: int
    extra: BySeat = field(default_factory=dict)
    moved: BySeat = field(default_factory=dict)
    agreed: BySeat = field(default_factory=dict)
    prices: Mapping[int, Line] = field(default_factory=dict)
    persons: tuple[Lines, ...] = ()
    gone: Mapping[CancellationId, tuple[Lines, ...]] = field(default_factory=dict)

    def owed(self, numbers: tuple[int, ...], held: int) -> Lines:
        """What is charged for these of the seats that are held. Parts add up to the whole.

        A price per organisation goes with the last seat only, that of an extra person with one extra person less.
        """
        lines = [extra.for_seat(no) for no in numbers for extra in self.extra.get(no, ())]
        if self.quote.price.per is Per.PERSON:
            lines += [each for no in numbers for each in self._price_of(no)]
        else:
            lines += [each for charged in self._going(numbers, held) for each in charged]
            lines += self._price_of(0) if len(numbers) == held else ()
        return tuple(self._named(each.within(self.season_id)) for each in lines if each.gross.amount)

    def handed_over(self, no: int, difference: Lines) -> Charges:
        """What a seat cost more is charged on top; what it costs less (below zero) is taken off where it is charged."""
        more = tuple(each for each in difference if each.net.amount > 0)
        less = tuple(each.reversed() for each in difference if each.net.amount < 0)
        grown = replace(
            self,
            extra=_with(self.extra, no, (*self.extra.get(no, ()), *more)),
            agreed=_with(self.agreed, no, (*self.agreed.get(no, ()), *more)),
        )
        return grown.moved_to(no, without(grown.of_seat(no), less)) if less else grown

    def priced(self, no: int, price: Line) -> Charges:
        """A seat is worth another whole price from now on."""
        return replace(self, prices={**self.prices, no: price})

    def given_up(self, numbers: tuple[int, ...], held: int, cancellation_id: CancellationId | None) -> Charges:
        """Extra persons go with these of the seats that are held."""
        going = self._going(numbers, held)
        gone = self.gone if cancellation_id is None else {**self.gone, cancellation_id: going}
        return replace(self, persons=self.persons[: len(self.persons) - len(going)], gone=gone)

    def may_come_back(self, cancellation_id: CancellationId, held: int) -> bool:
        """Whether the extra persons are as many as so many seats have, once those of a cancellation come back."""
        return len(self.persons) + len(self.gone.get(cancellation_id, ())) == self.quote.price.extras(held)

    def reinstated(self, cancellation_id: CancellationId, credited: Lines, elsewhere: Lines = ()) -> Charges:
        """What a cancellation had credited is charged anew, on an invoice of its own; not what is charged otherwise."""
        again = self.gone.get(cancellation_id, ())
        persons = tuple(_charged_anew(each, credited, cancellation_id) for each in again)
        gone = {undone: each for undone, each in self.gone.items() if undone != cancellation_id}
        charges = replace(self, persons=self.persons + persons, gone=gone)
        seats = [each for each in credited if each.kind is not LineKind.EXTRA]
        for no in dict.fromkeys(each.seat for each in (*seats, *elsewhere)):
            back = [each for each in seats if each.seat == no]
            left = without(charges.of_seat(no), (*back, *(each for each in elsewhere if each.seat == no)))
            charges = charges.moved_to(no, (*left, *invoiced_anew(cancellation_id, back)))
        return charges

    def of_seat(self, no: int) -> Lines:
        """What is charged for one seat (0: for the organisation), differences first."""
        return tuple(self._named(each.for_seat(no)) for each in (*self.extra.get(no, ()), *self._price_of(no)))

    def worth(self, no: int) -> Lines:
        """The whole price a seat is agreed at: as it was booked with what was added since, or that of its holder."""
        if no in self.prices:
            return (self.prices[no],)
        return (whole_price(self.quote.price, self.quote.lines[0].text), *self.agreed.get(no, ()))

    @property
    def share(self) -> tuple[int, int]:
        """The part of a whole price that was bought: the meetings left of all, when it was booked late (S46)."""
        left, of = self.quote.meetings_left, self.quote.meetings
        return (left, of) if left is not None and of else (1, 1)

    def _going(self, numbers: tuple[int, ...], held: int) -> tuple[Lines, ...]:
        """What is charged for those extra persons that are no more when these of the seats that are held go."""
        if not self.persons:
            return ()
        going = self.persons[self.quote.price.extras(held - len(numbers)) :]
        numbered = zip(sorted(numbers), going, strict=False)
        return tuple(tuple(self._named(each.for_seat(no)) for each in charged) for no, charged in numbered)

    def _named(self, line: Line) -> Line:
        return line if line.refers_to else line.about(self.booking_id)

    def moved_to(self, no: int, lines: Lines) -> Charges:
        """From now on these lines are all that is charged for a seat (0: for the organisation)."""
        extra = {seat: each for seat, each in self.extra.items() if seat != no}
        return replace(self, extra=extra, moved={**self.moved, no: lines})

    def _price_of(self, no: int) -> Lines:
        if no in self.moved:
            return self.moved[no]
        if no == 0:
            return tuple(each for each in self.quote.lines if each.kind is not LineKind.EXTRA)
        return tuple(each.part(no, self.seats).for_seat(no) for each in self.quote.lines)


def whole_price(price: Price, text: str) -> Line:
    """A row of a price list as the line of one seat for all meetings."""
    return line(LineKind.SEAT, text, 1, price.amount, price.vat, unit_includes_vat=price.includes_vat)


def credit_of(owed: Lines, kept: int, *, fee_outside_vat: bool) -> Lines:
    """What is given back of it when `kept` basis points are kept: less, or whole with a fee outside VAT."""
    if kept == WHOLE:
        return ()
    if kept and fee_outside_vat:
        return (*owed, *(_fee(each, kept) for each in owed))
    return tuple(each.less(kept) for each in owed)


def _charged_anew(charged: Lines, credited: Lines, cancellation_id: CancellationId) -> Lines:
    """What is charged for an extra person who comes after all: what was not given back, and what is invoiced anew."""
    seats = {each.seat for each in charged}
    back = [each for each in credited if each.kind is LineKind.EXTRA and each.seat in seats]
    return (*without(charged, back), *invoiced_anew(cancellation_id, back))


def _with(known: BySeat, no: int, lines: Lines) -> BySeat:
    return {**known, no: lines} if lines else known


def _fee(charged: Line, kept: int) -> Line:
    """A fee for cancelling, outside VAT: the share that is kept of what was charged, taken off what is given back."""
    kept_of_it = -charged.gross.share(kept)
    nothing = kept_of_it - kept_of_it
    return replace(charged, kind=LineKind.FEE, rate=NO_VAT, quantity=1, unit=kept_of_it, net=kept_of_it, vat=nothing)
