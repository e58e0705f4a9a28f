"""Where followers stand still: an event that cannot be taken in stops its own organiser's read models, no other's."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from uuid import UUID

from psycopg.types.numeric import Int8

from infrastructure.postgres.connections import Connection
from infrastructure.subscriptions.log import BlockingEvent

EVERYBODY = "*"
_NOBODY = UUID(int=0)

Standing = Mapping[tuple[str, UUID], int]
"""By follower and organiser: the position of the first event that has not been taken in."""

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


def standing(connection: Connection, names: Iterable[str]) -> Standing:
    """Who stands still in some followers."""
    rows = connection.execute(_STANDING, [list(names)]).fetchall()
    return {(str(name), organiser): int(position) for name, organiser, position in rows}


def earliest(stands: Standing) -> dict[UUID, int]:
    """By organiser, the first event that some follower has not taken in."""
    found: dict[UUID, int] = {}
    for (_, organiser), position in stands.items():
        found[organiser] = min(position, found.get(organiser, position))
    return found


def stop(connection: Connection, event: BlockingEvent, positions: Mapping[str, int]) -> None:
    """Stand still for the organiser of an event: each follower before a position of its own."""
    columns = [list(positions), [Int8(position) for position in positions.values()]]
    connection.execute(_STOP, [_whose(event), event.topic, str(event.why)[:1000], *columns])


def stop_elsewhere(connection: Connection, event: BlockingEvent, names: Iterable[str]) -> None:
    """Stand still in other followers as well, each where it has come: what is read together shows one state."""
    given = [_whose(event), event.position, event.topic, str(event.why)[:1000], list(names)]
    connection.execute(_ELSEWHERE, given)


def go_on(connection: Connection, names: Iterable[str], organiser: UUID) -> None:
    """Nothing stands in an organiser's way any longer."""
    connection.execute(_GO_ON, [list(names), organiser])


def stop_everybody(connection: Connection, event: BlockingEvent) -> None:
    """Whose event it is cannot be told, so nobody's read models may go on."""
    stop(connection, event, {EVERYBODY: event.position})


def everybody_goes_on(connection: Connection) -> None:
    """What stopped everybody is looked at anew."""
    go_on(connection, [EVERYBODY], _NOBODY)


def say(event: BlockingEvent, follower: str) -> None:
    """Tell the log, once for each event that stops an organiser."""
    trace = None if event.why.__traceback__ is None or event.why.__cause__ is None else event.why
    _log.error(
        "the %s of organiser %s stand still at position %d, all others go on: %s",
        *(follower, event.organiser_id, event.position, event.why),
        exc_info=trace,
    )


def _whose(event: BlockingEvent) -> UUID:
    return event.organiser_id or _NOBODY
