"""The log as its followers read it: events in order, each with its place, when it was recorded and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from psycopg.types.numeric import Int8

from domain.kernel.errors import PlatsError
from infrastructure.event_store import statements as sql
from infrastructure.event_store.recorder import Recorder
from infrastructure.serialization.event_mapper import EventMapper, Fact, FactRow

END = 2**63 - 1
"""A position that nothing stands at."""

NOBODY: Mapping[UUID, int] = MappingProxyType({})
"""No organiser stands still."""

_TOPIC, _POSITION, _ORGANISER = 2, 4, 8


class Entry(NamedTuple):
    """An event in the log, with what is known about its recording, and whose it is (None: nobody can tell)."""

    event: Fact
    topic: str
    position: int
    recorded_at: datetime
    actor: str
    command_id: UUID | None
    organiser_id: UUID | None = None


class Unread(NamedTuple):
    """An event that cannot be taken in, whose it is (None: nobody can tell), and why not."""

    organiser_id: UUID | None
    position: int
    topic: str
    why: Exception


class Reading(NamedTuple):
    """A piece of the log: its events, and what was not read of it.

    `looked_at`: how many events were there, and `until`: the position of the last of them. `passed`: the first event
    that was passed over of each organiser who stands still. `stuck`: whose next event cannot be read; the later ones of
    theirs are not among the events.
    """

    entries: list[Entry]
    looked_at: int
    until: int
    passed: dict[UUID, int]
    stuck: dict[UUID, Unread]


class Log:
    """Reads forward, and never past what is certain to stay."""

    COMING: ClassVar[str] = sql.COMING

    def __init__(self, recorder: Recorder, mapper: EventMapper) -> None:
        self._recorder, self._mapper = recorder, mapper

    def after(self, position: int, limit: int, until: int = END) -> list[Entry]:
        """Up to `limit` events that stand after a position, up to `until` (included).

        What stands before an event that cannot be read is returned; asked for that event itself, raises UnknownEvent
        or UnreadableEvent. Raises ConnectionLost, Busy.
        """
        reading = self.read(position, limit, until)
        if not reading.stuck:
            return reading.entries
        first = min(reading.stuck.values(), key=lambda unread: unread.position)
        before = [entry for entry in reading.entries if entry.position < first.position]
        if not before:
            raise first.why
        return before

    def read(
        self,
        position: int,
        limit: int,
        until: int = END,
        standing: Mapping[UUID, int] = NOBODY,
        only: UUID | None = None,
    ) -> Reading:
        """Look at up to `limit` events after a position, and read those of everybody who does not stand still.

        `standing`: from which position on an organiser's events are passed over; `only`: of nobody else. Raises
        UnknownEvent or UnreadableEvent for an event that comes next and of which nobody can tell whose it is;
        ConnectionLost, Busy.
        """
        rows = self._recorder.query(self.COMING, [Int8(position), Int8(limit), Int8(until)], prepare=False)
        reading = Reading([], len(rows), rows[-1][_POSITION] if rows else position, {}, {})
        for number, row in enumerate(rows):
            organiser = row[_ORGANISER]
            if only is not None and organiser != only:
                continue
            if organiser in reading.stuck or row[_POSITION] >= standing.get(organiser, END):
                reading.passed.setdefault(organiser, row[_POSITION])
                continue
            try:
                reading.entries.append(self._entry(row))
            except PlatsError as error:
                if organiser is not None:
                    reading.stuck[organiser] = Unread(organiser, row[_POSITION], row[_TOPIC], error)
                elif number == 0:
                    raise
                else:
                    return reading._replace(looked_at=number, until=rows[number - 1][_POSITION])
        return reading

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        owner, version, topic, state, place, at, actor, command_id, organiser_id = row
        event = self._mapper.decode(FactRow(topic, owner, version, at, state, place))
        return Entry(event, topic, place, at, actor, command_id, organiser_id)

    def recorded(self) -> int:
        """The position of the last event recorded, whether it may be read by now or not; 0 in an empty log."""
        [(position,)] = self._recorder.query(sql.RECORDED, [])
        return 0 if position is None else int(position)

    def head(self) -> int:
        """The position of the last event that may be read now; 0 in an empty log."""
        return self._recorder.max_notification_id() or 0
