"""A booking: the agreement on seats in a season, with the price and the cancellation terms of the day it was made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.aggregate import Aggregate, event
from domain.documents import Line, LineKind
from domain.errors import BadValue, NotFound, RuleBroken
from domain.giving_back import SeatCharge, charged_anew, extra_persons, fee, invoiced_anew, merged, remaining
from domain.ids import (
    BookingId,
    CancellationId,
    OrganisationId,
    OrganiserId,
    PersonId,
    SeasonId,
    TransferId,
)
from domain.money import WHOLE
from domain.payer import Payer
from domain.price import Per, Quote
from domain.terms import Assessment, Terms


class BookingEnded(RuleBroken):
    """The booking has ended; there is nothing left to change (`reason`)."""


class SeatGivenUp(RuleBroken):
    """The seat has been cancelled already (`seat`)."""


class SeatHasName(RuleBroken):
    """Somebody sits in the seat; giving it to another is a transfer (`seat`)."""


class AlreadySeated(RuleBroken):
    """The person sits in another seat of the same booking (`seat`)."""


@dataclass(frozen=True)
class Seat:
    """One seat of a booking: its number from 1, and who sits in it (None: to be named later)."""

    no: int
    person_id: PersonId | None = None
    organisation_id: OrganisationId | None = None
    is_cancelled: bool = False


class NotGivenUp(RuleBroken):
    """The seat has not been cancelled, so there is nothing to restore (`seat`)."""


class LaterCancellationFirst(RuleBroken):
    """The price of the organisation went back with its last seat; that cancellation is to be undone first."""


class Booking(Aggregate):
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

    class ParticipantNamed(Aggregate.Event):
        seat: int
        person_id: PersonId
        organisation_id: OrganisationId | None
        named_at: datetime

    class SeatTransferred(Aggregate.Event):
        organiser_id: OrganiserId
        seat: int
        transfer_id: TransferId
        from_person_id: PersonId | None
        to_person_id: PersonId
        organisation_id: OrganisationId | None
        difference: tuple[Line, ...]
        transferred_at: datetime

    class SeatsCancelled(Aggregate.Event):
        organiser_id: OrganiserId
        seats: tuple[int, ...]
        cancellation_id: CancellationId | None
        credited: tuple[Line, ...]
        cancelled_at: datetime

    class Ended(Aggregate.Event):
        reason: str
        ended_at: datetime

    class Reinstated(Aggregate.Event):
        organiser_id: OrganiserId
        seats: tuple[Seat, ...]
        cancellation_id: CancellationId
        credited: tuple[Line, ...]
        returned: tuple[Line, ...]
        reinstated_at: datetime

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
        self.differences: dict[int, list[Line]] = {}
        self.anew: dict[int, tuple[Line, ...]] = {}
        self.turns: dict[int, int] = {}
        self.last_given_up: CancellationId | None = None
        self.reinstated: dict[CancellationId, tuple[Line, ...]] = {}
        self.given_back: dict[CancellationId, tuple[Line, ...]] = {}
        self.extras = extra_persons(quote.lines)
        self.extras_gone: dict[CancellationId, tuple[SeatCharge, ...]] = {}

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

    def _turn(self, no: int) -> None:
        self.turns[no] = self.turns.get(no, 0) + 1

    def name_participant(
        self, no: int, person_id: PersonId, organisation_id: OrganisationId | None, named_at: datetime
    ) -> None:
        """Say who sits in a seat booked "to be named"; no money moves (S01). Raises SeatHasName, AlreadySeated."""
        seat = self.seat(no)
        if seat.person_id == person_id:
            return
        if seat.person_id is not None:
            raise SeatHasName(seat=no)
        self.must_not_sit(person_id)
        self._name_participant(seat=no, person_id=person_id, organisation_id=organisation_id, named_at=named_at)

    @event(ParticipantNamed)
    def _name_participant(
        self, seat: int, person_id: PersonId, organisation_id: OrganisationId | None, named_at: datetime
    ) -> None:
        self.seats[seat] = replace(self.seats[seat], person_id=person_id, organisation_id=organisation_id)
        self._turn(seat)

    def hand_over(
        self,
        no: int,
        transfer_id: TransferId,
        to: PersonId,
        organisation_id: OrganisationId | None,
        difference: tuple[Line, ...],
        transferred_at: datetime,
    ) -> None:
        """The same seat, another person. `difference` is what the payer owes on top (S36). Raises AlreadySeated."""
        seat = self.seat(no)
        self.must_not_sit(to)
        self._hand_over(
            organiser_id=self.organiser_id,
            seat=no,
            transfer_id=transfer_id,
            from_person_id=seat.person_id,
            to_person_id=to,
            organisation_id=organisation_id,
            difference=difference,
            transferred_at=transferred_at,
        )

    @event(SeatTransferred)
    def _hand_over(
        self,
        organiser_id: OrganiserId,
        seat: int,
        transfer_id: TransferId,
        from_person_id: PersonId | None,
        to_person_id: PersonId,
        organisation_id: OrganisationId | None,
        difference: tuple[Line, ...],
        transferred_at: datetime,
    ) -> None:
        self.seats[seat] = replace(self.seats[seat], person_id=to_person_id, organisation_id=organisation_id)
        self.differences.setdefault(seat, []).extend(difference)
        self._turn(seat)

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
        gone = {seat.no for seat in self.seats.values() if seat.is_cancelled} | set(numbers)
        lines = [extra.for_seat(no) for no in numbers for extra in self.differences.get(no, [])]
        if self.quote.price.per is Per.PERSON:
            lines += [each for no in numbers for each in self._price_of(no)]
        else:
            going = zip(sorted(numbers), self._extras_going(len(numbers)), strict=False)
            lines += [each.for_seat(no) for no, charged in going for each in charged]
            lines += self._price_of(0) if len(gone) == len(self.seats) else ()
        owed = [each.within(self.season_id) for each in lines if each.gross.amount]
        owed = [each if each.refers_to else each.about(self.id) for each in owed]
        if kept == WHOLE:
            return ()
        if kept and self.terms is not None and self.terms.fee_outside_vat:
            return (*owed, *(fee(each, kept) for each in owed))
        return tuple(each.less(kept) for each in owed)

    def _price_of(self, no: int) -> tuple[Line, ...]:
        """What is charged for a seat (0: for the organisation), by the invoice it stands on."""
        if no in self.anew:
            return self.anew[no]
        if no == 0:
            return tuple(each for each in self.quote.lines if each.kind is not LineKind.EXTRA)
        return tuple(each.part(no, len(self.seats)).for_seat(no) for each in self.quote.lines)

    def _extras_going(self, seats: int) -> tuple[SeatCharge, ...]:
        """What is charged for those extra persons that are no more when so many seats go."""
        staying = self.quote.price.extras(len(self.held) - seats)
        return self.extras[staying:]

    def give_up(
        self,
        numbers: tuple[int, ...],
        cancellation_id: CancellationId | None,
        credited: tuple[Line, ...],
        cancelled_at: datetime,
    ) -> None:
        """Give up seats; the booking ends with its last one. Raises as `must_hold`."""
        self.must_hold(numbers)
        self._give_up(
            organiser_id=self.organiser_id,
            seats=tuple(sorted(numbers)),
            cancellation_id=cancellation_id,
            credited=credited,
            cancelled_at=cancelled_at,
        )
        if not self.held:
            self._end(reason="cancelled", ended_at=cancelled_at)

    @event(SeatsCancelled)
    def _give_up(
        self,
        organiser_id: OrganiserId,
        seats: tuple[int, ...],
        cancellation_id: CancellationId | None,
        credited: tuple[Line, ...],
        cancelled_at: datetime,
    ) -> None:
        gone = self._extras_going(len(seats))
        self.extras = self.extras[: len(self.extras) - len(gone)]
        for no in seats:
            self.seats[no] = replace(self.seats[no], is_cancelled=True)
            self._turn(no)
        self.last_given_up = cancellation_id
        if cancellation_id is not None:
            self.given_back[cancellation_id] = credited
            self.extras_gone[cancellation_id] = tuple(
                tuple(each.for_seat(no) for each in charged) for no, charged in zip(seats, gone, strict=False)
            )

    def reinstate(
        self,
        numbers: tuple[int, ...],
        cancellation_id: CancellationId,
        credited: tuple[Line, ...],
        reinstated_at: datetime,
    ) -> None:
        """Seats cancelled by mistake are held again (S34). `credited`: all that the cancellation has given back.

        What was credited of the price is invoiced anew, a fee for cancelling is given back. Raises NotGivenUp,
        LaterCancellationFirst, AlreadySeated.
        """
        for no in numbers:
            seat = self.seats.get(no)
            if seat is None or not seat.is_cancelled:
                raise NotGivenUp(seat=no)
            if seat.person_id is not None:
                self.must_not_sit(seat.person_id)
        if self.ended_for and self.quote.price.per is Per.ORGANISATION and cancellation_id != self.last_given_up:
            raise LaterCancellationFirst
        extras = len(self.extras) + len(self.extras_gone.get(cancellation_id, ()))
        if extras != self.quote.price.extras(len(self.held) + len(numbers)):
            raise LaterCancellationFirst
        fees = merged(each for each in credited if each.kind is LineKind.FEE)
        self._reinstate(
            organiser_id=self.organiser_id,
            seats=tuple(replace(self.seats[no], is_cancelled=False) for no in numbers),
            cancellation_id=cancellation_id,
            credited=merged(each for each in credited if each.kind is not LineKind.FEE),
            returned=tuple(each.reversed() for each in fees),
            reinstated_at=reinstated_at,
        )

    @event(Reinstated)
    def _reinstate(
        self,
        organiser_id: OrganiserId,
        seats: tuple[Seat, ...],
        cancellation_id: CancellationId,
        credited: tuple[Line, ...],
        returned: tuple[Line, ...],
        reinstated_at: datetime,
    ) -> None:
        self.ended_for, self.reinstated[cancellation_id] = "", credited
        self.given_back.pop(cancellation_id, None)
        for seat in seats:
            self.seats[seat.no] = seat
            self._turn(seat.no)
        again = self.extras_gone.pop(cancellation_id, ())
        self.extras += tuple(charged_anew(each, credited, cancellation_id, self.id) for each in again)
        for no in {each.seat for each in credited if each.kind is not LineKind.EXTRA}:
            charged = [each.for_seat(no) for each in (*self.differences.pop(no, []), *self._price_of(no))]
            back = [each for each in credited if each.seat == no and each.kind is not LineKind.EXTRA]
            self.anew[no] = (*remaining(charged, back, self.id), *invoiced_anew(cancellation_id, back))

    @event(Ended)
    def _end(self, reason: str, ended_at: datetime) -> None:
        self.ended_for = reason

    def must_hold(self, numbers: tuple[int, ...]) -> None:
        """Raises BookingEnded, NotFound or SeatGivenUp unless it holds these seats, each named once (BadValue)."""
        self._must_be_on()
        if not numbers or len(set(numbers)) != len(numbers):
            raise BadValue(field="seats", why="name each seat once, and at least one")
        for no in numbers:
            self.seat(no)

    def must_not_sit(self, person_id: PersonId) -> None:
        """Raises AlreadySeated when the person holds a seat of this booking."""
        for seat in self.held:
            if seat.person_id == person_id:
                raise AlreadySeated(seat=seat.no)

    def _must_be_on(self) -> None:
        if self.ended_for:
            raise BookingEnded(reason=self.ended_for)
