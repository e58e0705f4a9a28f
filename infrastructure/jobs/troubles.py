"""Troubles told in the log: a line when one begins and one when it is over, each in the words of `/readyz`."""

from __future__ import annotations

import logging
import time

from application.kernel.health import Health

EVERY = 5.0
"""Seconds between two looks."""

_log = logging.getLogger(__name__)


class TroubleLog:
    """A job of the leader, so that what is wrong with an installation is told once and not by every process.

    `first_after`: seconds until the first look, since whatever starts has nobody who leads for a moment.
    """

    name = "troubles"

    def __init__(self, health: Health, first_after: float = EVERY) -> None:
        self._health, self._known, self._due = health, frozenset[str](), time.monotonic() + first_after

    def turn(self) -> bool:
        """Look, when it is time, and tell what has changed."""
        if time.monotonic() < self._due:
            return False
        self._due = time.monotonic() + EVERY
        seen = frozenset(self._health.look().troubles)
        for each in sorted(seen - self._known):
            _log.warning("trouble: %s (docs/operations.md says what to do)", each)
        for each in sorted(self._known - seen):
            _log.warning("over: %s", each)
        self._known = seen
        return False
