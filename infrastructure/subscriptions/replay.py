"""A replay: the log taken in from its beginning, into tables beside the live ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import psycopg

from infrastructure.postgres.connections import Connection
from infrastructure.read_models.kernel.projection import Handler, Projection
from infrastructure.read_models.kernel.table import Change
from infrastructure.serialization.event_mapper import Entry, Fact
from infrastructure.subscriptions.change_set import Derive, underived, write
from infrastructure.subscriptions.gc_paused import gc_paused
from infrastructure.subscriptions.log import END, NOBODY, BlockingEvent, Log, LogPiece

BATCH = 2000
"""Events in one transaction. Followers wait for the oldest transaction that writes, so it must not take long."""

Progress = Callable[[int], None]
"""Told after each batch how many events have been taken in."""


class Replay:
    """Takes the log in from its beginning, into tables beside the live ones.

    `blocked`: from which position on an organiser's events are left out. `blocking`: whose next event could not be
    taken in, with why; theirs are left out from there on.
    """

    def __init__(
        self,
        log: Log,
        connection: Connection,
        projections: Sequence[Projection],
        beside: str,
        blocked: Mapping[UUID, int] = NOBODY,
        derive: Derive = underived,
    ) -> None:
        self._log, self._connection, self._projections, self._beside = log, connection, projections, beside
        self._blocked, self._derive = blocked, derive
        self._handlers: dict[type[Fact], list[Handler[Any]]] = {}
        for one in projections:
            for kind, handler in one.handlers.items():
                self._handlers.setdefault(kind, []).append(handler)
        self.position, self.count = 0, 0
        self.blocking: dict[UUID, BlockingEvent] = {}

    def run(self, until: int = END, batch: int = BATCH, progress: Progress = lambda _: None) -> None:
        """Go on up to a position (included), or to the end. While a batch is written, the next one is read."""
        with gc_paused(), ThreadPoolExecutor(1) as reader:
            coming = reader.submit(self._read, self.position, batch, until, self._left_out())
            while (piece := coming.result()).seen:
                self.blocking = {**piece.blocking, **self.blocking}
                coming = reader.submit(self._read, piece.until, batch, until, self._left_out())
                self._take_in(piece.entries)
                self.position = piece.until
                self.count += piece.seen
                progress(self.count)

    def _left_out(self) -> dict[UUID, int]:
        return {**self._blocked, **{organiser: event.position for organiser, event in self.blocking.items()}}

    def _read(self, position: int, batch: int, until: int, left_out: Mapping[UUID, int]) -> LogPiece:
        return self._log.read(position, batch, until, blocked=left_out)

    def _take_in(self, entries: list[Entry]) -> None:
        entries = [entry for entry in entries if not self._is_blocked(entry)]
        try:
            self._write(entries)
        except psycopg.OperationalError:
            raise
        except Exception as error:
            if len(entries) > 1:
                for entry in entries:
                    self._take_in([entry])
                return
            [entry] = entries
            if entry.organiser_id is None:
                raise
            self.blocking[entry.organiser_id] = BlockingEvent(entry.organiser_id, entry.position, entry.topic, error)

    def _is_blocked(self, entry: Entry) -> bool:
        event = None if entry.organiser_id is None else self.blocking.get(entry.organiser_id)
        return event is not None and entry.position >= event.position

    def _write(self, entries: list[Entry]) -> None:
        changes: list[Change] = []
        for entry in entries:
            for handler in self._handlers.get(type(entry.event), ()):
                changes += handler(entry.event, entry)
        try:
            with self._connection.transaction():
                write(self._connection, changes, self._beside, puts_are_new=True, derive=self._derive)
        except psycopg.errors.UniqueViolation:  # put, taken away and put again: rare, and slower
            with self._connection.transaction():
                write(self._connection, changes, self._beside, derive=self._derive)


def without_timeouts(connection: Connection) -> None:
    """Let statements take their time, and let commits be quick: what is lost with the server is simply made again."""
    connection.execute("set statement_timeout = 0")
    connection.execute("set idle_in_transaction_session_timeout = 0")
    connection.execute("set synchronous_commit = off")
