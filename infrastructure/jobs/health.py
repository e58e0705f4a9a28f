"""How the database is, asked in one question: does it take writes, is its shape ours, what has not been taken in."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path

import msgspec
import psycopg
from psycopg.rows import dict_row
from psycopg.types.numeric import Int8

from application.kernel.health import UNREACHABLE, HealthReport, JobHealth, PartitionHealth, StandsStill
from application.kernel.ports import Busy
from infrastructure.event_store.opening import IS_AHEAD
from infrastructure.event_store.store import Store
from infrastructure.keys.key_files import KeyFiles
from infrastructure.postgres.advisory_lock import AdvisoryLock
from infrastructure.postgres.connections import ConnectionLost, NoSpace
from infrastructure.postgres.migrations import CONTRACTS, MIGRATIONS, Migration
from infrastructure.subscriptions.partitions import partitions
from infrastructure.subscriptions.reactions import NAME
from infrastructure.subscriptions.read_models import FollowedLog

_AGE = """greatest((select extract(epoch from now() - recorded_at)::float8 from event where position > {after}
        order by position limit 1), 0)"""
"""For how long the first event after a position has been there."""

_LOOK = f"""select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off' as is_writable,
    (select array_agg(name order by name) from migration) as applied,
    (select jsonb_agg(jsonb_build_object('organiser_id', organiser_id, 'position', position, 'topic', topic, 'of', name)
        order by position, organiser_id) from (
        select distinct on (organiser_id, name like 'policies%%') organiser_id, position, topic, case
            when name = '*' then 'everybody' when name like 'policies%%' then 'reactions' else 'read models' end as name
        from standstill order by organiser_id, name like 'policies%%', position) stopped) as stands_still,
    (select jsonb_agg(jsonb_build_object('place', place - 1, 'behind', {_AGE.format(after="read_to")},
            'reactions_behind', {_AGE.format(after="(select position from tracking where name = reactions)")},
            'is_led', exists (select from pg_locks l join pg_database d on d.oid = l.database
                where d.datname = current_database() and l.locktype = 'advisory' and l.classid = (place - 1)::oid
                and l.objid = %s and l.granted)) order by place)
        from unnest(%s::int8[], %s::text[]) with ordinality as p (read_to, reactions, place)) as partitions,
    (select extract(epoch from now() - min(due_at))::float8 from letter
        where state = 'waiting' and due_at <= now()) as letters,
    extract(epoch from %s - now())::float8 as clock_off,
    (select keys_fingerprint from installation) as keys,
    (select coalesce({IS_AHEAD} or is_restoring, false) from installation) as is_restored,
    (select jsonb_agg(jsonb_build_object('name', name, 'turned', extract(epoch from now() - turned_at),
        'failing', extract(epoch from now() - failing_since), 'error', error) order by name) from job_state) as jobs"""  # noqa: S608 # put together of our own words
"""One question, so that it is one instant that is told of."""

_SPILL = """
with written as materialized (select repeat(md5(n::text), 32) from generate_series(1, 1024) n)
select count(*) from written"""
"""A mebibyte that the server puts aside on its disk, with so little memory: it leaves no trace, and fails where it is
full."""

_ROOM_FOR = 5.0
"""Seconds for which it is believed that there is room, or none."""


class DatabaseHealth:
    """`application.kernel.health.Health` of a store, whose files lie in a folder."""

    def __init__(self, store: Store, freshness: FollowedLog, folder: Path) -> None:
        self._store, self._freshness, self._folder = store, freshness, folder
        self._room = (0.0, True)
        self._wanted = {migration.name for migration in Migration.all_in(MIGRATIONS)}

    def look(self) -> HealthReport:
        """How it is now."""
        try:
            come = self._freshness.reached().by_place or (0,)
            names = [each.name(NAME) for each in partitions(len(come))]
            asked = [AdvisoryLock.LEADING, list(map(Int8, come)), names, self._store.clock.now()]
            with self._store.connections.borrow() as connection, connection.cursor(row_factory=dict_row) as cursor:
                row = cursor.execute(_LOOK, asked).fetchone() or {}
        except (psycopg.Error, Busy, ConnectionLost):
            return replace(UNREACHABLE, disk_free=self._disk_free())
        applied = set(row["applied"] or ())
        newer = applied - self._wanted
        parts = msgspec.convert(row["partitions"], tuple[PartitionHealth, ...], strict=False)
        return HealthReport(
            bool(row["is_writable"]),
            self._wanted <= applied and not any(CONTRACTS in name for name in newer),
            max(each.behind for each in parts),
            msgspec.convert(row["stands_still"] or (), tuple[StandsStill, ...], strict=False),
            max(each.reactions_behind for each in parts),
            _seconds(row["letters"]),
            float(row["clock_off"]),
            all(each.is_led for each in parts),
            self._disk_free(),
            msgspec.convert(row["jobs"] or (), tuple[JobHealth, ...], strict=False),
            self._has_keys(row["keys"]),
            bool(row["is_restored"]),
            self._has_room(),
            not newer,
            parts,
        )

    def _has_room(self) -> bool:
        until, has_room = self._room
        if time.monotonic() > until:
            try:
                with self._store.connections.borrow() as connection, connection.transaction():
                    connection.execute("set local work_mem = '64kB'")
                    connection.execute(_SPILL)
                has_room = True
            except NoSpace:
                has_room = False
            except (psycopg.Error, Busy, ConnectionLost):
                return has_room
            self._room = time.monotonic() + _ROOM_FOR, has_room
        return has_room

    def _has_keys(self, fingerprint: bytes | None) -> bool:
        """Whether the folder, as it is on the disk, is that of the database; one that knows none yet will take it."""
        found = KeyFiles(self._store.key_files.folder).fingerprint()
        return fingerprint is None or found == bytes(fingerprint)

    def _disk_free(self) -> int:
        """Of the nearest folder that is there."""
        folder = next(each for each in (self._folder, *self._folder.parents) if each.exists())
        return shutil.disk_usage(folder).free


def _seconds(told: float | None) -> float:
    return max(0.0, float(told or 0.0))
