"""The bench measures what it says: real bookings, each recorded once, and the floor beside them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import psycopg
import pytest

from bench.booking import APP
from bench.floor import TABLE
from bench.load import Plan, UnexpectedAnswer, drive
from bench.rounds import Requests, Rounds
from bench.table import lines
from bench.town import furnish
from infrastructure.kernel.settings import Settings
from web.server.server import served
from web.wiring import build

FIGURES = {"per_second": 1000.0, "p50_ms": 5.0, "p99_ms": 9.0, "cpu_ms": 1.25, "client_cpu_ms": 0.05, "requests": 9}
REPORT = {
    "machine": {
        "processor": "Z80",
        "cores": 1,
        "load_at_start": [0.5],
        "postgresql_server_version": "18",
        "postgresql_fsync": "on",
    },
    "insert_and_commit_per_second": {"1": 900.0},
    "floor": {"16": FIGURES},
    "spread": {"16": FIGURES},
    "hot": {"16": {**FIGURES, "cpu_ms": None}},
    "spread_16_while_followed": FIGURES,
    "read_models": {"rebuild_per_second": 20000.0, "one_transaction_an_event_per_second": 900.0},
    "save_to_visible": {"p50_ms": 9.0, "p95_ms": 19.0},
    "ratios": {"spread_16": 0.5, "p99_16": 5.0, "cpu_16": None},
    "to_reach": {"at_least": {"spread_16": 0.5}, "at_most": {"p99_16": 4.0}},
}


def count(database_url: str, what: str) -> int:
    with psycopg.connect(database_url) as connection:
        [(number,)] = connection.execute(f"select count(*) from {what}".encode()).fetchall()
    return int(number)


def test_every_request_of_the_bench_is_a_booking_that_was_recorded(database_url: str, tmp_path: Path) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(TABLE.encode())
    settings = replace(Settings.read({"PLATS_HOME": str(tmp_path)}), database_url=database_url)
    house = build(database_url, settings)
    requests = Requests(furnish(house.services, seasons=3, people=4))
    house.close()
    with served(settings, APP, worker=False) as running, ThreadPoolExecutor(1) as pool:
        rounds = Rounds(requests, running, pool, seconds=0.4)
        for kind in ("floor", "spread", "hot", "floor"):
            rounds.round(kind, 4)
        with pytest.raises(UnexpectedAnswer, match="wanted the answer 200"):
            drive(Plan(running.host, running.port, 1, 1.0, requests.ready("hot", 1), status=200))

    sent = {kind: len(measured.latencies) for (kind, _), measured in rounds.results.items()}
    assert count(database_url, "event where topic = 'Booking.Made'") == sent["spread"] + sent["hot"] + 1
    assert count(database_url, "bench_floor") == sent["floor"]
    assert rounds.against_floor("spread", 4) > 0


class TooBusyForTheFirst(BaseHTTPRequestHandler):
    """Sends everybody's first request away, and takes it when it comes again."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        self.asked.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(201 if self.asked.count(self.asked[-1]) > 1 else 503)
        self.send_header("Retry-After", "0.01")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_client_who_is_sent_away_for_a_moment_comes_again_with_the_same_request() -> None:
    requests = [f"POST / HTTP/1.1\r\nHost: plats\r\nContent-Length: 1\r\n\r\n{which}".encode() for which in "abc"]
    server = ThreadingHTTPServer(("127.0.0.1", 0), TooBusyForTheFirst)
    with server, ThreadPoolExecutor(1) as pool:
        pool.submit(server.serve_forever)
        came_of_it = drive(Plan("127.0.0.1", server.server_port, 2, 30.0, requests))
        server.shutdown()

    assert sorted(TooBusyForTheFirst.asked) == [b"a", b"a", b"b", b"b", b"c", b"c"]
    assert (len(came_of_it.latencies), came_of_it.sent_again) == (3, 3)
    assert min(came_of_it.latencies) > 0.01


def test_the_table_says_what_was_reached_and_what_was_not() -> None:
    said = list(lines(REPORT))

    assert "bookings, 200 seasons           16        1000       5.0       9.0      1.25" in said
    assert said[-3:] == [
        "spread_16        0.5  at least 0.5  reached",
        "p99_16           5.0  at most 4.0   not reached",
        "cpu_16             –",
    ]
