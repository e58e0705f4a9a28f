"""The log followed in another number of partitions: brought to one position, and divided anew in one transaction."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from domain.kernel.errors import PlatsError
from infrastructure.event_store.store import Store
from infrastructure.postgres.advisory_lock import AdvisoryLock, let_go, take
from infrastructure.postgres.connections import Connection
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.read_models.people.shelving import Shelving
from infrastructure.subscriptions.checkpoints import StalePosition, move
from infrastructure.subscriptions.log import END, Log
from infrastructure.subscriptions.partitions import IN_SQL, MOST, Partition, number_in, partitions, subscription_of
from infrastructure.subscriptions.projector import Projector
from infrastructure.subscriptions.reactions import NAME
from infrastructure.subscriptions.rebuild import alone

_PATIENCE, _SHORTLY = 10.0, 0.1
"""Seconds in which those who led must have ended, and after which is looked again."""

_TRACKED = """select name, position from tracking
where name like '%.v%' or split_part(name, '#', 1) = 'policies' order by name for update"""

_BLOCKED = f"""update standstill
set name = split_part(name, '#', 1) || case when %s = 1 then '' else '#' ||
    {IN_SQL.format(organiser="organiser_id", of="%s")} || '/' || %s end
where name <> '*'"""  # noqa: S608  # put together of our own words

_log = logging.getLogger(__name__)


class OtherPartitions(PlatsError):
    """Processes that run go by another number."""

    def __init__(self, wanted: int | None, of: int) -> None:
        super().__init__(
            f"PLATS_PARTITIONS is {wanted}, but the log is followed in {of} by processes that run: set the same "
            "everywhere, or end them first."
        )


def repartition(store: Store, connection: Connection, wanted: int) -> None:
    """See that the log is followed in so many partitions. Killed in the middle, it is as it was.

    Raises OtherPartitions where others lead and go on; RebuildUnderWay, StalePosition; what an event raises that
    stops everybody.
    """
    until = time.monotonic() + _PATIENCE
    while (of := number_in(connection)) != wanted:
        with _nobody_leads(connection) as is_ours:
            if is_ours and number_in(connection) == of:
                with alone(connection):
                    _divide(connection, partitions(of), partitions(wanted), _brought_up(store, partitions(of)))
                _log.info("the log is followed in %d partitions from now on, in %d until now", wanted, of)
                return
        if time.monotonic() > until:
            raise OtherPartitions(wanted, of)
        time.sleep(_SHORTLY)


def _brought_up(store: Store, before: tuple[Partition, ...]) -> int:
    """Let the read models of every partition come as far as those of the foremost; how far that is."""
    projectors = [
        Projector(Log(store.recorder, store.mapper, each), store.connections, PROJECTIONS, Shelving(store.keyring))
        for each in before
    ]
    until = max(at for each in projectors for at in each.checkpoints.positions().values())
    for each in projectors:
        while each.advance(until=until):
            pass
    return until


def _divide(connection: Connection, before: tuple[Partition, ...], after: tuple[Partition, ...], until: int) -> None:
    """Write the positions under their new names. What has been reacted to may be given again: keys make it one."""
    with connection.transaction():
        rows = {str(name): int(position) for name, position in connection.execute(_TRACKED).fetchall()}
        projected = {each.name(one.tracked) for each in before for one in PROJECTIONS}
        if max(rows.get(name, END) for name in projected) > until:
            raise StalePosition
        reacted = min(rows.get(each.name(NAME), 0) for each in before)
        positions = {subscription_of(name): until for name in projected} | {NAME: reacted}
        connection.execute("delete from tracking where name = any(%s)", [list(rows)])
        move(connection, _named(positions, after))
        of = len(after)
        connection.execute(_BLOCKED, [of, of, str(of)])


def _named(positions: Mapping[str, int], after: tuple[Partition, ...]) -> dict[str, int]:
    return {each.name(subscription): at for each in after for subscription, at in positions.items()}


@contextmanager
def _nobody_leads(connection: Connection) -> Iterator[bool]:
    """Hold every partition's lock, so that nobody leads meanwhile; False where somebody does."""
    ours: list[int] = []
    try:
        for place in range(MOST):
            if not take(connection, AdvisoryLock.LEADING.of(place)):
                break
            ours.append(AdvisoryLock.LEADING.of(place))
        yield len(ours) == MOST
    finally:
        if not connection.closed:
            for lock in ours:
                let_go(connection, lock)
