"""The long part of a rebuild in several processes: each takes the log into some read models beside the live ones.

A process takes in whole projections, so that what it writes is what one process would have written.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from domain.kernel.errors import PlatsError
from infrastructure.event_store.store import Store, open_store
from infrastructure.kernel.clock import SystemClock
from infrastructure.kernel.machine import cores
from infrastructure.postgres.advisory_lock import AdvisoryLock
from infrastructure.postgres.connections import Connection
from infrastructure.read_models.catalogue import projections_named
from infrastructure.read_models.kernel.projection import NEXT, Projection
from infrastructure.read_models.people.shelving import Shelving
from infrastructure.subscriptions.change_set import index
from infrastructure.subscriptions.log import Log
from infrastructure.subscriptions.replay import Replay, without_timeouts

LONG = 200_000
"""Events from which on processes are worth while: each first reads the whole program, which takes seconds."""

_LENGTH = "select count(*) from (select 1 from event limit %s) beginning"


class _Share(NamedTuple):
    """What one process does."""

    database_url: str
    keys: Path
    projections: tuple[str, ...]
    until: int
    parent: int


def is_long(connection: Connection) -> bool:
    """Whether there are so many events that several processes are quicker, and cores for them."""
    [(events,)] = connection.execute(_LENGTH, [LONG]).fetchall()
    return int(events) >= LONG and cores() > 1


def is_abandoned(connection: Connection) -> bool:
    """Whether processes of a rebuild that was killed are still at work."""
    [(is_free,)] = connection.execute("select pg_try_advisory_lock(%s)", [AdvisoryLock.REBUILD_PROCESSES]).fetchall()
    if is_free:
        connection.execute("select pg_advisory_unlock(%s)", [AdvisoryLock.REBUILD_PROCESSES])
    return not is_free


def replay_in_processes(store: Store, projections: Sequence[Projection], until: int) -> int | None:
    """Take in everything up to a position, and index it; how many events that were.

    None where an event could not be taken in (what then stops whom is for one process to see, from the beginning), or
    where a process could not start or was killed.
    """
    number = min(cores(), len(projections))
    shares = [
        _Share(
            store.connections.url,
            store.key_files.folder,
            tuple(one.name for one in projections[first::number]),
            until,
            os.getpid(),
        )
        for first in range(number)
    ]
    try:
        with ProcessPoolExecutor(number, get_context("spawn")) as pool:
            counts = list(pool.map(_take_in, shares))
    except BrokenProcessPool:
        return None
    return None if None in counts else max(count or 0 for count in counts)


def _take_in(share: _Share) -> int | None:
    chosen = [one for name in share.projections for one in projections_named(name)]
    with (
        closing(open_store(share.database_url, share.keys, SystemClock(), most_connections=2)) as store,
        store.connections.dedicated() as connection,
    ):
        connection.execute("select pg_advisory_lock_shared(%s)", [AdvisoryLock.REBUILD_PROCESSES])
        without_timeouts(connection)
        log = Log(store.recorder, store.mapper)
        replay = Replay(log, connection, chosen, NEXT, derive=Shelving(store.keyring))
        goes_on = partial(_must_have_parent, share.parent)
        goes_on(0)
        try:
            replay.run(share.until, progress=goes_on)
        except PlatsError:
            return None
        if replay.blocking:
            return None
        for one in chosen:
            index(connection, one, NEXT, analysed=True)
        return replay.count


def _must_have_parent(parent: int, _: int) -> None:
    """Whoever has been left alone leaves the tables to the next rebuild."""
    if os.getppid() != parent:
        raise SystemExit("the rebuild was ended")
