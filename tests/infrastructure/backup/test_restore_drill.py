"""The drill: book, erase, back up, book, erase; on a fresh server it is refused until prepared, then goes on."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from domain.kernel.ids import SeasonId
from infrastructure.backup.private_file import whole_file
from infrastructure.backup.programs import BackupFailed, run
from infrastructure.event_store.opening import RestoredDatabase, prepare
from infrastructure.event_store.store import Store
from infrastructure.keys.erasure_journal import ErasureJournal
from infrastructure.keys.key_files import KeyFiles
from infrastructure.postgres.embedded_postgres import EmbeddedPostgres
from tests.infrastructure.backup.drill import NOBODY, another_server, command, erase, opened, settings
from tests.samples import Institute
from tests.scenarios.story import book, sitting

OLDER = """do $$ begin
for each in 1..3000 loop perform pg_current_xact_id(); commit; end loop; end $$"""
"""Makes a server older than a fresh one by some thousand transactions."""

Backup = tuple[Path, Path]


@pytest.fixture
def fresh_server() -> Iterator[EmbeddedPostgres]:
    with another_server() as server:
        yield server


def back_up(url: str, keys: Path, to: Path) -> Backup:
    told = command(url, keys, "backup", to / "dumps", "--keys", to / "vault", "--json")
    assert told.exit_code == 0, (told.output, told.exception)
    facts = json.loads(told.stdout)
    return Path(facts["dump"]), Path(facts["keys"])


def live_on(institute: Institute, database_url: str, to: Path) -> tuple[SeasonId, Backup]:
    """Three book and one is erased; then it is backed up, and after that one more books and another is erased."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(OLDER)
    season = institute.conference()
    anna, bo, cilla, dag = (institute.person(name, institute.acme) for name in ("Anna", "Bo", "Cilla", "Dag"))
    for each in (anna, bo, cilla):
        book(institute, season, institute.acme, each)
    erase(institute, anna)
    backup = back_up(database_url, institute.house.store.key_files.folder, to)
    book(institute, season, institute.acme, dag)
    erase(institute, bo)
    return season, backup


def test_the_drill(institute: Institute, database_url: str, tmp_path: Path, fresh_server: EmbeddedPostgres) -> None:
    season, (dump, vault) = live_on(institute, database_url, tmp_path)
    url, keys = fresh_server.ensure(), institute.house.store.key_files.folder
    run("pg_restore", "--single-transaction", "--no-owner", str(dump), url=url)
    for words in (["web"], ["verify"], ["daily"]):
        refused = command(url, keys, *words).exception
        assert isinstance(refused, RestoredDatabase) and "plats restore --prepare" in str(refused)

    told = command(url, keys, "restore", "--prepare", "--keys", vault)

    assert (told.exit_code, told.stdout.splitlines()[-1]) == (0, "It is ready: start Plats."), told.output
    assert "Erased again: 1 keys." in told.stdout
    with opened(institute, url, keys) as there:
        assert sitting(there, season) == [NOBODY, NOBODY, "Cilla"]  # Anna, Bo; and Dag came afterwards
        book(there, season, there.acme, there.person("Eva", there.acme))
        assert sitting(there, season) == [NOBODY, NOBODY, "Cilla", "Eva"]
    assert len(ErasureJournal(keys).read()) == 2
    assert command(url, keys, "verify").exit_code == 0


def test_one_command_puts_it_back_where_nothing_is_left(
    institute: Institute, database_url: str, tmp_path: Path, fresh_server: EmbeddedPostgres
) -> None:
    season = institute.conference()
    book(institute, season, institute.acme, institute.person("Anna", institute.acme))
    institute.catch_up()
    dump, vault = back_up(database_url, institute.house.store.key_files.folder, tmp_path)
    assert [file.stat().st_mode & 0o777 for file in (dump, vault)] == [0o600, 0o600]

    url, keys = fresh_server.ensure(), tmp_path / "elsewhere" / "keys"
    told = command(url, keys, "restore", dump, "--keys", vault)
    assert told.exit_code == 0, (told.output, told.exception)
    with opened(institute, url, keys) as there:
        assert sitting(there, season) == ["Anna"]

    again = command(url, keys, "restore", dump, "--keys", vault)
    assert "holds something already" in str(again.exception)
    other = tmp_path / "other"
    KeyFiles(other).pepper()
    assert "another installation" in str(command(url, other, "restore", dump, "--keys", vault).exception)


def test_a_backup_that_is_not_what_it_was_is_not_put_back(
    institute: Institute, database_url: str, tmp_path: Path, fresh_server: EmbeddedPostgres
) -> None:
    keys = institute.house.store.key_files.folder
    dump, vault = back_up(database_url, keys, tmp_path)
    with dump.open("r+b") as file:
        file.seek(-100, 2)
        file.write(b"changed")
    told = command(fresh_server.ensure(), keys, "restore", dump, "--keys", vault)
    assert "is not what it was" in str(told.exception)


def test_a_database_older_than_the_erasures_that_its_keys_remember_is_refused(
    institute: Institute, database_url: str, tmp_path: Path
) -> None:
    """Also where positions go on by themselves: a base backup with its log up to some moment."""
    keys, anna = institute.house.store.key_files.folder, institute.person("Anna")
    prepare(settings(database_url, keys))
    kept = institute.house.store.query("select wrapped, epoch from data_key where subject = %s", [anna])
    erase(institute, anna)
    prepare(settings(database_url, keys))
    institute.house.store.execute(
        "update data_key set wrapped = %s, epoch = %s, destroyed_at = null where subject = %s", [*kept[0], anna]
    )
    with pytest.raises(RestoredDatabase, match="1 erasures"):
        prepare(settings(database_url, keys))


def test_keys_renewed_while_a_backup_is_taken_make_it_none(
    institute: Institute, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    institute.person("Anna")
    keys = tmp_path / "copy"
    shutil.copytree(institute.house.store.key_files.folder, keys)
    KeyFiles(keys).begin_epoch()
    prepare(settings(database_url, keys))
    (keys / "1.epoch").rename(keys / "gone")
    told = command(database_url, keys, "backup", tmp_path / "dumps", "--keys", tmp_path / "vault")
    assert told.exit_code == 1 and list((tmp_path / "dumps").glob("*")) == []
    assert command(database_url, keys, "backup", tmp_path / "one", "--keys", tmp_path / "one").exit_code == 1


def test_told_to_end_a_backup_leaves_nothing_half_written(
    institute: Institute, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(_url: str, _store: Store, into: Path, *_: object) -> None:
        with whole_file(into / "plats.dump") as draft:
            draft.write_text("half")
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr("infrastructure.backup.dump.take_backup", half)
    keys = institute.house.store.key_files.folder
    told = command(database_url, keys, "backup", tmp_path / "dumps", "--keys", tmp_path / "vault")
    assert (told.exit_code, list((tmp_path / "dumps").iterdir())) == (128 + signal.SIGTERM, [])


def test_what_cannot_be_used_is_named(tmp_path: Path) -> None:
    file, gone = tmp_path / "file", tmp_path / "keys" / "pepper"
    file.touch()
    with pytest.raises(BackupFailed, match=f"^{file} cannot be used "), whole_file(file / "a.dump"):
        pass
    with pytest.raises(BackupFailed, match=f"^{gone} cannot be used "), whole_file(tmp_path / "a.dump"):
        gone.read_bytes()
