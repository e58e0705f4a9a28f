"""When the demo's programmes are: the days they had, moved by 52 weeks at a time so that booking is open today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.kernel.ids import PersonId
from domain.programme.meeting import ProgrammeItem
from domain.programme.meeting_time import MeetingTime, in_month, instant_of, scheduled

ZONE = "Europe/Stockholm"
YEAR = timedelta(weeks=52)
"""By how much a programme is moved at a time: nothing that was on a weekday comes to lie on a Sunday."""

AHEAD = timedelta(days=30)
"""How far ahead a programme's first dated meeting is at least, so that there is time to book and to cancel."""


@dataclass(frozen=True)
class Dates:
    """The days of one programme, from its first dated meeting (a local day) on.

    It is told in the days it had the first time; `moved` is how much later it is now, in whole weeks: a day keeps its
    weekday.
    """

    first: date
    moved: timedelta = timedelta(0)

    @property
    def began(self) -> date:
        """The first day as it was the first time."""
        return self.first - self.moved

    def day(self, month: int, day: int) -> date:
        """What is now that day of the year, the first one from the programme's start on."""
        began = self.began
        found = date(began.year, month, day)
        return (found if found >= began else date(began.year + 1, month, day)) + self.moved

    def before(self, month: int, day: int) -> date:
        """What is now that day of the year, the last one before the programme's start: a deadline."""
        began = self.began
        found = date(began.year, month, day)
        return (found if found < began else date(began.year - 1, month, day)) + self.moved

    def time(self, month: int, day: int, start: str, end: str) -> MeetingTime:
        """A meeting on that day, from and to local times such as 09:00."""
        on = self.day(month, day)
        return scheduled(_at(on, start), _at(on, end), ZONE)

    def month(self, month: int) -> MeetingTime:
        """A meeting some day of that month, from the programme's start on."""
        began = self.began
        now = date(began.year if month >= began.month else began.year + 1, month, 15) + self.moved
        return in_month(f"{now:%Y-%m}")

    def item(
        self, month: int, day: int, start: str, end: str, title: str, speakers: tuple[PersonId, ...] = ()
    ) -> ProgrammeItem:
        """A point of the programme of that day."""
        on = self.day(month, day)
        return ProgrammeItem(instant_of(_at(on, start), ZONE), instant_of(_at(on, end), ZONE), title, speakers)


def beginning(today: date, first: date) -> Dates:
    """A programme that began that day, the next time it is at least 30 days ahead."""
    return _moved(first, -(-(today + AHEAD - first) // YEAR))


def held_before(today: date, first: date, lasting: int = 0) -> Dates:
    """A programme that began that day, the last time it was over today; `lasting` is in days."""
    return _moved(first, (today - timedelta(days=lasting + 1) - first) // YEAR)


def _moved(first: date, times: int) -> Dates:
    return Dates(first + times * YEAR, times * YEAR)


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock))
