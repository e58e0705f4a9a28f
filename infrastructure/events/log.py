"""The log as its followers read it: events in order, each with its place, when it was recorded and by whom."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from psycopg.types.numeric import Int8

from domain.errors import PlatsError
from infrastructure.events import statements as sql
from infrastructure.events.event_mapper import EventMapper, Fact, FactRow
from infrastructure.events.recorder import Recorder

END = 2**63 - 1
"""A position that nothing stands at."""


class Entry(NamedTuple):
    """An event in the log, with what is known about its recording, and whose it is (None: nobody can tell)."""

    event: Fact
    topic: str
    position: int
    recorded_at: datetime
    actor: str
    command_id: UUID | None
    organiser_id: UUID | None = None


class Log:
    """Reads forward, and never past what is certain to stay."""

    def __init__(self, recorder: Recorder, mapper: EventMapper) -> None:
        self._recorder, self._mapper = recorder, mapper

    def after(self, position: int, limit: int, until: int = END) -> list[Entry]:
        """Up to `limit` events that stand after a position, up to `until` (included).

        What stands before an event that cannot be read is returned; asked for that event itself, raises UnknownEvent
        or UnreadableEvent. Raises ConnectionLost, Busy.
        """
        rows = self._recorder.query(sql.COMING, [Int8(position), Int8(limit), Int8(until)], prepare=False)
        entries: list[Entry] = []
        for owner, version, topic, state, place, at, actor, command_id, organiser_id in rows:
            try:
                event = self._mapper.decode(FactRow(topic, owner, version, at, state, place))
            except PlatsError:
                if entries:
                    break
                raise
            entries.append(Entry(event, topic, place, at, actor, command_id, organiser_id))
        return entries

    def recorded(self) -> int:
        """The position of the last event recorded, whether it may be read by now or not; 0 in an empty log."""
        [(position,)] = self._recorder.query(sql.RECORDED, [])
        return 0 if position is None else int(position)

    def head(self) -> int:
        """The position of the last event that may be read now; 0 in an empty log."""
        return self._recorder.max_notification_id() or 0
