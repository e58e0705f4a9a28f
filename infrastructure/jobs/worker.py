"""The worker: follows the log, keeps the read models, and lets policies react; of several, one leads."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Sequence

from application.automation.foreseen import foreseen
from application.automation.policies import Policies
from infrastructure.jobs.effects import Effects
from infrastructure.jobs.jobs import Job, Jobs
from infrastructure.jobs.reacting import Reacting
from infrastructure.postgres.advisory_lock import AdvisoryLock
from infrastructure.postgres.answer_timeout import TIMEOUT
from infrastructure.postgres.connections import Connection
from infrastructure.postgres.notifier import CHANNEL
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.read_models.people.shelving import Shelving
from infrastructure.store import Store
from infrastructure.subscriptions.checkpoints import StalePosition
from infrastructure.subscriptions.log import Log
from infrastructure.subscriptions.projector import PASSING, Projector
from infrastructure.subscriptions.reactions import Reactions
from infrastructure.subscriptions.read_models import ReadModels
from infrastructure.subscriptions.rebuild import Rebuild, RebuildUnderWay

_POLL = 0.25
_STANDBY = 0.5
_TIMEOUT, _SHORTLY = 10.0, 0.002
_FIRST_PAUSE, _LAST_PAUSE = 0.1, 5.0
_HEALTHY = 10.0
"""Seconds of leading after which the next trouble is a new one: leading alone mends no full disk."""
_AGAIN = 60.0
"""Seconds after which what stopped an organiser is tried again; each start of a worker tries it, too."""

_log = logging.getLogger(__name__)


class Worker:
    """Follows the log of a store."""

    def __init__(self, store: Store, models: ReadModels, policies: Policies, jobs: Sequence[Job] = ()) -> None:
        self._store, self._models = store, models
        self.jobs = Jobs(jobs)
        self.effects = Effects(store, jobs)
        self._log = Log(store.recorder, store.mapper)
        self._projector = Projector(self._log, store.connections, PROJECTIONS, Shelving(store.keyring))
        self._reactions = Reactions(
            self._log, store.connections, policies, lambda events: store.together.together(foreseen(events))
        )
        self._is_prepared = False

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
            count = self._advance()
            reacted = self._react() if count == 0 else 0
            taken_in += count
            if not count and not reacted:
                if self._log.recorded() <= self._models.freshness.position() or time.monotonic() > until:
                    for unread in (*self._projector.causes.values(), *self._reactions.causes.values()):
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
        """Lead, or stand by until nobody else does, until told to stop.

        Goes on through whatever the database does. Raises what a mistake raises (`catch_up`): whoever runs the worker
        starts it anew and says so.
        """
        pause = _FIRST_PAUSE
        while not stop.is_set():
            began = time.monotonic()
            try:
                with self._store.connections.dedicated(TIMEOUT) as connection:
                    if self._becomes_leader(connection, stop):
                        began = time.monotonic()
                        self._lead(connection, stop)
            except (*PASSING, RebuildUnderWay) as error:
                _log.warning("the worker looks for the database again: %s", " ".join(str(error).split()))
                self._is_prepared = False
                if time.monotonic() - began > _HEALTHY:
                    pause = _FIRST_PAUSE
                stop.wait(pause * (0.5 + random.random()))  # noqa: S311  # spreads workers; no secret
                pause = min(pause * 2, _LAST_PAUSE)

    def _becomes_leader(self, connection: Connection, stop: threading.Event) -> bool:
        while not stop.is_set():
            [(leads,)] = connection.execute("select pg_try_advisory_lock(%s)", [AdvisoryLock.LEADING]).fetchall()
            if leads:
                connection.execute(f"listen {CHANNEL}")  # before the first look, so that nothing is slept over
                _log.info("this worker leads")
                return True
            stop.wait(_STANDBY)
        return False

    def _lead(self, connection: Connection, stop: threading.Event) -> None:
        self._begin()
        again = time.monotonic() + _AGAIN
        with Reacting(self._react) as reacting:
            while not stop.is_set():
                reacting.hold()
                if not self._advance():
                    reacting.wake()
                    list(connection.notifies(timeout=_POLL, stop_after=1))
                if time.monotonic() > again:
                    self._resume()
                    again = time.monotonic() + _AGAIN

    def _begin(self) -> None:
        self._projector.forget()
        self._reactions.forget()
        self._prepare()
        self._resume()

    def _resume(self) -> None:
        """Those who stood still go on where they can."""
        self._projector.resume()
        self._reactions.resume(self._projector.blocked)

    def _prepare(self) -> None:
        if self._is_prepared:
            return
        if self._projector.checkpoints.missing():
            self._projector.checkpoints.make_missing()
        changed = self._projector.checkpoints.missing()
        if changed:
            Rebuild(self._store, changed).run()
        self._is_prepared = True

    def _advance(self) -> int:
        try:
            return self._projector.advance()
        except StalePosition:
            self._is_prepared = False
            self._prepare()
            return 1

    def _react(self) -> int:
        return self._reactions.advance(self._projector.position, self._projector.blocked)
