"""What is sent while everything follows: bookings of one to three seats, a third of them named; and who looks on."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection

import psycopg

from bench.load import UnexpectedAnswer
from bench.rounds import Asked, body_of
from bench.town import Town

MOST_SEATS = 3
_PAUSE, _LOOK = 0.1, 0.002
_TIMEOUT, _PATIENCE = 30.0, 5.0
"""Seconds that an answer may take, and for which read models are waited for."""
_LEAST = b"select coalesce(min(position), 0) from tracking where name = any(%s)"


def spread(town: Town) -> Iterator[Asked]:
    """One to three seats in all seasons: of two a colleague is named, of three one, of one none."""
    for turn, (booker, colleague, season_id) in enumerate(town.couples()):
        named = [{"person_id": str(colleague)}] if colleague is not None and turn % MOST_SEATS else []
        yield booker, body_of(town, season_id, [*named, *[{}] * (turn % MOST_SEATS + 1 - len(named))])


def hot(town: Town) -> Iterator[Asked]:
    """One to three seats in one season, named while there is a colleague who has no seat there yet."""
    for turn, booker in enumerate(itertools.cycle(town.members)):
        named = [{"person_id": str(booker.person_id)}] if turn < len(town.members) and turn % MOST_SEATS else []
        yield booker, body_of(town, town.hot, [*named, *[{}] * (turn % MOST_SEATS + 1 - len(named))])


@dataclass(frozen=True)
class Watch:
    """Who books now and then and waits to see it: where, for how long (seconds), and which read models must have it."""

    host: str
    port: int
    database_url: str
    seconds: float
    tracked: Sequence[str]
    requests: Sequence[bytes]


@dataclass(frozen=True)
class Seen:
    """Seconds from a booking's answer until the read models had it; until a page had it, and a page without waiting.

    `in_vain`: for how long was waited where they did not have it in time.
    """

    visible: list[float]
    read: list[float]
    read_anything: list[float]
    in_vain: list[float]

    @property
    def bookings(self) -> int:
        """How many whoever looks on has made."""
        return len(self.visible) + len(self.in_vain) + len(self.read)


def look_on(watch: Watch) -> Seen:
    """Book, wait until it is seen, rest, and again. In every other turn a page is asked for at once instead."""
    seen, until = Seen([], [], [], []), time.perf_counter() + watch.seconds
    connection = HTTPConnection(watch.host, watch.port, timeout=_TIMEOUT)
    with psycopg.connect(watch.database_url, autocommit=True) as database:
        for turn, sent in enumerate(watch.requests):
            if time.perf_counter() > until:
                break
            booked, given = _book(connection, sent)
            began = time.perf_counter()
            if turn % 2:
                is_seen = _wait(database, watch.tracked, int(booked["Plats-Position"]), began + _PATIENCE)
                (seen.visible if is_seen else seen.in_vain).append(time.perf_counter() - began)
                began = time.perf_counter()
                _read(connection, booked["Location"], given)
                seen.read_anything.append(time.perf_counter() - began)
            else:
                _read(connection, booked["Location"], {**given, "Plats-Position": booked["Plats-Position"]})
                seen.read.append(time.perf_counter() - began)
            time.sleep(_PAUSE)
    connection.close()
    return seen


def _book(connection: HTTPConnection, sent: bytes) -> tuple[Mapping[str, str], dict[str, str]]:
    head, _, body = sent.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    given = dict(line.split(": ", 1) for line in lines if not line.startswith("Host"))
    connection.request("POST", first.split()[1], body, given)
    return _answer(connection, 201), {"Authorization": given["Authorization"]}


def _read(connection: HTTPConnection, path: str, given: Mapping[str, str]) -> None:
    connection.request("GET", path, headers=dict(given))
    _answer(connection, 200)


def _wait(database: psycopg.Connection, tracked: Sequence[str], position: int, until: float) -> bool:
    """Whether they have come so far in time."""
    while time.perf_counter() < until:
        [(least,)] = database.execute(_LEAST, [list(tracked)]).fetchall()
        if least >= position:
            return True
        time.sleep(_LOOK)
    return False


def _answer(connection: HTTPConnection, status: int) -> Mapping[str, str]:
    answer = connection.getresponse()
    said = answer.read()
    if answer.status != status:
        raise UnexpectedAnswer.instead_of(status, f"{answer.status} ".encode() + said)
    return dict(answer.getheaders())
