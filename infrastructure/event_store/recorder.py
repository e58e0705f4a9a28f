"""The record of events: appends all that a transaction brings or nothing, and asks the database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import psycopg
from psycopg.types.numeric import Int8

from domain.kernel.errors import BadValue, PlatsError
from infrastructure.event_store import statements as sql
from infrastructure.event_store import unique_keys
from infrastructure.event_store.write_batch import NewEvent, WriteBatch
from infrastructure.postgres.connections import Connection, ConnectionLost, Connections, Cursor, held_up


class Conflict(PlatsError):
    """Somebody else recorded first on the same stream, command or key: read again and decide again."""


class Recorder:
    """Appends by one statement; takes no lock and repeats no write by itself.

    `after_commit`: called when events have been committed. Why a follower never misses any is said in
    0001_event_store.sql.
    """

    def __init__(self, connections: Connections, after_commit: Callable[[], None] = lambda: None) -> None:
        self.connections, self.query = connections, connections.query
        self.after_commit = after_commit

    def append(self, batch: WriteBatch, connection: Connection | None = None) -> int:
        """Write it in one statement, in `connection`'s transaction or in its own; the position of the first event.

        Raises Conflict, UniqueKeyTaken, BadValue, Busy, and ConnectionLost when the outcome is unknown.
        """
        with nullcontext(connection) if connection else self.connections.borrow() as conn:
            try:
                return self.first_position(self.send(batch, conn))
            except psycopg.Error as error:
                raise self.translate_error(error, batch) from error

    def send(self, batch: WriteBatch, connection: Connection) -> Cursor | None:
        """The append, sent to the database; `first_position` reads what it answers. None where there are no events."""
        parts = batch.parts()
        statement = sql.one_statement(tuple(part for part, _ in parts))
        cursor = connection.execute(statement, [value for _, values in parts for value in values], prepare=True)
        return cursor if batch.events else None

    def first_position(self, sent: Cursor | None) -> int:
        """The position of the first event, 0 without events."""
        return int(min(row[0] for row in sent.fetchall())) if sent is not None else 0

    def translate_error(self, error: psycopg.Error, batch: WriteBatch) -> Exception:
        """What PostgreSQL's error means for an append."""
        match error:
            case psycopg.errors.NotNullViolation() if error.diag.table_name == unique_keys.TABLE:
                taken = batch.unique_keys.held_by_others(self.query)
                return taken or Conflict("a unique key was released at the same moment")
            case psycopg.errors.UniqueViolation() | psycopg.errors.DeadlockDetected():
                return Conflict(error.diag.constraint_name or "deadlock")
            case psycopg.errors.LockNotAvailable() | psycopg.errors.QueryCanceled() | psycopg.errors.DiskFull():
                return held_up(error)
            case psycopg.DataError():
                return BadValue(field="text", why=str(error))
            case psycopg.OperationalError() | psycopg.errors.ReadOnlySqlTransaction():
                return ConnectionLost(str(error))
            case _:
                return error

    def written_by(self, event: NewEvent) -> int | None:
        """The position of this very event if it is in the log: the answer to an append whose outcome was unknown."""
        rows = self.query(sql.WRITTEN_BY, [event.originator_id, Int8(event.originator_version), event.command_id])
        return int(rows[0][0]) if rows else None
