"""Rounds of load: the floor, bookings that spread and bookings that all meet take turns, so that ratios hold.

The machine may be busy with other things. Each round of bookings is compared with the rounds of the floor just before
and after it, and of all these comparisons the one in the middle counts.
"""

from __future__ import annotations

import itertools
import json
import statistics
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from uuid import UUID

from bench import floor
from bench.load import Outcome, Plan, drive
from bench.machine import backends, children, cpu_seconds
from bench.town import Member, Town
from infrastructure.kernel.clock import new_id
from web.server.server import Running

SECONDS = 1.0
FASTEST = 4000
"""Requests a second that are prepared for a round; more would not be sent."""

CYCLES: Mapping[int, int] = {1: 1, 4: 1, 16: 5}
"""How often each number of clients has its turn."""

BOOKINGS = "/api/v1/bookings"


@dataclass
class Measured:
    """All rounds of one kind with one number of clients."""

    speeds: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    web_cpu: list[float | None] = field(default_factory=list)
    database_cpu: list[float | None] = field(default_factory=list)
    client_cpu: float = 0.0
    sent_again: int = 0

    def add(self, outcome: Outcome, web_cpu: float | None, database_cpu: float | None) -> None:
        """One more round."""
        self.speeds.append(len(outcome.latencies) / outcome.seconds)
        self.latencies += outcome.latencies
        self.web_cpu.append(web_cpu)
        self.database_cpu.append(database_cpu)
        self.client_cpu += outcome.client_cpu
        self.sent_again += outcome.sent_again

    def latency(self, share: float) -> float:
        """The latency (ms) that this share of the requests stayed below."""
        ordered = sorted(self.latencies)
        return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 2)

    def cpu(self) -> float | None:
        """CPU (ms) of web processes and database for one request; None where the system does not tell."""
        used = [one for one in (*self.web_cpu, *self.database_cpu) if one is not None]
        if len(used) < 2 * len(self.web_cpu):
            return None
        return round(sum(used) / len(self.latencies) * 1000, 3)

    def figures(self) -> dict[str, object]:
        """What is told of it."""
        return {
            "per_second": round(statistics.median(self.speeds), 1),
            "p50_ms": self.latency(0.50),
            "p99_ms": self.latency(0.99),
            "cpu_ms": self.cpu(),
            "client_cpu_ms": round(self.client_cpu / len(self.latencies) * 1000, 3),
            "requests": len(self.latencies),
            "sent_again": self.sent_again,
        }


Kind = str
Results = dict[tuple[Kind, int], Measured]
Asked = tuple[Member, dict[str, object]]


class Requests:
    """What is sent, each booking once: what one round has not sent, the next one sends."""

    def __init__(self, town: Town) -> None:
        self._sources = {"floor": _spread(town), "spread": _spread(town), "hot": _hot(town)}
        self._ready: dict[Kind, list[bytes]] = {kind: [] for kind in self._sources}

    def ready(self, kind: Kind, number: int) -> list[bytes]:
        """So many requests of a kind, to be sent in this order."""
        ready = self._ready[kind]
        path = floor.PATH if kind == "floor" else BOOKINGS
        missing = itertools.islice(self._sources[kind], max(0, number - len(ready)))
        ready += [request_of(path, *one) for one in missing]
        return ready[:number]

    def sent(self, kind: Kind, number: int) -> None:
        """So many of them have been sent."""
        del self._ready[kind][:number]


class Rounds:
    """Sends the town's bookings to a running installation."""

    def __init__(self, requests: Requests, running: Running, pool: Executor, seconds: float = SECONDS) -> None:
        self._requests, self._running, self._pool, self._seconds = requests, running, pool, seconds
        self.results: Results = {}

    def warm_up(self) -> None:
        """Let every process meet every kind of request; nothing is kept of it."""
        for kind in ("floor", "spread", "hot"):
            self._drive(kind, 16)

    def run(self) -> Iterator[str]:
        """All rounds; tells what comes next."""
        for clients, cycles in CYCLES.items():
            yield f"{clients} client{'s' if clients > 1 else ''}"
            self.round("floor", clients)
            for kind in ("spread", "hot") * cycles:
                self.round(kind, clients)
                self.round("floor", clients)

    def round(self, kind: Kind, clients: int) -> Outcome:
        """One round."""
        web = children(self._running.supervisor.pid("web") or 0)
        work_for_us = backends(self._running.database_url)
        before = cpu_seconds(web), cpu_seconds(work_for_us)
        outcome = self._drive(kind, clients)
        after = cpu_seconds(web), cpu_seconds(work_for_us)
        used = [None if one is None or two is None else two - one for one, two in zip(before, after, strict=True)]
        self.results.setdefault((kind, clients), Measured()).add(outcome, *used)
        return outcome

    def against_floor(self, kind: Kind, clients: int) -> float:
        """Throughput as a share of the floor's in the rounds around."""
        ours, floors = self.results[kind, clients].speeds, self.results["floor", clients].speeds
        place = 0 if kind == "spread" else 1
        pairs = ((speed, floors[2 * turn + place], floors[2 * turn + place + 1]) for turn, speed in enumerate(ours))
        return round(statistics.median(speed * 2 / (one + two) for speed, one, two in pairs), 3)

    def _drive(self, kind: Kind, clients: int) -> Outcome:
        fastest = FASTEST if kind == "floor" else FASTEST // 2
        ready = self._requests.ready(kind, int(fastest * self._seconds))
        plan = Plan(self._running.host, self._running.port, clients, self._seconds, ready)
        outcome = self._pool.submit(drive, plan).result()
        self._requests.sent(kind, len(outcome.latencies))
        return outcome


def _spread(town: Town) -> Iterator[Asked]:
    """A colleague by name and one to be named; when all colleagues sit in all seasons, two to be named."""
    for booker, colleague, season_id in town.couples():
        yield booker, body_of(town, season_id, [{"person_id": str(colleague)} if colleague else {}, {}])


def _hot(town: Town) -> Iterator[Asked]:
    """Two to be named: a season has room for many, but nobody sits twice."""
    for booker in itertools.cycle(town.members):
        yield booker, body_of(town, town.hot, [{}, {}])


def body_of(town: Town, season_id: UUID, participants: Iterable[dict[str, str]]) -> dict[str, object]:
    """What a booking asks for."""
    return {
        "season_id": str(season_id),
        "participants": list(participants),
        "organisation_id": str(town.organisation_id),
    }


def request_of(path: str, booker: Member, body: dict[str, object]) -> bytes:
    """The bytes that a client sends."""
    sent = json.dumps(body).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {booker.token}\r\n"
        f"Idempotency-Key: {new_id()}\r\nContent-Type: application/json\r\nContent-Length: {len(sent)}\r\n\r\n"
    )
    return head.encode() + sent
