"""Effects give way: while read models or decisions are behind, a job rests after each turn, and never for long.

A letter may come some seconds later; whoever has booked looks at once. A lower priority alone (`nice`) does not do it:
the database works for everybody alike, and caches are shared.
"""

from __future__ import annotations

import time
from typing import Protocol

from psycopg.types.numeric import Int8

from infrastructure.event_store.store import Store
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.subscriptions.checkpoints import reached
from infrastructure.subscriptions.partitions import partitions
from infrastructure.subscriptions.reactions import NAME

BEHIND = 100
"""Events that have not been followed by which there is too much to do: some tenths of a second of many bookings."""

LONGEST = 1.0
"""Seconds that nobody rests longer than, so that letters go on, however long everything is busy."""

_TIMES = 20.0
"""How many times as long as it has worked a job rests."""
_LOOK = 0.25
"""Seconds for which it is believed how busy everybody is."""

_IS_BEHIND = """
select count(*) from (select from event
where position > least(%s, (select min(position) from tracking where name = any(%s))) limit %s) as to_follow"""
_TRACKED = [one.tracked for one in PROJECTIONS]


class GivingWay(Protocol):
    """Whether whoever has just worked lets others be first."""

    def rest(self, worked: float) -> float:
        """Seconds to rest after so many seconds of work."""


class NeverGivesWay:
    """Where nobody else is to be let first."""

    def rest(self, _: float) -> float:
        """Go on at once."""
        return 0.0


class WhileBehind:
    """Lets those who follow the log be first while they are behind."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._looks_at, self._is_behind = 0.0, False

    def rest(self, worked: float) -> float:
        """A multiple of the work, up to LONGEST. Raises ConnectionLost, Busy."""
        now = time.monotonic()
        if now >= self._looks_at:
            self._looks_at, self._is_behind = now + _LOOK, self._to_follow() >= BEHIND
        return min(LONGEST, worked * _TIMES) if self._is_behind else 0.0

    def _to_follow(self) -> int:
        """How many events (up to BEHIND) somebody still has to follow."""
        with self._store.connections.borrow() as connection:
            come = reached(connection, _TRACKED)
            reacting = [each.name(NAME) for each in partitions(len(come.by_place))]
            [(events,)] = connection.execute(_IS_BEHIND, [Int8(come.least), reacting, BEHIND]).fetchall()
        return int(events)
