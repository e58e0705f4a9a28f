"""A backup: the database at one instant, then the keys; both read again before it counts as taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from infrastructure.backup.key_copy import About, copy_keys, read_copy
from infrastructure.backup.private_file import sha256_of, whole_file
from infrastructure.backup.programs import BackupFailed, reading, run
from infrastructure.event_store.store import Store
from infrastructure.jobs.erasures import copy_erasures
from infrastructure.postgres.connections import connected
from infrastructure.read_models.kernel.projection import NEXT, SCRATCH

_AT = "select pg_export_snapshot(), count(*), coalesce(max(position), 0) from event"
_EPOCHS = "select distinct epoch from data_key where epoch is not null order by epoch"
_BEGINS, _ENDS = b"COPY public.event ", b"\\.\n"


@dataclass(frozen=True)
class Taken:
    """The two files of a backup, and how many events it holds."""

    dump: Path
    keys: Path
    events: int


def take_backup(url: str, store: Store, into: Path, keys_into: Path, now: datetime) -> Taken:
    """Write a dump of the database into one folder and a copy of the keys into another. Raises BackupFailed.

    The keys are copied after the dump: each epoch that the dump needs was begun before it, and what has been erased
    meanwhile stands in their journal.
    """
    if into.resolve() == keys_into.resolve():
        raise BackupFailed("Name two folders, and keep them apart: whoever has both files can read everything.")
    name = f"plats-{now:%Y%m%dT%H%M%SZ}"
    dump, keys = into / f"{name}.dump", keys_into / f"{name}.keys"
    with whole_file(dump) as draft:
        events, position, epochs = _dump(url, draft)
        if (read := _events_in(draft)) != events:
            raise BackupFailed(f"The dump holds {read} events, but there were {events}.")
        copy_erasures(store)
        about = About(dump.name, sha256_of(draft), now.isoformat(timespec="seconds"), events, position, epochs)
        copy_keys(store.key_files.folder, keys, about)
        read_copy(keys)
    return Taken(dump, keys, events)


def _dump(url: str, draft: Path) -> tuple[int, int, list[int]]:
    """Write what one instant holds: how many events, up to which position, under which epochs of keys."""
    with connected(url) as connection:
        connection.execute("set idle_in_transaction_session_timeout = 0")
        connection.execute("begin isolation level repeatable read, read only")
        snapshot, events, position = connection.execute(_AT).fetchall()[0]
        epochs = [int(epoch) for (epoch,) in connection.execute(_EPOCHS).fetchall()]
        run(
            *("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"),
            *(f"--exclude-schema=*{beside}" for beside in (NEXT, SCRATCH)),
            *("--file", str(draft)),
            url=url,
        )
    return int(events), int(position), epochs


def _events_in(dump: Path) -> int:
    """Read it all: how many events stand in it. Raises BackupFailed."""
    events, is_counted = 0, False
    with reading("pg_restore", "--file=-", str(dump)) as lines:
        for line in lines:
            if is_counted:
                is_counted = line != _ENDS
                events += is_counted
            elif line.startswith(_BEGINS):
                is_counted = True
    return events
