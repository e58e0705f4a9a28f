"""Which seats somebody has held, from when until when, as their history tells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from application.insight.history import Happening
from application.kernel.actor import Actor
from domain.booking.booking import Booking


class SeatsHeld:
    """Of one person: each seat and whose it was, event by event."""

    def __init__(self, history: tuple[Happening, ...], me: Actor) -> None:
        self._turns: dict[tuple[UUID, int], list[tuple[datetime, bool]]] = {}
        for each in reversed(history):
            for no, is_theirs in _turns(each.event, me):
                self._turns.setdefault((each.stream_id, no), []).append((each.recorded_at, is_theirs))

    def at(self, booking_id: UUID, no: int, when: datetime) -> bool:
        """Whether they held the seat at an instant."""
        turns = [is_theirs for at, is_theirs in self._turns.get((booking_id, no), []) if at <= when]
        return bool(turns) and turns[-1]


def _turns(event: object, me: Actor) -> Iterator[tuple[int, bool]]:
    """The seats that an event gives to the person (True) or to somebody else."""
    match event:
        case Booking.Made():
            for seat in event.seats:
                yield seat.no, me.is_person(seat.person_id)
        case Booking.ParticipantNamed():
            yield event.seat, me.is_person(event.person_id)
        case Booking.SeatTransferred():
            yield event.seat, me.is_person(event.to_person_id)
        case _:
            return
