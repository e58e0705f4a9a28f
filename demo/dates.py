"""When the demo's programmes are: their own days and months, moved by whole years so that booking is open today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.kernel.ids import PersonId
from domain.programme.meeting import ProgrammeItem
from domain.programme.meeting_time import MeetingTime, in_month, instant_of, scheduled

ZONE = "Europe/Stockholm"
AHEAD = timedelta(days=30)
"""How far ahead a programme's first dated meeting is at least, so that there is time to book and to cancel."""


@dataclass(frozen=True)
class Dates:
    """The days of one programme, told from its first dated meeting (a local day)."""

    first: date

    def day(self, month: int, day: int) -> date:
        """That day of the year, the first one from the programme's start on."""
        found = date(self.first.year, month, day)
        return found if found >= self.first else date(self.first.year + 1, month, day)

    def before(self, month: int, day: int) -> date:
        """That day of the year, the last one before the programme's start: a deadline."""
        found = date(self.first.year, month, day)
        return found if found < self.first else date(self.first.year - 1, month, day)

    def time(self, month: int, day: int, start: str, end: str) -> MeetingTime:
        """A meeting on that day, from and to local times such as 09:00."""
        on = self.day(month, day)
        return scheduled(_at(on, start), _at(on, end), ZONE)

    def month(self, month: int) -> MeetingTime:
        """A meeting some day of that month, from the programme's start on."""
        year = self.first.year if month >= self.first.month else self.first.year + 1
        return in_month(f"{year}-{month:02}")

    def item(
        self, month: int, day: int, start: str, end: str, title: str, speakers: tuple[PersonId, ...] = ()
    ) -> ProgrammeItem:
        """A point of the programme of that day."""
        on = self.day(month, day)
        return ProgrammeItem(instant_of(_at(on, start), ZONE), instant_of(_at(on, end), ZONE), title, speakers)


def beginning(today: date, month: int, day: int) -> Dates:
    """A programme that begins on that day of the year, the next time it is at least 30 days ahead."""
    year = today.year
    while date(year, month, day) < today + AHEAD:
        year += 1
    return Dates(date(year, month, day))


def held_before(today: date, month: int, day: int, lasting: int = 0) -> Dates:
    """A programme that began on that day of the year, the last time it was over today; `lasting` is in days."""
    year = today.year
    while date(year, month, day) + timedelta(days=lasting) >= today:
        year -= 1
    return Dates(date(year, month, day))


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock))
