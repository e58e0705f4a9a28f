"""The database's shape, brought up to date by numbered SQL files that are each applied once and never changed.

Older processes go on beside a newer version while it migrates: a file only adds to what they use. One that takes
something away says so in its name (`0042_contract_…`); it comes a version after the last one that needed it.
"""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psycopg

from domain.kernel.errors import PlatsError
from infrastructure.postgres.advisory_lock import AdvisoryLock
from infrastructure.postgres.connections import Connection, connected

MIGRATIONS = Path(__file__).with_name("migrations")
CONTRACTS = "_contract_"
"""Stands in the name of a migration that older processes cannot go on after."""

GIVEN_UP_AFTER = 60.0
"""Seconds in which a migration must have had its tables for itself."""

_LOCKED_WITHIN = "set local lock_timeout = '1s'"
"""For no longer does a migration stand in the way of those who come after it, while somebody before it reads."""

_PAUSE = 0.5

APPLIED = """
    CREATE TABLE IF NOT EXISTS migration (
        name text PRIMARY KEY,
        sha256 text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
    )
"""


class DatabaseIsNewer(PlatsError):
    """A newer Plats has been at the database."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            f"The database has been changed by a newer Plats ({', '.join(names)}): install that version or a later one."
        )


class MigrationChanged(PlatsError):
    """A migration file is not what was applied."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}.sql has been changed since it was applied to this database: put it back as it was, "
            "and make the change in a new file."
        )


class MigrationNumberWrong(PlatsError):
    """The migration files do not count 0001, 0002, 0003 …"""

    def __init__(self, name: str, number: int) -> None:
        super().__init__(f"{name} should be the migration numbered {number:04}: rename it so that none is missing.")


class MigrationHeldUp(PlatsError):
    """Somebody holds a table that a migration needs."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} waits for somebody who holds its tables (a backup, a long question, a transaction left open): see "
            "pg_stat_activity, and start again. What serves already goes on meanwhile."
        )


@dataclass(frozen=True, slots=True)
class Migration:
    """One step in the life of the database's shape."""

    name: str
    sql: bytes

    @property
    def sha256(self) -> str:
        """What tells a changed file from the one that was applied."""
        return hashlib.sha256(self.sql).hexdigest()

    @classmethod
    def all_in(cls, folder: Path) -> list[Self]:
        """Read the files of a folder, in order.

        Raises MigrationNumberWrong unless they count from 0001 without a gap.
        """
        files = sorted(folder.glob("*.sql"))
        for number, file in enumerate(files, start=1):
            if not re.fullmatch(rf"{number:04}_[a-z0-9_]+\.sql", file.name):
                raise MigrationNumberWrong(file.name, number)
        return [cls(file.stem, file.read_bytes()) for file in files]


def migrate(url: str, folder: Path = MIGRATIONS) -> list[str]:
    """Apply what the database has not seen, and say which that was; safe to run by many at once.

    Raises MigrationNumberWrong, DatabaseIsNewer or MigrationChanged: then nothing was applied; MigrationHeldUp: then
    those before it were.
    """
    migrations = Migration.all_in(folder)
    with connected(url) as connection:
        connection.execute(
            "SELECT pg_advisory_lock(%s)", [AdvisoryLock.MIGRATING]
        )  # let go of when the connection ends
        connection.execute("SET client_min_messages = warning")
        connection.execute(APPLIED)
        new = _not_applied(connection, migrations)
        for migration in new:
            _apply(connection, migration)
    return [migration.name for migration in new]


def _apply(connection: Connection, migration: Migration) -> None:
    """All of it or nothing; asked for again and again, so that nobody queues up behind it. Raises MigrationHeldUp."""
    until = time.monotonic() + GIVEN_UP_AFTER
    while True:
        try:
            with connection.transaction():
                connection.execute(_LOCKED_WITHIN)
                connection.execute(migration.sql)
                connection.execute(
                    "INSERT INTO migration (name, sha256) VALUES (%s, %s)", [migration.name, migration.sha256]
                )
                return
        except psycopg.errors.LockNotAvailable as error:
            if time.monotonic() > until:
                raise MigrationHeldUp(migration.name) from error
            time.sleep(_PAUSE)


def _not_applied(connection: Connection, migrations: list[Migration]) -> list[Migration]:
    applied: dict[str, str] = dict(connection.execute("SELECT name, sha256 FROM migration").fetchall())
    if unknown := applied.keys() - {migration.name for migration in migrations}:
        raise DatabaseIsNewer(sorted(unknown))
    for migration in migrations:
        if applied.get(migration.name, migration.sha256) != migration.sha256:
            raise MigrationChanged(migration.name)
    return [migration for migration in migrations if migration.name not in applied]
