"""A full disk: readiness says so, people are told, nothing is destroyed, and it goes on once there is room."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import urlsplit

import psycopg
import pytest
from flask.testing import FlaskClient
from psycopg.sql import SQL, Identifier, Literal

from infrastructure.jobs import health
from infrastructure.postgres.connections import NoSpace
from infrastructure.postgres.embedded_postgres_place import Owner
from infrastructure.postgres.migrations import migrate
from infrastructure.subscriptions.verify import Verification
from tests import samples
from tests.samples import Institute
from web.app import create_app
from web.kernel.errors import sentence, status_of
from web.kernel.problems import OnceInAWhile

FULL = """
create function full_disk() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
create trigger full_disk before insert on event for each row execute function full_disk()"""


@contextmanager
def small_disk() -> Iterator[Path]:
    """Forty mebibytes; skips where this user may mount none."""
    folder = Path(mkdtemp(prefix="plats-small-disk-", dir="/tmp"))  # nothing secret is put there
    mounted = ["mount", "-t", "tmpfs", "-o", "size=40m,mode=0700", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mounted, check=False, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("nobody may mount a small disk here; what PostgreSQL says of a full one is tried below")
    try:
        owner = Owner.of_this_process()
        os.chown(folder, owner.uid, owner.gid)
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


@contextmanager
def database_on(server: str, folder: Path) -> Iterator[str]:
    """A database that keeps its data there, and its write-ahead log where there is room."""
    name = Identifier("plats_test_small_disk")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("create tablespace {} location {}").format(name, Literal(str(folder))))
        try:
            connection.execute(SQL("create database {} template template0 tablespace {}").format(name, name))
            url = urlsplit(server)._replace(path="/plats_test_small_disk").geturl()
            migrate(url)
            yield url
        finally:
            connection.execute(SQL("drop database if exists {} with (force)").format(name))
            connection.execute("checkpoint")
            connection.execute(SQL("drop tablespace {}").format(name))


def fill(disk: Path) -> Path:
    filler = disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    return filler


def ready(client: FlaskClient) -> tuple[int, bool]:
    answer = client.get("/readyz")
    return answer.status_code, "disk" in (answer.get_json() or {})["troubles"]


def register_many(institute: Institute) -> None:
    for number in range(3000):
        institute.person(f"Person {number}", email=f"person{number}@example.org")


def test_a_full_disk_is_seen_nothing_is_lost_and_it_goes_on_with_room(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_ROOM_FOR", 0.0)
    with (
        small_disk() as disk,
        database_on(postgres_url, disk) as url,
        samples.institute(url, lambda text: text) as institute,
    ):
        client = create_app(institute.services).test_client()
        assert ready(client) == (200, False)
        filler = fill(disk)
        assert ready(client) == (503, True)
        with pytest.raises(NoSpace):
            register_many(institute)
        assert client.get("/").status_code == 200
        filler.unlink()
        assert ready(client) == (200, False)
        institute.person("Anna")
        institute.catch_up()
        assert Verification(institute.house.store).run().ok


def test_whoever_books_is_told_that_there_is_no_room_and_nobody_tries_again_and_again(
    institute: Institute, database_url: str
) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(FULL)
    with pytest.raises(NoSpace) as refused:
        institute.person("Anna")
    assert status_of(refused.value) == 503
    assert sentence(refused.value, "sv").startswith("Just nu går det inte att spara något")
    assert "out of space" in sentence(refused.value, "en")


def test_that_many_jobs_wait_for_one_database_is_one_line() -> None:
    def line(job: str, why: str) -> logging.LogRecord:
        words = "%s waits for the database: %s"
        return logging.LogRecord("infrastructure.jobs.jobs", logging.WARNING, "", 0, words, (job, why), None)

    heard = OnceInAWhile()
    assert [heard.filter(line(job, "NoSpace")) for job in ("letters", "daily", "webhooks")] == [True, False, False]
    assert heard.filter(line("letters", "ConnectionLost"))
