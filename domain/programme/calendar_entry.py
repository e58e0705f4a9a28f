"""An entry in somebody's calendar: what their calendar has been told of one meeting, and what it is to be told next.

An entry keeps its identity while it stands. Once it has been taken out it never comes back: a date after a postponement
and a seat booked again are new entries. Each letter that changes it counts one up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.kernel.ids import MeetingId, PersonId, derived
from domain.programme.meeting import Meeting, Place
from domain.programme.meeting_time import TimeKind


@dataclass(frozen=True)
class CalendarEntry:
    """What stands in a calendar, or stood there until it was taken out (`is_on`). Instants are UTC.

    `no` counts the entries that somebody has had of the same meeting, from 0; `sequence` what changed in this one.
    """

    uid: UUID
    meeting_id: MeetingId
    no: int
    sequence: int
    title: str
    start_at: datetime
    end_at: datetime
    place: Place
    is_on: bool = True

    def is_over(self, at: datetime) -> bool:
        """Whether it has ended at an instant: nobody is told of it then."""
        return self.end_at <= at


def put_in(known: CalendarEntry | None, person_id: PersonId, meeting: Meeting) -> CalendarEntry | None:
    """What a calendar is told of a meeting that somebody is to come to, as it is now; None where it knows that already.

    A meeting without a time stands in no calendar: what stood there is taken out.
    """
    time = meeting.time
    if time.kind is not TimeKind.SCHEDULED or time.start_at is None or time.end_at is None:
        return take_out(known)
    if known is None or not known.is_on:
        no = 0 if known is None else known.no + 1
        uid = entry_id(person_id, meeting.meeting_id, no)
        return CalendarEntry(uid, meeting.meeting_id, no, 0, meeting.title, time.start_at, time.end_at, meeting.place)
    told = replace(known, title=meeting.title, start_at=time.start_at, end_at=time.end_at, place=meeting.place)
    return None if told == known else replace(told, sequence=known.sequence + 1)


def take_out(known: CalendarEntry | None) -> CalendarEntry | None:
    """What a calendar is told when somebody is not to come any longer; None where nothing stands there."""
    return replace(known, is_on=False, sequence=known.sequence + 1) if known is not None and known.is_on else None


def entry_id(person_id: PersonId, meeting_id: MeetingId, no: int) -> UUID:
    """The identity of an entry: from ids alone, so that letter, feed and download name it alike."""
    return derived(person_id, meeting_id, "calendar", no)
