"""A backup put back, and a database that came from one made ready: it counts onwards, and who was erased stays erased.

Between the first and the last step nobody is let in: `event_store.opening` sees a restore that is under way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from domain.kernel.errors import PlatsError
from infrastructure.backup.key_copy import About
from infrastructure.backup.private_file import sha256_of
from infrastructure.backup.programs import BackupFailed, run
from infrastructure.event_store.opening import IS_AHEAD, Asked, refuse_other_keys
from infrastructure.keys.erasure_journal import ErasureJournal
from infrastructure.postgres.advisory_lock import AdvisoryLock, take
from infrastructure.postgres.columns import columns_of
from infrastructure.postgres.connections import connected
from infrastructure.subscriptions.partitions import MOST

_IS_EMPTY = """
select not exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname not in ('information_schema') and n.nspname not like 'pg\\_%')"""

_BEHIND_BY = """
select (greatest((select max(position) from event), (select max(position) from tracking)) >> 12)
    - pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 1"""

_RAISED = """
create or replace function position_offset() returns bigint language sql immutable parallel safe as
'select {offset}::bigint'"""

_PEOPLE = """
select organiser_of(organiser_id, originator_id), originator_id from event
where originator_id = any(%s::uuid[]) and originator_version = 1 and topic like 'Person.%%'"""

_ERASED = """
insert into data_key (scope, subject, period, created_at, destroyed_at)
select s, i, p, t, t from unnest(%s::text[], %s::uuid[], %s::text[], %s::timestamptz[]) as d (s, i, p, t)
on conflict (scope, subject, period) do update set wrapped = null, epoch = null, destroyed_at = excluded.destroyed_at
where data_key.wrapped is not null"""

_LIVING = """
select subject from data_key where wrapped is not null and (scope, subject, period) in (
    select * from unnest(%s::text[], %s::uuid[], %s::text[]))"""


class DatabaseNotEmpty(PlatsError):
    """A backup is put back into an empty database only."""

    def __init__(self) -> None:
        super().__init__(
            "The database holds something already, and a backup is put back into an empty one only: name another with "
            "DATABASE_URL, or PLATS_HOME where Plats runs its own."
        )


class PlatsRuns(PlatsError):
    """A worker leads, so the installation is open."""

    def __init__(self) -> None:
        super().__init__("Plats runs on this database: stop all its processes first.")


def put_back(dump: Path, url: str, about: About | None) -> None:
    """Fill an empty database with a dump, all of it or nothing. `about`: what is known of it.

    Raises DatabaseNotEmpty, BackupFailed.
    """
    if about is not None and sha256_of(dump) != about.sha256:
        raise BackupFailed(f"{dump} is not what it was when it was taken: use another copy of it.")
    with connected(url) as connection:
        [(is_empty,)] = connection.execute(_IS_EMPTY).fetchall()
    if not is_empty:
        raise DatabaseNotEmpty
    run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(dump), url=url)


@contextmanager
def closed(url: str, keys: Path) -> Iterator[Asked]:
    """The database, which nobody is let into from now on: `open_again` ends that. Raises PlatsRuns, WrongKeys."""
    with connected(url) as connection:
        if not all(take(connection, AdvisoryLock.LEADING.of(place)) for place in range(MOST)):
            raise PlatsRuns
        refuse_other_keys(connection, keys)
        connection.execute("update installation set is_restoring = true")
        yield connection


def count_onwards(connection: Asked) -> int:
    """Raise what positions are counted from above all that the log holds; by how much. Nobody stays signed in."""
    connection.execute("delete from session")
    [(is_ahead,)] = connection.execute(f"select coalesce({IS_AHEAD}, false)".encode()).fetchall()
    if not is_ahead:
        return 0
    [(before, after)] = connection.execute(f"select position_offset(), ({_BEHIND_BY})".encode()).fetchall()
    connection.execute(_RAISED.format(offset=int(after)).encode())
    return int(after) - int(before)


def erase_again(connection: Asked, keys: Path, erase: Callable[[UUID, UUID], object]) -> int:
    """Destroy what the journal says was destroyed; how many keys lived.

    `erase`: erases an organiser's person with all that goes with them.
    """
    journal = ErasureJournal(keys).read()
    if not journal:
        return 0
    living = [subject for (subject,) in connection.execute(_LIVING, columns_of({each.key for each in journal}))]
    for organiser, person in connection.execute(_PEOPLE, [living]).fetchall():
        erase(organiser, person)
    last = {each.key: each.at for each in journal}
    connection.execute(_ERASED, columns_of((*key, at) for key, at in last.items()))
    return len(living)


def open_again(connection: Asked) -> None:
    """Whoever comes is let in."""
    connection.execute("update installation set is_restoring = false")
