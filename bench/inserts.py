"""The limit below the floor: plain INSERT and COMMIT, without HTTP."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg

from bench.floor import INSERT
from infrastructure.kernel.clock import new_id

SECONDS = 1.0
_BODY = b"x" * 300


def insert_and_commit(database_url: str, clients: int) -> float:
    """Rows a second that so many connections insert, each with a commit of its own."""
    with ThreadPoolExecutor(clients) as threads:
        began = time.perf_counter()
        done = list(threads.map(lambda _: _insert(database_url, began + SECONDS), range(clients)))
        return round(sum(done) / (time.perf_counter() - began), 1)


def _insert(database_url: str, until: float) -> int:
    rows = 0
    with psycopg.connect(database_url, autocommit=True) as connection:
        while time.perf_counter() < until:
            connection.execute(INSERT, [new_id(), new_id(), None, _BODY], prepare=True)
            rows += 1
    return rows
