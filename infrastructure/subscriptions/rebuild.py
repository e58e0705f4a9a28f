"""A rebuild: read models made again from the whole log beside the live ones, and put in their place in one moment."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg

from application.kernel.ports import Busy
from domain.kernel.errors import PlatsError
from infrastructure.event_store.store import Store
from infrastructure.postgres.advisory_lock import AdvisoryLock
from infrastructure.postgres.connections import Connection
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.read_models.kernel.projection import NEXT, Projection
from infrastructure.read_models.people.shelving import Shelving
from infrastructure.subscriptions.blocks import block, block_elsewhere
from infrastructure.subscriptions.change_set import create, index
from infrastructure.subscriptions.checkpoints import move
from infrastructure.subscriptions.log import Log
from infrastructure.subscriptions.parallel_replay import is_abandoned, is_long, replay_in_processes
from infrastructure.subscriptions.partitions import number_in, partition_of, partitions
from infrastructure.subscriptions.replay import Progress, Replay, without_timeouts

_MANY = 20_000
"""Events from which on the planner is told at once what the new tables hold; of fewer it learns by itself in time."""

_SEVERAL = 4
"""Read models from which on a long log is taken in by several processes."""

_TIMEOUT = (*[200] * 40, *[3000] * 3)
"""Milliseconds in which each attempt to swap must have all live tables to itself. At first less than it takes the
database to see that we and a reader wait for each other, so that it is never a reader who is refused."""

_READERS_INSIDE = psycopg.errors.QueryCanceled, psycopg.errors.DeadlockDetected
"""What an attempt to swap meets when readers do not leave in time, or wait for tables that we hold already."""


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

        Each time it goes up to where the log ended as it began, so that it never runs after those who go on writing.
        What cannot be taken in stops its own organiser there. Raises UnknownEvent, UnreadableEvent of an event of which
        nobody can tell whose it is, RebuildUnderWay, Busy; the live ones are then as they were.
        """
        with self._store.connections.dedicated() as connection, alone(connection):
            without_timeouts(connection)
            if is_abandoned(connection):
                raise RebuildUnderWay
            begin(connection, self._projections, NEXT)
            replay = Replay(self._log, connection, self._projections, NEXT, derive=Shelving(self._store.keyring))
            if not self._in_processes(connection, replay, progress):
                replay.run(self._log.head(), progress=progress)
                for one in self._projections:
                    index(connection, one, NEXT, analysed=replay.count > _MANY)
            replay.run(self._log.head(), progress=progress)
            self._swap(connection, replay)
        return replay.count

    def _in_processes(self, connection: Connection, replay: Replay, progress: Progress) -> bool:
        """Of a long log, take in all there is by now in several processes; False where that is left to do."""
        if len(self._projections) < _SEVERAL or not is_long(connection):
            return False
        until = self._log.head()
        count = replay_in_processes(self._store, self._projections, until)
        if count is None:
            begin(connection, self._projections, NEXT)
            return False
        replay.position, replay.count = until, count
        progress(count)
        return True

    def _swap(self, connection: Connection, replay: Replay) -> None:
        for timeout in _TIMEOUT:
            replay.run(self._log.head())
            before = replay.position, replay.count, dict(replay.blocking)
            try:
                with connection.transaction():
                    replay.run(self._hold_live(connection))
                    _keep_readers_out(connection, self._projections, timeout)
                    of = number_in(connection)
                    for one in self._projections:
                        _put_in_place(connection, one, replay, of)
                    self._block_elsewhere(connection, replay, of)
                return
            except _READERS_INSIDE:
                replay.position, replay.count, replay.blocking = before
                time.sleep(random.uniform(0.01, 0.1))  # noqa: S311  # lets readers pass; no secret
        raise Busy("the read models are read so much that none can be exchanged: try again later")

    def _block_elsewhere(self, connection: Connection, replay: Replay, of: int) -> None:
        rebuilt = {one.tracked for one in self._projections}
        others = [one.tracked for one in PROJECTIONS if one.tracked not in rebuilt]
        for organiser, event in replay.blocking.items():
            block_elsewhere(connection, event, map(partition_of(organiser, of).name, others))

    def _hold_live(self, connection: Connection) -> int:
        names = [one.tracked for one in self._projections]
        rows = connection.execute(
            "select position from tracking where split_part(name, '#', 1) = any(%s) order by name for update", [names]
        ).fetchall()
        return max((int(position) for (position,) in rows), default=0)


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """While nobody else makes tables of projections. Raises RebuildUnderWay."""
    [(is_mine,)] = connection.execute("select pg_try_advisory_lock(%s)", [AdvisoryLock.MAKING_READ_MODELS]).fetchall()
    if not is_mine:
        raise RebuildUnderWay
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute("select pg_advisory_unlock(%s)", [AdvisoryLock.MAKING_READ_MODELS])


def begin(connection: Connection, projections: Sequence[Projection], beside: str) -> None:
    """Make empty tables beside the live ones, in place of what an interrupted attempt has left."""
    for one in projections:
        connection.execute(f"drop schema if exists {one.name}{beside} cascade".encode())
        create(connection, one, beside, indexed=False)


def _keep_readers_out(connection: Connection, projections: Sequence[Projection], timeout: int) -> None:
    """Take all live tables at once, before any is exchanged, within so many milliseconds for all of them together."""
    tables = connection.execute(
        "select format('%%I.%%I', schemaname, tablename) from pg_tables where schemaname = any(%s) order by 1",
        [[one.name for one in projections]],
    ).fetchall()
    if not tables:
        return
    connection.execute(f"set local statement_timeout = {timeout}".encode())
    connection.execute(f"lock table {', '.join(name for (name,) in tables)} in access exclusive mode".encode())
    connection.execute("set local statement_timeout = 0")


def _put_in_place(connection: Connection, projection: Projection, replay: Replay, of: int) -> None:
    """Exchange its tables; from now on it has come as far in each of so many partitions."""
    name = projection.name
    connection.execute(f"drop schema if exists {name} cascade".encode())
    connection.execute(f"alter schema {name}{NEXT} rename to {name}".encode())
    connection.execute("delete from tracking where name like %s", [f"{name}.v%"])
    connection.execute("delete from standstill where name like %s", [f"{name}.v%"])
    move(connection, {each.name(projection.tracked): replay.position for each in partitions(of)})
    for organiser, event in replay.blocking.items():
        block(connection, event, {partition_of(organiser, of).name(projection.tracked): event.position})
