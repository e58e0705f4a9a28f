"""When people are reminded of what they are to come to: days before, at an hour of the place's own clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from domain.kernel.errors import BadValue
from domain.kernel.terms import day_in, later_instant_of

MOST_DAYS = 60
"""So many days before, at most: what is further off is looked at later."""
MOST_REMINDERS = 4


@dataclass(frozen=True)
class Reminding:
    """Which reminders go out, and how many local days before; a moved meeting moves its own, as nothing is kept.

    `meeting_days`: before each meeting, falling ("7, 1"). `hour`: at which hour. `naming_days`: whoever booked is asked
    to name who comes to seats without a name (0: never). `tells_material`: new material is told, gathered once a day.
    `membership_days`: before a membership ends (0: never), for an organiser as a whole.
    """

    meeting_days: tuple[int, ...] = (7, 1)
    hour: int = 9
    naming_days: int = 14
    tells_material: bool = True
    membership_days: int = 30

    def checked(self) -> Reminding:
        """The same. Raises BadValue."""
        falls = all(a > b for a, b in pairwise(self.meeting_days))
        if len(self.meeting_days) > MOST_REMINDERS or not falls or any(not _is_days(day) for day in self.meeting_days):
            raise BadValue(field="meeting_days", why="up to four falling numbers of days, 60 to 0")
        if not 0 <= self.hour <= 23:
            raise BadValue(field="hour", why="0 to 23")
        for name in ("naming_days", "membership_days"):
            if not _is_days(getattr(self, name)):
                raise BadValue(field=name, why="0 to 60 days")
        return self

    def reminder_due(self, start_at: datetime, zone: str, now: datetime, since: datetime) -> int | None:
        """How many days before: the last reminder of a meeting that is due now, if any.

        One whose instant had passed when the meeting got its time (`since`) is not sent: the letter about that told
        it. What has begun is not reminded of.
        """
        return self._due(self.meeting_days, start_at, zone, now, since)

    def naming_due(self, start_at: datetime, zone: str, now: datetime, since: datetime) -> bool:
        """Whether names are to be asked for before a meeting."""
        return self._due((self.naming_days,) if self.naming_days else (), start_at, zone, now, since) is not None

    def _due(self, days: tuple[int, ...], start_at: datetime, zone: str, now: datetime, since: datetime) -> int | None:
        if now >= start_at:
            return None
        due = ((each, days_before(start_at, each, self.hour, zone)) for each in days)
        return min((each for each, at in due if since < at <= now and at < start_at), default=None)


USUAL = Reminding()
"""What is so until an organiser or a season has it otherwise."""


def days_before(instant: datetime, days: int, hour: int, zone: str) -> datetime:
    """An hour on the clock so many local days before: on a night of two such hours the later (S31)."""
    return later_instant_of(datetime.combine(day_in(instant, zone) - timedelta(days=days), time(hour)), zone)


def _is_days(days: int) -> bool:
    return 0 <= days <= MOST_DAYS
