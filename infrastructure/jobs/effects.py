"""Slow effects in processes of their own: letters, documents, cards, other systems, daily work; never beside following.

Any number of processes may run them, on any number of machines. What takes its work row by row (`anywhere`), such as
the mail sender, runs in all of them; all else in the one that holds an advisory lock, and another one takes over.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Sequence

from infrastructure.event_store.store import Store
from infrastructure.jobs.giving_way import WhileBehind
from infrastructure.jobs.job_states import KeptJobStates
from infrastructure.jobs.jobs import Job, Jobs
from infrastructure.postgres.advisory_lock import AdvisoryLock
from infrastructure.postgres.answer_timeout import TIMEOUT
from infrastructure.postgres.connections import Connection
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.subscriptions.checkpoints import Checkpoints
from infrastructure.subscriptions.passing import PASSING

_STANDBY, _LOOK = 0.5, 2.0
_PAUSE = 1.0

_log = logging.getLogger(__name__)


class Effects:
    """Carries out what is due until told to stop."""

    def __init__(self, store: Store, jobs: Sequence[Job]) -> None:
        self._store, self._jobs, self._way = store, jobs, WhileBehind(store)
        self._tables = Checkpoints(store.connections, PROJECTIONS)

    def run(self, stop: threading.Event) -> None:
        """Goes on through whatever the database does; killed in the middle, what it had taken is taken again."""
        while not stop.is_set():
            try:
                self._tables.make_missing()  # jobs ask them, perhaps before anybody follows
                with self._store.connections.dedicated(TIMEOUT) as connection:
                    if self._leads(connection) or self._stand_by(connection, stop):
                        self._lead(connection, stop)
            except PASSING as error:
                _log.warning("what carries out effects looks for the database again: %s", error)
                stop.wait(_PAUSE * (0.5 + random.random()))  # noqa: S311  # spreads them; no secret

    def _leads(self, connection: Connection) -> bool:
        [(leads,)] = connection.execute("select pg_try_advisory_lock(%s)", [AdvisoryLock.EFFECTS]).fetchall()
        return bool(leads)

    def _stand_by(self, connection: Connection, stop: threading.Event) -> bool:
        """Do what can be done beside others, until the lock is ours (true) or it is to end."""
        beside = [each for each in self._jobs if getattr(each, "anywhere", False)]
        with Jobs(beside, way=self._way).running():
            while not stop.wait(_STANDBY):
                if self._leads(connection):
                    return True
        return False

    def _lead(self, connection: Connection, stop: threading.Event) -> None:
        """Do everything, as long as the connection that holds the lock lives."""
        _log.info("this process carries out effects")
        with Jobs(self._jobs, KeptJobStates(self._store), self._way).running():
            while not stop.wait(_LOOK):
                connection.execute("select true").fetchall()
