"""A season in outline: when it meets and how much time it takes, as a list says it in a line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.kernel.terms import day_in
from domain.programme.meeting import Meeting
from domain.programme.meeting_time import TimeKind

HALF_A_DAY, A_DAY = timedelta(hours=2, minutes=30), timedelta(hours=5)
"""What lasts so long is half a day, and what lasts longer than the second a day."""
MOST_DAYS = 14
"""A meeting that goes on for longer is told by its first and its last day."""


class Measure(StrEnum):
    """In what a season's time is counted."""

    HOURS = "hours"
    HALF_DAYS = "half_days"
    DAYS = "days"
    MEETINGS = "meetings"


@dataclass(frozen=True)
class Outline:
    """When a season is, without what is called off.

    `days`: the local days on which it meets, as far as they are known. `months`: the months (YYYY-MM) of those, and of
    meetings of which no more is known. `count` in `measure`: how long it is; a single meeting on a single day is told
    by the instants at which it starts and ends.
    """

    days: tuple[date, ...] = ()
    months: tuple[str, ...] = ()
    count: int = 0
    measure: Measure = Measure.MEETINGS
    start_at: datetime | None = None
    end_at: datetime | None = None


def outline_of(meetings: Iterable[Meeting], zone: str) -> Outline:
    """A season's outline, by its meetings."""
    on = [each for each in meetings if each.time.kind is not TimeKind.CALLED_OFF]
    days = sorted({day for each in on for day in _days(each, zone)})
    months = {f"{day:%Y-%m}" for day in days} | {each.time.month for each in on if each.time.month}
    count, measure = _length(on, zone)
    only = on[0].time if measure is Measure.HOURS else None
    return Outline(
        days=tuple(days),
        months=tuple(sorted(months)),
        count=count,
        measure=measure,
        start_at=only.start_at if only else None,
        end_at=only.end_at if only else None,
    )


def _days(meeting: Meeting, zone: str) -> list[date]:
    if meeting.time.start_at is None or meeting.time.end_at is None:
        return []
    first, last = _first_and_last(meeting.time.start_at, meeting.time.end_at, zone)
    if (last - first).days >= MOST_DAYS:
        return [first, last]
    return [first + timedelta(days=no) for no in range((last - first).days + 1)]


def _first_and_last(start: datetime, end: datetime, zone: str) -> tuple[date, date]:
    """What ends at midnight is over on the day before."""
    return day_in(start, zone), max(day_in(start, zone), day_in(end - timedelta(microseconds=1), zone))


def _length(meetings: list[Meeting], zone: str) -> tuple[int, Measure]:
    """How many of what a season is; meetings of which the hours are not known are like the others."""
    known = [span for each in meetings if (span := _span(each)) is not None]
    measures = {_measure(*span, zone) for span in known}
    if len(meetings) == 1 and [_number_of_days(*span, zone) for span in known] == [1] and meetings[0].time.start_at:
        return 1, Measure.HOURS
    if Measure.DAYS in measures <= {Measure.DAYS, Measure.HALF_DAYS}:
        unknown = len(meetings) - len(known)
        return sum(_number_of_days(*span, zone) for span in known) + unknown, Measure.DAYS
    if measures == {Measure.HALF_DAYS}:
        return len(meetings), Measure.HALF_DAYS
    return len(meetings), Measure.MEETINGS


def _span(meeting: Meeting) -> tuple[datetime, datetime] | None:
    """From when to when it is, or was before it was postponed."""
    start, end = meeting.time.start_at or meeting.time.was_at, meeting.time.end_at or meeting.time.was_until
    return (start, end) if start is not None and end is not None else None


def _measure(start: datetime, end: datetime, zone: str) -> Measure:
    if end - start > A_DAY or _number_of_days(start, end, zone) > 1:
        return Measure.DAYS
    return Measure.HALF_DAYS if end - start >= HALF_A_DAY else Measure.MEETINGS


def _number_of_days(start: datetime, end: datetime, zone: str) -> int:
    first, last = _first_and_last(start, end, zone)
    return (last - first).days + 1
