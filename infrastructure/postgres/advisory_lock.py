"""The advisory locks of the database, each with a number of its own, in one place so that no two are the same."""

from __future__ import annotations

from enum import IntEnum, unique
from typing import Any

import psycopg


@unique
class AdvisoryLock(IntEnum):
    """Who holds one does what it is named after, and nobody else meanwhile. Numbers are never used for another."""

    MIGRATING = 7_226_354
    MAKING_READ_MODELS = 7_226_355
    """Held while the tables of projections come and go."""
    LEADING = 7_226_356
    """The worker that follows the log; of several partitions, each has a lock of its own (`of`)."""
    EFFECTS = 7_226_357
    """The process that carries out what only one may at a time."""
    REBUILD_PROCESSES = 7_226_358
    FOLLOWING = 7_226_359
    """Held together by all processes that follow the log or stand by, so that each knows how many they are."""

    def of(self, place: int) -> int:
        """The lock of one of several. The first is the lock itself; `pg_locks` shows the place as `classid`."""
        return place << 32 | self


def take(connection: psycopg.Connection[tuple[Any, ...]], lock: int) -> bool:
    """Take a lock until the connection ends or lets go of it; False where somebody else holds it."""
    [(is_ours,)] = connection.execute("select pg_try_advisory_lock(%s)", [lock]).fetchall()
    return bool(is_ours)


def let_go(connection: psycopg.Connection[tuple[Any, ...]], lock: int) -> None:
    """Let go of a lock that is ours."""
    connection.execute("select pg_advisory_unlock(%s)", [lock])
