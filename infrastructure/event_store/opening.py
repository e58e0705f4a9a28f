"""Before an installation opens: its database has the right shape, counts onwards, and is the one of these keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg

from domain.kernel.errors import PlatsError
from infrastructure.kernel.settings import Settings
from infrastructure.keys.erasure_journal import ErasureJournal
from infrastructure.keys.key_files import KeyFiles
from infrastructure.keys.key_name import KeyName
from infrastructure.keys.keyring import Keyring
from infrastructure.postgres.columns import columns_of
from infrastructure.postgres.connections import connected
from infrastructure.postgres.database import DatabaseUnreachable, database_url
from infrastructure.postgres.migrations import migrate

PREPARE = "run `plats restore --prepare` first"

IS_AHEAD = """greatest((select max(position) from event), (select max(position) from tracking))
>= (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + position_offset()) << 12"""
"""Whether the log, or whoever follows it, stands above all that this server will give: what is recorded next would lie
below and be seen by nobody. So it is after a logical restore into a younger cluster."""

_NEWEST = """
select scope, subject, period, epoch, wrapped from data_key where epoch = (
    select max(epoch) from data_key where wrapped is not null) and wrapped is not null limit 1"""

_LIVE_AGAIN = """
select count(*) from data_key where wrapped is not null and (scope, subject, period) in (
    select * from unnest(%s::text[], %s::uuid[], %s::text[]))"""

_TAKE = "insert into installation (keys_fingerprint) values (%s) on conflict do nothing"

Asked = psycopg.Connection[tuple[Any, ...]]


class RestoredDatabase(PlatsError):
    """The database was put back from a backup, and is not ready to be used."""


class TransactionPooling(PlatsError):
    """Between Plats and the database stands a pooler that gives each transaction another connection."""


class WrongKeys(PlatsError):
    """The key folder is not the one that this database was written with."""


def prepare(settings: Settings) -> str:
    """Answer with the address of a database that may be opened: of this version's shape, and with these keys.

    Raises what database_url and migrate raise, DatabaseUnreachable if a named server does not answer,
    TransactionPooling, WrongKeys and RestoredDatabase.
    """
    url = database_url(settings)
    try:
        _refuse_shared(url)
        migrate(url)
        with connected(url) as connection:
            refuse_other_keys(connection, settings.keys)
            refuse_restored(connection, settings.keys)
    except (psycopg.OperationalError, psycopg.ProgrammingError) as trouble:  # also: no address, no right to make tables
        raise DatabaseUnreachable(
            f"PostgreSQL cannot be used ({str(trouble).strip().splitlines()[0]}): see that the server runs and that "
            "DATABASE_URL is right."
        ) from trouble
    return url


def is_empty(url: str) -> bool:
    """Whether no organiser has been founded in this database."""
    with connected(url) as connection:
        return not connection.execute("select 1 from claim where kind = 'organiser' limit 1").fetchall()


def _refuse_shared(url: str) -> None:
    """See that a connection is ours alone while it is open. Raises TransactionPooling.

    A pooler that hands one connection of the server to everybody in turn lets the leader's lock, what is listened to,
    time limits and prepared statements go astray.
    """
    with connected(url) as one, connected(url) as other:
        if _server_of(one) == _server_of(other):
            raise TransactionPooling(
                "DATABASE_URL leads through a pooler that shares connections between transactions: set pool_mode = "
                "session there (PgBouncer), or name the server itself."
            )


def _server_of(connection: Asked) -> int:
    """Which of the server's processes answers."""
    return int(connection.execute("select pg_backend_pid()").fetchall()[0][0])


def refuse_other_keys(connection: Asked, folder: Path) -> None:
    """See that the folder is the database's; a database that knows none yet takes it. Raises WrongKeys."""
    files = KeyFiles(folder)
    kept = connection.execute("select keys_fingerprint from installation").fetchall()
    newest = connection.execute(_NEWEST).fetchall()
    if not kept and (not newest or _opens(files, newest[0])):
        files.pepper()
        connection.execute(_TAKE, [files.fingerprint()])
        kept = connection.execute("select keys_fingerprint from installation").fetchall()
    found = files.fingerprint()
    if found is None:
        raise WrongKeys(f"There are no keys in {folder}, but the database was written with some. {_BRING}")
    if [(found,)] != [(bytes(each),) for (each,) in kept]:
        raise WrongKeys(f"The keys in {folder} are not those that the database was written with. {_BRING}")
    if newest and files.epoch_key(newest[0][3]) is None:
        raise WrongKeys(f"{newest[0][3]}.epoch is missing in {folder}. {_BRING}")


def refuse_restored(connection: Asked, folder: Path) -> None:
    """See that the log goes on growing, and that nobody lives again who had been erased. Raises RestoredDatabase."""
    [(is_restoring,)] = connection.execute("select is_restoring from installation").fetchall()
    if is_restoring:
        raise RestoredDatabase(f"The database is being put back from a backup, and that is not done: {PREPARE}.")
    [(is_ahead,)] = connection.execute(f"select coalesce({IS_AHEAD}, false)".encode()).fetchall()
    if is_ahead:
        raise RestoredDatabase(
            "The database was put back on a server that counts from a lower number, so nobody would see what is "
            f"booked: {PREPARE}."
        )
    erased = {each.key for each in ErasureJournal(folder).read()}
    if erased and (living := connection.execute(_LIVE_AGAIN, columns_of(erased)).fetchall()[0][0]):
        raise RestoredDatabase(
            f"The database is older than {living} erasures that the key folder remembers, so erased people could be "
            f"read: {PREPARE}."
        )


def _opens(files: KeyFiles, row: tuple[Any, ...]) -> bool:
    """Whether the folder unwraps this key."""
    scope, subject, period, epoch, wrapped = row
    keyring = Keyring(files, lambda *_: [])
    return keyring.unwrap(KeyName(scope, subject, period), epoch, bytes(wrapped)) is not None


_BRING = "Copy the installation's key folder here, or set PLATS_KEYS to it; nothing has been changed."
