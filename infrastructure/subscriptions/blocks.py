"""Blocked organisers: an event that cannot be taken in blocks its own organiser's read models, nobody else's.

The table `standstill` keeps where each subscription stopped, and why.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from uuid import UUID

from psycopg.types.numeric import Int8

from infrastructure.postgres.connections import Connection
from infrastructure.subscriptions.log import BlockingEvent

EVERYBODY = "*"
_NOBODY = UUID(int=0)

Blocked = Mapping[tuple[str, UUID], int]
"""By subscription and organiser: the position of the first event that has not been taken in."""

_STOP = """insert into standstill (name, organiser_id, position, topic, why)
select name, %b, position, %b, %b from unnest(%b::text[], %b::int8[]) as s (name, position)
on conflict (name, organiser_id) do update
set position = excluded.position, topic = excluded.topic, why = excluded.why"""
_GO_ON = "delete from standstill where name = any(%s) and organiser_id = %s"
_ELSEWHERE = """insert into standstill (name, organiser_id, position, topic, why)
select name, %s, greatest(position + 1, %s), %s, %s from tracking where name = any(%s)
on conflict (name, organiser_id) do nothing"""
_STANDING = "select name, organiser_id, position from standstill where name = any(%s)"

_log = logging.getLogger(__name__)


def blocked_in(connection: Connection, names: Iterable[str]) -> Blocked:
    """Who is blocked in some subscriptions."""
    rows = connection.execute(_STANDING, [list(names)]).fetchall()
    return {(str(name), organiser): int(position) for name, organiser, position in rows}


def earliest(blocked: Blocked) -> dict[UUID, int]:
    """By organiser, the first event that some subscription has not taken in."""
    first: dict[UUID, int] = {}
    for (_, organiser), position in blocked.items():
        first[organiser] = min(position, first.get(organiser, position))
    return first


def block(connection: Connection, event: BlockingEvent, positions: Mapping[str, int]) -> None:
    """Block the organiser of an event: in each subscription before a position of its own."""
    columns = [list(positions), [Int8(position) for position in positions.values()]]
    connection.execute(_STOP, [_whose(event), event.topic, str(event.why)[:1000], *columns])


def block_elsewhere(connection: Connection, event: BlockingEvent, names: Iterable[str]) -> None:
    """Block in other subscriptions as well, each where it has come: what is read together shows one state."""
    given = [_whose(event), event.position, event.topic, str(event.why)[:1000], list(names)]
    connection.execute(_ELSEWHERE, given)


def unblock(connection: Connection, names: Iterable[str], organiser: UUID) -> None:
    """An organiser is blocked no longer."""
    connection.execute(_GO_ON, [list(names), organiser])


def block_everybody(connection: Connection, event: BlockingEvent) -> None:
    """Whose event it is cannot be told, so nobody's read models may go on."""
    block(connection, event, {EVERYBODY: event.position})


def unblock_everybody(connection: Connection) -> None:
    """What stopped everybody is looked at anew."""
    unblock(connection, [EVERYBODY], _NOBODY)


def log_block(event: BlockingEvent, subscription: str) -> None:
    """Tell the log, once for each event that stops an organiser."""
    trace = None if event.why.__traceback__ is None or event.why.__cause__ is None else event.why
    _log.error(
        "the %s of organiser %s stand still at position %d, all others go on: %s",
        *(subscription, event.organiser_id, event.position, event.why),
        exc_info=trace,
    )


def _whose(event: BlockingEvent) -> UUID:
    return event.organiser_id or _NOBODY
