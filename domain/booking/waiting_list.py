"""The waiting list of a season: who waits for how many seats, in which order."""

from __future__ import annotations

from abc import abstractmethod
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Part
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import PersonId
from domain.kernel.personal import Encrypted


class SeatsFree(RuleBroken):
    """There are seats for this party, and nobody waits for them (`left`): book instead of waiting."""


class AlreadyWaiting(RuleBroken):
    """The person is on the waiting list already (`place`)."""


class NotWaiting(RuleBroken):
    """That place on the waiting list is not there (any longer)."""


class WaitingList(Part):
    """Of a seating: places with whose they are and for how many seats, the first of them next.

    Whether those who wait come before a booking is decided where the seats are given out, in `Seating`.
    """

    queue: list[tuple[UUID, PersonId, int]]

    @property
    @abstractmethod
    def left(self) -> int:
        """How many seats are neither taken nor held."""

    @abstractmethod
    def is_promised(self, free: int) -> bool:
        """Whether so many free seats belong to somebody who waits."""

    @abstractmethod
    def end_held(self, place_id: UUID) -> None:
        """Nothing is held for a place any longer."""

    class QueueJoined(Aggregate.Event):
        place_id: UUID
        person_id: PersonId
        seats: int

        def apply(self, seating: WaitingList) -> None:
            seating.queue.append((self.place_id, self.person_id, self.seats))

    class QueueLeft(Aggregate.Event):
        place_id: UUID

        def apply(self, seating: WaitingList) -> None:
            seating.queue = [waiting for waiting in seating.queue if waiting[0] != self.place_id]

    class QueueJoinedFirst(Aggregate.Event):
        place_id: UUID
        person_id: PersonId
        seats: int

        def apply(self, seating: WaitingList) -> None:
            seating.queue.insert(0, (self.place_id, self.person_id, self.seats))

    class PlacePassedOn(Aggregate.Event):
        place_id: UUID
        person_id: PersonId

        def apply(self, seating: WaitingList) -> None:
            seating.queue = [
                (waiting, self.person_id if waiting == self.place_id else person, seats)
                for waiting, person, seats in seating.queue
            ]

    class PartyLessened(Aggregate.Event):
        place_id: UUID
        seats: int

        def apply(self, seating: WaitingList) -> None:
            seating.queue = [
                (each, who, self.seats if each == self.place_id else wanted) for each, who, wanted in seating.queue
            ]

    class QueueReordered(Aggregate.Event):
        place_id: UUID
        place: int
        order: tuple[UUID, ...]
        reason: Encrypted

        def apply(self, seating: WaitingList) -> None:
            seating.queue.sort(key=lambda waiting: self.order.index(waiting[0]))

    def join_queue(self, place_id: UUID, person_id: PersonId, seats: int) -> int:
        """Wait for that many seats together; the place counts from 1. Raises AlreadyWaiting, SeatsFree."""
        if not 1 <= seats <= 100:
            raise BadValue(field="seats", why="1 to 100 seats")
        places = [person for _, person, _ in self.queue]
        if person_id in places:
            raise AlreadyWaiting(place=places.index(person_id) + 1)
        self.must_be_waited_for(seats)
        self.record(self.QueueJoined(place_id=place_id, person_id=person_id, seats=seats))
        return len(self.queue)

    def must_be_waited_for(self, seats: int) -> None:
        """Raises SeatsFree where there are so many seats that belong to nobody who waits."""
        if seats <= self.left and not self.is_promised(self.left):
            raise SeatsFree(left=self.left)

    def join_queue_first(self, place_id: UUID, person_id: PersonId, seats: int) -> None:
        """Before everybody else: their payment came for seats that were held too short a time (S12)."""
        for waiting, person, _ in list(self.queue):
            if person == person_id:
                self.leave_queue(waiting)
        self.record(self.QueueJoinedFirst(place_id=place_id, person_id=person_id, seats=seats))

    def move_in_queue(self, place_id: UUID, place: int, reason: Encrypted) -> None:
        """To another place, counted from 1, for a reason that is written down. Raises NotWaiting, BadValue."""
        was = self._place(place_id) + 1
        if not 1 <= place <= len(self.queue):
            raise BadValue(field="place", why=f"1 to {len(self.queue)}")
        if place != was:
            others = [each for each, _, _ in self.queue if each != place_id]
            order = (*others[: place - 1], place_id, *others[place - 1 :])
            self.record(self.QueueReordered(place_id=place_id, place=place, order=order, reason=reason))

    def leave_queue(self, place_id: UUID) -> None:
        """Wait no longer; what is held for the place is free. Raises NotWaiting."""
        self._place(place_id)
        self.end_held(place_id)
        self.record(self.QueueLeft(place_id=place_id))

    def pass_on(self, place_id: UUID, person_id: PersonId) -> None:
        """The place is another's from now on: who waited there is one person with them. Raises NotWaiting."""
        self._place(place_id)
        self.record(self.PlacePassedOn(place_id=place_id, person_id=person_id))

    def must_be_place_of(self, place_id: UUID, person_id: PersonId | None) -> None:
        """Raises NotWaiting unless that place on the list is theirs."""
        if (place_id, person_id) not in [(waiting, person) for waiting, person, _ in self.queue]:
            raise NotWaiting

    def _place(self, place_id: UUID) -> int:
        for place, (waiting, _, _) in enumerate(self.queue):
            if waiting == place_id:
                return place
        raise NotWaiting
