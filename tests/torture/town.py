"""What the torture tests share: a town that is served by real processes, a seed, and clients who book at once."""

from __future__ import annotations

import json
import os
import random
import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid4

from bench.town import Member, Town, furnish, open_season
from infrastructure.kernel.settings import Settings
from web.server.server import APP, Running, served
from web.wiring import Installation, build

BOOKINGS = "/api/v1/bookings"


def seeded() -> random.Random:
    """Chance that can be repeated: the seed is printed, and taken from PLATS_SEED where that is set."""
    seed = int(os.environ.get("PLATS_SEED") or random.SystemRandom().getrandbits(32))
    print(f"PLATS_SEED={seed}")  # noqa: T201 # so that what failed can be run again
    return random.Random(seed)


@dataclass(frozen=True)
class ServedTown:
    """A town, its processes, and a house of our own on the same database."""

    town: Town
    running: Running
    house: Installation

    def season(self, title: str, seats: int) -> UUID:
        """One more season."""
        return open_season(self.house.services, self.town.admin, self.town.network_id, title, seats)


@contextmanager
def served_town(
    settings: Settings, *, seasons: int, people: int, app: str = APP, worker: bool = True
) -> Iterator[ServedTown]:
    """Furnish a town in the settings' database and serve it."""
    with ExitStack() as open_things:
        running = open_things.enter_context(served(settings, app, worker=worker))
        house = build(running.database_url, settings)
        open_things.callback(house.close)
        yield ServedTown(furnish(house.services, seasons, people), running, house)


def settings_on(database_url: str | None, home: Path) -> Settings:
    """Two web processes with many threads; without a database's address, with a PostgreSQL of their own."""
    settings = Settings.read({"PLATS_HOME": str(home), "PLATS_KEYS": str(home / "keys")})
    return replace(settings, database_url=database_url, workers=2, threads=16)


def booking_of(town: Town, season_id: UUID, seats: int = 1) -> dict[str, object]:
    """Seats to be named later, paid by the town's organisation."""
    return {
        "season_id": str(season_id),
        "participants": [{} for _ in range(seats)],
        "organisation_id": str(town.organisation_id),
    }


class Crowd:
    """Members who all send at the same moment, each on a connection of their own that is kept."""

    def __init__(self, running: Running, members: Sequence[Member]) -> None:
        self._members = members
        self._sockets = [socket.create_connection((running.host, running.port), timeout=30) for _ in members]

    def book(self, body: dict[str, object], order: Sequence[int]) -> list[tuple[int, bytes]]:
        """Everybody sends, then everybody reads: the status and body of each answer."""
        sent = json.dumps(body).encode()
        for place in order:
            self._sockets[place].sendall(_head(self._members[place], len(sent)) + sent)
        return [_answer(one) for one in self._sockets]

    def go(self) -> None:
        """Leave."""
        for one in self._sockets:
            one.close()


def _head(member: Member, length: int) -> bytes:
    return (
        f"POST {BOOKINGS} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {member.token}\r\n"
        f"Idempotency-Key: {uuid4()}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


def _answer(connection: socket.socket) -> tuple[int, bytes]:
    received = b""
    while (end := received.find(b"\r\n\r\n")) < 0:
        received += _more(connection)
    head, body = received[:end].lower(), received[end + 4 :]
    length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += _more(connection)
    return int(received[9:12]), body


def _more(connection: socket.socket) -> bytes:
    part = connection.recv(65536)
    if not part:
        raise ConnectionError("the server hung up")
    return part
