"""A seating: a season's seats and its waiting list, the one serial decision point for who gets a seat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from domain.booking.seat_offer import SeatOffers
from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import BadValue, HoldLapsed, RuleBroken
from domain.kernel.ids import BookingId, OrganiserId, PersonId, SeasonId, seating_of

_MOST = 1_000_000


class SeatsShort(RuleBroken):
    """There are not that many seats for this booking (`asked`, `left`); the waiting list is open."""


class SeatsPromised(RuleBroken):
    """The seats that are left belong to those who wait (`waiting`); join the waiting list."""


class SeatingClosed(RuleBroken):
    """The season has been called off; its seats are not given out any more."""


class TooManyUnconfirmed(RuleBroken):
    """Strangers who have not confirmed hold as many seats as they may together (`most`, `held`, `asked`)."""


class Seating(Aggregate, SeatOffers):
    """Counts only: which booking holds how many seats is the booking's to remember, so this stays small for ever."""

    SNAPSHOT_EVERY: ClassVar[int] = 25
    KEPT: ClassVar[Mapping[str, object]] = {
        "organiser_id": UUID,
        "season_id": UUID,
        "capacity": int,
        "taken": int,
        "is_closed": bool,
        "queue": list[tuple[UUID, UUID, int]],
        "holds": dict[UUID, tuple[int, datetime]],
        "unconfirmed": set[UUID],
        "offered": set[UUID],
        "gathering": set[UUID],
        "waited_for": set[UUID],
    }

    class Opened(Aggregate.Created):
        organiser_id: OrganiserId
        season_id: SeasonId
        seats: int

    class SeatsAdded(Aggregate.Event):
        seats: int

        def apply(self, seating: Seating) -> None:
            seating.capacity += self.seats

    class SeatsTaken(Aggregate.Event):
        booking_id: BookingId
        seats: int

        def apply(self, seating: Seating) -> None:
            seating.taken += self.seats

    class SeatsReleased(Aggregate.Event):
        booking_id: BookingId
        seats: int

        def apply(self, seating: Seating) -> None:
            seating.taken -= self.seats

    class Closed(Aggregate.Event):
        def apply(self, seating: Seating) -> None:
            seating.is_closed = True

    class SeatsHeld(Aggregate.Event):
        hold_id: UUID
        seats: int
        until: datetime
        is_unconfirmed: bool = False

        def apply(self, seating: Seating) -> None:
            seating.holds[self.hold_id] = self.seats, self.until
            if self.is_unconfirmed:
                seating.unconfirmed.add(self.hold_id)

    class HoldEnded(Aggregate.Event):
        hold_id: UUID
        seats: int

        def apply(self, seating: Seating) -> None:
            del seating.holds[self.hold_id]
            seating.unconfirmed.discard(self.hold_id)

    @staticmethod
    def create_id(season_id: SeasonId) -> UUID:
        """One seating for each season."""
        return seating_of(season_id)

    @event(Opened)
    def __init__(self, organiser_id: OrganiserId, season_id: SeasonId, seats: int) -> None:
        self.organiser_id, self.season_id, self.capacity = organiser_id, season_id, seats
        self.taken, self.is_closed = 0, False
        self.queue: list[tuple[UUID, PersonId, int]] = []
        self.holds: dict[UUID, tuple[int, datetime]] = {}
        self.unconfirmed: set[UUID] = set()
        self.offered, self.gathering, self.waited_for = set(), set(), set()

    def left_at(self, now: datetime) -> int:
        """How many seats are free at an instant: neither taken nor held. A hold is over at its own instant (S12)."""
        return self.capacity - self.taken - sum(seats for seats, until in self.holds.values() if now < until)

    @property
    def left(self) -> int:
        return self.capacity - self.taken - sum(seats for seats, _ in self.holds.values())

    def add_seats(self, seats: int, now: datetime) -> None:
        """More seats, or (below zero) fewer, but never fewer than are taken or held. Raises SeatingClosed, BadValue."""
        if self.is_closed:
            raise SeatingClosed
        if seats == 0 or self.left_at(now) + seats < 0 or self.capacity + seats > _MOST:
            raise BadValue(field="seats", why="there may not be fewer seats than are taken")
        self.record(Seating.SeatsAdded(seats=seats))

    def take(self, booking_id: BookingId, seats: int, *, place_id: UUID | None = None, held: int = 0) -> None:
        """Seat a booking, all of it or not at all; `place_id` when it comes from the waiting list.

        `held`: how many of the seats have been held for it until now, so that nobody else waits for those.

        Raises SeatsShort, SeatsPromised (free seats go to those who wait longest and fit), NotWaiting.
        """
        if place_id is not None:
            self.use_held(place_id, booking_id)
        self._must_fit(seats, place_id, held, self.left - held)
        if place_id is not None:
            self.leave_queue(place_id)
        self.record(Seating.SeatsTaken(booking_id=booking_id, seats=seats))

    def must_have_room(self, seats: int, *, place_id: UUID | None = None, own: int = 0) -> None:
        """Whether so many seats can be given out now. `own`: how many of them are held for the same people already.

        Raises as `take`.
        """
        self._must_fit(seats, place_id, own, self.left)

    def _must_fit(self, seats: int, place_id: UUID | None, own: int, free: int) -> None:
        if self.is_closed:
            raise SeatingClosed
        if seats < 1:
            raise BadValue(field="seats", why="at least one seat")
        if seats > free + own:
            raise SeatsShort(asked=seats, left=free + own)
        if seats > own and any(0 < wanted <= free for wanted in self._before(place_id, seats - own)):
            raise SeatsPromised(waiting=len(self.queue), asked=seats, left=free + own)

    def hold(self, hold_id: UUID, seats: int, until: datetime, *, place_id: UUID | None = None, kept: int = 0) -> None:
        """Keep seats for somebody, until an instant (excluded). Raises as `take`.

        `kept`: how many of them are held for the same people already, under ids of their own, and stay so.
        """
        if self.is_closed:
            raise SeatingClosed
        if seats > kept:
            self.must_have_room(seats - kept, place_id=place_id)
        self.record(Seating.SeatsHeld(hold_id=hold_id, seats=seats - kept, until=until, is_unconfirmed=False))

    def hold_unconfirmed(self, hold_id: UUID, seats: int, until: datetime, *, share: int, least: int = 1) -> None:
        """Keep seats for a stranger who has not confirmed yet. Raises as `take`, and TooManyUnconfirmed.

        All of those together hold at most `share` per cent of the seats that are not sold (rounded up), so that nobody
        sells a season out without a name; but always `least`, the smallest party that can book.
        """
        self.must_have_room(seats)
        held = sum(self.holds[each][0] for each in self.unconfirmed)
        most = max(least, -(-(self.capacity - self.taken) * share // 100))
        if held + seats > most:
            raise TooManyUnconfirmed(most=most, held=held, asked=seats)
        self.record(Seating.SeatsHeld(hold_id=hold_id, seats=seats, until=until, is_unconfirmed=True))

    def end_hold(self, hold_id: UUID, now: datetime) -> None:
        """Its seats are free, for whoever held them to take in the same decision. Raises HoldLapsed at its instant."""
        seats, until = self.holds.get(hold_id, (0, now))
        if now >= until:
            raise HoldLapsed(held_until=until.isoformat())
        self.record(Seating.HoldEnded(hold_id=hold_id, seats=seats))

    def lapse(self, now: datetime) -> None:
        """Seats whose time is over are free, from the instant itself (S12)."""
        for hold_id in [each for each, (_, until) in self.holds.items() if until <= now]:
            self._end(hold_id)

    def end_over(self, now: datetime, most: int) -> int:
        """As `lapse`, but so many at most; how many holds have ended."""
        over = [each for each, (_, until) in self.holds.items() if until <= now][:most]
        for hold_id in over:
            self._end(hold_id)
        return len(over)

    def _end(self, hold_id: UUID) -> None:
        if hold_id in self.offered | self.gathering:
            self.over(hold_id)
        else:
            self.record(Seating.HoldEnded(hold_id=hold_id, seats=self.holds[hold_id][0]))

    def release(self, booking_id: BookingId, seats: int) -> None:
        """Seats of a booking are free again."""
        self.record(Seating.SeatsReleased(booking_id=booking_id, seats=seats))

    def close(self) -> None:
        """Give out no more seats; a booking decided at the same instant meets this event and is decided anew."""
        if not self.is_closed:
            self.record(Seating.Closed())

    def place_of(self, *people: PersonId) -> UUID | None:
        """The first place on the list that is one of theirs."""
        return next((place_id for place_id, person, _ in self.queue if person in people), None)

    def seated(self, person_id: PersonId) -> None:
        """Whoever has got a seat, in whichever way, waits for one less; for none: the place is given up.

        Who waited for two together keeps the place for the other one.
        """
        for place_id, person, wanted in self.queue:
            if person == person_id:
                self.give_up_one(place_id, wanted)
                return

    def is_promised(self, free: int) -> bool:
        """Whether so many free seats belong to somebody who waits: enough for what a party lacks."""
        return any(0 < lacks <= free for lacks in self._before(None, free))

    def _before(self, place_id: UUID | None, seats: int) -> list[int]:
        """What each party lacks that comes before this one; who asks for more than they waited for comes last."""
        wanted = [each - self.held_for(waiting) for waiting, _, each in self.queue]
        if place_id is None:
            return wanted
        place = self._place(place_id)
        return wanted[:place] if seats <= wanted[place] else wanted[:place] + wanted[place + 1 :]


def open_seating(organiser_id: OrganiserId, season_id: SeasonId, seats: int) -> Seating:
    """The seats of a new season. Raises BadValue for fewer than one."""
    if not 1 <= seats <= _MOST:
        raise BadValue(field="seats", why=f"1 to {_MOST} seats")
    return Seating(organiser_id=organiser_id, season_id=season_id, seats=seats)
