"""Working time: the hours of days that are neither weekends nor holidays, each with all its twenty-four (S20)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from domain.kernel.holiday import holiday_on, is_weekend
from domain.kernel.terms import later_instant_of, zone_named

_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether people are at work on a local day: no weekend, no red day, no eve that is kept like one."""
    return not is_weekend(day) and holiday_on(day) is None


def after_working_hours(now: datetime, hours: int, zone: str) -> datetime:
    """The instant (UTC) at which so many hours of working days have passed by the clocks of a zone.

    48 hours from Friday at three end on Tuesday at three; what begins on a Sunday counts from Monday at midnight.
    """
    at, left = now.astimezone(zone_named(zone)).replace(tzinfo=None), timedelta(hours=hours)
    while True:
        midnight = datetime.combine(at.date() + _DAY, time.min)
        if is_working_day(at.date()):
            if left <= midnight - at:
                return later_instant_of(at + left, zone)
            left -= midnight - at
        at = midnight


def end_of_working_day(now: datetime, days: int, zone: str) -> datetime:
    """The instant (UTC) at which the local day ends that is so many working days after today."""
    on = now.astimezone(zone_named(zone)).date()
    while days:
        on += _DAY
        days -= is_working_day(on)
    return later_instant_of(datetime.combine(on + _DAY, time.min), zone)
