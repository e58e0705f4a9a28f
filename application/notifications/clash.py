"""Whoever is told of a meeting is told what else they have then (S42)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
_Here = Mapping[PersonId, Sequence[Engagement]]


def with_clashes(engaged: Engaged, told: Sequence[tuple[Story, Occurred]]) -> list[Story]:
    """Stories of what occurred with what each of those who come has elsewhere at that time, or that day.

    Nothing that is over. Asked once for everybody of an organiser.
    """
    coming = [_coming(story, event) for story, event in told]
    asked: dict[OrganiserId, dict[_Time, None]] = {}
    for (story, _), here in zip(told, coming, strict=True):
        asked.setdefault(story.organiser_id, {}).update(dict.fromkeys(_times(here)))
    elsewhere = {organiser_id: engaged.engagements([*times], organiser_id) for organiser_id, times in asked.items()}
    return [
        _with(story, here, elsewhere[story.organiser_id]) if here else story
        for (story, _), here in zip(told, coming, strict=True)
    ]


def _coming(story: Story, event: Occurred) -> _Here:
    """The meetings that each of those who come is to come to; nobody where the event does not say when that is."""
    season = story.season
    if season is None or not isinstance(event, TOLD):
        return {}
    return {
        who: [here for each in meetings if (here := _here(season, each, event.timestamp)) is not None]
        for who, meetings in story.coming.items()
    }


def _times(here: _Here) -> Iterator[_Time]:
    """From when until when each of those who come is to be there."""
    for who, meetings in here.items():
        if meetings:
            yield who, min(each.start_at for each in meetings), max(each.end_at for each in meetings)


def _with(story: Story, here: _Here, elsewhere: Mapping[PersonId, Sequence[Engagement]]) -> Story:
    each = {who: dict(facts) for who, facts in story.each.items()}
    for who, meetings in here.items():
        clashes = clashes_between(meetings, elsewhere.get(who, ()))
        others = {clash.other.meeting_id: clash.other for clash in clashes}
        if others:
            each.setdefault(who, {})["clash"] = meetings_fact(_told(other) for other in others.values())
    return replace(story, facts={"clash": "", **story.facts}, each=each)


def _here(season: Season, meeting: Meeting, at: datetime) -> Engagement | None:
    start, end = meeting.time.start_at, meeting.time.end_at
    if start is None or end is None or end <= at:
        return None
    ids = SeasonId(season.id), season.network_id
    return Engagement(*ids, "", season.title, meeting.meeting_id, meeting.title, start, end, season.zone)


def _told(other: Engagement) -> Meeting:
    """As letters tell of a meeting: by its season's name."""
    time = MeetingTime(TimeKind.SCHEDULED, other.start_at, other.end_at)
    return Meeting(other.meeting_id, other.called, time, ON_SITE)
