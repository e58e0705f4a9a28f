"""Days and local times as somebody has typed or sent them, within the years that are reckoned with."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from domain.kernel.local_day import is_reckoned

D = TypeVar("D", bound=date)


def day_of(text: str) -> date:
    """A local day (ISO 8601). Raises ValueError for what is none, or lies in a year that nobody means."""
    return reckoned(date.fromisoformat(text))


def local_time_of(text: str) -> datetime:
    """What a clock on the wall shows, without an offset (ISO 8601). Raises ValueError, as `day_of` does."""
    return reckoned(datetime.fromisoformat(text)).replace(tzinfo=None)


def reckoned(day: D) -> D:
    """The same day or time. Raises ValueError where it lies in a year that nobody means."""
    if is_reckoned(day):
        return day
    raise ValueError("no such year here")
