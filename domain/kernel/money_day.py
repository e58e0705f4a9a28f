"""The local day on which money moved, as somebody types it."""

from __future__ import annotations

from datetime import date, timedelta

from domain.kernel.errors import BadValue

MOST_BACK = timedelta(days=3660)


def money_day(field: str, on: date, today: date) -> date:
    """The same day: money counts from its own, also where that was before its invoice was written.

    Raises BadValue for a day that has not come, on which nothing has moved yet, and for one so far back that it has
    been mistyped.
    """
    if on > today:
        raise BadValue(field=field, why="the day has not come yet", given=on.isoformat())
    if not is_money_day(on, today):
        raise BadValue(field=field, why="lies at most ten years back", given=on.isoformat())
    return on


def is_money_day(on: date, today: date) -> bool:
    """Whether money that is told of today may have moved on that day."""
    return today - MOST_BACK <= on <= today
