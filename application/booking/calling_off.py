"""A season is called off: whom it touches and what will be given back, looked at before; then every booking ends."""

from __future__ import annotations

from collections.abc import Sequence

from application.billing.refunding import GivingBack, fetch_documents
from application.booking.booking import BookingRef
from application.booking.seat import release_seats
from application.kernel.actor import Actor
from application.kernel.command import dry_run
from application.kernel.ports import Committed, Decisions, SeasonBookings, UnitOfWork
from application.kernel.use_case import UseCases, admin_of, load_for
from application.notifications.people import hosts, ids, of_season
from application.notifications.story import SeasonSeats
from application.programme.effect import CallOffPreview
from domain.billing.crediting import NOTHING, Back
from domain.booking.booking import Booking
from domain.booking.seating import Seating
from domain.kernel.ids import BookingId, MeetingId, PersonId, SeasonId, seating_of
from domain.programme.season import Season


class CallingOff(UseCases):
    """Look before calling off."""

    def __init__(self, decisions: Decisions, season_bookings: SeasonBookings, seats: SeasonSeats) -> None:
        super().__init__(decisions)
        self._season_bookings, self._seats = season_bookings, seats

    def left(self, actor: Actor, season_id: SeasonId) -> int:
        """How many bookings of a season that has been called off are still to be ended. Raises NotAllowed, NotFound."""
        admin_of(actor)
        season = self._decisions.dry_run(actor, lambda work: load_for(work, Season, season_id))
        return len(tuple(self._season_bookings.bookings_of(season_id))) if season.called_off_for else 0

    @dry_run
    def told(self, work: UnitOfWork, season_id: SeasonId, meeting_id: MeetingId | None = None) -> Sequence[PersonId]:
        """Who gets a letter when something in a season (of a meeting) changes now.

        Raises NotAllowed unless admin, NotFound.
        """
        admin_of(work.actor)
        return told_of(work, self._seats, season_id, meeting_id)

    @dry_run
    def preview(self, work: UnitOfWork, season_id: SeasonId) -> CallOffPreview:
        """What all bookings of a season would get back if it were called off now (S32). Raises NotAllowed, NotFound."""
        admin_of(work.actor)
        return would_call_off(work, self._season_bookings, season_id)


def told_of(
    work: UnitOfWork, seats: SeasonSeats, season_id: SeasonId, meeting_id: MeetingId | None = None
) -> Sequence[PersonId]:
    """Who gets a letter when something in a season (of a meeting) changes now. Raises NotFound."""
    season = load_for(work, Season, season_id)
    people = of_season(work, season, seats.seats_of(season_id), work.now)
    if meeting_id is not None:
        people = {**people, **hosts(season, [season.meeting(meeting_id)])}
    return tuple(sorted(ids(each for group in people.values() for each in group)))


def would_call_off(work: UnitOfWork, season_bookings: SeasonBookings, season_id: SeasonId) -> CallOffPreview:
    """What all bookings of a season would get back if it were called off now. Raises NotFound."""
    load_for(work, Season, season_id)
    booking_ids = tuple(season_bookings.bookings_of(season_id))
    work.fetch((Seating, seating_of(season_id)), *((Booking, each) for each in booking_ids))
    bookings = [load_for(work, Booking, each) for each in booking_ids]
    fetch_documents(work, bookings)
    giving_back = GivingBack(work)
    credit = sum(_all_of(giving_back, booking).gross for booking in bookings)
    seats = sum(len(booking.held) for booking in bookings)
    waiting = len(load_for(work, Seating, seating_of(season_id)).queue)
    return CallOffPreview(sum(bool(each.held) for each in bookings), seats, waiting, credit)


class CalledOffBookings(UseCases):
    """End the bookings of a season that has been called off, one by one, each once."""

    def end(self, actor: Actor, booking_id: BookingId) -> Committed[BookingRef]:
        """Give up all seats a booking still holds and credit them in full; cancellation terms do not apply (S32)."""
        actor.must_be_system()

        def decide(work: UnitOfWork) -> BookingRef:
            booking = work.load(Booking, booking_id)
            back = _all_of(GivingBack(work), booking)
            if booking.held:
                held = tuple(seat.no for seat in booking.held)
                release_seats(work, booking, held)
                booking.give_up(held, None, back.lines, work.now)
            return BookingRef(booking_id)

        return self._record(actor, ("called-off", booking_id), BookingRef, decide, f"called-off/{booking_id}")


def _all_of(giving_back: GivingBack, booking: Booking) -> Back:
    """What the seats that a booking still holds give back in full."""
    held = tuple(seat.no for seat in booking.held)
    return giving_back.of(booking, booking.credit_for(held, 0)) if held else NOTHING
