"""Whenever something happens, those whom the table names are written to, each once, and their calendars are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, Protocol, cast

from application.kernel.actor import SYSTEM
from application.kernel.ports import Gathering, UnitOfWork
from application.kernel.use_case import find_person
from application.mail.letters import Letter, Letters
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
from application.notifications.letter import Change, beside, letter_of
from application.notifications.own_words import with_own_words
from application.notifications.season_facts import with_its_season
from application.notifications.story import Occurred, Recipient, Sources, Stories, Story
from application.notifications.table import InCalendar, Row, rows_of
from domain.kernel.ids import MeetingId, PersonId
from domain.people.person import Person
from domain.programme.calendar_entry import CalendarEntry, put_in, take_out

Entries = Mapping[tuple[PersonId, MeetingId], CalendarEntry]
Chosen = tuple[Row, Recipient]
"""Who is written to, and by which row of the table."""


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

    def entries(self, asked: Iterable[tuple[PersonId, MeetingId]]) -> Entries:
        """The last entry of each person and meeting."""


class Told(NamedTuple):
    """Something that happened as a story, and the rows that say who is told of it."""

    occurred: Occurred
    rows: tuple[Row, ...]
    story: Story


@dataclass(frozen=True)
class Telling:
    """Letters have keys made of their event: given twice, it is told once.

    What happens together is told together, so that what letters rest on is read once for all of them.
    """

    sources: Sources
    letters: Letters
    calendars: CalendarsTold
    gathering: Gathering

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
        if story is not None:
            self.gathering.gather(self._tell_all, Told(occurred, rows, story))

    def _tell_all(self, told: Sequence[Told]) -> None:
        """Write of several things in the order in which they happened."""
        stories = with_clashes(self.sources.engaged, [(each.story, each.occurred) for each in told])
        told = [each._replace(story=story) for each, story in zip(told, stories, strict=True)]
        chosen = self._chosen(told)
        known = dict(self.calendars.entries(_entered(told, chosen)))
        self.letters.post_all(
            [letter for one, whom in zip(told, chosen, strict=True) for letter in _letters(one, whom, known)]
        )

    def _chosen(self, told: Sequence[Told]) -> list[list[Chosen]]:
        """Who is written to of each, by the first of the rows that means them, whatever entries of theirs are one."""
        meant = [[(row, whom) for row in each.rows for whom in each.story.people.get(row.whom, ())] for each in told]
        same = self._same({whom.person_id for each in meant if len(each) > 1 for _, whom in each if whom.person_id})
        return [[*_first_of_each(each, same)] for each in meant]

    def _same(self, people: set[PersonId]) -> Mapping[PersonId | None, PersonId]:
        """Who people are, where two entries of one person have been made one."""
        if len(people) < 2:
            return {}

        def look(work: UnitOfWork) -> Mapping[PersonId | None, PersonId]:
            work.fetch(*((Person, each) for each in people))
            found = ((each, find_person(work, each)) for each in people)
            return {each: person.person_id for each, person in found if person is not None}

        return self.sources.decisions.dry_run(SYSTEM, look)


def _first_of_each(meant: Iterable[Chosen], same: Mapping[PersonId | None, PersonId]) -> Iterable[Chosen]:
    found: dict[str, Chosen] = {}
    for row, recipient in meant:
        known_as = replace(recipient, person_id=same.get(recipient.person_id, recipient.person_id))
        found.setdefault(known_as.name, (row, recipient))
    return found.values()


def _entered(told: Sequence[Told], chosen: Sequence[Sequence[Chosen]]) -> dict[tuple[PersonId, MeetingId], None]:
    """Whose calendars will be told of which meetings."""
    return {
        (whom.person_id, meeting.meeting_id): None
        for one, each in zip(told, chosen, strict=True)
        for row, whom in each
        if row.calendar and whom.person_id is not None
        for meeting in one.story.coming.get(whom.person_id, ())
    }


def _letters(
    told: Told, chosen: Iterable[Chosen], known: dict[tuple[PersonId, MeetingId], CalendarEntry]
) -> Iterable[Letter]:
    """The letters of one story. `known`: what calendars have been told until now; what these tell them is added."""
    at = told.occurred.timestamp
    for row, recipient in chosen:
        changes = sorted(_changes(row, recipient, told.story, known, at), key=lambda one: one[1].start_at)
        known |= {
            (recipient.person_id, meeting.meeting_id): entry for meeting, entry, _ in changes if recipient.person_id
        }
        letter = letter_of(told.occurred, row, recipient, told.story, changes[0] if changes else None)
        yield letter
        for change in changes[1:]:
            yield beside(letter, told.story, change, at)


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
