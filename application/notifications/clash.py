"""Whoever is told of a meeting is told what else they have then (S42)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from application.mail.letter_facts import meetings_fact
from application.notifications.story import Engaged, Occurred, Story
from domain.attendance.clash import Engagement, clashes_between
from domain.booking.booking import Booking
from domain.kernel.ids import OrganiserId, PersonId, SeasonId
from domain.programme.meeting import ON_SITE, Meeting
from domain.programme.meeting_time import MeetingTime, TimeKind
from domain.programme.season import Season

TOLD = (
    Booking.Made,
    Booking.ParticipantNamed,
    Booking.SeatTransferred,
    Booking.Reinstated,
    Season.MeetingPlanned,
    Season.MeetingScheduled,
)
"""The events by which somebody is to come to a meeting then."""

_Time = tuple[PersonId, datetime, datetime]


def with_clashes(engaged: Engaged, told: Sequence[tuple[Story, Occurred]]) -> list[Story]:
    """Stories of what occurred with what each of those who come has elsewhere at that time, or that day.

    Nothing that is over. Asked once for everybody of an organiser.
    """
    asked: dict[OrganiserId, dict[_Time, None]] = {}
    for story, event in told:
        if _says_when(story, event):
            asked.setdefault(story.organiser_id, {}).update(dict.fromkeys(_times(story, event.timestamp)))
    elsewhere = {each: engaged.engagements([*times], each) if times else {} for each, times in asked.items()}
    return [
        _with(story, elsewhere[story.organiser_id], event.timestamp) if _says_when(story, event) else story
        for story, event in told
    ]


def _times(story: Story, at: datetime) -> Iterator[_Time]:
    """From when until when each of those who come is to be there."""
    for who, meetings in story.coming.items():
        here = _all_here(story, meetings, at)
        if here:
            yield who, min(each.start_at for each in here), max(each.end_at for each in here)


def _says_when(story: Story, event: object) -> bool:
    return story.season is not None and bool(story.coming) and isinstance(event, TOLD)


def _with(story: Story, elsewhere: Mapping[PersonId, Sequence[Engagement]], at: datetime) -> Story:
    each = {who: dict(facts) for who, facts in story.each.items()}
    for who, meetings in story.coming.items():
        clashes = clashes_between(_all_here(story, meetings, at), elsewhere.get(who, ()))
        others = {clash.other.meeting_id: clash.other for clash in clashes}
        if others:
            each.setdefault(who, {})["clash"] = meetings_fact(_told(other) for other in others.values())
    return replace(story, facts={"clash": "", **story.facts}, each=each)


def _all_here(story: Story, meetings: Iterable[Meeting], at: datetime) -> list[Engagement]:
    return [found for meeting in meetings if (found := _here(story.season, meeting, at)) is not None]


def _here(season: Season | None, meeting: Meeting, at: datetime) -> Engagement | None:
    start, end = meeting.time.start_at, meeting.time.end_at
    if season is None or start is None or end is None or end <= at:
        return None
    ids = SeasonId(season.id), season.network_id
    return Engagement(*ids, "", season.title, meeting.meeting_id, meeting.title, start, end, season.zone)


def _told(other: Engagement) -> Meeting:
    """As letters tell of a meeting: by its season's name."""
    time = MeetingTime(TimeKind.SCHEDULED, other.start_at, other.end_at)
    return Meeting(other.meeting_id, other.called, time, ON_SITE)
