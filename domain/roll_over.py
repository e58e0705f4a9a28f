"""A season again: its dates 364 days later, so that weekdays stay; what was agreed is copied, what happened is not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.errors import BadValue
from domain.meeting import Place
from domain.meeting_time import TO_COME, MeetingTime, TimeKind, in_month, scheduled
from domain.price import PriceList
from domain.season import Season
from domain.terms import Terms, day_in, zone_named

A_YEAR = 364
"""Days: 52 weeks, so that a Wednesday stays a Wednesday."""
MOST_DAYS = 3660


@dataclass(frozen=True)
class MeetingDraft:
    """A meeting proposed for the season to come. Its link is not copied: it led to the old one."""

    title: str
    time: MeetingTime
    place: Place


@dataclass(frozen=True)
class SeasonDraft:
    """What a season to come is proposed to be. Nothing of it has happened, and nothing of the old season changes."""

    title: str
    promise: str
    zone: str
    language: str
    meetings: tuple[MeetingDraft, ...]
    prices: PriceList | None
    terms: Terms | None


def roll_over(season: Season, days: int = A_YEAR) -> SeasonDraft:
    """The season again, some days later: meetings as drafts, prices and terms with their days moved (S45)."""
    if not 1 <= days <= MOST_DAYS:
        raise BadValue(field="days", why="1 to 3660 days")
    try:
        return _moved_by(season, days)
    except OverflowError:
        raise BadValue(field="time", why="lies outside the calendar") from None


def days_ahead(season: Season, today: date) -> int:
    """How many days later the season is proposed: whole 52 weeks, so many that its first dated meeting lies ahead."""
    starts = [each.time.start_at for each in season.meetings.values() if each.time.start_at is not None]
    if not starts:
        return A_YEAR
    since = (today - day_in(min(starts), season.zone)).days
    return min(max(1, since // A_YEAR + 1), MOST_DAYS // A_YEAR) * A_YEAR


def _moved_by(season: Season, days: int) -> SeasonDraft:
    meetings = tuple(
        MeetingDraft(each.title, _moved(each.time, days, season.zone), replace(each.place, link=""))
        for each in season.meetings.values()
    )
    return SeasonDraft(
        season.title,
        season.promise,
        season.zone,
        season.language,
        meetings,
        _prices(season.prices, days),
        _terms(season.terms, days),
    )


def _moved(time: MeetingTime, days: int, zone: str) -> MeetingTime:
    if time.kind is TimeKind.MONTH and time.month:
        return in_month(_month_of(date.fromisoformat(f"{time.month}-15") + timedelta(days=days)))
    if time.start_at is None or time.end_at is None:
        return TO_COME
    start, end = (_local(each, zone) + timedelta(days=days) for each in (time.start_at, time.end_at))
    try:
        return scheduled(start, end, zone)
    except BadValue:  # the clock is moved forward over that time in the new year
        return in_month(_month_of(start.date()))


def _local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(zone_named(zone)).replace(tzinfo=None, fold=0)


def _month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def _prices(prices: PriceList | None, days: int) -> PriceList | None:
    if prices is None:
        return None
    moved = tuple(
        replace(each, from_on=_later(each.from_on, days), before=_later(each.before, days)) for each in prices.prices
    )
    return replace(prices, version=0, prices=moved)


def _terms(terms: Terms | None, days: int) -> Terms | None:
    if terms is None:
        return None
    return replace(terms, version=0, tiers=tuple(replace(t, before=_later(t.before, days)) for t in terms.tiers))


def _later(day: date | None, days: int) -> date | None:
    return day + timedelta(days=days) if day else None
