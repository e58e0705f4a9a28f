"""When people told what they need, as long as it is remembered; what it is stands with the person, sealed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain.kernel.ids import PersonId
from domain.people.person import Person
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.query import Tables
from infrastructure.read_models.kernel.table import Change, Table
from infrastructure.serialization.event_mapper import Entry

TOLD = Table("needs", "told", {"person_id": "uuid", "told_at": "timestamptz"}, key=("person_id",))
NEEDS = Projection("needs", version=1, tables=(TOLD,))

_OVER = """
with asked as (select %s::timestamptz as now),
still_on as (
    select s.season_id, s.leaders, s.meetings from season.season s, asked
    where s.called_off_for = '' and (s.last_on >= (asked.now at time zone s.zone)::date
        or s.last_on is null and asked.now - interval '365 days' <= coalesce((
            select max(coalesce(m -> 'time' ->> 'end_at', m -> 'time' ->> 'was_at')::timestamptz)
            from jsonb_array_elements(s.meetings) m), 'infinity'))
)
select t.person_id from needs.told t where t.told_at <= %s::timestamptz
and not exists (
    select 1 from people.known_as k join booking.seat b on b.person_id = k.same_id
    join still_on s on s.season_id = b.season_id where k.person_id = t.person_id and not b.is_cancelled)
and not exists (
    select 1 from people.known_as k join roster.waiting w on w.person_id = k.same_id
    join season.seating g on g.seating_id = w.seating_id
    join still_on s on s.season_id = g.season_id where k.person_id = t.person_id)
and not exists (
    select 1 from people.known_as k join still_on s
    on position(k.same_id::text in s.leaders::text || s.meetings::text) > 0 where k.person_id = t.person_id)
order by t.person_id limit 200"""
"""A meeting without a day keeps its season on for a year after the last day that is known, and no longer."""


@NEEDS.on(Person.NeedsTold)
def _told(event: Person.NeedsTold, entry: Entry) -> Iterable[Change]:
    if event.needs is None:
        yield TOLD.delete((event.originator_id,))
    else:
        yield TOLD.put(person_id=event.originator_id, told_at=entry.recorded_at)


NEEDS.deletes(Person.NeedsForgotten, TOLD)
NEEDS.deletes(Person.Erased, TOLD)


class NeedsTables(Tables):
    """`application.people.needs.NeedsKnown` on the read models' tables."""

    def needs_over(self, now: datetime, told_before: datetime) -> tuple[PersonId, ...]:
        return tuple(PersonId(row[0]) for row in self._reader.query(_OVER, [now, told_before]))
