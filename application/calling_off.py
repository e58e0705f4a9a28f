"""Before a season is called off: whom it touches, and what will be given back, by the rule that will do it."""

from __future__ import annotations

from dataclasses import dataclass

from application.actor import Actor
from application.policies import SeasonBookings
from application.ports import Decisions, Work
from application.season_letters import SeasonPeople
from application.use_case import UseCases, admin_of, load_for
from domain.booking import Booking
from domain.documents import sums
from domain.ids import PersonId, SeasonId, seating_of
from domain.season import Season
from domain.seating import Seating


@dataclass(frozen=True)
class CallOffPreview:
    """What calling a season off would mean now: bookings that hold seats, their seats, the credit in öre incl. VAT."""

    bookings: int
    seats: int
    waiting: int
    credit: int


class CallingOff(UseCases):
    """Look before calling off."""

    def __init__(self, decisions: Decisions, season_bookings: SeasonBookings, people: SeasonPeople) -> None:
        super().__init__(decisions)
        self._season_bookings, self._people = season_bookings, people

    def left(self, actor: Actor, season_id: SeasonId) -> int:
        """How many bookings of a season that has been called off are still to be ended. Raises NotAllowed, NotFound."""
        admin_of(actor)
        season = self._decisions.look(actor, lambda work: load_for(work, Season, season_id))
        return len(tuple(self._season_bookings.bookings_of(season_id))) if season.called_off_for else 0

    def told(self, actor: Actor, season_id: SeasonId) -> tuple[PersonId, ...]:
        """Who gets a letter when something in a season changes now. Raises NotAllowed unless admin, NotFound."""
        admin_of(actor)
        self._decisions.look(actor, lambda work: load_for(work, Season, season_id))
        return tuple(self._people.people_of(season_id))

    def preview(self, actor: Actor, season_id: SeasonId) -> CallOffPreview:
        """What all bookings of a season would get back if it were called off now (S32). Raises NotAllowed, NotFound."""
        admin_of(actor)

        def look(work: Work) -> CallOffPreview:
            load_for(work, Season, season_id)
            ids = tuple(self._season_bookings.bookings_of(season_id))
            work.fetch((Seating, seating_of(season_id)), *((Booking, each) for each in ids))
            bookings = [load_for(work, Booking, each) for each in ids]
            credit = sum(_credit(booking) for booking in bookings)
            seats = sum(len(booking.held) for booking in bookings)
            waiting = len(load_for(work, Seating, seating_of(season_id)).queue)
            return CallOffPreview(sum(bool(each.held) for each in bookings), seats, waiting, credit)

        return self._decisions.look(actor, look)


def _credit(booking: Booking) -> int:
    held = tuple(seat.no for seat in booking.held)
    return sums(booking.credit_for(held, 0)).gross.amount if held else 0
