"""Clashes: somebody sits in two things at the same time, or on the same day in different networks (S42)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.kernel.ids import BookingId, MeetingId, NetworkId, SeasonId
from domain.kernel.season_name import season_name
from domain.kernel.terms import day_in


class ClashKind(StrEnum):
    """How two things get in each other's way."""

    AT_ONCE = "at_once"
    SAME_DAY = "same_day"


@dataclass(frozen=True)
class Engagement:
    """A meeting that somebody is to come to, from one instant (UTC) to another; by which booking, where that is known.

    What they have said that they cannot come to is none.
    """

    season_id: SeasonId
    network_id: NetworkId
    network: str
    season: str
    meeting_id: MeetingId
    title: str
    start_at: datetime
    end_at: datetime
    zone: str
    booking_id: BookingId | None = None

    @property
    def called(self) -> str:
        """Its season and its own title."""
        name = season_name(self.network, self.season)
        return name if self.title in name else f"{name}: {self.title}"


@dataclass(frozen=True)
class Clash:
    """Two things that get in each other's way."""

    kind: ClashKind
    one: Engagement
    other: Engagement


def clash_of(one: Engagement, other: Engagement) -> Clash | None:
    """Whether two things clash: at the same time, or on one local day in different networks.

    Meetings of one season are its organiser's to lay out; on a day of one network there is time for several.
    """
    if one.season_id == other.season_id:
        return None
    if one.start_at < other.end_at and other.start_at < one.end_at:
        return Clash(ClashKind.AT_ONCE, one, other)
    days, theirs = _days(one), _days(other)
    is_same_day = days[0] <= theirs[1] and theirs[0] <= days[1]
    return Clash(ClashKind.SAME_DAY, one, other) if is_same_day and one.network_id != other.network_id else None


def clashes_between(some: Iterable[Engagement], others: Iterable[Engagement]) -> tuple[Clash, ...]:
    """Each of some with each of the others, by time; those at the same time first of a day."""
    listed = tuple(others)
    found = (clash_of(one, other) for one in some for other in listed)
    return tuple(sorted((each for each in found if each), key=lambda each: (each.one.start_at, each.kind.value)))


def _days(each: Engagement) -> tuple[date, date]:
    return day_in(each.start_at, each.zone), day_in(each.end_at, each.zone)
