"""Seats that have become free go to those who wait: to whom they are offered, for whom gathered, what is answered."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from uuid import UUID

from domain.booking.turn import Waiting
from domain.booking.waiting_list import WaitingList
from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import BookingId, PersonId


class OfferOver(RuleBroken):
    """No seat is offered to that place on the list now: answered, lapsed, or never offered."""


class NoSeatsFor(RuleBroken):
    """So many seats (`asked`) are not free for somebody on the list (`left`)."""


class SeatOffers(WaitingList):
    """Of a seating: seats held for a place on the list under the place's id, gathered or offered until an instant."""

    capacity: int
    holds: dict[UUID, tuple[int, datetime]]
    offered: set[UUID]
    gathering: set[UUID]
    waited_for: set[UUID]

    class SeatOffered(Aggregate.Event):
        place_id: UUID
        person_id: PersonId
        seats: int
        until: datetime
        is_by_hand: bool = False

        def apply(self, seating: SeatOffers) -> None:
            seating.gathering.discard(self.place_id)
            seating.offered.add(self.place_id)
            seating.holds[self.place_id] = self.seats, self.until

    class OfferProlonged(Aggregate.Event):
        place_id: UUID
        seats: int
        until: datetime

        def apply(self, seating: SeatOffers) -> None:
            seating.holds[self.place_id] = self.seats, self.until

    class OfferAccepted(Aggregate.Event):
        place_id: UUID
        booking_id: BookingId

        def apply(self, seating: SeatOffers) -> None:
            seating.forget_offer(self.place_id)

    class OfferDeclined(Aggregate.Event):
        place_id: UUID

        def apply(self, seating: SeatOffers) -> None:
            seating.forget_offer(self.place_id)

    class OfferLapsed(Aggregate.Event):
        place_id: UUID
        person_id: PersonId
        seats: int

        def apply(self, seating: SeatOffers) -> None:
            seating.forget_offer(self.place_id)

    class OfferWithdrawn(Aggregate.Event):
        place_id: UUID

        def apply(self, seating: SeatOffers) -> None:
            seating.forget_offer(self.place_id)

    class SeatsGathered(Aggregate.Event):
        place_id: UUID
        seats: int
        until: datetime

        def apply(self, seating: SeatOffers) -> None:
            seating.gathering.add(self.place_id)
            seating.holds[self.place_id] = self.seats, self.until

    class GatheringEnded(Aggregate.Event):
        place_id: UUID

        def apply(self, seating: SeatOffers) -> None:
            seating.gathering.discard(self.place_id)
            seating.waited_for.add(self.place_id)
            del seating.holds[self.place_id]

    class PartyPassedOver(Aggregate.Event):
        place_id: UUID
        seats: int
        free: int

        def apply(self, seating: SeatOffers) -> None:
            """It keeps its place; the log says why another came before it."""

    @abstractmethod
    def left_at(self, now: datetime) -> int:
        """How many seats are free at an instant."""

    @property
    def in_line(self) -> tuple[Waiting, ...]:
        """Those to whom nothing is offered, in order; nothing is gathered for more than there are seats at all."""
        return tuple(
            Waiting(place_id, seats, self.held_for(place_id), self._may_gather(place_id, seats))
            for place_id, _, seats in self.queue
            if place_id not in self.offered
        )

    def _may_gather(self, place_id: UUID, seats: int) -> bool:
        return place_id not in self.waited_for and seats <= self.capacity

    def held_for(self, place_id: UUID | None) -> int:
        """How many seats are held for a place on the list, offered or gathered."""
        is_held = place_id is not None and place_id in self.offered | self.gathering
        return self.holds[place_id][0] if is_held and place_id is not None else 0

    def offer(self, place_id: UUID, until: datetime, now: datetime, *, is_by_hand: bool = False) -> None:
        """The seats of a party are offered to it until an instant (excluded). Raises NotWaiting, NoSeatsFor."""
        _, person_id, seats = self.queue[self._place(place_id)]
        if place_id in self.offered:
            return
        left = self.left_at(now) + self.held_for(place_id)
        if seats > left:
            raise NoSeatsFor(asked=seats, left=left)
        self.record(
            self.SeatOffered(place_id=place_id, person_id=person_id, seats=seats, until=until, is_by_hand=is_by_hand)
        )

    def gather(self, place_id: UUID, seats: int, until: datetime) -> None:
        """So many seats are held for a party that needs more of them; the time counts from the first."""
        until = self.holds[place_id][1] if place_id in self.gathering else until
        self.record(self.SeatsGathered(place_id=place_id, seats=seats, until=until))

    def pass_over(self, place_id: UUID, seats: int, free: int) -> None:
        """Another comes before a party that sits together: fewer seats were free than it needs."""
        self.record(self.PartyPassedOver(place_id=place_id, seats=seats, free=free))

    def prolong_offer(self, place_id: UUID, until: datetime) -> None:
        """An offer goes on until a later instant: whoever pays by card just then is not too late for it."""
        if place_id in self.offered and self.holds[place_id][1] < until:
            self.record(self.OfferProlonged(place_id=place_id, seats=self.holds[place_id][0], until=until))

    def decline_offer(self, place_id: UUID) -> None:
        """They do not want it, and wait no longer. Raises OfferOver."""
        self.must_be_offered(place_id)
        self.record(self.OfferDeclined(place_id=place_id))
        self.leave_queue(place_id)

    def must_be_offered(self, place_id: UUID) -> None:
        """Raises OfferOver unless seats are offered to that place."""
        if place_id not in self.offered:
            raise OfferOver

    def use_held(self, place_id: UUID, booking_id: BookingId) -> None:
        """What is held for a place is free, for whoever waits there to take in the same decision."""
        if place_id in self.offered:
            self.record(self.OfferAccepted(place_id=place_id, booking_id=booking_id))
        elif place_id in self.gathering:
            self.record(self.GatheringEnded(place_id=place_id))

    def end_held(self, place_id: UUID) -> None:
        """Nothing is held for a place any longer."""
        if place_id in self.offered:
            self.record(self.OfferWithdrawn(place_id=place_id))
        elif place_id in self.gathering:
            self.record(self.GatheringEnded(place_id=place_id))

    def give_up_one(self, place_id: UUID, wanted: int) -> None:
        """One of a party has a seat: it waits for one less, or no longer; what was offered to it is offered anew."""
        if wanted > 1:
            self.end_held(place_id)
            self.record(self.PartyLessened(place_id=place_id, seats=wanted - 1))
        else:
            self.leave_queue(place_id)

    def over(self, place_id: UUID) -> None:
        """The time of what is held for a place is over. Not answered in time, the place is lost (S19)."""
        if place_id in self.gathering:
            self.record(self.GatheringEnded(place_id=place_id))
            return
        _, person_id, _ = self.queue[self._place(place_id)]
        seats, _ = self.holds[place_id]
        self.record(self.OfferLapsed(place_id=place_id, person_id=person_id, seats=seats))
        self.leave_queue(place_id)

    def forget_offer(self, place_id: UUID) -> None:
        """How the end of an offer is remembered."""
        self.offered.discard(place_id)
        del self.holds[place_id]
