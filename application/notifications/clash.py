"""Whoever is told of a meeting is told what else they have then (S42)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from application.mail.letter_facts import meetings_fact
from application.notifications.story import Engaged, Story
from domain.attendance.clash import Engagement, clashes_between
from domain.booking.booking import Booking
from domain.kernel.ids import SeasonId
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


def with_clashes(engaged: Engaged, story: Story | None, event: object, at: datetime) -> Story | None:
    """The story with what each of those who come has elsewhere at that time, or that day; nothing that is over."""
    if story is None or story.season is None or not story.coming or not isinstance(event, TOLD):
        return story
    season = story.season
    elsewhere = engaged.engagements(list(story.coming), story.organiser_id)
    each = {who: dict(facts) for who, facts in story.each.items()}
    for who, meetings in story.coming.items():
        here = [found for meeting in meetings if (found := _here(season, meeting, at)) is not None]
        clashes = clashes_between(here, elsewhere.get(who, ()))
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
