"""Web, worker and effects are killed while many book: what follows each booking follows once, and is sent."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest

from bench.chain_load import spread
from bench.machine import children
from bench.rounds import Asked
from infrastructure.event_store.store import Store
from tests.infrastructure.followers import count, until
from tests.torture.test_kills import CATCH_UP, CLIENTS, Client, Told, must_add_up
from tests.torture.town import ServedTown, seeded, served_town, settings_on

KINDS = ("web process", "gunicorn", "worker", "effects")
FEW = 5
"""At most so many bookings are acknowledged between two kills."""

WAITING = "select count(*) from letter where state = 'waiting'"
FAILED = "select count(*) from letter where state not in ('waiting', 'sent')"
TAKEN_AGAIN = "update letter set due_at = posted_at where state = 'waiting'"
"""As if the minutes had passed for which a letter belongs to whoever has taken it."""


class Wishes:
    """Bookings that nobody has made yet, given out one by one."""

    def __init__(self, source: Iterator[Asked]) -> None:
        self._source, self._lock = source, threading.Lock()

    def take(self) -> Asked:
        with self._lock:
            return next(self._source)


@dataclass
class Booker(Client):
    """Makes one booking after the other: one to three seats, a third of them for somebody known."""

    wishes: Wishes | None = None

    def run(self) -> None:
        while self.wishes is not None and not self.stop.is_set():
            self.member, body = self.wishes.take()
            self.book(str(uuid4()), body)
        self.hang_up()


def victims(served: ServedTown, kind: str) -> list[int]:
    supervisor = served.running.supervisor
    if kind == "web process":
        return children(supervisor.pid("web") or 0)
    found = supervisor.pid("web" if kind == "gunicorn" else kind)
    return [] if found is None else [found]


def kill(served: ServedTown, chance: Random) -> str:
    """Kill a process of a kind that chance names, as soon as there is one."""
    kind = chance.choice(KINDS)
    until(lambda: bool(victims(served, kind)))
    with suppress(ProcessLookupError, IndexError):
        os.kill(chance.choice(victims(served, kind)), signal.SIGKILL)
    return kind


def book_through(served: ServedTown, chance: Random, kills: int) -> tuple[Told, Counter[str]]:
    """So many kills, each after a few more bookings have been acknowledged."""
    told, stop, wishes = Told(), threading.Event(), Wishes(spread(served.town))
    members = served.town.members[:CLIENTS]
    bookers = [Booker(served, each, Random(chance.getrandbits(32)), told, stop, wishes=wishes) for each in members]
    threads = [threading.Thread(target=each.run) for each in bookers]
    for thread in threads:
        thread.start()
    killed: Counter[str] = Counter()
    try:
        for _ in range(kills):
            goal = len(told.booked) + chance.randint(1, FEW)
            until(lambda goal=goal: len(told.booked) >= goal)  # type: ignore[misc]  # mypy sees no default
            killed[kill(served, chance)] += 1
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return told, killed


def wait_until_all_is_sent(store: Store) -> None:
    """However many letters there are and however slow the machine is, some go out all the time."""
    while left := count(store, WAITING):
        until(lambda left=left: count(store, WAITING) < left, CATCH_UP)  # type: ignore[misc]  # mypy sees no default


@pytest.mark.torture
@pytest.mark.parametrize("kills", [int(os.environ.get("PLATS_KILLS") or 100)])
def test_what_follows_a_booking_follows_once_though_every_process_is_killed(
    database_url: str, tmp_path: Path, kills: int
) -> None:
    with served_town(settings_on(database_url, tmp_path), seasons=10, people=CLIENTS) as served:
        told, killed = book_through(served, seeded(), kills)
        print(f"killed: {dict(killed)}; answers: {dict(told.statuses)}; bookings: {len(told.booked)}")  # noqa: T201 # said if it fails
        must_add_up(served.house, told)
        served.house.store.execute(TAKEN_AGAIN, [])
        wait_until_all_is_sent(served.house.store)
        assert count(served.house.store, FAILED) == 0
    assert sum(killed.values()) == kills
