"""A rebuild: read models made again from the whole log beside the live ones, and put in their place in one moment."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import UUID

import psycopg

from application.kernel.ports import Busy
from domain.kernel.errors import PlatsError
from infrastructure.postgres.connections import Connection
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.read_models.kernel.projection import NEXT, Projection
from infrastructure.read_models.kernel.table import Change
from infrastructure.serialization.event_mapper import Entry
from infrastructure.store import Store
from infrastructure.subscriptions.blocks import block, block_elsewhere
from infrastructure.subscriptions.change_set import create, index, write
from infrastructure.subscriptions.checkpoints import LOCK, move
from infrastructure.subscriptions.gc_paused import gc_paused
from infrastructure.subscriptions.log import END, NOBODY, BlockingEvent, Log, LogPiece

BATCH = 2000
"""Events in one transaction. Followers wait for the oldest transaction that writes, so it must not take long."""

_MANY = 20_000
"""Events from which on the planner is told at once what the new tables hold; of fewer it learns by itself in time."""

_TIMEOUT = (*[200] * 40, *[3000] * 3)
"""Milliseconds to wait for readers in each attempt to swap. At first less than it takes the database to see that we and
a reader wait for each other, so that it is never a reader who is refused."""

Progress = Callable[[int], None]
"""Told after each batch how many events have been taken in."""


class RebuildUnderWay(PlatsError):
    """Somebody else is rebuilding read models just now."""

    def __init__(self) -> None:
        super().__init__("Read models are being rebuilt by somebody else: wait until that is done.")


class Rebuild:
    """Makes some projections again."""

    def __init__(self, store: Store, projections: Sequence[Projection]) -> None:
        self._store, self._projections = store, projections
        self._log = Log(store.recorder, store.mapper)

    def run(self, progress: Progress = lambda _: None) -> int:
        """Make them beside the live ones, catch up, and swap; how many events were read.

        What cannot be taken in stops its own organiser there. Raises UnknownEvent, UnreadableEvent of an event of which
        nobody can tell whose it is, RebuildUnderWay, Busy; the live ones are then as they were.
        """
        with self._store.connections.dedicated() as connection, alone(connection):
            without_timeouts(connection)
            begin(connection, self._projections, NEXT)
            replay = Replay(self._log, connection, self._projections, NEXT)
            replay.run(progress=progress)
            for one in self._projections:
                index(connection, one, NEXT, analysed=replay.count > _MANY)
            replay.run(progress=progress)
            self._swap(connection, replay)
        return replay.count

    def _swap(self, connection: Connection, replay: Replay) -> None:
        for lock_timeout in _TIMEOUT:
            replay.run()
            before = replay.position, replay.count, dict(replay.blocking)
            try:
                with connection.transaction():
                    replay.run(self._hold_live(connection))
                    connection.execute(f"set local lock_timeout = {lock_timeout}".encode())
                    for one in self._projections:
                        _put_in_place(connection, one, replay)
                    self._block_elsewhere(connection, replay)
                return
            except psycopg.errors.LockNotAvailable:
                replay.position, replay.count, replay.blocking = before
                time.sleep(random.uniform(0.01, 0.1))  # noqa: S311  # lets readers pass; no secret
        raise Busy("the read models are read so much that none can be exchanged: try again later")

    def _block_elsewhere(self, connection: Connection, replay: Replay) -> None:
        rebuilt = {one.tracked for one in self._projections}
        others = [one.tracked for one in PROJECTIONS if one.tracked not in rebuilt]
        for event in replay.blocking.values():
            block_elsewhere(connection, event, others)

    def _hold_live(self, connection: Connection) -> int:
        names = [one.tracked for one in self._projections]
        rows = connection.execute(
            "select position from tracking where name = any(%s) order by name for update", [names]
        ).fetchall()
        return max((int(position) for (position,) in rows), default=0)


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
    ) -> None:
        self._log, self._connection, self._projections, self._beside = log, connection, projections, beside
        self._blocked = blocked
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
        for one in self._projections:
            for entry in entries:
                changes += one.changes(entry)
        try:
            with self._connection.transaction():
                write(self._connection, changes, self._beside, puts_are_new=True)
        except psycopg.errors.UniqueViolation:  # put, taken away and put again: rare, and slower
            with self._connection.transaction():
                write(self._connection, changes, self._beside)


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """While nobody else makes tables of projections. Raises RebuildUnderWay."""
    [(is_mine,)] = connection.execute("select pg_try_advisory_lock(%s)", [LOCK]).fetchall()
    if not is_mine:
        raise RebuildUnderWay
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute("select pg_advisory_unlock(%s)", [LOCK])


def without_timeouts(connection: Connection) -> None:
    """Let statements take their time, and let commits be quick: what is lost with the server is simply made again."""
    connection.execute("set statement_timeout = 0")
    connection.execute("set idle_in_transaction_session_timeout = 0")
    connection.execute("set synchronous_commit = off")


def begin(connection: Connection, projections: Sequence[Projection], beside: str) -> None:
    """Make empty tables beside the live ones, in place of what an interrupted attempt has left."""
    for one in projections:
        connection.execute(f"drop schema if exists {one.name}{beside} cascade".encode())
        create(connection, one, beside, indexed=False)


def _put_in_place(connection: Connection, projection: Projection, replay: Replay) -> None:
    name = projection.name
    connection.execute(f"drop schema if exists {name} cascade".encode())
    connection.execute(f"alter schema {name}{NEXT} rename to {name}".encode())
    connection.execute("delete from tracking where name like %s", [f"{name}.v%"])
    connection.execute("delete from standstill where name like %s", [f"{name}.v%"])
    move(connection, {projection.tracked: replay.position})
    for event in replay.blocking.values():
        block(connection, event, {projection.tracked: event.position})
