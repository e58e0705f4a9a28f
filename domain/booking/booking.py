"""A booking: the agreement on seats in a season, with the price and the cancellation terms of the day it was made."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.billing.crediting import Charges, GivenBack, credit_of
from domain.billing.crediting.document import is_fee
from domain.billing.crediting.lines import fees_in, merged, promised
from domain.booking.seat import Seat, SeatHandover
from domain.kernel.aggregate import Aggregate, event
from domain.kernel.documents import Line, LineKind
from domain.kernel.errors import BadValue, NotFound, RuleBroken
from domain.kernel.ids import (
    BookingId,
    CancellationId,
    OrganiserId,
    PersonId,
    SeasonId,
    TransferId,
)
from domain.kernel.payer import Payer
from domain.kernel.terms import Assessment, Terms
from domain.programme.price import Per, Quote


class BookingEnded(RuleBroken):
    """The booking has ended; there is nothing left to change (`reason`)."""


class SeatGivenUp(RuleBroken):
    """The seat has been cancelled already (`seat`)."""


class NotGivenUp(RuleBroken):
    """The seat has not been cancelled, so there is nothing to restore (`seat`)."""


class LaterCancellationFirst(RuleBroken):
    """The price of the organisation went back with its last seat; that cancellation is to be undone first."""


class Booking(Aggregate, SeatHandover):
    """The agreement. Seats are named, handed over and given up one by one; the price stays as agreed."""

    class Made(Aggregate.Created):
        organiser_id: OrganiserId
        season_id: SeasonId
        booked_by: PersonId | None
        payer: Payer
        seats: tuple[Seat, ...]
        quote: Quote
        terms: Terms | None
        made_at: datetime

    class SeatsCancelled(Aggregate.Event):
        organiser_id: OrganiserId
        seats: tuple[int, ...]
        cancellation_id: CancellationId | None
        credited: tuple[Line, ...]
        cancelled_at: datetime

        def apply(self, booking: Booking) -> None:
            booking.charges = booking.charges.given_up(self.seats, len(booking.held), self.cancellation_id)
            for no in self.seats:
                booking.seats[no] = replace(booking.seats[no], is_cancelled=True)
                booking.turns[no] = booking.turns.get(no, 0) + 1
            booking.last_given_up = self.cancellation_id
            if self.cancellation_id is None:
                booking.given_back += promised(booking.id, "called-off", self.credited)
            elif self.cancellation_id not in booking.cancellations:
                booking.cancellations.append(self.cancellation_id)

    class Ended(Aggregate.Event):
        reason: str
        ended_at: datetime

        def apply(self, booking: Booking) -> None:
            booking.ended_for = self.reason

    class Reinstated(Aggregate.Event):
        organiser_id: OrganiserId
        seats: tuple[Seat, ...]
        cancellation_id: CancellationId
        credited: tuple[Line, ...]
        returned: tuple[Line, ...]
        reinstated_at: datetime
        elsewhere: tuple[Line, ...] = ()

        def apply(self, booking: Booking) -> None:
            booking.ended_for, booking.reinstated[self.cancellation_id] = "", self.credited
            for seat in self.seats:
                booking.seats[seat.no] = seat
                booking.turns[seat.no] = booking.turns.get(seat.no, 0) + 1
            booking.charges = booking.charges.reinstated(self.cancellation_id, self.credited, self.elsewhere)
            booking.given_back += promised(self.cancellation_id, "undone", self.returned)

    @event(Made)
    def __init__(
        self,
        id: UUID,
        organiser_id: OrganiserId,
        season_id: SeasonId,
        booked_by: PersonId | None,
        payer: Payer,
        seats: tuple[Seat, ...],
        quote: Quote,
        terms: Terms | None,
        made_at: datetime,
    ) -> None:
        self.organiser_id, self.season_id, self.booked_by, self.payer = organiser_id, season_id, booked_by, payer
        self.quote, self.terms, self.made_at, self.ended_for = quote, terms, made_at, ""
        self.seats: dict[int, Seat] = {seat.no: seat for seat in seats}
        self.turns: dict[int, int] = {}
        self.charges = _charged(id, season_id, quote, len(seats))
        self.handed_over: dict[int, tuple[TransferId, ...]] = {}
        self.last_given_up: CancellationId | None = None
        self.reinstated: dict[CancellationId, tuple[Line, ...]] = {}
        self.given_back: list[GivenBack] = []
        self.cancellations: list[CancellationId] = []

    @property
    def booking_id(self) -> BookingId:
        """Its id, typed."""
        return BookingId(self.id)

    @property
    def held(self) -> list[Seat]:
        """The seats it still holds, in order."""
        return [seat for seat in self.seats.values() if not seat.is_cancelled]

    def seat(self, no: int) -> Seat:
        """One seat that is still held. Raises NotFound, BookingEnded, SeatGivenUp."""
        self._must_be_on()
        if no not in self.seats:
            raise NotFound(what="seat")
        if self.seats[no].is_cancelled:
            raise SeatGivenUp(seat=no)
        return self.seats[no]

    def turns_of(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        """How often each of these seats has been named, handed over, given up or held again.

        Whatever was agreed about a seat is about it as it was then: a plea or a proposal remembers this number.
        """
        return tuple(self.turns.get(no, 0) for no in numbers)

    def assess(self, at: datetime) -> Assessment:
        """What the terms of this booking say of a cancellation at an instant; nothing is kept of what was free."""
        if self.terms is None:
            return Assessment(0, 0, None, None, None)
        return self.terms.assess(at)

    def credit_for(self, numbers: tuple[int, ...], kept: int) -> tuple[Line, ...]:
        """What is given back for giving up these seats when `kept` basis points are kept (lines with positive amounts).

        A price per organisation is given back only when the last seat goes (S28), that of an extra person as soon as
        there is one extra person less; parts add up to the price (S27).
        """
        self.must_hold(numbers)
        owed = self.charges.owed(numbers, len(self.held))
        is_outside = self.terms is not None and self.terms.fee_outside_vat
        return credit_of(owed, kept, fee_outside_vat=is_outside)

    def give_up(
        self,
        numbers: tuple[int, ...],
        cancellation_id: CancellationId | None,
        credited: tuple[Line, ...],
        cancelled_at: datetime,
    ) -> None:
        """Give up seats; the booking ends with its last one. Raises as `must_hold`."""
        self.must_hold(numbers)
        self.record(
            Booking.SeatsCancelled(
                organiser_id=self.organiser_id,
                seats=tuple(sorted(numbers)),
                cancellation_id=cancellation_id,
                credited=credited,
                cancelled_at=cancelled_at,
            )
        )
        if not self.held:
            self.record(Booking.Ended(reason="cancelled", ended_at=cancelled_at))

    def reinstate(
        self,
        numbers: tuple[int, ...],
        cancellation_id: CancellationId,
        credited: tuple[Line, ...],
        reinstated_at: datetime,
        returned: tuple[Line, ...] | None = None,
        elsewhere: tuple[Line, ...] = (),
    ) -> None:
        """Seats cancelled by mistake are held again (S34). `credited`: all that the cancellation has given back.

        What was credited of the price is invoiced anew; of fees for cancelling `returned` is given back, or all of
        them. `elsewhere`: what others had been given back, who are charged for it by `hand_over`.

        Raises NotGivenUp, LaterCancellationFirst, AlreadySeated.
        """
        self._must_be_given_up(numbers, cancellation_id)
        charged = merged(each for each in credited if not is_fee(each))
        self.record(
            Booking.Reinstated(
                organiser_id=self.organiser_id,
                seats=tuple(replace(self.seats[no], is_cancelled=False) for no in numbers),
                cancellation_id=cancellation_id,
                credited=tuple(each for each in charged if each not in elsewhere),
                returned=fees_in(credited) if returned is None else returned,
                reinstated_at=reinstated_at,
                elsewhere=elsewhere,
            )
        )

    def _must_be_given_up(self, numbers: tuple[int, ...], cancellation_id: CancellationId) -> None:
        for no in numbers:
            seat = self.seats.get(no)
            if seat is None or not seat.is_cancelled:
                raise NotGivenUp(seat=no)
            if seat.person_id is not None:
                self.must_not_sit(seat.person_id)
        if self.ended_for and self.quote.price.per is Per.ORGANISATION and cancellation_id != self.last_given_up:
            raise LaterCancellationFirst
        if not self.charges.may_come_back(cancellation_id, len(self.held) + len(numbers)):
            raise LaterCancellationFirst

    def must_hold(self, numbers: tuple[int, ...]) -> None:
        """Raises BookingEnded, NotFound or SeatGivenUp unless it holds these seats, each named once (BadValue)."""
        self._must_be_on()
        if not numbers or len(set(numbers)) != len(numbers):
            raise BadValue(field="seats", why="name each seat once, and at least one")
        for no in numbers:
            self.seat(no)

    def _must_be_on(self) -> None:
        if self.ended_for:
            raise BookingEnded(reason=self.ended_for)


def _charged(booking_id: UUID, season_id: UUID, quote: Quote, seats: int) -> Charges:
    """What is charged for a booking of so many seats as it is made."""
    extra = [each for each in quote.lines if each.kind is LineKind.EXTRA]
    persons = tuple((each.part(no, each.quantity),) for each in extra for no in range(1, each.quantity + 1))
    return Charges(booking_id, season_id, quote, seats, persons=persons)
