"""A PostgreSQL that takes questions and never answers: nobody waits for ever, and all is well once it goes on."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from bench.machine import children
from infrastructure.event_store.store import Store
from infrastructure.kernel.settings import Settings
from infrastructure.postgres.embedded_postgres import EmbeddedPostgres
from infrastructure.postgres.migrations import migrate
from tests.infrastructure.log_of_tests import open_seating, opened_store, seats_left, take_seat
from web.app import create_app
from web.wiring import build

TIMEOUT = 1.5
LONGEST = 15.0
"""Seconds after which whoever asks must have an answer, be it that there is none."""


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedPostgres]:
    """A server of this file's own: no other test may stand still with it."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = EmbeddedPostgres(Path(folder))
        migrate(server.ensure())
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture
def store(server: EmbeddedPostgres, tmp_path: Path) -> Iterator[Store]:
    with opened_store(server.dsn, tmp_path / "keys") as store:
        store.connections.answer_timeout = TIMEOUT
        yield store


@contextmanager
def frozen(*processes: int) -> Iterator[None]:
    """They stand still, and their connections stay open."""
    for pid in processes:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in processes:
            os.kill(pid, signal.SIGCONT)


def whole(server: EmbeddedPostgres) -> list[int]:
    postmaster = int((server.data / "postmaster.pid").read_text().split()[0])
    return [postmaster, *children(postmaster)]


def test_a_backend_that_stands_still_is_left_and_the_decision_made_on_another(store: Store) -> None:
    seating = open_seating(store, seats=5)
    with store.connections.borrow() as connection:
        backend = connection.info.backend_pid
    with frozen(backend):
        assert take_seat(store, seating, key="k").answer.left == 4
    assert seats_left(store, seating) == 4


def test_a_server_that_stands_still_is_given_up_in_time_and_used_again_when_it_goes_on(
    server: EmbeddedPostgres, tmp_path: Path
) -> None:
    settings = Settings.read({"PLATS_HOME": str(tmp_path), "PLATS_KEYS": str(tmp_path / "keys")})
    house = build(server.dsn, settings)
    house.store.connections.answer_timeout = TIMEOUT
    client = create_app(house.services).test_client()
    try:
        assert [client.get(path).status_code for path in ("/readyz", "/", "/api/v1/organisers")] == [200, 200, 200]
        with frozen(*whole(server)):
            for path in ("/api/v1/organisers", "/", "/readyz"):
                began = time.monotonic()
                answer = client.get(path)
                assert (answer.status_code, path) == (503, path)
                assert time.monotonic() - began < LONGEST
        until = time.monotonic() + LONGEST
        while client.get("/readyz").status_code != 200 and time.monotonic() < until:
            pass
        assert [client.get(path).status_code for path in ("/readyz", "/", "/api/v1/organisers")] == [200, 200, 200]
    finally:
        house.close()


def test_who_listens_waits_as_long_as_they_say_and_goes_on(store: Store) -> None:
    with store.connections.dedicated(TIMEOUT) as listener:
        listener.execute("listen nothing")
        assert list(listener.notifies(timeout=0.05)) == []
        assert listener.execute("select 1").fetchall() == [(1,)]
        with frozen(listener.info.backend_pid), pytest.raises(psycopg.OperationalError):
            listener.execute("select 1")
        assert listener.closed
