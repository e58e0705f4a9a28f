"""The bench that says why: where the CPU of a booking and of what follows it goes, in one process, a step at a time.

No two steps run at once and nobody waits for another, so shares are of work and not of who had a core. The server's own
loop is not in it; `plats bench chain` tells what each process costs, with it.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from bench.apart import apart
from bench.chain_load import spread
from bench.load import UnexpectedAnswer
from bench.machine import backends, cpu_seconds, describe
from bench.rounds import BOOKINGS
from bench.sampling import Samples
from bench.town import Member, furnish
from infrastructure.jobs.following import Following
from infrastructure.kernel.clock import new_id
from infrastructure.kernel.settings import Settings
from infrastructure.mail.sender import MailSender
from web.app import create_app
from web.server.interpreter import settle
from web.wiring import Installation, build

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

WARM = 200
"""Bookings with all that follows them before anything is counted."""
LETTERS = 300
"""Of two or three a booking, as many are written; nothing that is measured waits for the rest."""

Say = Callable[[str], None]
Report = dict[str, Any]


def measure(settings: Settings, say: Say, bookings: int) -> Report:
    """Make so many bookings in a database of its own, and all that follows them. Raises UnexpectedAnswer."""
    with apart(settings) as own:
        house = build(own.database_url or "", own)
        try:
            say("a town is furnished")
            chain = Chain(house, own.database_url or "")
            chain.run(WARM)
            settle()
            say(f"{bookings} bookings, and what follows them")
            steps = chain.run(bookings)
        finally:
            house.close()
    return {"machine": describe(), "bookings": bookings, **{step.name: step.figures() for step in steps}}


class Step:
    """What a step costs, in seconds of CPU of this process and of the database, and where its own go."""

    def __init__(self, name: str, database_url: str) -> None:
        self.name, self._database_url = name, database_url
        self.times, self.cpu, self.database_cpu, self.samples = 0, 0.0, 0.0, Samples()

    @contextmanager
    def running(self) -> Iterator[None]:
        """It runs while the block lasts; may be done again."""
        database, own = self._cpu_of_database(), time.process_time()
        with self.samples.running():
            yield
        self.cpu += time.process_time() - own
        self.database_cpu += self._cpu_of_database() - database

    def figures(self) -> Report:
        """Milliseconds for one booking, or for one letter; and shares of the process's own CPU."""
        return {
            "times": self.times,
            "cpu_ms": round(self.cpu / max(1, self.times) * 1000, 3),
            "database_cpu_ms": round(self.database_cpu / max(1, self.times) * 1000, 3),
            "parts": self.samples.parts(),
            "within": self.samples.within(),
            "samples": self.samples.taken,
        }

    def _cpu_of_database(self) -> float:
        return cpu_seconds(backends(self._database_url)) or 0.0


class Chain:
    """A town whose bookings are made, then followed and decided upon until nothing is left, then told of."""

    def __init__(self, house: Installation, database_url: str) -> None:
        self._database_url = database_url
        town = furnish(house.services)
        house.worker.catch_up()
        self._app, self._asked = create_app(house.services), spread(town)
        self._following = Following(house.store, house.worker.policies)
        self._following.begin()
        [self._sender] = [job for job in house.worker.jobs.jobs if isinstance(job, MailSender)]

    def run(self, bookings: int) -> list[Step]:
        """The steps of so many more bookings, with what they have cost."""
        booking, models, decisions, letters = steps = [
            Step(name, self._database_url) for name in ("booking", "read_models", "decisions", "letters")
        ]
        sent = [_environment(*each) for each in itertools.islice(self._asked, bookings)]
        with booking.running():
            for each in sent:
                _send(self._app, each)
        while self._done(models, self._following.advance) + self._done(decisions, self._following.react):
            pass
        booking.times = models.times = decisions.times = len(sent)
        letters.times = self._done(letters, self._sender.turn, LETTERS)
        return steps

    def _done(self, step: Step, turn: Callable[[], int], most: int | None = None) -> int:
        """Take turns until one finds nothing to do; how many did."""
        with step.running():
            return sum(1 for _ in itertools.islice(iter(lambda: bool(turn()), False), most))


def _environment(who: Member, body: dict[str, object]) -> dict[str, Any]:
    given = {"Authorization": f"Bearer {who.token}", "Idempotency-Key": str(new_id())}
    return EnvironBuilder(BOOKINGS, method="POST", headers=Headers(given), json=body).get_environ()


def _send(app: WSGIApplication, environment: dict[str, Any]) -> None:
    told: list[str] = []

    def start(status: str, *_: object) -> Callable[[bytes], object]:
        told.append(status)
        return lambda _: None

    said = b"".join(app(environment, start))
    if told[0][:3] != "201":
        raise UnexpectedAnswer.instead_of(201, said)
