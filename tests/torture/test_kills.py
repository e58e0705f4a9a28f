"""Processes are killed under load, and nothing that was acknowledged is lost, and nothing is there twice."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest

from bench.town import Member
from infrastructure.postgres.embedded_postgres import EmbeddedPostgres
from infrastructure.subscriptions.log import Log
from infrastructure.subscriptions.verify import Verification
from tests.infrastructure.followers import count, until
from tests.torture.killing import KINDS, Killer
from tests.torture.town import BOOKINGS, ServedTown, booking_of, seeded, served_town, settings_on
from web.wiring import Installation, build

CLIENTS = 8
CATCH_UP, ENOUGH = 180.0, 50
REACTED = "select min(position) from tracking where split_part(name, '#', 1) = 'policies'"


@pytest.fixture
def home() -> Iterator[Path]:
    """A home that PostgreSQL's owner can walk to, for a server of the test's own."""
    folder = Path(tempfile.mkdtemp(prefix="plats-torture-"))
    folder.chmod(0o755)
    yield folder
    EmbeddedPostgres(folder).stop()
    shutil.rmtree(folder)


@dataclass
class Told:
    """What the clients were told: the booking of each acknowledged key, and keys whose fate they never learnt."""

    booked: dict[str, UUID] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)


@dataclass
class Client:
    """Books with a key, and sends the same again until there is an answer."""

    served: ServedTown
    member: Member
    chance: Random
    told: Told
    stop: threading.Event
    connection: http.client.HTTPConnection | None = None

    def run(self) -> None:
        while not self.stop.is_set():
            season_id = self.chance.choice(self.served.town.seasons)
            self.book(str(uuid4()), booking_of(self.served.town, season_id, self.chance.randint(1, 3)))
        self.hang_up()

    def book(self, key: str, body: dict[str, object]) -> None:
        for _ in range(300):
            status, said = self.post(key, json.dumps(body))
            self.told.statuses[status] += 1
            if status == 201:
                self.told.booked[key] = UUID(json.loads(said)["booking_id"])
                return
            assert status in (0, 503), said
            threading.Event().wait(0.1)
        self.told.unknown.add(key)

    def post(self, key: str, body: str) -> tuple[int, str]:
        """The status and body of the answer; 0 without one."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.served.running.host, self.served.running.port, timeout=20)
        headers = {
            "Authorization": f"Bearer {self.member.token}",
            "Idempotency-Key": key,
            "Content-Type": "application/json",
        }
        try:
            self.connection.request("POST", BOOKINGS, body, headers)
            answer = self.connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.hang_up()
            return 0, repr(error)

    def hang_up(self) -> None:
        """The next request takes a new connection."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def book_under_fire(served: ServedTown, postgres: Path, chance: Random, seconds: float) -> tuple[Told, Counter[str]]:
    told, stop = Told(), threading.Event()
    clients = [
        Client(served, member, Random(chance.getrandbits(32)), told, stop) for member in served.town.members[:CLIENTS]
    ]
    threads = [threading.Thread(target=client.run) for client in clients]
    for thread in threads:
        thread.start()
    killer = Killer(served.running, postgres, chance, every=1.5)
    try:
        killer.run(seconds)
        until(lambda: len(told.booked) > ENOUGH)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return told, killer.killed


def must_add_up(house: Installation, told: Told) -> None:
    log = Log(house.store.recorder, house.store.mapper)
    assert house.services.freshness.wait_for(log.recorded(), CATCH_UP)
    with house.store.connections.dedicated() as connection:
        rows = connection.execute("select originator_id from event where topic = 'Booking.Made'").fetchall()
    made = [UUID(str(row[0])) for row in rows]
    assert len(set(told.booked.values())) == len(told.booked), "two keys were told of one booking"
    assert set(told.booked.values()) <= set(made), "an acknowledged booking is lost"
    assert len(told.booked) <= len(made) <= len(told.booked) + len(told.unknown), "a booking is there twice"
    assert [check for check in Verification(house.store).run().checks if not check.ok] == []
    must_have_followed(house, len(made))


def must_have_followed(house: Installation, bookings: int) -> None:
    """Each booking has one invoice, and whoever booked one letter of each."""
    store = house.store
    until(lambda: count(store, REACTED) >= count(store, "select max(position) from event"), CATCH_UP)
    invoices = "select count(*) from event where topic = 'Invoice.Issued'"
    assert count(store, invoices) == bookings, "a booking is invoiced twice or never"
    for kind in ("booked", "invoice"):
        asked = f"select count(*) from letter where kind = '{kind}'"
        assert count(store, asked) == bookings, f"of {kind} there is a letter too many or too few"


def torture(home: Path, seconds: float, partitions: int | None = None) -> None:
    settings = replace(settings_on(None, home), partitions=partitions)
    with served_town(settings, seasons=10, people=CLIENTS) as served:
        told, killed = book_under_fire(served, EmbeddedPostgres(home).data, seeded(), seconds)
        print(f"killed: {dict(killed)}; answers: {dict(told.statuses)}; bookings: {len(told.booked)}")  # noqa: T201 # said if it fails
        assert set(killed) == set(KINDS), killed
        house = build(EmbeddedPostgres(home).ensure(), settings)  # our own old connections have died as well
        try:
            must_add_up(house, told)
        finally:
            house.close()


def test_nothing_acknowledged_is_lost_or_doubled_when_processes_are_killed(home: Path) -> None:
    torture(home, seconds=18)


@pytest.mark.torture
def test_nothing_acknowledged_is_lost_or_doubled_in_ten_minutes_of_kills(home: Path) -> None:
    torture(home, seconds=float(os.environ.get("PLATS_TORTURE_SECONDS") or 600))


@pytest.mark.torture
def test_nothing_is_lost_or_doubled_where_several_processes_follow_and_are_killed(home: Path) -> None:
    torture(home, seconds=60, partitions=4)
