"""How far each projection has come: positions that only grow, kept in the transaction that writes the rows."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg.types.numeric import Int8

from application.kernel.ports import Busy
from domain.kernel.errors import PlatsError
from infrastructure.postgres.advisory_lock import AdvisoryLock
from infrastructure.postgres.connections import Connection, Connections
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.subscriptions.blocks import Blocked
from infrastructure.subscriptions.change_set import create

Positions = dict[str, int]

_HELD = """with held as (select name, position from tracking where name = any(%s) order by name for update)
select name, null::uuid, position from held
union all select name, organiser_id, position from standstill where name = any(%s)"""


class StalePosition(Exception):
    """Somebody else has moved the positions meanwhile: look again where to go on."""


class ReadModelIsNewer(PlatsError):
    """A newer Plats keeps the read models."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The read model {name} is kept by a newer Plats: run that version or a later one.")


class Checkpoints:
    """The positions of some projections."""

    def __init__(self, connections: Connections, projections: Sequence[Projection]) -> None:
        self._connections, self._projections = connections, projections
        self._names = [one.tracked for one in projections]

    def positions(self) -> Positions:
        """Each projection's position by the name it is tracked under; those that are not kept yet are missing."""
        with self._connections.borrow() as connection:
            rows = connection.execute("select name, position from tracking where name = any(%s)", [self._names])
            return dict(rows.fetchall())

    def least(self) -> int:
        """How far all of them have come."""
        positions = self.positions()
        return min(positions.values()) if len(positions) == len(self._names) else 0

    def missing(self) -> list[Projection]:
        """Those whose tables are not there in this version. Raises ReadModelIsNewer."""
        with self._connections.borrow() as connection:
            kept = {str(name) for (name,) in connection.execute("select name from tracking").fetchall()}
        for one in self._projections:
            versions = [int(name.partition(".v")[2]) for name in kept if name.startswith(f"{one.name}.v")]
            if any(version > one.version for version in versions):
                raise ReadModelIsNewer(one.name)
        return [one for one in self._projections if one.tracked not in kept]

    def make_missing(self) -> None:
        """Make the tables that are not there, empty; the worker fills them from the beginning of the log.

        Raises Busy while they are being made by a worker.
        """
        try:
            with self._connections.borrow() as connection, connection.transaction():
                self._make_missing(connection)
        except Busy as error:
            raise Busy("the read models are being made") from error

    def _make_missing(self, connection: Connection) -> None:
        if not self._without_tables(connection):
            return  # also while somebody rebuilds or verifies, which may take long
        connection.execute("select pg_advisory_xact_lock(%s)", [AdvisoryLock.MAKING_READ_MODELS])
        for one in self._without_tables(connection):
            create(connection, one)
            move(connection, {one.tracked: 0})

    def _without_tables(self, connection: Connection) -> list[Projection]:
        schemas = {str(name) for (name,) in connection.execute("select nspname from pg_namespace").fetchall()}
        return [one for one in self._projections if one.name not in schemas]


def commit_async(connection: Connection) -> None:
    """Let the commit of this transaction not wait for the disk: rows and position are lost together, or not at all."""
    connection.execute("set local synchronous_commit = off")


def hold(connection: Connection, positions: Positions, blocked: Blocked) -> None:
    """Keep everybody else from moving these in this transaction. Raises StalePosition when somebody has."""
    rows = connection.execute(_HELD, [list(positions), list(positions)]).fetchall()
    there = {str(name): int(position) for name, who, position in rows if who is None}
    blocked_there = {(str(name), who): int(position) for name, who, position in rows if who is not None}
    if there != positions or blocked_there != blocked:
        raise StalePosition


def move(connection: Connection, positions: Positions) -> None:
    """Say how far projections have come; never backwards."""
    connection.execute(
        "insert into tracking (name, position) select * from unnest(%b::text[], %b::int8[]) "
        "on conflict (name) do update set position = greatest(tracking.position, excluded.position)",
        [list(positions), [Int8(position) for position in positions.values()]],
    )
