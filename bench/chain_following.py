"""How far everything that follows has come, and what each process has cost meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import psycopg

from bench.machine import backends, children, cpu_seconds
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.subscriptions.reactions import NAME
from web.server.server import Running

TRACKED = [one.tracked for one in PROJECTIONS]
PATIENCE = 1800.0
_LOOK = 0.02
_REST = b"""
select (select coalesce(max(position), 0) from event),
(select coalesce(min(position), 0) from tracking where name = any(%s)),
(select count(*) from event where topic = 'Invoice.Issued'), (select count(*) from letter)"""


@dataclass(frozen=True)
class Followed:
    """When everything had followed (perf_counter), and how many invoices and letters there were then."""

    at: float
    invoices: int
    letters: int


def wait_for_the_rest(database_url: str) -> Followed:
    """Wait until every read model is current, every invoice issued and every letter posted. Raises TimeoutError."""
    until = time.monotonic() + PATIENCE
    with psycopg.connect(database_url, autocommit=True) as connection:
        while time.monotonic() < until:
            [(last, least, invoices, letters)] = connection.execute(_REST, [[*TRACKED, NAME]]).fetchall()
            if least >= last:
                return Followed(time.perf_counter(), invoices, letters)
            time.sleep(_LOOK)
    raise TimeoutError("what follows the bookings has not come to an end")


class Processes:
    """The processes of a running installation by what they do, and the database's that work for it."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._began = self.cpu()

    def of(self) -> dict[str, list[int]]:
        """Their numbers now: web processes, each other program with its children, the database's."""
        found: dict[str, list[int]] = {}
        for name in self._running.supervisor.names():
            pid = self._running.supervisor.pid(name)
            if pid is not None:
                found[name] = children(pid) if name == "web" else [pid, *children(pid)]
        found["database"] = backends(self._running.database_url)
        return found

    def cpu(self) -> dict[str, float]:
        """CPU seconds of each kind until now."""
        return {name: cpu_seconds(pids) or 0.0 for name, pids in self.of().items()}

    def used(self) -> Mapping[str, float]:
        """CPU seconds of each kind since the beginning."""
        return {name: used - self._began.get(name, 0.0) for name, used in self.cpu().items()}

    def memory(self, of: Callable[[int], float | None]) -> Mapping[str, float]:
        """MiB of the largest process of each kind, and of no database's: those share what they hold."""
        held = {name: [of(pid) or 0.0 for pid in pids] for name, pids in self.of().items()}
        return {name: max(each) for name, each in held.items() if each and name != "database"}
