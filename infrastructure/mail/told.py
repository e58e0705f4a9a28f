"""What letters have told: of which meetings, to whom, and which entries calendars have got by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from psycopg.rows import kwargs_row

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
select t.person_id, t.season_id, t.meeting_id, t.title as meeting, t.time::text, t.place::text, t.entry::text, l.kind,
t.letter_id, l.state, l.posted_at, l.sent_at
from told t join letter l on l.id = t.letter_id
where t.organiser_id = %s and t.season_id = %s and t.person_id = any(array(
    select same_id from people.known_as where person_id = any(%s::uuid[]))) order by t.id"""


def rows_told(letter: Letter) -> bytes:
    """What a letter tells of meetings, for the statement."""
    rows = []
    for each in letter.told:
        meeting = each.meeting
        told = {"meeting_id": meeting.meeting_id, "title": meeting.title, "time": meeting.time, "place": meeting.place}
        rows.append({**told, "entry": each.entry})
    return msgspec.json.encode(rows)


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
        return tuple(self._store.query(_OF, [organiser_id, season_id, list(people)], kwargs_row(_told)))


def _told(*, time: str, place: str, entry: str | None, state: str, **letter: Any) -> ToldRow:
    return ToldRow(
        **letter,
        time=msgspec.json.decode(time, type=MeetingTime),
        place=msgspec.json.decode(place, type=Place),
        entry=_entry(entry) if entry else None,
        state=LetterState(state),
    )


def _entry(text: str) -> CalendarEntry:
    return msgspec.json.decode(text, type=CalendarEntry)
