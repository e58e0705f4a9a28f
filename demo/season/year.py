"""The year that is played: a whole installation behind a port, whose clock goes from one act to the next."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from werkzeug.serving import WSGIRequestHandler, make_server

from demo.checks.client import Client
from demo.dates import ZONE
from infrastructure.kernel.settings import Settings
from web.app import create_app
from web.wiring import Installation, build

BEGINS = "2026-09-01 08:00"


class YearClock:
    """Stands still until the year goes on."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        """The instant it shows, UTC."""
        return self.instant


@dataclass(frozen=True)
class Following(Client):
    """A client whose every question is answered of all that was written before it."""

    follow: Callable[[], object] = field(default=lambda: None, repr=False)

    def _wait_until_read(self) -> None:
        self.follow()
        self.log.is_read = True

    def acting(self, token: str) -> Following:
        """The same, as whoever holds a token."""
        return replace(self, token=token)


@dataclass
class Year:
    """Acts that happen at their local times, in order, and after each of them all that follows from it."""

    house: Installation
    clock: YearClock
    anyone: Following
    system: Following
    acts: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)

    def on(self, when: str, act: Callable[[], object]) -> None:
        """An act at a local time, "2026-10-28 09:00"."""
        self.acts.append((instant(when), len(self.acts), act))

    def play(self) -> None:
        """All acts, each at its time; acts may add later ones."""
        self._every_week()
        while self.acts:
            self.acts.sort(key=lambda act: act[:2])
            at, _, act = self.acts.pop(0)
            self.clock.instant = max(at, self.clock.instant)
            self.settle()
            act()
        self.settle()

    def _every_week(self) -> None:
        """Time passes also where nobody acts: what is due by itself happens about when it is."""
        last = max(at for at, _, _ in self.acts)
        at = self.clock.instant
        while at < last:
            at += timedelta(days=7)
            self.acts.append((at, len(self.acts), lambda: None))

    def settle(self) -> None:
        """Whatever is due by now happens: what follows is decided, letters go out, other systems are told."""
        self.house.worker.catch_up()
        self.house.worker.jobs.finish()
        self.house.worker.catch_up()


def instant(when: str) -> datetime:
    """A local time as an instant, UTC."""
    return datetime.fromisoformat(when).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


@contextmanager
def a_year(settings: Settings) -> Iterator[Year]:
    """A year on an empty database, served for as long as the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        clock = YearClock(instant(BEGINS))
        house = build(settings.database_url or "", replace(settings, url=url, webhooks_here=True), clock)
        house.worker.catch_up()
        app = create_app(house.services)
        number = listener.detach()
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet, fd=number)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            token = house.services.tokens.make("the year", None, frozenset(), is_system=True)
            anyone = Following(url, "", follow=house.worker.catch_up)
            yield Year(house, clock, anyone, anyone.acting(token))
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
            house.close()


class _Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_request(self, *_: object) -> None:
        """Nothing."""
