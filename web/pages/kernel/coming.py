"""What comes next for somebody: the next meeting of their bookings, and what there is to read before and after each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from application.booking.queries.booking import BookingRow
from application.kernel.actor import Actor
from application.programme.queries.season_view import MeetingRow, SeasonView
from domain.kernel.terms import day_in
from domain.programme.meeting import Material, Moment
from domain.programme.meeting_time import TimeKind
from web.pages.kernel.visit import Visit, services

MOST_SEASONS = 12
UNDATED = (TimeKind.MONTH, TimeKind.TO_COME, TimeKind.POSTPONED)


@dataclass(frozen=True)
class Coming:
    """A season that somebody has bookings in (the latest first) with what comes next of it, and what to read first."""

    bookings: tuple[BookingRow, ...]
    view: SeasonView
    meeting: MeetingRow | None

    @property
    def booking(self) -> BookingRow:
        """The booking that leads to it."""
        return self.bookings[0]

    @property
    def zone(self) -> str:
        """Whose clocks its hours are."""
        return self.view.row.zone

    @property
    def on(self) -> date | None:
        """The local day of the next meeting; None while it has none."""
        return day_of(self.meeting, self.zone) if self.meeting else None

    @property
    def before(self) -> tuple[Material, ...]:
        """What there is to read before the next meeting."""
        return _before(self.view, self.meeting) if self.meeting else ()

    @property
    def is_over(self) -> bool:
        """Whether all that was planned lies behind."""
        return self.meeting is None and bool(self.view.meetings)


@dataclass(frozen=True)
class Reading:
    """What there is to read: of one meeting, or of the season (no id, no title); before and after."""

    meeting_id: UUID | None
    title: str
    before: tuple[Material, ...]
    after: tuple[Material, ...]


def in_days(meeting: MeetingRow | None, zone: str, today: date) -> int | None:
    """How many days it is to a meeting; None where that is not decided."""
    on = day_of(meeting, zone) if meeting else None
    return max(0, (on - today).days) if on else None


def day_of(meeting: MeetingRow, zone: str) -> date | None:
    """The local day of a meeting; None while it has none."""
    start = meeting.time.start_at
    return day_in(start, zone) if start else None


def coming_of(visit: Visit, bookings: Iterable[BookingRow]) -> dict[UUID, Coming]:
    """What comes next in each season (by its id) in which one of the bookings goes on, as many as fit a page."""
    by_season: dict[UUID, list[BookingRow]] = {}
    for booking in bookings:
        if not booking.ended_for and (booking.season_id in by_season or len(by_season) < MOST_SEASONS):
            by_season.setdefault(booking.season_id, []).append(booking)
    now = services().clock.now()
    found = {}
    for season_id, theirs in by_season.items():
        view = services().programme.season(visit.actor, season_id)
        found[season_id] = Coming(tuple(theirs), view, next_of(view, now))
    return found


def soonest(coming: Iterable[Coming]) -> Coming | None:
    """The one with the earliest meeting; those that wait for a day come last, those with none to come not at all."""
    waiting = [each for each in coming if each.meeting is not None]
    return min(waiting, key=lambda each: each.on or date.max, default=None)


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
            found.append(Reading(meeting_id, title, _of(theirs, Moment.BEFORE), _of(theirs, Moment.AFTER)))
    return found


def _before(view: SeasonView, meeting: MeetingRow) -> tuple[Material, ...]:
    return _of([each for each in view.materials if each.meeting_id == meeting.meeting_id], Moment.BEFORE)


def _of(materials: list[Material], moment: Moment) -> tuple[Material, ...]:
    return tuple(each for each in materials if each.moment is moment)


def sits_in(actor: Actor, booking: BookingRow) -> bool:
    """Whether somebody sits in a booking that goes on."""
    seats = [] if booking.ended_for else [seat for seat in booking.seats if not seat.is_cancelled]
    return any(actor.is_person(seat.person_id) for seat in seats)
