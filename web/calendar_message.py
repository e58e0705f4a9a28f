"""What a calendar program is told when a meeting changes: the same identity, a higher sequence, and no made-up date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, timedelta

from icalendar import Calendar, Event, vCalAddress

from application.letters import Attachment
from application.ports import Clock
from application.reading.programme import MeetingRow, ProgrammeModel, SeasonView
from domain.ids import SeasonId
from domain.meeting import Meeting
from domain.meeting_time import TimeKind

AN_HOUR = timedelta(hours=1)
"""How long a meeting whose time was taken back is said to have been: only its start is remembered."""


@dataclass(frozen=True)
class CalendarLetters:
    """`application.season_letters.CalendarMessages`. `sender` is the address that letters come from."""

    programme: ProgrammeModel
    clock: Clock
    sender: str

    def about(self, season_id: SeasonId, meeting: Meeting) -> tuple[Attachment, ...]:
        """The meeting as it has become: a request while it has a time, otherwise a cancellation of what it was.

        What has been changed again meanwhile has a lower sequence than what it is now. Nothing without any date.
        """
        view = self.programme.season(season_id)
        row = next((each for each in view.meetings if each.meeting_id == meeting.meeting_id), None) if view else None
        if view is None or row is None or (meeting.time.start_at or meeting.time.was_at) is None:
            return ()
        is_on = meeting.time.kind is TimeKind.SCHEDULED
        sequence = row.changes if row.time == meeting.time else max(0, row.changes - 1)
        method = "REQUEST" if is_on else "CANCEL"
        calendar = Calendar()
        for key, value in (("prodid", "-//Plats//Plats//SV"), ("version", "2.0"), ("method", method)):
            calendar.add(key, value)
        calendar.add_component(
            self._entry(view, replace(row, time=meeting.time, place=meeting.place, changes=sequence))
        )
        return (Attachment("meeting.ics", f"text/calendar; method={method}; charset=utf-8", calendar.to_ical()),)

    def _entry(self, view: SeasonView, meeting: MeetingRow) -> Event:
        entry, time = Event(), meeting.time
        is_on = time.kind is TimeKind.SCHEDULED
        start = time.start_at or time.was_at
        entry.add("uid", f"{meeting.meeting_id}@plats")
        entry.add("sequence", meeting.changes)
        entry.add("dtstamp", self.clock.now().astimezone(UTC))
        entry.add("summary", f"{view.row.title}: {meeting.title}")
        entry.add("status", "CONFIRMED" if is_on else "CANCELLED")
        entry.add("organizer", vCalAddress(f"mailto:{self.sender.rpartition('<')[2].rstrip('>')}"))
        if start is not None:
            entry.add("dtstart", start.astimezone(UTC))
            entry.add("dtend", (time.end_at or start + AN_HOUR).astimezone(UTC))
        if is_on and meeting.place.venue:
            entry.add("location", meeting.place.venue)
        if time.reason:
            entry.add("description", time.reason)
        return entry
