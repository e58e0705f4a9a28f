"""Effects give way: while read models or decisions are behind, a job rests after each turn, and never for long.

A letter may come some seconds later; whoever has booked looks at once. A lower priority alone (`nice`) does not do it:
the database works for everybody alike, and caches are shared.
"""

from __future__ import annotations

import time
from typing import Protocol

from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.store import Store
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
where position > (select coalesce(min(position), 0) from tracking where name = any(%s)) limit %s) as to_follow"""
_FOLLOWERS = [*(one.tracked for one in PROJECTIONS), NAME]


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
            [(events,)] = self._store.query(_IS_BEHIND, [_FOLLOWERS, BEHIND])
            self._looks_at, self._is_behind = now + _LOOK, int(events) >= BEHIND
        return min(LONGEST, worked * _TIMES) if self._is_behind else 0.0
