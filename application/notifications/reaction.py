"""Whenever something happens, those whom the table names are written to, each once, and their calendars are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Protocol, cast
from uuid import UUID

from application.kernel.actor import SYSTEM
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import find_person
from application.mail.letter_facts import meetings_fact
from application.mail.letters import Invitation, Letter, Letters, ToldMeeting
from application.notifications import (
    application,
    booking,
    cancellation,
    invoice,
    learning,
    mailing_story,
    opening,
    participation,
    person,
    queue,
    season,
    staff,
    unconfirmed,
)
from application.notifications.clash import with_clashes
from application.notifications.own_words import with_own_words
from application.notifications.season_facts import with_its_season
from application.notifications.story import Recipient, Sources, Stories, Story
from application.notifications.table import BESIDE, InCalendar, Row, rows_of
from domain.kernel.ids import MeetingId, PersonId
from domain.people.person import Person
from domain.programme.calendar_entry import CalendarEntry, put_in, take_out
from domain.programme.meeting import Format, Meeting

Entries = Mapping[tuple[PersonId, MeetingId], CalendarEntry]
Change = tuple[Meeting, CalendarEntry, CalendarEntry | None]
"""Of a meeting, what a calendar is told, and what it was told before."""


def stories_of(sources: Sources) -> Stories:
    """How each event of the table is told."""
    return {
        **booking.STORIES,
        **cancellation.stories(sources),
        **participation.STORIES,
        **season.stories(sources),
        **queue.STORIES,
        **learning.stories(sources),
        **invoice.STORIES,
        **mailing_story.STORIES,
        **person.STORIES,
        **staff.STORIES,
        **opening.STORIES,
        **unconfirmed.STORIES,
        **application.STORIES,
    }


class CalendarsTold(Protocol):
    """Knows what people's calendars have been told."""

    def entries(self, people: Iterable[PersonId], meetings: Iterable[MeetingId]) -> Entries:
        """The last entry of each person and meeting."""


class Occurred(Protocol):
    """What is needed of an event: whose it is, its number there, and when it was recorded."""

    originator_id: UUID
    originator_version: int
    timestamp: datetime


@dataclass(frozen=True)
class Telling:
    """Letters have keys made of their event: given twice, it is told once."""

    sources: Sources
    letters: Letters
    calendars: CalendarsTold

    @cached_property
    def _stories(self) -> Stories:
        return stories_of(self.sources)

    def tell(self, event: object) -> None:
        """Write to whom an event concerns."""
        tell = self._stories[type(event)]
        self.tell_story(cast("Occurred", event), rows_of(type(event)), lambda work: tell(work, event))

    def tell_story(self, occurred: Occurred, rows: tuple[Row, ...], tell: Callable[[UnitOfWork], Story | None]) -> None:
        """Write to whom a story concerns, as the rows say."""

        def look(work: UnitOfWork) -> Story | None:
            return with_own_words(work, rows, with_its_season(work, tell(work), occurred.timestamp))

        story = self.sources.decisions.dry_run(SYSTEM, look)
        story = with_clashes(self.sources.engaged, story, occurred, occurred.timestamp)
        if story is not None:
            self.letters.post_all(tuple(self._letters(occurred, rows, story)))

    def _letters(self, event: Occurred, rows: tuple[Row, ...], story: Story) -> Iterable[Letter]:
        told = [(row, recipient) for row in rows for recipient in story.people.get(row.whom, ())]
        same = self._same({each.person_id for _, each in told if each.person_id is not None})
        chosen: dict[str, tuple[Row, Recipient]] = {}
        for row, recipient in told:
            known_as = replace(recipient, person_id=same.get(recipient.person_id, recipient.person_id))
            chosen.setdefault(known_as.name, (row, recipient))
        known = self._known(chosen.values(), story)
        for row, recipient in chosen.values():
            changes = sorted(_changes(row, recipient, story, known, event.timestamp), key=lambda one: one[1].start_at)
            letter = _letter(event, row, recipient, story, changes[0] if changes else None)
            yield letter
            for change in changes[1:]:
                yield _beside(letter, story, change, event.timestamp)

    def _same(self, people: set[PersonId]) -> Mapping[PersonId | None, PersonId]:
        """Who people are, where two entries of one person have been made one."""
        if len(people) < 2:
            return {}

        def look(work: UnitOfWork) -> Mapping[PersonId | None, PersonId]:
            work.fetch(*((Person, each) for each in people))
            found = ((each, find_person(work, each)) for each in people)
            return {each: person.person_id for each, person in found if person is not None}

        return self.sources.decisions.dry_run(SYSTEM, look)

    def _known(self, chosen: Iterable[tuple[Row, Recipient]], story: Story) -> Entries:
        told = [
            recipient.person_id
            for row, recipient in chosen
            if row.calendar and recipient.person_id is not None and story.coming.get(recipient.person_id)
        ]
        meetings = {each.meeting_id for who in told for each in story.coming[who]}
        return self.calendars.entries(told, meetings) if told else {}


def _changes(row: Row, recipient: Recipient, story: Story, known: Entries, at: datetime) -> Iterable[Change]:
    """What somebody's calendar is told of their meetings; nothing of those that are over."""
    who = recipient.person_id
    if who is None or not row.calendar:
        return
    stays = {each.meeting_id for each in story.stays.get(who, ())}
    for meeting in story.coming.get(who, ()):
        was = known.get((who, meeting.meeting_id))
        if row.calendar is InCalendar.REQUEST:
            now = put_in(was, who, meeting)
        else:
            now = take_out(was) if meeting.meeting_id not in stays else None
        if now is not None and not meeting.is_held and not now.is_over(at):
            yield meeting, now, was


def _letter(event: Occurred, row: Row, recipient: Recipient, story: Story, change: Change | None) -> Letter:
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


def _beside(letter: Letter, story: Story, change: Change, at: datetime) -> Letter:
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
