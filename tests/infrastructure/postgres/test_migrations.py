"""The database's shape: applied once however many try, and never guessed at."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from infrastructure.jobs.health import DatabaseHealth
from infrastructure.postgres import migrations
from infrastructure.postgres.migrations import (
    CONTRACTS,
    MIGRATIONS,
    DatabaseIsNewer,
    Migration,
    MigrationChanged,
    MigrationHeldUp,
    MigrationNumberWrong,
    migrate,
)
from tests.conftest import Databases
from tests.samples import Institute


@pytest.fixture
def database(empty_database: Databases) -> Iterator[str]:
    with empty_database() as url:
        yield url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "0001_chairs.sql").write_text("CREATE TABLE chair (id int); INSERT INTO chair VALUES (1);")
    (tmp_path / "0002_tables.sql").write_text("CREATE TABLE dining_table (id int);")
    return tmp_path


def chairs(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM chair").fetchone()
    assert row is not None
    return int(row[0])


def test_three_at_once_apply_everything_once(database: str, folder: Path) -> None:
    with ThreadPoolExecutor(3) as three:
        applied = list(three.map(lambda _: migrate(database, folder), range(3)))
    assert sorted(applied) == [[], [], ["0001_chairs", "0002_tables"]]
    assert chairs(database) == 1


def test_a_later_version_applies_only_what_is_new(database: str, folder: Path) -> None:
    migrate(database, folder)
    (folder / "0003_lamps.sql").write_text("CREATE TABLE lamp (id int);")
    assert migrate(database, folder) == ["0003_lamps"]


def test_a_database_that_a_newer_version_has_changed_is_refused(database: str, folder: Path) -> None:
    migrate(database, folder)
    (folder / "0002_tables.sql").unlink()
    with pytest.raises(DatabaseIsNewer, match="0002_tables"):
        migrate(database, folder)


def test_a_file_that_was_changed_after_it_was_applied_is_refused(database: str, folder: Path) -> None:
    migrate(database, folder)
    (folder / "0001_chairs.sql").write_text("CREATE TABLE chair (id bigint);")
    (folder / "0003_lamps.sql").write_text("CREATE TABLE lamp (id int);")
    with pytest.raises(MigrationChanged, match="0001_chairs"):
        migrate(database, folder)
    with psycopg.connect(database) as connection, pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("SELECT FROM lamp")


@pytest.mark.parametrize("name", ["0004_lamps.sql", "0002_lamps.sql", "lamps.sql", "0003-lamps.sql"])
def test_a_number_that_is_missing_doubled_or_odd_is_refused(database: str, folder: Path, name: str) -> None:
    (folder / name).write_text("CREATE TABLE lamp (id int);")
    with pytest.raises(MigrationNumberWrong, match=r"rename it"):
        migrate(database, folder)


def test_a_step_that_fails_leaves_nothing_of_itself(database: str, folder: Path) -> None:
    (folder / "0003_lamps.sql").write_text("CREATE TABLE lamp (id int); SELECT 1 / 0;")
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(database, folder)
    (folder / "0003_lamps.sql").write_text("CREATE TABLE lamp (id int);")
    assert migrate(database, folder) == ["0003_lamps"]
    assert chairs(database) == 1


LONG = "begin; select count(*) from chair"
READ = "set statement_timeout = '10s'; select count(*) from chair"


def test_a_migration_waits_for_a_long_reader_and_lets_others_read_meanwhile(database: str, folder: Path) -> None:
    migrate(database, folder)
    (folder / "0003_lamps.sql").write_text("ALTER TABLE chair ADD COLUMN has_lamp boolean;")
    with psycopg.connect(database, autocommit=True) as long, ThreadPoolExecutor(1) as other:
        long.execute(LONG)
        migrating = other.submit(migrate, database, folder)
        with psycopg.connect(database, autocommit=True) as reader:
            while not migrating.done() and not _is_waiting(reader):
                pass
            reader.execute(READ)
        assert not migrating.done()
        long.execute("commit")
        assert migrating.result(timeout=30) == ["0003_lamps"]


def test_a_migration_that_never_gets_its_tables_says_so(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "GIVEN_UP_AFTER", 0.0)
    migrate(database, folder)
    (folder / "0003_lamps.sql").write_text("ALTER TABLE chair ADD COLUMN has_lamp boolean;")
    with psycopg.connect(database, autocommit=True) as long:
        long.execute(LONG)
        with pytest.raises(MigrationHeldUp, match="0003_lamps waits for somebody"):
            migrate(database, folder)


TAKES_AWAY = re.compile(
    r"\bdrop (table|column|constraint|view|function)|\brename\b|set not null|alter column \w+ (set data )?type", re.I
)


def test_a_migration_only_adds_unless_its_name_says_that_older_processes_cannot_go_on() -> None:
    """From the twentieth on: a version that migrates lets those before it serve until they are ended."""
    for one in Migration.all_in(MIGRATIONS)[19:]:
        words = re.sub(r"--.*", "", one.sql.decode())
        assert CONTRACTS in one.name or not TAKES_AWAY.search(words), one.name


@pytest.mark.parametrize(("name", "is_ready"), [("9001_more", True), ("9001_contract_less", False)])
def test_an_old_process_beside_a_newer_version_says_so_and_goes_on_while_it_can(
    institute: Institute, database_url: str, name: str, is_ready: bool
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("insert into migration (name, sha256) values (%s, '')", [name])
    store = institute.house.store
    seen = DatabaseHealth(store, institute.house.models.freshness, store.key_files.folder).look()
    assert ("old_process" in seen.troubles, seen.is_ready) == (True, is_ready)
    institute.person("Anna")


def _is_waiting(reader: psycopg.Connection) -> bool:
    return bool(reader.execute("select 1 from pg_locks where not granted").fetchall())


def test_a_letter_that_was_unwanted_is_so_still_and_one_that_failed_has_failed(database: str, tmp_path: Path) -> None:
    """Until step 16 the word stood as the error of a letter that had failed."""
    for step in MIGRATIONS.glob("*.sql"):
        if step.name < "0016":
            shutil.copy(step, tmp_path)
    migrate(database, tmp_path)
    post = """
        insert into letter (id, key, organiser_id, kind, language, content, state, posted_at, due_at, error)
        values (gen_random_uuid(), %s, gen_random_uuid(), 'first_refusal', 'sv', '', %s, now(), now(), %s)"""
    with psycopg.connect(database) as connection:
        for each in (("a", "failed", "unwanted"), ("b", "failed", "no such mailbox"), ("c", "waiting", "")):
            connection.execute(post, each)
    migrate(database)
    with psycopg.connect(database) as connection:
        rows = connection.execute("select key, state, error from letter order by key").fetchall()
    assert rows == [("a", "unwanted", ""), ("b", "failed", "no such mailbox"), ("c", "waiting", "")]
