"""Clashes: what somebody has booked that gets in each other's way; and what a season would get in the way of (S42)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.booking.queries.booking import BookingQuestions, BookingRow
from application.kernel.actor import Actor, Role
from application.kernel.queries import Queries, for_oneself
from application.kernel.use_case import organiser_of
from application.programme.queries.programme import Programme
from application.programme.queries.season_view import SeasonView
from domain.attendance.clash import Clash, ClashKind, Engagement, clashes_between
from domain.kernel.errors import NotFound
from domain.kernel.ids import PersonId


@dataclass(frozen=True)
class SeatClash:
    """Whoever sits in a seat is to come to something else with the organiser at the time of one of its meetings (`at`).

    `other`: what it is, where the reader may see that booking as well; None: only that it is so.
    """

    seat: int
    at: Engagement
    other: Engagement | None


class ClashQuestions(Queries, Protocol):
    """What somebody else has booked is for themselves and for admins; who seats them is told that it is so."""

    _programme: Programme
    _bookings: BookingQuestions

    @for_oneself(())
    def mine(self, actor: Actor) -> tuple[Clash, ...]:
        """What the actor is to come to and cannot come to both of; what is over is left out."""
        if actor.person_id is None:
            return ()
        mine = self._ahead(actor, actor.person_id)
        return tuple(each for no, one in enumerate(mine) for each in clashes_between([one], mine[no + 1 :]))

    def with_season(self, actor: Actor, season_id: UUID, person_id: PersonId | None = None) -> tuple[Clash, ...]:
        """What of a season would clash with what somebody has booked elsewhere. Raises NotFound, NotAllowed.

        `person_id`: for whom an admin asks; otherwise for the actor.
        """
        who = person_id if person_id is not None else actor.person_id
        view = self._programme.season(actor, season_id)
        if who is None or actor.booking_id is not None:
            return ()
        if not actor.is_person(who):
            actor.must_be(organiser_of(actor), Role.ADMIN)
        return clashes_between(_meetings_of(view, self._now()), self._ahead(actor, who))

    def of_booking(self, actor: Actor, booking_id: UUID) -> tuple[SeatClash, ...]:
        """Who in the seats that the actor answers for has something else at that very time. Raises NotFound.

        Whoever came by the booking's link may know of no other, and is told of none.
        """
        row = self._bookings.one(actor, booking_id)
        if actor.booking_id is not None:
            return ()
        answers_for = self._bookings.answers_for(actor, row)
        seated = {seat.no: seat.person_id for seat in row.seats if seat.no in answers_for and seat.person_id}
        ahead = self._ahead_of(list(seated.values()), row.organiser_id)
        return tuple(clash for no, who in seated.items() for clash in self._in_seat(actor, row, no, ahead.get(who, ())))

    def _in_seat(self, actor: Actor, row: BookingRow, no: int, ahead: Sequence[Engagement]) -> Iterator[SeatClash]:
        coming = [each for each in ahead if each.end_at > self._now()]
        here = [each for each in coming if each.booking_id == row.booking_id]
        for clash in clashes_between(here, coming):
            if clash.kind is ClashKind.AT_ONCE:
                yield SeatClash(no, clash.one, clash.other if self._may_see(actor, clash.other) else None)

    def _may_see(self, actor: Actor, other: Engagement) -> bool:
        if other.booking_id is None:
            return False
        with suppress(NotFound):
            return bool(self._bookings.one(actor, other.booking_id))
        return False

    def _ahead(self, actor: Actor, person_id: PersonId) -> list[Engagement]:
        """What somebody is to come to with the actor's organiser, by time."""
        found = self._ahead_of([person_id], organiser_of(actor)).get(person_id, ())
        return sorted((each for each in found if each.end_at > self._now()), key=lambda each: each.start_at)

    def _ahead_of(self, people: Sequence[PersonId], organiser_id: UUID) -> dict[PersonId, list[Engagement]]: ...

    def _now(self) -> datetime: ...


def _meetings_of(view: SeasonView, now: datetime) -> list[Engagement]:
    row = view.row
    return [
        Engagement(
            row.season_id,
            row.network_id,
            row.network,
            row.title,
            each.meeting_id,
            each.title,
            each.time.start_at,
            each.time.end_at,
            row.zone,
        )
        for each in view.meetings
        if each.time.start_at is not None and each.time.end_at is not None and each.time.end_at > now
    ]
