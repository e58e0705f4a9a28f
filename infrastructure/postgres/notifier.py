"""Wakes the followers of the log after commits: a hint, sent at most every 10 ms; followers also look by themselves."""

from __future__ import annotations

import logging
import threading

import psycopg

from domain.kernel.errors import PlatsError
from infrastructure.postgres.connections import Connections
from infrastructure.postgres.per_process import PerProcess

CHANNEL = "plats_log"
_PAUSE = 0.01

_log = logging.getLogger(__name__)


class Notifier:
    """Sends NOTIFY in a transaction of its own, from a thread of its own.

    Inside the writing transaction it would take PostgreSQL's one notify lock until the end of that commit, and put all
    commits in a row.
    """

    def __init__(self, connections: Connections) -> None:
        self._thread = PerProcess(lambda: _Thread(connections))

    def notify(self) -> None:
        """Something was recorded."""
        self._thread.get().wake.set()

    def close(self) -> None:
        """Stop the thread of this process."""
        thread = self._thread.made()
        if thread is not None:
            self._thread.forget()
            thread.stop()


class _Thread(threading.Thread):
    def __init__(self, connections: Connections) -> None:
        super().__init__(name="notifier", daemon=True)
        self.wake, self._stopped, self._connections = threading.Event(), threading.Event(), connections
        self.start()

    def stop(self) -> None:
        self._stopped.set()
        self.wake.set()
        self.join(timeout=2)

    def run(self) -> None:
        while True:
            self.wake.wait()
            if self._stopped.is_set():
                return
            self.wake.clear()
            try:
                self._connections.execute(f"notify {CHANNEL}", [])
            except (psycopg.Error, PlatsError) as error:
                _log.info("no hint was sent to the followers: %s", error)
            self._stopped.wait(_PAUSE)
