"""What a town with a past is asked: pages and bookings by HTTP, searches beneath, and what the processes hold."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.client import HTTPConnection
from itertools import cycle, islice

from application.kernel.actor import Role
from bench.growth_loading import Loaded
from bench.load import UnexpectedAnswer
from bench.machine import backends, children, cpu_seconds, private_mib
from bench.rounds import BOOKINGS
from infrastructure.kernel.clock import new_id
from infrastructure.kernel.settings import Settings
from web.server.server import Running, served
from web.wiring import Installation

ROUNDS, BOOKED, WARM = 20, 1000, 100
WORDS = ("an", "åsa", "asa", "berg", "person.4", "anna berg", "@example", "nobody of that name", "ö", "sara lind")

Figures = dict[str, float]


def timed(ask: Callable[[], object], rounds: int | None = None) -> Figures:
    """Milliseconds that a question takes, asked so often after once for nothing."""
    ask()
    took = []
    for _ in range(rounds or ROUNDS):
        began = time.perf_counter()
        ask()
        took.append((time.perf_counter() - began) * 1000)
    return {"p50_ms": round(statistics.median(took), 1), "p95_ms": round(statistics.quantiles(took, n=20)[18], 1)}


def searched(house: Installation, loaded: Loaded) -> dict[str, Figures]:
    """People by words of every kind, without HTTP: rare and frequent, with accents and without, addresses, nothing."""
    find, admin = house.services.people_questions.people, loaded.town.admin
    found = {repr(words): timed(lambda words=words: find(admin, words)) for words in ("", *WORDS)}  # type: ignore[misc]
    worst = max(each["p95_ms"] for each in found.values())
    return {**found, "worst": {"p95_ms": worst}}


class Visitors:
    """A member who booked most, and an admin, by HTTP."""

    def __init__(self, house: Installation, loaded: Loaded) -> None:
        organiser, make = loaded.town.admin.organiser_id, house.services.tokens.make
        self._loaded = loaded
        self._tokens = {
            "admin": make("admin", organiser, frozenset({Role.ADMIN})),
            "often": make("often", organiser, frozenset({Role.MEMBER}), loaded.often),
            "member": loaded.town.members[0].token,
        }

    def pages(self, running: Running) -> dict[str, Figures]:
        """Every page that might grow."""
        at = "/matinstitutet"
        season = f"{at}/seasons/{self._loaded.town.seasons[0]}"
        asked = {
            "programme": ("", at),
            "roster": ("admin", f"{season}/roster"),
            "people": ("admin", f"{at}/people"),
            "people, searched": ("admin", f"{at}/people?q=anna+berg"),
            "seasons": ("admin", f"{at}/seasons"),
            "desk": ("admin", f"{at}/desk"),
            "my bookings": ("often", f"{at}/bookings"),
            "my bookings, few": ("member", f"{at}/bookings"),
            "my data of 1000 bookings": ("often", f"{at}/me"),
        }
        connection = HTTPConnection(running.host, running.port, timeout=120)
        figures = {}
        for name, (who, path) in asked.items():
            head = {"Cookie": f"plats_token={self._tokens[who]}"} if who else {}
            figures[name] = timed(lambda path=path, head=head: _asked(connection, "GET", path, 200, head))  # type: ignore[misc]
        connection.close()
        return figures

    def book(self, running: Running) -> Figures:
        """Bookings one after another: how long each takes, and CPU of web processes and database for one."""
        connection = HTTPConnection(running.host, running.port, timeout=120)
        bodies, number = self._bodies(), BOOKED
        for body in islice(bodies, WARM):
            _asked(connection, "POST", BOOKINGS, 201, self._head(), body)
        processes = [*children(running.supervisor.pid("web") or 0), *backends(running.database_url)]
        before, took = cpu_seconds(processes), []
        for body in islice(bodies, number):
            began = time.perf_counter()
            _asked(connection, "POST", BOOKINGS, 201, self._head(), body)
            took.append((time.perf_counter() - began) * 1000)
        after = cpu_seconds(processes)
        connection.close()
        cuts = statistics.quantiles(took, n=20)
        figures: Figures = {"p50_ms": round(statistics.median(took), 2), "p95_ms": round(cuts[18], 2)}
        if before is not None and after is not None:
            figures["cpu_ms"] = round((after - before) / number * 1000, 3)
        return figures

    def _bodies(self) -> Iterator[bytes]:
        town = self._loaded.town
        for season_id in cycle(town.seasons):
            sent = {"season_id": str(season_id), "participants": [{}], "organisation_id": str(town.organisation_id)}
            yield json.dumps(sent).encode()

    def _head(self) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self._tokens['member']}",
            "Idempotency-Key": str(new_id()),
            "Content-Type": "application/json",
        }


def web(own: Settings, visitors: Visitors) -> dict[str, object]:
    """The web process by itself: until it answers, its pages, bookings, and what it holds in the end."""
    began = time.perf_counter()
    with served(own, worker=False) as running:
        started = time.perf_counter() - began
        booked = visitors.book(running)
        pages = visitors.pages(running)
        held = [private_mib(pid) for pid in children(running.supervisor.pid("web") or 0)]
    memory = max((each for each in held if each is not None), default=0.0)
    return {"start_s": round(started, 2), "booking": booked, "pages": pages, "web_private_mib": memory}


def worker(own: Settings, house: Installation) -> dict[str, object]:
    """The worker, beginning behind by what was booked: until every read model is current, and what it holds then."""
    log = house.models.freshness
    [(head,)] = house.store.query("select max(position) from event", [])
    began = time.perf_counter()
    with served(replace(own, workers=1), worker=True) as running:
        while not log.wait_for(int(head), timeout=5.0):
            if time.perf_counter() - began > 600:
                raise UnexpectedAnswer("the worker did not catch up in ten minutes")
        caught_up = time.perf_counter() - began
        pid = running.supervisor.pid("worker") or 0
        memory = private_mib(pid)
    return {"catching_up_s": round(caught_up, 2), "worker_private_mib": memory}


def _asked(
    connection: HTTPConnection, method: str, path: str, status: int, head: dict[str, str], body: bytes | None = None
) -> bytes:
    connection.request(method, path, body, head)
    answer = connection.getresponse()
    said = answer.read()
    if answer.status != status:
        raise UnexpectedAnswer.instead_of(status, f"{path} {answer.status} ".encode() + said)
    return said
