"""Kills processes of a running installation, as the seed says, while nobody is prepared for it."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

from bench.machine import children
from web.server.server import Running

KINDS = ("web process", "gunicorn", "worker", "effects", "postgres", "backend")
LONGER = 300.0
"""Seconds after the end in which a slow machine gets its last processes up again, to be killed."""


class Killer:
    """Kills until it is told to stop; `killed` counts what died."""

    def __init__(self, running: Running, postgres: Path, chance: Random, every: float) -> None:
        self._running, self._postgres, self._chance, self._every = running, postgres, chance, every
        self._end = 0.0
        self.killed: Counter[str] = Counter()

    def run(self, seconds: float) -> None:
        """Kill for so many seconds, and then on until every kind of process has died at least once."""
        self._end = time.monotonic() + seconds
        while not self._is_over():
            for kind in self._chance.sample(KINDS, len(KINDS)):
                time.sleep(self._chance.uniform(0.3, 2 * self._every - 0.3))
                while not self._is_over() and not self._kill(kind):
                    time.sleep(0.02)
                if self._is_over():
                    return

    def _is_over(self) -> bool:
        late = time.monotonic() - self._end
        return late > LONGER or (late > 0 and len(self.killed) == len(KINDS))

    def _kill(self, kind: str) -> bool:
        """Kill one of that kind; False if none lives just now."""
        victims = [pid for pid in self._victims(kind) if pid]
        if victims:
            with suppress(ProcessLookupError):
                os.kill(self._chance.choice(victims), signal.SIGKILL)
                self.killed[kind] += 1
                return True
        return False

    def _victims(self, kind: str) -> list[int]:
        supervisor = self._running.supervisor
        match kind:
            case "web process":
                return children(supervisor.pid("web") or 0)
            case "gunicorn":
                return [supervisor.pid("web") or 0]
            case "worker" | "effects":
                names = (name for name in supervisor.names() if name.split()[0] == kind)
                return [supervisor.pid(name) or 0 for name in names]
            case "postgres":
                return [self._postmaster()]
            case _:
                return children(self._postmaster())

    def _postmaster(self) -> int:
        try:
            return int((self._postgres / "postmaster.pid").read_text().split()[0])
        except (OSError, IndexError, ValueError):
            return 0
