"""How far each projection has come: positions that only grow, kept in the transaction that writes the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from psycopg.types.numeric import Int8

from application.kernel.ports import Busy
from domain.kernel.errors import PlatsError
from infrastructure.postgres.advisory_lock import AdvisoryLock
from infrastructure.postgres.connections import Connection, Connections
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.subscriptions.blocks import Blocked
from infrastructure.subscriptions.change_set import create
from infrastructure.subscriptions.partitions import (
    WHOLE,
    Partition,
    number_in,
    partition_of,
    partitions,
    subscription_of,
)

Positions = dict[str, int]

_REACHED = """select split_part(name, '#', 2), min(position), count(*) from tracking
where split_part(name, '#', 1) = any(%s) group by 1"""

_HELD = """with held as (select name, position from tracking where name = any(%s) order by name for update)
select name, null::uuid, position from held
union all select name, organiser_id, position from standstill where name = any(%s)"""


class StalePosition(Exception):
    """Somebody else has moved the positions meanwhile: look again where to go on."""


class ReadModelIsNewer(PlatsError):
    """A newer Plats keeps the read models."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The read model {name} is kept by a newer Plats: run that version or a later one.")


class Reached(NamedTuple):
    """How far some subscriptions have come together, by partition; nothing where one of them is not kept."""

    by_place: tuple[int, ...] = ()

    @property
    def least(self) -> int:
        """How far for everybody."""
        return min(self.by_place, default=0)

    def of(self, organiser: UUID) -> int:
        """How far for an organiser."""
        return self.by_place[partition_of(organiser, len(self.by_place)).place] if self.by_place else 0


def reached(connection: Connection, subscriptions: Sequence[str]) -> Reached:
    """How far all of these have come."""
    rows = connection.execute(_REACHED, [list(subscriptions)]).fetchall()
    whole = {str(part): int(position) for part, position, count in rows if count == len(subscriptions)}
    of = max((int(part.partition("/")[2] or 1) for part in whole), default=0)
    names = [each.name("").lstrip("#") for each in partitions(of)]
    return Reached(tuple(whole[name] for name in names)) if whole.keys() >= set(names) else Reached()


class Checkpoints:
    """The positions of some projections, in one partition."""

    def __init__(
        self, connections: Connections, projections: Sequence[Projection], partition: Partition = WHOLE
    ) -> None:
        self._connections, self._projections = connections, projections
        self._names = [partition.name(one.tracked) for one in projections]

    def reached(self) -> Reached:
        """How far all of them have come, in every partition."""
        with self._connections.borrow() as connection:
            return reached(connection, [one.tracked for one in self._projections])

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
            names = connection.execute("select name from tracking").fetchall()
        kept = {subscription_of(str(name)) for (name,) in names}
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
            move(connection, {each.name(one.tracked): 0 for each in partitions(number_in(connection))})

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
