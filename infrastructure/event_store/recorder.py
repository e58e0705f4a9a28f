"""The record of events: appends everything a decision brings or nothing, and lets followers read without missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent, Subscription
from psycopg.abc import Params
from psycopg.rows import RowFactory, tuple_row
from psycopg.types.numeric import Int8

from application.kernel.ports import Busy, UniqueKeyTaken
from domain.kernel.errors import BadValue, PlatsError
from infrastructure.clock import new_id
from infrastructure.event_store import statements as sql
from infrastructure.event_store.write_batch import NewEvent, WriteBatch
from infrastructure.postgres.connections import Connection, ConnectionLost, Connections, Cursor
from infrastructure.serialization.event_mapper import StoredFact

_LAST = 2**63 - 1


class Conflict(PlatsError):
    """Somebody else recorded first on the same stream, command or key: read again and decide again."""


class Recorder(ApplicationRecorder):
    """Appends by one statement and reads below a watermark; takes no lock and repeats no write by itself.

    Why a follower never misses is said in 0001_event_store.sql.
    """

    def __init__(self, connections: Connections, after_commit: Callable[[], None] = lambda: None) -> None:
        self.connections = connections
        self.after_commit = after_commit

    def append(self, what: WriteBatch, connection: Connection | None = None) -> int:
        """Write it in one statement, in `connection`'s transaction or in its own; the position of the first event.

        Raises Conflict, UniqueKeyTaken, BadValue, Busy, and ConnectionLost when the outcome is unknown.
        """
        with nullcontext(connection) if connection else self.connections.borrow() as conn:
            try:
                return self.first_of(self.send(what, conn))
            except psycopg.Error as error:
                raise self.said(error, what) from error

    def send(self, what: WriteBatch, connection: Connection) -> Cursor | None:
        """The append, sent to the database; what it answers is read by `first_of`. None where there are no events."""
        parts = what.parts()
        statement = sql.together(tuple(part for part, _ in parts))
        cursor = connection.execute(statement, [one for _, given in parts for one in given], prepare=True)
        return cursor if what.events else None

    def first_of(self, sent: Cursor | None) -> int:
        """The position of the first event, 0 without events."""
        return int(min(row[0] for row in sent.fetchall())) if sent is not None else 0

    def said(self, error: psycopg.Error, what: WriteBatch) -> Exception:
        """What PostgreSQL's error means for an append."""
        match error:
            case psycopg.errors.NotNullViolation() if error.diag.table_name == "claim":
                return self._claim_taken(what)
            case psycopg.errors.UniqueViolation() | psycopg.errors.DeadlockDetected():
                return Conflict(error.diag.constraint_name or "deadlock")
            case psycopg.errors.LockNotAvailable() | psycopg.errors.QueryCanceled():
                return Busy("the database did not get to it in time")
            case psycopg.DataError():
                return BadValue(field="text", why=str(error))
            case psycopg.OperationalError() | psycopg.errors.ReadOnlySqlTransaction():
                return ConnectionLost(str(error))
            case _:
                return error

    def _claim_taken(self, what: WriteBatch) -> Exception:
        wanted = [(kind, value, owner) for (kind, value), owner in what.claims.items() if owner is not None]
        columns = [list(column) for column in zip(*wanted, strict=True)]
        for kind, value in self.query(sql.HELD_BY_OTHERS, columns):
            return UniqueKeyTaken(kind, value)
        return Conflict("a claim was given up at the same moment")

    def query(
        self,
        statement: str | bytes,
        arguments: Params,
        connection: Connection | None = None,
        *,
        prepare: bool = True,
        rows: RowFactory[Any] = tuple_row,
    ) -> list[Any]:
        """Rows of a question, planned once and kept (`prepare`) or planned each time. Raises ConnectionLost, Busy."""
        text = statement.encode() if isinstance(statement, str) else statement
        with nullcontext(connection) if connection else self.connections.borrow() as conn:
            try:
                return conn.cursor(binary=True, row_factory=rows).execute(text, arguments, prepare=prepare).fetchall()
            except (psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable) as error:
                raise Busy("the database did not answer in time") from error
            except psycopg.OperationalError as error:
                raise ConnectionLost("the connection broke while reading") from error

    def written_by(self, event: NewEvent) -> int | None:
        """The position of this very event if it is in the log: the answer to an append whose outcome was unknown."""
        rows = self.query(sql.WRITTEN_BY, [event.originator_id, Int8(event.originator_version)])
        return next((int(position) for position, command_id in rows if command_id == event.command_id), None)

    def select_notifications(self, *_: Any, **__: Any) -> list[Notification]:
        """Not offered: followers read the log (`infrastructure.event_store.log`), all by one statement."""
        raise NotImplementedError("follow the log with infrastructure.event_store.log.Log")

    def max_notification_id(self) -> int | None:
        """The position of the last event that a follower may read now."""
        [(position,)] = self.query(sql.HEAD, [])
        return None if position is None else int(position)

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[StoredEvent]:
        """The events of one stream."""
        statement = sql.STREAM.format(direction="desc" if desc else "asc")
        bounds = [Int8(gt or 0), Int8(_LAST if lte is None else lte), Int8(_LAST if limit is None else limit)]
        rows = self.query(statement, [UUID(str(originator_id)), *bounds])
        return [StoredFact(*row) for row in rows]

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> list[int]:
        """The library's name for an append of events alone: each is a StoredFact with its time and actor."""
        command_id: UUID = kwargs.get("command_id") or new_id()
        events = [_new_event(one, command_id) for one in stored_events]
        if not events:
            return []
        whole = WriteBatch()
        whole.add(WriteBatch(events=events))
        first = self.append(whole)
        self.after_commit()
        return list(range(first, first + len(events)))

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """Not offered, as `select_notifications`; followers are woken by NOTIFY."""
        raise NotImplementedError("follow the log with infrastructure.event_store.log.Log")


def _new_event(stored: StoredEvent, command_id: UUID) -> NewEvent:
    if not isinstance(stored, StoredFact):
        raise TypeError("only a StoredFact says when and by whom")
    at: datetime = stored.recorded_at
    owner = UUID(str(stored.originator_id))
    return NewEvent(owner, stored.originator_version, stored.topic, stored.state, at, stored.actor, command_id)
