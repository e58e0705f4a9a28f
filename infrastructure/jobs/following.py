"""Following one partition of the log: its organisers' read models are kept, and policies react to their events."""

from __future__ import annotations

import threading
import time

from application.automation.foreseen import foreseen
from application.automation.policies import Policies
from infrastructure.event_store.store import Store
from infrastructure.jobs.reacting import Reacting
from infrastructure.postgres.connections import Connection
from infrastructure.postgres.notifier import CHANNEL
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.read_models.people.shelving import Shelving
from infrastructure.subscriptions.checkpoints import Checkpoints, StalePosition
from infrastructure.subscriptions.log import BlockingEvent, Log
from infrastructure.subscriptions.partitions import WHOLE, Partition, number_in
from infrastructure.subscriptions.projector import Projector
from infrastructure.subscriptions.reactions import Reactions
from infrastructure.subscriptions.rebuild import Rebuild

_POLL = 0.25
_AGAIN = 60.0
"""Seconds after which what stopped an organiser is tried again; each start of a worker tries it, too."""

PATIENCE = 0.25
"""Seconds for which a leader of one of several partitions does not write down what it has passed of others' events."""


class PartitionsChanged(StalePosition):
    """The log is followed in another number of partitions from now on."""


class Following:
    """Follows a partition, wherever its positions stand."""

    def __init__(self, store: Store, policies: Policies, partition: Partition = WHOLE, patience: float = 0.0) -> None:
        self.partition, self._store = partition, store
        log = Log(store.recorder, store.mapper, partition)
        self._projector = Projector(log, store.connections, PROJECTIONS, Shelving(store.keyring), patience)
        self._reactions = Reactions(
            log, store.connections, policies, lambda events: store.together.together(foreseen(events))
        )
        self._is_prepared = False

    @property
    def causes(self) -> tuple[BlockingEvent, ...]:
        """The events that have stopped organisers."""
        return (*self._projector.causes.values(), *self._reactions.causes.values())

    def begin(self) -> None:
        """Somebody else may have followed meanwhile; those who stood still go on where they can."""
        self._projector.forget()
        self._reactions.forget()
        self._prepare()
        self._resume()

    def advance(self) -> int:
        """Take in what comes next; how many events there were. Raises PartitionsChanged."""
        try:
            return self._projector.advance()
        except StalePosition:
            self._is_prepared = False
            self._prepare()
            return 1

    def react(self) -> int:
        """Let policies react to what has been taken in; how many events were looked at."""
        return self._reactions.advance(self._projector.position, self._projector.blocked)

    def lead(self, connection: Connection, stop: threading.Event) -> None:
        """Follow until told to stop, as long as the connection that holds the partition's lock lives."""
        connection.execute(f"listen {CHANNEL}")  # before the first look, so that nothing is slept over
        self.begin()
        again = time.monotonic() + _AGAIN
        with Reacting(self.react) as reacting:
            while not stop.is_set():
                reacting.hold()
                if not self.advance():
                    reacting.wake()
                    list(connection.notifies(timeout=_POLL, stop_after=1))
                if time.monotonic() > again:
                    self._resume()
                    again = time.monotonic() + _AGAIN

    def _resume(self) -> None:
        self._projector.resume()
        self._reactions.resume(self._projector.blocked)

    def _prepare(self) -> None:
        if self._is_prepared:
            return
        with self._store.connections.borrow() as connection:
            if number_in(connection) != self.partition.of:
                raise PartitionsChanged
        make_ready(self._store)
        self._is_prepared = True


def make_ready(store: Store) -> None:
    """Every read model is there, in this version. Raises RebuildUnderWay, ReadModelIsNewer."""
    checkpoints = Checkpoints(store.connections, PROJECTIONS)
    if checkpoints.missing():
        checkpoints.make_missing()
    changed = checkpoints.missing()
    if changed:
        Rebuild(store, changed).run()
