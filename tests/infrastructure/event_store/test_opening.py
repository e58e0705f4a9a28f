"""An installation opens only with the keys of its database; whoever brings others is told, and nothing is changed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from infrastructure.event_store.opening import RestoredDatabase, WrongKeys, prepare
from infrastructure.jobs.health import DatabaseHealth
from infrastructure.kernel.settings import Settings
from infrastructure.keys.key_files import KeyFiles, KeysMissing
from infrastructure.postgres.database import DatabaseUnreachable
from tests.samples import Institute
from web.cli import main, plats

FINGERPRINT = "select keys_fingerprint from installation"


def settings_of(institute: Institute, database_url: str, keys: Path | None = None) -> Settings:
    home = institute.house.store.key_files.folder.parent
    read = Settings.read({"PLATS_HOME": str(home), "DATABASE_URL": database_url})
    return replace(read, keys=keys or read.keys)


def kept(database_url: str) -> list[bytes]:
    with psycopg.connect(database_url) as connection:
        return [bytes(each) for (each,) in connection.execute(FINGERPRINT).fetchall()]


def test_a_database_takes_the_folder_that_opens_it_and_refuses_others(
    institute: Institute, database_url: str, tmp_path: Path
) -> None:
    institute.person("Anna")
    other, empty = tmp_path / "other", tmp_path / "empty"
    KeyFiles(other).pepper()
    KeyFiles(other).current()

    with pytest.raises(WrongKeys):  # it has never been asked, but cannot be opened with these
        prepare(settings_of(institute, database_url, other))
    assert kept(database_url) == []
    prepare(settings_of(institute, database_url))
    assert kept(database_url) == [institute.house.store.key_files.fingerprint()]

    for folder in (other, empty):
        with pytest.raises(WrongKeys, match="nothing has been changed"):
            prepare(settings_of(institute, database_url, folder))
    assert not empty.exists()
    prepare(settings_of(institute, database_url))


def test_a_folder_that_has_lost_the_newest_keys_is_refused(
    institute: Institute, database_url: str, tmp_path: Path
) -> None:
    institute.person("Anna")
    prepare(settings_of(institute, database_url))
    copy = tmp_path / "copy"
    shutil.copytree(institute.house.store.key_files.folder, copy)
    prepare(settings_of(institute, database_url, copy))  # moved on purpose
    (copy / "1.epoch").unlink()
    with pytest.raises(WrongKeys, match=r"1\.epoch"):
        prepare(settings_of(institute, database_url, copy))


def test_every_command_says_it_in_one_sentence(institute: Institute, database_url: str, tmp_path: Path) -> None:
    institute.person("Anna")
    prepare(settings_of(institute, database_url))
    environment = {"DATABASE_URL": database_url, "PLATS_HOME": str(tmp_path)}
    for words in (["verify"], ["web"], ["daily"], ["db", "start"]):
        result = CliRunner().invoke(plats, words, env=environment)
        assert isinstance(result.exception, WrongKeys) and str(tmp_path / "keys") in str(result.exception)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgresql://%%%/plats", 'invalid percent-encoded token: "%%%"'),
        ("postgresql://localhost/plats?colour=blue", 'invalid URI query parameter: "colour"'),
    ],
)
def test_an_address_that_is_none_is_said_in_one_sentence(tmp_path: Path, url: str, why: str) -> None:
    with pytest.raises(DatabaseUnreachable) as refused:
        prepare(Settings.read({"PLATS_HOME": str(tmp_path), "DATABASE_URL": url}))
    assert str(refused.value).startswith(f"PostgreSQL cannot be used ({why})")


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (
            PermissionError(13, "Permission denied", "/srv/keys/pepper"),
            "/srv/keys/pepper cannot be used (Permission denied).",
        ),
        (OSError(28, "No space left on device"), "Something cannot be used (No space left on device)."),
        (psycopg.OperationalError("the server went\naway"), "PostgreSQL cannot be used (the server went)."),
    ],
)
def test_what_the_system_refuses_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], trouble: Exception, said: str
) -> None:
    def refuse(**_: object) -> None:
        raise trouble

    monkeypatch.setattr("web.cli.plats", refuse)
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, capsys.readouterr().err) == (1, f"Error: {said}\n")


def test_a_folder_that_goes_away_while_we_run_is_seen_and_no_keys_are_made_in_its_place(
    institute: Institute, database_url: str
) -> None:
    institute.person("Anna")
    prepare(settings_of(institute, database_url))
    store = institute.house.store
    health = DatabaseHealth(store, institute.house.models.freshness, store.key_files.folder.parent)
    assert "keys" not in health.look().troubles
    away = store.key_files.folder.rename(store.key_files.folder.with_name("away"))
    seen = health.look()
    assert ("keys" in seen.troubles, seen.is_ready) == (True, False)
    with pytest.raises(KeysMissing):
        store.key_files.current()
    away.rename(store.key_files.folder)
    assert "keys" not in health.look().troubles


def test_a_log_above_what_the_server_counts_from_is_refused_and_seen(institute: Institute, database_url: str) -> None:
    prepare(settings_of(institute, database_url))
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("update event set position = position + (1::bigint << 40)")
    with pytest.raises(RestoredDatabase, match="plats restore --prepare"):
        prepare(settings_of(institute, database_url))
    store = institute.house.store
    seen = DatabaseHealth(store, institute.house.models.freshness, store.key_files.folder).look()
    assert ("restored" in seen.troubles, seen.is_ready) == (True, False)
