"""How the database is, asked in one question: does it take writes, is its shape ours, what has not been taken in."""

from __future__ import annotations

import msgspec
import psycopg
from psycopg.types.numeric import Int8

from application.kernel.health import UNREACHABLE, HealthReport, StandsStill
from application.kernel.page import Freshness
from application.kernel.ports import Busy
from infrastructure.postgres.connections import ConnectionLost
from infrastructure.postgres.migrations import MIGRATIONS, Migration
from infrastructure.store import Store

_LOOK = b"""
select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off',
    (select array_agg(name order by name) from migration),
    (select extract(epoch from now() - min(recorded_at)) from event where position > %s),
    (select jsonb_agg(jsonb_build_object('organiser_id', organiser_id, 'position', position, 'topic', topic, 'of', name)
        order by position, organiser_id) from (
        select distinct on (organiser_id, name = 'policies') organiser_id, position, topic, case name
            when '*' then 'everybody' when 'policies' then 'reactions' else 'read models' end as name
        from standstill order by organiser_id, name = 'policies', position) stopped)"""


class DatabaseHealth:
    """`application.kernel.health.Health` of a store."""

    def __init__(self, store: Store, freshness: Freshness) -> None:
        self._store, self._freshness = store, freshness
        self._wanted = [migration.name for migration in Migration.all_in(MIGRATIONS)]

    def look(self) -> HealthReport:
        """How it is now."""
        try:
            position = self._freshness.position()
            with self._store.connections.borrow() as connection:
                [(is_writable, applied, behind, stopped)] = connection.execute(_LOOK, [Int8(position)]).fetchall()
        except (psycopg.Error, Busy, ConnectionLost):
            return UNREACHABLE
        stands = tuple(msgspec.convert(each, StandsStill, strict=False) for each in stopped or ())
        return HealthReport(bool(is_writable), applied == self._wanted, max(0.0, float(behind or 0.0)), stands)
