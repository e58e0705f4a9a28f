"""To a point in time: a base backup and the archived log bring the database to a moment; then it is made ready."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import psycopg
import pytest

from infrastructure.event_store.opening import RestoredDatabase, prepare
from infrastructure.postgres.embedded_postgres import EmbeddedPostgres
from infrastructure.postgres.migrations import migrate
from tests import samples
from tests.infrastructure.backup.drill import NOBODY, another_server, command, erase, opened, settings
from tests.infrastructure.followers import until
from tests.scenarios.story import book, sitting

ARCHIVED = "select coalesce(last_archived_wal, '') >= %s from pg_stat_archiver"
RECOVERY = """
archive_mode = off
restore_command = 'cp {archive}/%f %p'
recovery_target_time = '{moment}'
recovery_target_action = promote
"""


def archiving(server: EmbeddedPostgres) -> tuple[str, Path]:
    """The server's address once it archives its log, and where."""
    server.ensure()
    archive = server.home / "archive"
    archive.mkdir(mode=0o777)
    archive.chmod(0o777)  # the server runs as nobody where we are root
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute("alter system set archive_mode = on")
        connection.execute(f"alter system set archive_command = 'cp %p {archive}/%f'".encode())
    server.stop()
    url = server.ensure()
    migrate(url)
    return url, archive


def base_backup(server: EmbeddedPostgres, to: EmbeddedPostgres) -> None:
    """A copy of the server's files, as any tool for base backups takes it while the server runs."""
    leave_out = shutil.ignore_patterns("postmaster.*", "pg_wal", ".s.PGSQL*", "server.log")
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute("select pg_backup_start('drill', fast => true)")
        shutil.copytree(server.data, to.data, ignore=leave_out)
        [(label,)] = connection.execute("select labelfile from pg_backup_stop()").fetchall()
    (to.data / "backup_label").write_text(label)
    (to.data / "pg_wal").mkdir()


def recover(server: EmbeddedPostgres, like: EmbeddedPostgres, archive: Path, moment: str) -> str:
    """Start the copy: it goes through the log up to the moment, and takes writes from then on."""
    with (server.data / "postgresql.auto.conf").open("a") as configuration:
        configuration.write(RECOVERY.format(archive=archive, moment=moment))
    (server.data / "recovery.signal").touch()
    owner = like.data.stat()
    for each in (server.data, *server.data.rglob("*")):
        os.chown(each, owner.st_uid, owner.st_gid)
        each.chmod(0o700 if each.is_dir() else 0o600)
    url = server.ensure()

    def is_promoted() -> bool:
        with psycopg.connect(url) as connection:
            return connection.execute("select pg_is_in_recovery()").fetchall() == [(False,)]

    until(is_promoted)
    return url


def switched(url: str) -> None:
    """All that has been written is in the archive."""
    with psycopg.connect(url, autocommit=True) as connection:
        [(name,)] = connection.execute("select pg_walfile_name(pg_switch_wal())").fetchall()
        until(lambda: connection.execute(ARCHIVED, [name]).fetchall() == [(True,)])


def test_at_the_moment_asked_for_and_who_was_erased_after_it_is_erased() -> None:
    with another_server() as first, another_server() as second:
        url, archive = archiving(first)
        with samples.institute(url, lambda text: text) as institute:
            keys, season = institute.house.store.key_files.folder, institute.conference()
            anna, bo, cilla = (institute.person(name, institute.acme) for name in ("Anna", "Bo", "Cilla"))
            for each in (anna, bo):
                book(institute, season, institute.acme, each)
            base_backup(first, second)
            book(institute, season, institute.acme, cilla)
            [(moment,)] = institute.house.store.query("select clock_timestamp()::text", [])
            book(institute, season, institute.acme, institute.person("Dag", institute.acme))
            erase(institute, bo)
            switched(url)

            there = recover(second, first, archive, moment)

            with pytest.raises(RestoredDatabase, match="older than 1 erasures"):
                prepare(settings(there, keys))
            told = command(there, keys, "restore", "--prepare")
            assert told.exit_code == 0, (told.output, told.exception)
            with opened(institute, there, keys) as again:
                assert sitting(again, season) == [NOBODY, "Anna", "Cilla"]
                book(again, season, again.acme, again.person("Eva", again.acme))
                assert sitting(again, season) == [NOBODY, "Anna", "Cilla", "Eva"]
