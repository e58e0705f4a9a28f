"""What letters have told: of which meetings, to whom, and which entries calendars have got by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
from infrastructure.event_store.store import Store

TOLD = """
insert into told (letter_id, organiser_id, person_id, season_id, meeting_id, title, time, place, entry, told_at)
select t.letter_id, t.organiser_id, t.person_id, t.season_id, t.meeting_id, t.title, t.time, t.place, t.entry, %b
from rows from (jsonb_to_recordset(%b::jsonb) as (letter_id uuid, organiser_id uuid, person_id uuid, season_id uuid,
    meeting_id uuid, title text, time jsonb, place jsonb, entry jsonb)) with ordinality
    as t (letter_id, organiser_id, person_id, season_id, meeting_id, title, time, place, entry, n)
join posted p on p.id = t.letter_id order by t.n"""
"""Beside the letters, in their statement: `posted` are those of them that were new."""

_ENTRIES = """
select distinct on (a.person_id, a.meeting_id) a.person_id, a.meeting_id, t.entry::text
from unnest(%s::uuid[], %s::uuid[]) as a (person_id, meeting_id)
cross join lateral (select a.person_id as same_id
    union select same_id from people.known_as where person_id = a.person_id) k
cross join lateral (
    select id, entry from told
    where person_id = k.same_id and meeting_id = a.meeting_id and entry is not null order by id desc limit 1) t
order by a.person_id, a.meeting_id, t.id desc"""

_OF = """
select t.person_id, t.season_id, t.meeting_id, t.title as meeting, t.time::text, t.place::text, t.entry::text, l.kind,
t.letter_id, l.state, l.posted_at, l.sent_at
from told t join letter l on l.id = t.letter_id
where t.organiser_id = %s and t.season_id = %s and t.person_id = any(array(
    select same_id from people.known_as where person_id = any(%s::uuid[]))) order by t.id"""


def rows_told(letter_id: UUID, letter: Letter) -> Iterator[dict[str, object]]:
    """What a letter tells of meetings; nothing is kept of one that is nobody's, or of no season."""
    if letter.person_id is None or letter.season_id is None:
        return
    whose = {"letter_id": letter_id, "organiser_id": letter.organiser_id, "person_id": letter.person_id}
    for each in letter.told:
        meeting = each.meeting
        told = {"meeting_id": meeting.meeting_id, "title": meeting.title, "time": meeting.time, "place": meeting.place}
        yield {**whose, "season_id": letter.season_id, **told, "entry": each.entry}


class ToldInDatabase:
    """`application.notifications.reaction.CalendarsTold` and `application.mail.queries.letters.ToldModel`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def entries(self, asked: Iterable[tuple[PersonId, MeetingId]]) -> Entries:
        """The last entry of each person and meeting."""
        people, meetings = zip(*asked, strict=True) if (asked := [*asked]) else ((), ())
        rows = self._store.query(_ENTRIES, [[*people], [*meetings]]) if people else []
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
