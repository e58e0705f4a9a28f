"""The local day on which money moved, as somebody types it."""

from __future__ import annotations

from datetime import date, timedelta

from domain.kernel.errors import BadValue

MOST_AHEAD, MOST_BACK = timedelta(days=366), timedelta(days=3660)


def money_day(field: str, on: date, today: date) -> date:
    """The same day. Raises BadValue for one so far off that it has been mistyped: no month's books would have it."""
    if not today - MOST_BACK <= on <= today + MOST_AHEAD:
        raise BadValue(field=field, why="lies at most a year ahead and ten years back", given=on.isoformat())
    return on
