"""What goes wrong around an installation is named at /readyz, a figure at /metrics, a line in the log."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from flask.testing import FlaskClient
from psycopg.sql import SQL, Identifier

from application.kernel.health import HealthReport, JobHealth, StandsStill
from infrastructure.event_store.opening import prepare
from infrastructure.jobs import health
from infrastructure.jobs.job_states import JobState, KeptJobStates
from infrastructure.jobs.troubles import TroubleLog
from infrastructure.kernel.clock import SystemClock
from infrastructure.kernel.settings import Settings
from infrastructure.keys.key_files import KeyFiles
from infrastructure.postgres.advisory_lock import AdvisoryLock
from tests import samples
from tests.samples import Institute
from web.app import create_app
from web.kernel.metrics import register_metrics

TOKEN = "a-secret-of-some-length"
OPERATIONS = Path(__file__).parents[3] / "docs" / "operations.md"
FULL = """
create schema planted;
create function planted.repeat(text, integer) returns text language plpgsql as
    $$ begin raise exception 'could not write to file: No space left on device' using errcode = '53100'; end $$"""


@pytest.fixture
def institute(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Institute]:
    """One that runs well: a worker leads, the clock is right, the database knows its keys."""
    monkeypatch.setattr(health, "_ROOM_FOR", 0.0)
    with samples.institute(database_url) as made, made.house.store.connections.dedicated() as leading:
        keys = made.house.store.key_files.folder
        prepare(Settings.read({"DATABASE_URL": database_url, "PLATS_HOME": str(keys.parent)}))
        leading.execute("select pg_advisory_lock(%s)", [AdvisoryLock.LEADING])
        made.clock.instant = SystemClock().now()
        yield made


def execute(institute: Institute, statement: str) -> None:
    institute.house.store.execute(statement, [])


@contextmanager
def a_follower_stopped(institute: Institute, _: str) -> Iterator[None]:
    execute(
        institute,
        "insert into standstill (name, organiser_id, position, topic, why) "
        f"values ('policies', '{institute.organiser}', 1, 'Booking.Made', 'it was planted')",
    )
    yield
    execute(institute, "delete from standstill")


@contextmanager
def a_job_failing(institute: Institute, _: str) -> Iterator[None]:
    KeptJobStates(institute.house.store).show({"letters": JobState(1.0, 30.0, "OSError")})
    yield
    KeptJobStates(institute.house.store).show({"letters": JobState(1.0)})


@contextmanager
def a_wrong_key_folder(institute: Institute, _: str) -> Iterator[None]:
    folder = institute.house.store.key_files.folder
    ours = folder.rename(folder.with_name("ours"))
    KeyFiles(folder).pepper()
    yield
    folder.rename(folder.with_name("theirs"))
    ours.rename(folder)


@contextmanager
def a_clock_ahead(institute: Institute, _: str) -> Iterator[None]:
    institute.clock.instant += timedelta(days=12 * 365)
    yield
    institute.clock.instant -= timedelta(days=12 * 365)


@contextmanager
def a_full_disk(institute: Institute, database_url: str) -> Iterator[None]:
    """What PostgreSQL says when it can write nothing, planted there."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(FULL)
        name = Identifier(connection.info.dbname)
        connection.execute(SQL("alter database {} set search_path = planted, pg_catalog, public").format(name))
        institute.house.store.connections.close()
        yield
        connection.execute(SQL("alter database {} reset search_path").format(name))
        institute.house.store.connections.close()


@contextmanager
def an_old_process(institute: Institute, _: str) -> Iterator[None]:
    execute(institute, "insert into migration (name, sha256) values ('9001_more', '')")
    yield
    execute(institute, "delete from migration where name = '9001_more'")


CASES = [
    (a_follower_stopped, "stands_still", 200, "plats_standing_still 1.0"),
    (a_job_failing, "job letters", 200, 'plats_job_failing_seconds{job="letters"} 3'),
    (a_wrong_key_folder, "keys", 503, "plats_keys 0.0"),
    (a_clock_ahead, "clock", 200, "plats_clock_off_seconds 3.78"),
    (a_full_disk, "disk", 503, "plats_room 0.0"),
    (an_old_process, "old_process", 200, "plats_newest 0.0"),
]


@pytest.mark.parametrize(("case", "trouble", "status", "figure"), CASES)
def test_it_is_seen_and_over_when_it_is_over(
    institute: Institute,
    database_url: str,
    caplog: pytest.LogCaptureFixture,
    case: Callable[[Institute, str], AbstractContextManager[None]],
    trouble: str,
    status: int,
    figure: str,
) -> None:
    app = create_app(institute.services)
    register_metrics(app, institute.services, TOKEN)
    client, told = app.test_client(), TroubleLog(institute.services.health, first_after=0)
    assert seen(client) == (200, []) and figure not in figures(client)
    with case(institute, database_url):
        assert seen(client) == (status, [trouble])
        assert figure in figures(client)
        told.turn()
        told.turn()
    assert seen(client) == (200, [])
    assert [line for line in caplog.messages if "trouble:" in line] == [
        f"trouble: {trouble} (docs/operations.md says what to do)"
    ]
    institute.person("Anna")


def test_what_to_do_is_written_for_every_trouble() -> None:
    all_of_it = HealthReport(
        False, False, 61.0, (StandsStill(UUID(int=0), 1, "", "reactions"),), 61.0, 301.0, 61.0, True, 0,
        (JobHealth("NAME", 400.0),), False, True, False, False,
    )  # fmt: skip
    unled = HealthReport(True, False, 0.0, is_led=False)
    words = OPERATIONS.read_text(encoding="utf-8")
    for trouble in {*all_of_it.troubles, *unled.troubles}:
        assert re.search(rf"^\|.*`{trouble}`.*\|.+\|.+\|$", words, re.M), trouble


def seen(client: FlaskClient) -> tuple[int, list[str]]:
    answer = client.get("/readyz")
    return answer.status_code, list((answer.get_json() or {})["troubles"])


def figures(client: FlaskClient) -> str:
    return str(client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text)
