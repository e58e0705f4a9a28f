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
    """Sends NOTIFY in a transaction of its own.

    Inside the writing transaction it would take PostgreSQL's one notify lock until the end of that commit, and put all
    commits in a row.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._bell = PerProcess(self._hang_bell)

    def notify(self) -> None:
        """Something was recorded."""
        self._bell.get().rung.set()

    def close(self) -> None:
        """Stop ringing."""
        bell = self._bell.made()
        if bell is not None:
            self._bell.forget()
            bell.stop()

    def _hang_bell(self) -> _Bell:
        return _Bell(self._connections)


class _Bell:
    def __init__(self, connections: Connections) -> None:
        self.rung = threading.Event()
        self._stopped = threading.Event()
        self._connections = connections
        self._thread = threading.Thread(target=self._run, name="notifier", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self.rung.set()
        self._thread.join(timeout=2)

    def _run(self) -> None:
        while True:
            self.rung.wait()
            if self._stopped.is_set():
                return
            self.rung.clear()
            self._notify()
            self._stopped.wait(_PAUSE)

    def _notify(self) -> None:
        try:
            with self._connections.borrow() as connection:
                connection.execute(f"notify {CHANNEL}")
        except (psycopg.Error, PlatsError) as error:
            _log.info("no hint was sent to the followers: %s", error)
