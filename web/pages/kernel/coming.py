"""What comes next for somebody: the next meeting of their bookings, and what there is to read before and after each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from application.booking.queries.booking import BookingRow
from application.kernel.actor import Actor
from application.programme.queries.programme import MeetingRow, SeasonView
from domain.kernel.terms import day_in
from domain.programme.meeting import Material, Moment
from domain.programme.meeting_time import TimeKind
from web.pages.kernel.visit import Visit, services

MOST_SEASONS = 12
UNDATED = (TimeKind.MONTH, TimeKind.TO_COME, TimeKind.POSTPONED)


@dataclass(frozen=True)
class Coming:
    """The next meeting of a booking, in which network (seasons of two may be called the same), and what to read."""

    booking: BookingRow
    meeting: MeetingRow
    network: str
    zone: str
    before: tuple[Material, ...]

    @property
    def on(self) -> date | None:
        """The local day of the meeting; None while it has none."""
        start = self.meeting.time.start_at
        return day_in(start, self.zone) if start else None


@dataclass(frozen=True)
class Reading:
    """What there is to read: of one meeting, or of the season (no title); before and after."""

    title: str
    before: tuple[Material, ...]
    after: tuple[Material, ...]


def coming_of(visit: Visit, bookings: Iterable[BookingRow]) -> dict[UUID, Coming]:
    """The next meeting of each season (by its id) that the reader sits in or has booked last."""
    found: dict[UUID, Coming] = {}
    seen: set[UUID] = set()
    now = services().clock.now()
    for booking in bookings:
        if booking.ended_for or booking.season_id in seen or len(seen) >= MOST_SEASONS:
            continue
        seen.add(booking.season_id)
        view = services().programme.season(visit.actor, booking.season_id)
        meeting = next_of(view, now)
        if meeting is not None:
            found[booking.season_id] = Coming(booking, meeting, view.row.network, view.row.zone, _before(view, meeting))
    return found


def soonest(coming: Iterable[Coming]) -> Coming | None:
    """The earliest meeting of several; those that wait for a day come last."""
    return min(coming, key=lambda each: each.meeting.time.start_at or datetime.max.replace(tzinfo=UTC), default=None)


def next_of(view: SeasonView, now: datetime) -> MeetingRow | None:
    """The next meeting with a date, or the first that still waits for one."""
    dated = [each for each in view.meetings if each.time.end_at is not None and each.time.end_at > now]
    if dated:
        return min(dated, key=lambda each: each.time.start_at or now)
    return next((each for each in view.meetings if each.time.kind in UNDATED), None)


def material_of(view: SeasonView) -> list[Reading]:
    """What the reader may read, the season's own first, then meeting by meeting; empty parts are left out."""
    parts: list[tuple[UUID | None, str]] = [(None, ""), *((each.meeting_id, each.title) for each in view.meetings)]
    found = []
    for meeting_id, title in parts:
        theirs = [each for each in view.materials if each.meeting_id == meeting_id]
        if theirs:
            found.append(Reading(title, _of(theirs, Moment.BEFORE), _of(theirs, Moment.AFTER)))
    return found


def _before(view: SeasonView, meeting: MeetingRow) -> tuple[Material, ...]:
    return _of([each for each in view.materials if each.meeting_id == meeting.meeting_id], Moment.BEFORE)


def _of(materials: list[Material], moment: Moment) -> tuple[Material, ...]:
    return tuple(each for each in materials if each.moment is moment)


def sits_in(actor: Actor, booking: BookingRow) -> bool:
    """Whether somebody sits in a booking that goes on."""
    seats = [] if booking.ended_for else [seat for seat in booking.seats if not seat.is_cancelled]
    return any(actor.is_person(seat.person_id) for seat in seats)
