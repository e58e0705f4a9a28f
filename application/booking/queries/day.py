"""An organiser's day in numbers: what has been booked lately, who waits, which seats lack a name, what is coming."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from application.kernel.actor import Actor
from application.kernel.queries import Queries, for_admins
from domain.kernel.ids import MeetingId, SeasonId


@dataclass(frozen=True)
class DayRow:
    """Seats booked on a day and in the week that ends with it; parties that wait, and in how many seasons; seats that
    somebody holds but nobody is named in, and how many of them are in seasons that begin within a week.
    """

    booked: int
    booked_in_week: int
    waiting: int
    waited_for: int
    unnamed: int
    unnamed_soon: int


@dataclass(frozen=True)
class ComingRow:
    """A meeting with a day that is to come; `seats`: how many are expected, before leaders and speakers."""

    season_id: SeasonId
    network: str
    season: str
    meeting_id: MeetingId
    title: str
    start_at: datetime
    end_at: datetime
    zone: str
    seats: int


class DayQuestions(Queries, Protocol):
    """For admins; no names of people in any of it."""

    @for_admins
    def figures(self, actor: Actor, on: date) -> DayRow:
        """The numbers of a local day."""

    @for_admins
    def coming(self, actor: Actor, days: int = 7) -> tuple[ComingRow, ...]:
        """The meetings that begin within so many days, by time; those that go on now too."""
