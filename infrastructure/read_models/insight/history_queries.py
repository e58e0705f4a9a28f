"""What the histories answer: the events that concern somebody or something, with the names of what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass, replace
from typing import Any
from uuid import UUID

from application.insight.history import UNTOLD, By, Happening
from application.kernel.actor import SYSTEM
from application.kernel.page import Page
from domain.booking.booking import Booking
from domain.kernel.ids import PersonId
from domain.kernel.personal import Encrypted
from domain.kernel.season_name import season_name
from infrastructure.read_models.kernel.query import SAME, Cells, Reader, bounded, page_by, place_in
from infrastructure.serialization.event_mapper import EventMapper, Fact, FactRow

_EVENT = """e.topic, e.originator_id, e.originator_version, e.recorded_at, e.state, e.position, e.actor"""

_TOLD = """
with subjects as (
    select %(subject)s::uuid as subject_id {near}),
streams as (
    select subject_id as stream_id from subjects
    union select l.stream_id from subjects s join history.link l on l.subject_id = s.subject_id and l.version = 0),
latest as (
    select e.* from streams s cross join lateral (
        select position, originator_id, originator_version from event
        where originator_id = s.stream_id and topic <> all(%(untold)s::text[]) and position < %(before)s::bigint
        order by originator_version desc limit %(most)s) e
    union select e.* from subjects s cross join lateral (
        select position, stream_id, version from history.link
        where subject_id = s.subject_id and version > 0 and position < %(before)s::bigint
        order by position desc limit %(most)s) e
    {more})
select {columns} from (select * from latest order by position desc limit %(most)s) t
join event e on e.originator_id = t.originator_id and e.originator_version = t.originator_version
order by e.position desc"""
"""Read by key from the end: a page of a long history costs what a page of a short one does."""

_BELONGING = "union select stream_id from history.link where subject_id = %(subject)s and version = 0"
_THING = _TOLD.format(columns=_EVENT, near=_BELONGING, more="")

_GIVEN_UP = """
union select e.position, e.originator_id, e.originator_version
from booking.seat s join event e on e.originator_id = s.booking_id
where s.person_id = any(array(select same_id from people.known_as where person_id = %(subject)s))
and e.topic in ('Booking.SeatsCancelled', 'Booking.Reinstated')
and e.position < %(before)s::bigint"""

_ENTRIES = "union select same_id from people.known_as where person_id = %(subject)s"
_PERSON = _TOLD.format(columns=_EVENT, near=_ENTRIES, more=_GIVEN_UP)

_SEATS = f"select booking_id, no from booking.seat where person_id = {SAME}"  # noqa: S608 # no input

_NAMES = """
select organisation_id, name, null from people.organisation where organisation_id = any(%s::uuid[])
union all select s.season_id, s.title, n.name from season.season s
    join programme.network n on n.network_id = s.network_id where s.season_id = any(%s::uuid[])
union all select network_id, name, null from programme.network where network_id = any(%s::uuid[])
union all select goods_id, title, null from goods.article where goods_id = any(%s::uuid[])
union all select person_id, null, null from people.person where person_id = any(%s::uuid[]) and is_erased
union all select (m ->> 'meeting_id')::uuid, m ->> 'title', null from season.season s
    cross join lateral jsonb_array_elements(s.meetings || s.removed) m where s.season_id = any(%s::uuid[])"""

_TOKENS = "select id, roles, person_id from token where id = any(%s::text[])"
_FIRST = 2**63 - 1


class HistoryTables:
    """`application.insight.history.HistoryModel` on the links and the log."""

    def __init__(self, reader: Reader, mapper: EventMapper) -> None:
        self._reader, self._mapper = reader, mapper

    def of_thing(self, subject_id: UUID, after: str | None, limit: int) -> Page[Happening]:
        """What happened to a thing and to what belongs to it; latest first."""
        return self._page(_THING, subject_id, after, limit)

    def of_person(self, person_id: UUID, after: str | None, limit: int) -> Page[Happening]:
        """What is remembered about somebody; of seats given up, their own."""
        found = self._page(_PERSON, person_id, after, limit)
        seats = {tuple(row) for row in self._reader.query(_SEATS, [person_id])}
        mine = tuple(each for each in found.items if _is_mine(each, seats))
        return Page(mine, found.next_cursor)

    def _page(self, statement: str, subject: UUID, after: str | None, limit: int) -> Page[Happening]:
        place = place_in(after, int)
        before, most = _FIRST if place is None else place, bounded(limit) + 1
        asked = {"subject": subject, "untold": sorted(UNTOLD), "before": before, "most": most}
        return page_by(self._reader.cells(statement, asked), limit, self._happenings, "position")

    def _happenings(self, rows: list[Cells]) -> list[Happening]:
        events = [self._mapper.decode(FactRow(*[row[column] for column in FactRow._fields])) for row in rows]
        authors = self._authors([row["actor"] for row in rows])
        ids = {each for event in events for each in _ids_in(vars(event))}
        names = self._names(ids | {by.person_id for by in authors if by.person_id is not None})
        return [
            Happening(
                position=row["position"],
                topic=row["topic"],
                stream_id=row["originator_id"],
                event=event,
                recorded_at=row["recorded_at"],
                by=_named(by, names),
                names=names,
            )
            for row, event, by in zip(rows, events, authors, strict=True)
        ]

    def _names(self, ids: set[UUID]) -> Mapping[UUID, str | None]:
        wanted = list(ids)
        if not wanted:
            return {}
        rows = self._reader.query(_NAMES, [wanted] * 6)
        known = {one: season_name(network, name) if network else name for one, name, network in rows}
        return {**known, **self._reader.names(wanted)}

    def _authors(self, actors: list[str]) -> list[By]:
        """Who each event is by. What was recorded before roles and persons were, is looked up by its token."""
        tokens = [actor.removeprefix("token:") for actor in actors if "|" not in actor and actor.startswith("token:")]
        rows = self._reader.query(_TOKENS, [tokens]) if tokens else []
        known = {f"token:{name}": By(tuple(roles), person_id) for name, roles, person_id in rows}
        return [_author(actor, known) for actor in actors]


def _author(actor: str, known: Mapping[str, By]) -> By:
    name, _, rest = actor.partition("|")
    if not rest:
        return By((name,)) if name == SYSTEM.id else known.get(name, By())
    roles, _, person = rest.partition("|")
    by_link = name.startswith("link:")
    return By(tuple(filter(None, roles.split("+"))), PersonId(UUID(person)) if person else None, is_by_link=by_link)


def _named(by: By, names: Mapping[UUID, str | None]) -> By:
    return replace(by, name=names.get(by.person_id)) if by.person_id is not None else by


def _ids_in(value: object) -> Iterable[UUID]:
    if isinstance(value, UUID):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _ids_in(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _ids_in(each)
    elif is_dataclass(value) and not isinstance(value, Encrypted | type):
        yield from _ids_in(vars(value))


def _is_mine(each: Happening, seats: set[tuple[Any, ...]]) -> bool:
    event: Fact | object = each.event
    if not isinstance(event, Booking.SeatsCancelled | Booking.Reinstated):
        return True
    return any((each.stream_id, no) in seats for no in event.seats)
