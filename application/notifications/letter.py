"""The letters of a story: what stands in each, and what it puts into its reader's calendar."""

from __future__ import annotations

from datetime import datetime

from application.mail.letter_facts import meetings_fact
from application.mail.letters import Invitation, Letter, ToldMeeting
from application.notifications.story import Occurred, Recipient, Story
from application.notifications.table import BESIDE, Row
from domain.programme.calendar_entry import CalendarEntry
from domain.programme.meeting import Format, Meeting

Change = tuple[Meeting, CalendarEntry, CalendarEntry | None]
"""Of a meeting, what a calendar is told, and what it was told before."""


def letter_of(event: Occurred, row: Row, recipient: Recipient, story: Story, change: Change | None) -> Letter:
    """What somebody is written by a row of the table, with the first change of their calendar in it."""
    who = recipient.person_id
    happening = story.named or f"{event.originator_id}/{event.originator_version}"
    said = (story.coming.get(who, story.meetings) if who is not None else story.meetings) if story.says else ()
    about = {each.meeting_id: ToldMeeting(each) for each in said}
    if change is not None:
        about[change[0].meeting_id] = ToldMeeting(change[0], change[1])
    return Letter(
        f"{row.kind}/{happening}/{recipient.name}",
        story.organiser_id,
        row.kind,
        who,
        recipient.address,
        recipient.language,
        {**story.facts_for(row.whom, recipient), **story.words.get(row.kind, {})},
        season_id=story.season.season_id if story.season is not None else None,
        otherwise=story.season.language if story.season is not None else "",
        told=tuple(about.values()),
        invitation=_invitation(story, change, event.timestamp) if change is not None else None,
        agreed=story.agreed_for(row.whom, recipient),
    )


def beside(letter: Letter, story: Story, change: Change, at: datetime) -> Letter:
    """One more letter, for the calendar: a program takes in one entry of each."""
    meeting, entry, _ = change
    kept = {name: letter.facts[name] for name in ("season", "short", "ask") if name in letter.facts}
    told = meetings_fact([meeting])
    path, way = f"/seasons/{letter.season_id}", letter.facts.get("path", "")
    facts = {**kept, "meeting": meeting.title, "meetings": told, "now": told}
    facts["path"] = way if entry.is_on and way.startswith("/bookings/") else path
    return Letter(
        f"{letter.key}/{meeting.meeting_id}",
        letter.organiser_id,
        BESIDE[0] if entry.is_on else BESIDE[1],
        letter.person_id,
        facts=facts,
        season_id=letter.season_id,
        otherwise=letter.otherwise,
        told=(ToldMeeting(meeting, entry),),
        invitation=_invitation(story, change, at),
    )


def _invitation(story: Story, change: Change, at: datetime) -> Invitation:
    """The link to a meeting is for those who sit there: people share their calendars, so only a free one holds it.

    That of a meeting which is on site too is for those who have chosen to take part online, and stands in none.
    """
    meeting, entry, was = change
    season = story.season
    is_free = season is not None and season.prices is not None and season.prices.is_free
    is_open = is_free and meeting.place.format is not Format.HYBRID
    return Invitation(
        entry,
        story.facts.get("season", ""),
        at,
        f"/seasons/{season.id}" if season is not None else "",
        was if was is not None and was.is_on and entry.is_on else None,
        meeting.time.reason or (season.called_off_for if season is not None else ""),
        is_open,
    )
