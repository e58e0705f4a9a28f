"""The worker: follows the log, keeps the read models, and lets policies react; each partition has one that leads."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Sequence

from application.automation.policies import Policies
from infrastructure.event_store.store import Store
from infrastructure.jobs.effects import Effects
from infrastructure.jobs.following import Following, PartitionsChanged, make_ready
from infrastructure.jobs.jobs import Job, Jobs
from infrastructure.jobs.shares import Shares
from infrastructure.postgres.advisory_lock import AdvisoryLock
from infrastructure.postgres.answer_timeout import TIMEOUT
from infrastructure.postgres.connections import Connection
from infrastructure.subscriptions.log import Log
from infrastructure.subscriptions.partitions import number_in, partitions
from infrastructure.subscriptions.passing import PASSING
from infrastructure.subscriptions.read_models import ReadModels
from infrastructure.subscriptions.rebuild import RebuildUnderWay
from infrastructure.subscriptions.repartition import OtherPartitions, repartition

_STANDBY = 0.5
_TIMEOUT, _SHORTLY = 10.0, 0.002
_FIRST_PAUSE, _LAST_PAUSE = 0.1, 5.0
_HEALTHY = 10.0
"""Seconds of leading after which the next trouble is a new one: leading alone mends no full disk."""

_log = logging.getLogger(__name__)


class Worker:
    """Follows the log of a store. `partitions`: in how many; None: in as many as it is followed in."""

    def __init__(
        self,
        store: Store,
        models: ReadModels,
        policies: Policies,
        jobs: Sequence[Job] = (),
        partitions: int | None = None,
    ) -> None:
        self._store, self._models, self.policies, self._wanted = store, models, policies, partitions
        self.jobs = Jobs(jobs)
        self.effects = Effects(store, jobs)
        self._log = Log(store.recorder, store.mapper)
        self._followings: tuple[Following, ...] = ()

    def catch_up(self) -> int:
        """Take in and react until nothing is left; how many events were taken in.

        What has been recorded may be read only once everybody who began to write before has ended, in any database of
        the server: that is waited for, for a while.
        Raises UnknownEvent, UnreadableEvent, ProjectionBroken, PolicyBroken: once everybody else has been brought up,
        where the event stops one organiser; and what a database raises that is away.
        """
        taken_in, until = 0, time.monotonic() + _TIMEOUT
        self._begin()
        while True:
            count, reacted = self._one_step()
            taken_in += count
            if not count and not reacted:
                if self._log.recorded() <= self._models.freshness.position() or time.monotonic() > until:
                    for unread in (cause for each in self._followings for cause in each.causes):
                        raise unread.why
                    return taken_in
                time.sleep(_SHORTLY)

    def run(self, stop: threading.Event) -> None:
        """Follow, and carry out effects beside it in a thread: all that a worker does, in one process."""
        ended = threading.Event()
        effects = threading.Thread(target=self.effects.run, args=[ended], daemon=True)
        effects.start()
        try:
            self.follow(stop)
        finally:
            ended.set()
            effects.join(timeout=15.0)

    def follow(self, stop: threading.Event) -> None:
        """Lead what falls to this process, or stand by until something does, until told to stop.

        Goes on through whatever the database does. Raises what a mistake raises (`catch_up`): whoever runs the worker
        starts it anew and says so; OtherPartitions where others go by another number.
        """
        pause = _FIRST_PAUSE
        while not stop.is_set():
            began = time.monotonic()
            try:
                with self._store.connections.dedicated(TIMEOUT) as connection:
                    if self._wanted is not None:
                        make_ready(self._store)
                        repartition(self._store, connection, self._wanted)
                    self._share(connection, stop)
            except (*PASSING, RebuildUnderWay) as error:
                _log.warning("the worker looks for the database again: %s", " ".join(str(error).split()))
                if time.monotonic() - began > _HEALTHY:
                    pause = _FIRST_PAUSE
                stop.wait(pause * (0.5 + random.random()))  # noqa: S311  # spreads workers; no secret
                pause = min(pause * 2, _LAST_PAUSE)

    def _share(self, connection: Connection, stop: threading.Event) -> None:
        connection.execute("select pg_advisory_lock_shared(%s)", [AdvisoryLock.FOLLOWING])
        shares = Shares(self._store, self.policies)
        try:
            while not stop.is_set():
                of = shares.tend(connection)
                if self._wanted not in (None, of):
                    raise OtherPartitions(self._wanted, of)
                shares.wait(stop, _STANDBY)
        finally:
            shares.end()

    def _begin(self) -> None:
        with self._store.connections.borrow() as connection:
            of = number_in(connection)
        if len(self._followings) != of:
            self._followings = tuple(Following(self._store, self.policies, each) for each in partitions(of))
        for each in self._followings:
            each.begin()

    def _one_step(self) -> tuple[int, int]:
        """In each partition take in, or else react; how many events were taken in, and how many looked at then."""
        try:
            counts = [each.advance() for each in self._followings]
        except PartitionsChanged:
            self._begin()
            return 1, 0
        return sum(counts), sum(each.react() for each, count in zip(self._followings, counts, strict=True) if not count)
