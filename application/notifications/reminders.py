"""Reminders: which letters are due by the clock now. They are found anew each time from how things stand.

So a meeting that is moved, postponed or called off moves or ends its own, and whoever is named later is reminded. A
letter's key says what it reminds of and for when: killed in the middle, or with a clock that jumps, it is sent once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Protocol
from uuid import UUID

from application.kernel.due_job import DueJob
from application.kernel.ports import Clock
from application.notifications.due import Due, MaterialDue, MeetingDue, MembershipDue, NamingDue, Sitting
from application.notifications.reaction import Telling
from application.notifications.reminder_stories import STORIES
from application.notifications.table import rows_of
from domain.kernel.ids import MeetingId, SeasonId
from domain.kernel.terms import day_in, later_instant_of, start_of
from domain.mail.reminding import MOST_DAYS, Reminding, days_before

MATERIAL_HOUR = 16
"""At which local hour new material is told, gathered: of one season at most one letter a day."""
MATERIAL_KEPT = timedelta(days=3)
"""How long after that hour it is still told, where the worker stood still."""


@dataclass(frozen=True)
class ComingMeeting:
    """A meeting that has a time and has not begun. `since`: when it got that time; `reminding`: by which rules."""

    season_id: SeasonId
    meeting_id: MeetingId
    start_at: datetime
    since: datetime
    zone: str
    reminding: Reminding


@dataclass(frozen=True)
class NewMaterial:
    """Material that was published, of a season that tells of it."""

    season_id: SeasonId
    material_id: UUID
    published_at: datetime
    zone: str


@dataclass(frozen=True)
class EndingMembership:
    """A membership whose last period ends with a day; it began `from_on`."""

    membership_id: UUID
    from_on: date
    until_on: date
    zone: str
    reminding: Reminding


class RemindersModel(Protocol):
    """What reminders are found in."""

    def coming(self, after: datetime, until: datetime) -> Sequence[ComingMeeting]:
        """The meetings that begin after an instant until another, of seasons that are on."""

    def published(self, since: datetime) -> Sequence[NewMaterial]:
        """The material that has been published since, and is told of; by season."""

    def ending(self, after: date, until: date) -> Sequence[EndingMembership]:
        """The memberships that end on one of those days."""

    def sitting(self, season_id: SeasonId) -> tuple[Sitting, ...]:
        """The seats of a season as they are held now."""


@dataclass
class Happening:
    """What is due, as something that happens: whose it is, and when."""

    originator_id: UUID
    timestamp: datetime
    originator_version: int = 0


class Reminders:
    """Finds what is due, and tells it. What was found last is true until something is recorded, or a minute passes."""

    def __init__(
        self, telling: Telling, model: RemindersModel, clock: Clock, position: Callable[[], int] = lambda: 0
    ) -> None:
        self._telling, self._model, self._clock, self._position = telling, model, clock, position
        self._looked: tuple[object, tuple[Due, ...]] = (None, ())

    def due(self) -> tuple[Due, ...]:
        """All that is due now, also what has been told."""
        now = self._clock.now()
        moment = (self._position(), now.replace(second=0, microsecond=0))
        if not moment[0] or self._looked[0] != moment:
            self._looked = (moment, (*self._meetings(now), *self._materials(now), *self._memberships(now)))
        return self._looked[1]

    def tell(self, due: Due) -> None:
        """Write to those it concerns, as far as it is so still; whoever has been told is not told again."""
        now, story = self._clock.now(), STORIES[type(due)]
        about = due.membership_id if isinstance(due, MembershipDue) else due.season_id
        self._telling.tell_story(Happening(about, now), rows_of(type(due)), lambda work: story(work, due, now))

    def _meetings(self, now: datetime) -> Iterator[Due]:
        for each in self._model.coming(now, now + timedelta(days=MOST_DAYS + 2)):
            told = (each.start_at, each.zone, now, each.since)
            days, asks = each.reminding.reminder_due(*told), each.reminding.naming_due(*told)
            if days is None and not asks:
                continue
            seats = self._model.sitting(each.season_id)
            if days is not None:
                yield MeetingDue(each.season_id, each.meeting_id, each.start_at, days, seats)
            if asks:
                yield from _naming(each, seats)

    def _materials(self, now: datetime) -> Iterator[Due]:
        found = self._model.published(now - MATERIAL_KEPT - timedelta(days=1))
        for (season_id, on, zone), group in groupby(sorted(found, key=_told_with), key=_told_with):
            if later_instant_of(datetime.combine(on, time(MATERIAL_HOUR)), zone) <= now:
                materials = tuple((each.material_id, each.published_at) for each in group)
                yield MaterialDue(season_id, on, materials, self._model.sitting(season_id))

    def _memberships(self, now: datetime) -> Iterator[Due]:
        today = now.date()
        for each in self._model.ending(today - timedelta(days=1), today + timedelta(days=MOST_DAYS + 2)):
            days, end = each.reminding.membership_days, start_of(each.until_on, each.zone)
            is_long = each.until_on - each.from_on > timedelta(days=days)
            is_over = day_in(now, each.zone) > each.until_on
            if days and is_long and not is_over and days_before(end, days, each.reminding.hour, each.zone) <= now:
                yield MembershipDue(each.membership_id, each.until_on)


REMINDERS = "reminders of meetings"


def reminder_job(reminders: Reminders) -> DueJob[Due]:
    """The leader's job."""
    return DueJob(REMINDERS, reminders.due, reminders.tell)


def _naming(meeting: ComingMeeting, seats: tuple[Sitting, ...]) -> Iterator[NamingDue]:
    unnamed = [each.booking_id for each in seats if each.person_id is None]
    for booking_id in dict.fromkeys(unnamed):
        asked = unnamed.count(booking_id)
        yield NamingDue(meeting.season_id, meeting.meeting_id, meeting.start_at, booking_id, asked)


def _told_with(each: NewMaterial) -> tuple[SeasonId, date, str]:
    """With which day's letter it is told: what comes after the hour, with the next day's."""
    on = day_in(each.published_at, each.zone)
    is_late = each.published_at > later_instant_of(datetime.combine(on, time(MATERIAL_HOUR)), each.zone)
    return each.season_id, on + timedelta(days=is_late), each.zone
