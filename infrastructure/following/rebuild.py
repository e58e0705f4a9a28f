"""A rebuild: read models made again from the whole log beside the live ones, and put in their place in one moment."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg

from application.ports import Busy
from domain.errors import PlatsError
from infrastructure.events.log import END, Entry, Log
from infrastructure.following.batches import without_collecting
from infrastructure.following.change_set import create, index, write
from infrastructure.following.projection import NEXT, Change, Projection
from infrastructure.following.tracking import LOCK, move
from infrastructure.postgres.connections import Connection
from infrastructure.store import Store

BATCH = 2000
"""Events in one transaction. Followers wait for the oldest transaction that writes, so it must not take long."""

_MANY = 20_000
"""Events from which on the planner is told at once what the new tables hold; of fewer it learns by itself in time."""

_PATIENCE = (*[200] * 40, *[3000] * 3)
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

        Raises UnknownEvent, UnreadableEvent, RebuildUnderWay, Busy; the live ones are then as they were.
        """
        with self._store.connections.dedicated() as connection, alone(connection):
            patiently(connection)
            begin(connection, self._projections, NEXT)
            replay = Replay(self._log, connection, self._projections, NEXT)
            replay.run(progress=progress)
            for one in self._projections:
                index(connection, one, NEXT, analysed=replay.count > _MANY)
            replay.run(progress=progress)
            self._swap(connection, replay)
        return replay.count

    def _swap(self, connection: Connection, replay: Replay) -> None:
        for patience in _PATIENCE:
            replay.run()
            before = replay.position, replay.count
            try:
                with connection.transaction():
                    replay.run(self._hold_live(connection))
                    connection.execute(f"set local lock_timeout = {patience}".encode())
                    for one in self._projections:
                        _put_in_place(connection, one, replay.position)
                return
            except psycopg.errors.LockNotAvailable:
                replay.position, replay.count = before
                time.sleep(random.uniform(0.01, 0.1))  # noqa: S311  # lets readers pass; no secret
        raise Busy("the read models are read so much that none can be exchanged: try again later")

    def _hold_live(self, connection: Connection) -> int:
        names = [one.tracked for one in self._projections]
        rows = connection.execute(
            "select position from tracking where name = any(%s) order by name for update", [names]
        ).fetchall()
        return max((int(position) for (position,) in rows), default=0)


class Replay:
    """Takes the log in from its beginning, into tables beside the live ones."""

    def __init__(self, log: Log, connection: Connection, projections: Sequence[Projection], beside: str) -> None:
        self._log, self._connection, self._projections, self._beside = log, connection, projections, beside
        self.position, self.count = 0, 0

    def run(self, until: int = END, batch: int = BATCH, progress: Progress = lambda _: None) -> None:
        """Go on up to a position (included), or to the end. While a batch is written, the next one is read."""
        with without_collecting(), ThreadPoolExecutor(1) as reader:
            coming = reader.submit(self._log.after, self.position, batch, until)
            while entries := coming.result():
                coming = reader.submit(self._log.after, entries[-1].position, batch, until)
                self._take_in(entries)
                progress(self.count)

    def _take_in(self, entries: list[Entry]) -> None:
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
        self.position = entries[-1].position
        self.count += len(entries)


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


def patiently(connection: Connection) -> None:
    """Let statements take their time, and let commits be quick: what is lost with the server is simply made again."""
    connection.execute("set statement_timeout = 0")
    connection.execute("set idle_in_transaction_session_timeout = 0")
    connection.execute("set synchronous_commit = off")


def begin(connection: Connection, projections: Sequence[Projection], beside: str) -> None:
    """Make empty tables beside the live ones, in place of what an interrupted attempt has left."""
    for one in projections:
        connection.execute(f"drop schema if exists {one.name}{beside} cascade".encode())
        create(connection, one, beside, indexed=False)


def _put_in_place(connection: Connection, projection: Projection, position: int) -> None:
    name = projection.name
    connection.execute(f"drop schema if exists {name} cascade".encode())
    connection.execute(f"alter schema {name}{NEXT} rename to {name}".encode())
    connection.execute("delete from tracking where name like %s", [f"{name}.v%"])
    move(connection, {projection.tracked: position})
