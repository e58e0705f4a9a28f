"""What letters have told: of which meetings, to whom, and which entries calendars have got by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from application.mail.letter_desk import LetterState
from application.mail.letters import Letter
from application.mail.queries.letters import ToldRow
from application.notifications.reaction import Entries
from domain.kernel.ids import MeetingId, PersonId
from domain.programme.calendar_entry import CalendarEntry
from domain.programme.meeting import Place
from domain.programme.meeting_time import MeetingTime
from infrastructure.store import Store

TOLD = """
insert into told (letter_id, organiser_id, person_id, season_id, meeting_id, title, time, place, entry, told_at)
select p.id, %b, %b, %b, t.meeting_id, t.title, t.time, t.place, t.entry, %b
from posted p, jsonb_to_recordset(%b::jsonb)
    as t (meeting_id uuid, title text, time jsonb, place jsonb, entry jsonb)"""
"""Beside the letter, in its statement: `posted` is the letter that was new, or nothing."""

_ENTRIES = """
select distinct on (k.person_id, t.meeting_id) k.person_id, t.meeting_id, t.entry::text
from (select person_id, person_id as same_id from unnest(%s::uuid[]) as person_id
    union select person_id, same_id from people.known_as where person_id = any(%s::uuid[])) k
join told t on t.person_id = k.same_id
where t.meeting_id = any(%s::uuid[]) and t.entry is not null
order by k.person_id, t.meeting_id, t.id desc"""

_OF = """
select t.person_id, t.season_id, t.meeting_id, t.title, t.time::text, t.place::text, t.entry::text, t.letter_id, l.kind,
l.state, l.posted_at, l.sent_at
from told t join letter l on l.id = t.letter_id
where t.organiser_id = %s and t.season_id = %s and t.person_id = any(array(
    select same_id from people.known_as where person_id = any(%s::uuid[]))) order by t.id"""


def rows_told(letter: Letter) -> bytes:
    """What a letter tells of meetings, for the statement."""
    return msgspec.json.encode(
        [
            {
                "meeting_id": each.meeting.meeting_id,
                "title": each.meeting.title,
                "time": each.meeting.time,
                "place": each.meeting.place,
                "entry": each.entry,
            }
            for each in letter.told
        ]
    )


class ToldInDatabase:
    """`application.notifications.reaction.CalendarsTold` and `application.mail.queries.letters.ToldModel`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def entries(self, people: Iterable[PersonId], meetings: Iterable[MeetingId]) -> Entries:
        """The last entry of each person and meeting."""
        rows = self._store.query(_ENTRIES, [[*people], [*people], [*meetings]])
        return {(PersonId(who), MeetingId(which)): _entry(entry) for who, which, entry in rows}

    def of_season(self, organiser_id: UUID, season_id: UUID, people: Sequence[UUID]) -> tuple[ToldRow, ...]:
        """All that some people have been told of a season's meetings, in order."""
        rows = self._store.query(_OF, [organiser_id, season_id, list(people)])
        return tuple(_told(row) for row in rows)


def _told(row: tuple[Any, ...]) -> ToldRow:
    person_id, season_id, meeting_id, title, time, place, entry, letter_id, kind, state, posted_at, sent_at = row
    return ToldRow(
        person_id,
        season_id,
        meeting_id,
        title,
        msgspec.json.decode(time, type=MeetingTime),
        msgspec.json.decode(place, type=Place),
        _entry(entry) if entry else None,
        letter_id,
        kind,
        LetterState(state),
        posted_at,
        sent_at,
    )


def _entry(text: str) -> CalendarEntry:
    return msgspec.json.decode(text, type=CalendarEntry)
