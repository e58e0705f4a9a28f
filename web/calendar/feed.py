"""Meetings as calendar programs read them (iCalendar): decided times only; what has no date is told in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vText

from application.programme.queries.season_view import MeetingRow, SeasonView
from domain.kernel.ids import MeetingId, PersonId
from domain.kernel.season_name import season_name
from domain.programme.calendar_entry import CalendarEntry, entry_id, put_in
from domain.programme.meeting import Meeting
from domain.programme.meeting_time import MeetingTime, TimeKind
from web.calendar.message import place_in_words, summary_of, uid_named, uid_of
from web.words.language import Say
from web.words.wording import moved, when

AS_LONG_AS = timedelta(hours=1)
"""How long a meeting whose time was taken back is said to have been, where an earlier version kept only its start."""


@dataclass(frozen=True)
class Mine:
    """Whose calendar it is, and what letters have told it: the same meeting has the same name in both."""

    person_id: PersonId
    entries: Mapping[MeetingId, CalendarEntry]

    def named(self, meeting: MeetingRow, time: MeetingTime) -> tuple[str, int]:
        """The name and the sequence of a meeting's entry: as it was told, or as the next letter will tell it."""
        known = self.entries.get(meeting.meeting_id)
        at = Meeting(meeting.meeting_id, meeting.title, time, meeting.place)
        entry = put_in(known, self.person_id, at) or known
        if entry is None:
            return uid_named(entry_id(self.person_id, meeting.meeting_id, 0)), meeting.changes
        return uid_of(entry), meeting.changes if known is None else entry.sequence


def season_feed(view: SeasonView, address: str, now: datetime, say: Say) -> bytes:
    """A season's meetings, with the address of its page in each."""
    return feed(season_name(view.row.network, view.row.title), [(view, address)], now, say)


def feed(name: str, seasons: list[tuple[SeasonView, str]], now: datetime, say: Say, mine: Mine | None = None) -> bytes:
    """Seasons with the addresses of their pages, as one calendar: anybody's, or somebody's own.

    `now` is the instant it is written, UTC. Anybody's is the same until a season is decided anew.
    """
    calendar = Calendar()
    for key, value in (("prodid", "-//Plats//Plats//SV"), ("version", "2.0"), ("calscale", "GREGORIAN")):
        calendar.add(key, value)
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(name))
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    undated = [line for view, _ in seasons for line in _undated(view, say)]
    if undated:
        for key in ("description", "x-wr-caldesc"):
            calendar.add(key, vText("\n".join(undated)))
    for view, address in seasons:
        for meeting in view.meetings:
            entry = _entry(view, meeting, address, now, say, mine)
            if entry is not None:
                calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _entry(
    view: SeasonView, meeting: MeetingRow, address: str, now: datetime, say: Say, mine: Mine | None
) -> Event | None:
    """A meeting that has a time, or had one that somebody's calendar may still show; none for the others (S43)."""
    time = _time_of(view, meeting)
    start = time.start_at or time.was_at
    if start is None or time.kind in (TimeKind.MONTH, TimeKind.TO_COME):
        return None
    entry = Event()
    changes = meeting.changes + (time is not meeting.time)
    uid, sequence = mine.named(meeting, time) if mine else (uid_named(meeting.meeting_id), changes)
    entry.add("uid", uid)
    entry.add("sequence", sequence)
    entry.add("dtstamp", (now if mine else view.row.changed_at).astimezone(UTC))
    entry.add("dtstart", start.astimezone(UTC))
    entry.add("dtend", (time.end_at or time.was_until or start + AS_LONG_AS).astimezone(UTC))
    summary = summary_of(season_name(view.row.network, view.row.title), meeting.title)
    _say_how_it_stands(entry, time, summary, say, is_own=mine is not None)
    entry.add("url", address)
    if time.kind is TimeKind.SCHEDULED:
        entry.add("location", place_in_words(meeting.place, address, say, has_open_link=view.row.is_free))
        if was := moved(meeting, view.row.zone, say):
            entry.add("description", was)
    else:
        entry.add("description", " ".join(filter(None, [when(time, view.row.zone, say), time.reason])))
    return entry


def _say_how_it_stands(entry: Event, time: MeetingTime, summary: str, say: Say, *, is_own: bool) -> None:
    """Whether it is held. What is postponed is open in anybody's calendar; letters have taken it out of one's own."""
    is_on, is_open = time.kind is TimeKind.SCHEDULED, time.kind is TimeKind.POSTPONED and not is_own
    entry.add("summary", say("calendar.postponed", what=summary) if is_open else summary)
    entry.add("status", "CONFIRMED" if is_on else "TENTATIVE" if is_open else "CANCELLED")
    entry.add("transp", "OPAQUE" if is_on else "TRANSPARENT")
    if is_open:
        entry.add("x-microsoft-cdo-busystatus", "FREE")


def _time_of(view: SeasonView, meeting: MeetingRow) -> MeetingTime:
    """Its time, or that it is called off with its season."""
    if view.row.called_off_for and not meeting.is_held and meeting.time.kind is not TimeKind.CALLED_OFF:
        return meeting.time.called_off(view.row.called_off_for)
    return meeting.time


def _undated(view: SeasonView, say: Say) -> list[str]:
    """What is planned and has no day yet, in words."""
    if view.row.called_off_for:
        return []
    waiting = (TimeKind.MONTH, TimeKind.TO_COME, TimeKind.POSTPONED)
    return [
        f"{season_name(view.row.network, view.row.title)}, {each.title}: {when(each.time, view.row.zone, say)}"
        for each in view.meetings
        if each.time.kind in waiting
    ]
