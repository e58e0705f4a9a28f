"""A meeting's time: scheduled, a month, to come, postponed until further notice or called off; no made-up dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.kernel.errors import BadValue
from domain.kernel.local_day import month_named
from domain.kernel.terms import later_instant_of, zone_named


class TimeKind(StrEnum):
    """What is known about when a meeting is."""

    SCHEDULED = "scheduled"
    MONTH = "month"
    TO_COME = "to_come"
    POSTPONED = "postponed"
    CALLED_OFF = "called_off"


class NoSuchLocalTime(BadValue):
    """The clock is moved forward over that local time: it does not exist on that day (`given`)."""


@dataclass(frozen=True)
class MeetingTime:
    """When a meeting is. Instants are UTC; `month` is YYYY-MM.

    `was_at` (to `was_until`, where that is known) is what it was before it was postponed or called off.
    """

    kind: TimeKind
    start_at: datetime | None = None
    end_at: datetime | None = None
    month: str | None = None
    was_at: datetime | None = None
    reason: str = ""
    was_until: datetime | None = None

    def __post_init__(self) -> None:
        if self.kind is TimeKind.SCHEDULED:
            if self.start_at is None or self.end_at is None or self.end_at <= self.start_at:
                raise BadValue(field="end", why="a meeting ends after it starts")
        elif self.start_at is not None or self.end_at is not None:
            raise BadValue(field="start", why="only a scheduled meeting has a start and an end")
        if (self.kind is TimeKind.MONTH) != (self.month is not None):
            raise BadValue(field="month", why="a month and nothing else")
        if self.month is not None:
            object.__setattr__(self, "month", month_named(self.month))

    def postponed(self, reason: str) -> MeetingTime:
        """The same meeting, postponed until further notice, remembering what it was."""
        return self._taken_back(TimeKind.POSTPONED, reason)

    def called_off(self, reason: str) -> MeetingTime:
        """The same meeting, called off by the organiser."""
        return self._taken_back(TimeKind.CALLED_OFF, reason)

    def _taken_back(self, kind: TimeKind, reason: str) -> MeetingTime:
        was = (self.start_at, self.end_at) if self.start_at else (self.was_at, self.was_until)
        return MeetingTime(kind, was_at=was[0], reason=reason, was_until=was[1])

    def is_over(self, now: datetime) -> bool:
        """Whether the meeting has begun at an instant, so that a late joiner misses it."""
        return self.kind is TimeKind.SCHEDULED and self.start_at is not None and self.start_at <= now


TO_COME = MeetingTime(TimeKind.TO_COME)


def in_month(month: str) -> MeetingTime:
    """Some day of a month (YYYY-MM), not yet decided."""
    return MeetingTime(TimeKind.MONTH, month=month)


def scheduled(start: datetime, end: datetime, zone: str = "Europe/Stockholm") -> MeetingTime:
    """A time given as local wall-clock times in a zone (naive), stored as instants.

    A time that exists twice is its later occurrence; one that does not exist raises NoSuchLocalTime (S31).
    """
    return MeetingTime(TimeKind.SCHEDULED, instant_of(start, zone), instant_of(end, zone))


def instant_of(local: datetime, zone: str) -> datetime:
    """The instant (UTC) of a local wall-clock time. Raises NoSuchLocalTime in the hour that is skipped.

    Raises BadValue for the first and the last day of the calendar, which have no instant everywhere.
    """
    instant = later_instant_of(local, zone)
    if instant.astimezone(zone_named(zone)).replace(tzinfo=None) != local:
        raise NoSuchLocalTime(field="time", why="the clock is moved forward over this time", given=local.isoformat())
    return instant
