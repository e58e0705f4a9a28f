"""Which partitions a process leads: as many as fall to it among all that follow, and what nobody else takes.

Every process that follows, or stands by, holds one lock together with all others: so each knows how many they are and
what its share is. Whoever leads more lets go of the rest for those who have come, and whoever leads less takes what is
free. Killed, a process loses its locks with its connections, and the others' shares grow.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from typing import NamedTuple

from application.automation.policies import Policies
from infrastructure.event_store.store import Store
from infrastructure.jobs.following import PATIENCE, Following
from infrastructure.postgres.advisory_lock import AdvisoryLock, take
from infrastructure.postgres.answer_timeout import TIMEOUT
from infrastructure.postgres.connections import Connection
from infrastructure.subscriptions.partitions import Partition, number_in
from infrastructure.subscriptions.passing import PASSING
from infrastructure.subscriptions.rebuild import RebuildUnderWay

_FIRST_PAUSE, _LAST_PAUSE = 0.1, 5.0
_HEALTHY = 10.0
"""Seconds of leading after which the next trouble is a new one: leading alone mends no full disk."""

_FREE_FOR, _KEPT_FOR = 5.0, 60.0
"""Seconds for which a partition is left to those it falls to, who may hang; and for which it is then kept from them."""

_FOLLOWERS = """select count(*) filter (where objid = %s), array_agg(classid::int8) filter (where objid = %s)
from pg_locks where locktype = 'advisory' and granted and objid = any(%s)
and database = (select oid from pg_database where datname = current_database())"""

_log = logging.getLogger(__name__)


class Leading(threading.Thread):
    """Leads a partition, on a connection that holds its lock. `why`: what it died of."""

    def __init__(self, following: Following, connection: Connection) -> None:
        super().__init__(name=f"partition {following.partition.place}", daemon=True)
        self._following, self._connection = following, connection
        self.told, self.began = threading.Event(), time.monotonic()
        self.why: BaseException | None = None

    def run(self) -> None:
        """Until it is told to end, or something is in the way."""
        try:
            with self._connection:
                self._following.lead(self._connection, self.told)
        except BaseException as error:  # noqa: BLE001  # it is raised again where the partitions are shared out
            self.why = error


class Trouble(NamedTuple):
    """When a partition that could not be led is tried again, and how long is waited the next time."""

    due: float
    pause: float


class Shares:
    """The partitions that this process leads, each in a thread of its own."""

    def __init__(self, store: Store, policies: Policies) -> None:
        self._store, self._policies = store, policies
        self._here: dict[int, Leading] = {}
        self._free: dict[int, float] = {}
        self._troubles: dict[int, Trouble] = {}
        self._kept_until = 0.0

    def tend(self, connection: Connection) -> int:
        """Look once who follows, and take or let go; how many partitions there are. Raises what a mistake raises."""
        self._reap()
        of, now = number_in(connection), time.monotonic()
        followers, led = _followers(connection)
        share = -(-of // max(1, followers))
        self._free = {place: self._free.get(place, now) for place in range(of) if place not in led}
        if now > self._kept_until:
            self._let_go(sorted(self._here)[share:])
        for place, since in self._free.items():
            is_ours = len(self._here) < share
            is_left = now - since > _FREE_FOR
            if (is_ours or is_left) and self._take(Partition(place, of)) and not is_ours:
                self._kept_until = now + _KEPT_FOR
        return of

    def wait(self, stop: threading.Event, seconds: float) -> None:
        """Until then, or until something is to be tended."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and all(each.is_alive() for each in self._here.values()):
            if stop.wait(_FIRST_PAUSE):
                return

    def end(self) -> None:
        """Lead nothing any longer."""
        self._let_go(list(self._here))

    def _let_go(self, places: list[int]) -> None:
        leading = [self._here.pop(place) for place in places]
        for each in leading:
            each.told.set()
        for each in leading:
            each.join()

    def _take(self, partition: Partition) -> bool:
        trouble = self._troubles.get(partition.place)
        if trouble and time.monotonic() < trouble.due:
            return False
        connection = self._store.connections.dedicated(TIMEOUT)
        if not take(connection, AdvisoryLock.LEADING.of(partition.place)):
            connection.close()
            return False
        _log.info("this worker leads%s", f" partition {partition.place} of {partition.of}" if partition.of > 1 else "")
        patience = PATIENCE if partition.of > 1 else 0.0
        leading = Leading(Following(self._store, self._policies, partition, patience), connection)
        self._here[partition.place] = leading
        leading.start()
        return True

    def _reap(self) -> None:
        """Those that ended: what a retry mends is tried again after a while, a mistake is raised."""
        for place, leading in [(place, each) for place, each in self._here.items() if not each.is_alive()]:
            leading.join()
            del self._here[place]
            error = leading.why
            if not isinstance(error, (*PASSING, RebuildUnderWay)):
                raise error or RuntimeError("a leader ended by itself")
            _log.warning("the worker looks for the database again: %s", " ".join(str(error).split()))
            now, trouble = time.monotonic(), self._troubles.get(place)
            pause = trouble.pause if trouble and now - leading.began < _HEALTHY else _FIRST_PAUSE
            due = now + pause * (0.5 + random.random())  # noqa: S311  # spreads workers; no secret
            self._troubles[place] = Trouble(due, min(pause * 2, _LAST_PAUSE))


def _followers(connection: Connection) -> tuple[int, set[int]]:
    """How many processes follow or stand by, and which partitions are led."""
    locks = [int(AdvisoryLock.FOLLOWING), int(AdvisoryLock.LEADING)]
    [(followers, led)] = connection.execute(_FOLLOWERS, [*locks, locks]).fetchall()
    return int(followers), set(led or ())
