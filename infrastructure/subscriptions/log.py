"""The log as its subscribers read it: events in order, each with its place, when it was recorded and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar, NamedTuple
from uuid import UUID

from psycopg.types.numeric import Int8

from domain.kernel.errors import PlatsError
from infrastructure.event_store.recorder import Recorder
from infrastructure.serialization.event_mapper import Entry, EventMapper, FactRow
from infrastructure.subscriptions.partitions import IN_SQL, WHOLE, Partition

END = 2**63 - 1
"""A position that nothing stands at."""

NOBODY: Mapping[UUID, int] = MappingProxyType({})
"""No organiser is blocked."""

_NEXT = """
select originator_id, originator_version, topic, state, position, recorded_at, actor, command_id,
organiser_of(organiser_id, originator_id) from (
    select * from event where position > %b order by position limit %b
) coming where position <= %b and position < position_watermark() order by position"""
# the limit stands inside, so that however little the planner knows of the log it walks along the index

_NEXT_OF_SOME = f"""
select originator_id, originator_version, topic, state, position, recorded_at, actor, command_id, whose from (
    select *, organiser_of(organiser_id, originator_id) as whose from (
        select * from event where position > %b order by position limit %b
    ) coming where position <= %b and position < position_watermark()
) readable where whose is null or {IN_SQL.format(organiser="whose", of="%b")} = %b or position = (
    select max(position) from (select position from event where position > %b order by position limit %b) ahead
    where position <= %b and position < position_watermark()
) order by position"""  # noqa: S608  # put together of our own words
# of everybody else only the last event comes along: it tells how far has been looked, and nobody decodes it

_HEAD = "select coalesce(max(position), 0) from event where position < position_watermark()"
_RECORDED = "select coalesce(max(position), 0) from event"


class BlockingEvent(NamedTuple):
    """An event that cannot be taken in, whose it is (None: nobody can tell), and why not."""

    organiser_id: UUID | None
    position: int
    topic: str
    why: Exception


class LogPiece(NamedTuple):
    """A piece of the log: its entries, and what was left out of it.

    `seen`: how many events were there, and `until`: the position of the last of them. `skipped`: the first event that
    was left out of each blocked organiser. `blocking`: whose next event cannot be read; the later ones of theirs are
    not among the entries.
    """

    entries: list[Entry]
    seen: int
    until: int
    skipped: dict[UUID, int]
    blocking: dict[UUID, BlockingEvent]


class _Row(NamedTuple):
    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes
    position: int
    recorded_at: datetime
    actor: str
    command_id: UUID | None
    organiser_id: UUID | None


class Log:
    """Reads forward, and never past what is certain to stay; of everybody, or of the organisers of a partition.

    An event of which nobody can tell whose it is comes in every partition: what stops everybody stops each of them.
    """

    NEXT: ClassVar[str] = _NEXT

    def __init__(self, recorder: Recorder, mapper: EventMapper, partition: Partition = WHOLE) -> None:
        self._recorder, self._mapper, self.partition = recorder, mapper, partition

    def after(self, position: int, limit: int, until: int = END) -> list[Entry]:
        """Up to `limit` events that stand after a position, up to `until` (included).

        What stands before an event that cannot be read is returned; asked for that event itself, raises UnknownEvent
        or UnreadableEvent. Raises ConnectionLost, Busy.
        """
        piece = self.read(position, limit, until)
        if not piece.blocking:
            return piece.entries
        first = min(piece.blocking.values(), key=lambda event: event.position)
        before = [entry for entry in piece.entries if entry.position < first.position]
        if not before:
            raise first.why
        return before

    def read(
        self,
        position: int,
        limit: int,
        until: int = END,
        blocked: Mapping[UUID, int] = NOBODY,
        only: UUID | None = None,
    ) -> LogPiece:
        """Look at up to `limit` events after a position, and read those of everybody who is not blocked.

        `blocked`: from which position on an organiser's events are left out; `only`: of nobody else. Raises
        UnknownEvent or UnreadableEvent for an event that comes next and of which nobody can tell whose it is;
        ConnectionLost, Busy.
        """
        rows = self._rows(position, limit, until)
        piece = LogPiece([], len(rows), rows[-1].position if rows else position, {}, {})
        for number, row in enumerate(rows):
            organiser = row.organiser_id
            if not self._is_asked_for(organiser, only):
                continue
            if organiser is not None and (organiser in piece.blocking or row.position >= blocked.get(organiser, END)):
                piece.skipped.setdefault(organiser, row.position)
                continue
            try:
                entry = self._entry(row)
                if organiser is not None or self.partition.place == 0:
                    piece.entries.append(entry)
            except PlatsError as error:
                if organiser is not None:
                    piece.blocking[organiser] = BlockingEvent(organiser, row.position, row.topic, error)
                elif number == 0:
                    raise
                else:
                    return piece._replace(seen=number, until=rows[number - 1].position)
        return piece

    def _is_asked_for(self, organiser: UUID | None, only: UUID | None) -> bool:
        return (only is None or organiser == only) and (organiser is None or self.partition.has(organiser))

    def _rows(self, position: int, limit: int, until: int) -> list[_Row]:
        """The next ones; of a partition they are looked for so much further ahead as it is a smaller part."""
        place, of = self.partition
        window = [Int8(position), Int8(limit * of), Int8(until)]
        statement, arguments = (self.NEXT, window) if of == 1 else (_NEXT_OF_SOME, [*window, of, place, *window])
        return [_Row(*row) for row in self._recorder.query(statement, arguments, prepare=False)]

    def _entry(self, row: _Row) -> Entry:
        stored = FactRow(row.topic, row.originator_id, row.originator_version, row.recorded_at, row.state, row.position)
        event = self._mapper.decode(stored)
        return Entry(event, row.topic, row.position, row.recorded_at, row.actor, row.command_id, row.organiser_id)

    def recorded(self) -> int:
        """The position of the last event recorded, whether it may be read by now or not; 0 in an empty log."""
        [(position,)] = self._recorder.query(_RECORDED, [])
        return int(position)

    def head(self) -> int:
        """The position of the last event that may be read now; 0 in an empty log."""
        [(position,)] = self._recorder.query(_HEAD, [])
        return int(position)
