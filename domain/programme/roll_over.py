"""A season again: its dates 364 days later, so that weekdays stay; what was agreed is copied, what happened is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from domain.kernel.errors import BadValue
from domain.kernel.ids import MeetingId, PersonId
from domain.kernel.terms import Terms, day_in, later_instant_of, zone_named
from domain.people.admission import Admission
from domain.programme.meeting import AS_THE_SEASON, Meeting, MeetingSeats, Place, ProgrammeItem
from domain.programme.meeting_time import TO_COME, MeetingTime, TimeKind, in_month, scheduled
from domain.programme.price import PriceList
from domain.programme.season import Fate, Particulars, Season
from domain.programme.season_images import SeasonImage

A_YEAR = 364
"""Days: 52 weeks, so that a Wednesday stays a Wednesday."""
MOST_DAYS = 3660


MEETING: Mapping[str, Fate] = {
    "meeting_id": Fate.ANEW,
    "title": Fate.COPIED,
    "time": Fate.MOVED,
    "place": Fate.COPIED,
    "programme": Fate.MOVED,
    "is_held": Fate.ANEW,
    "changes": Fate.ANEW,
    "moved_from": Fate.ANEW,
    "seats": Fate.COPIED,
}
"""As `PLANNED_AGAIN`, for its meetings. Of a place the link is decided anew: it led to the old meeting."""


@dataclass(frozen=True)
class MeetingDraft:
    """A meeting proposed for the season to come, made after one of the season before (`like`)."""

    title: str
    time: MeetingTime
    place: Place
    programme: tuple[ProgrammeItem, ...]
    like: MeetingId
    seats: MeetingSeats = AS_THE_SEASON


@dataclass(frozen=True)
class SeasonDraft(Particulars):
    """What a season to come is proposed to be. Nothing of it has happened, and nothing of the old season changes."""

    title: str
    admission: Admission
    leaders: tuple[PersonId, ...]
    contacts: tuple[PersonId, ...]
    images: tuple[SeasonImage, ...]
    goods: tuple[UUID, ...]
    shows_participants: bool
    stays_in_room: bool
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
    meetings = tuple(_meeting(each, days, season.zone) for each in season.meetings.values())
    return SeasonDraft(
        season.title,
        season.admission,
        season.leaders,
        season.contacts,
        season.images,
        season.goods,
        season.shows_participants,
        season.stays_in_room,
        meetings,
        _prices(season.prices, days),
        _terms(season.terms, days),
        **season.particulars.by_name,
    )


def follow(programme: tuple[ProgrammeItem, ...], by: timedelta, zone: str) -> tuple[ProgrammeItem, ...]:
    """A programme whose meeting has moved: each point so much later on the clocks of the zone."""
    return tuple(_point(each, by, zone) for each in programme)


def _point(item: ProgrammeItem, by: timedelta, zone: str) -> ProgrammeItem:
    start, end = (later_instant_of(_local(each, zone) + by, zone) for each in (item.start_at, item.end_at))
    return replace(item, start_at=start, end_at=max(end, start + timedelta(minutes=1)))


def _meeting(meeting: Meeting, days: int, zone: str) -> MeetingDraft:
    return MeetingDraft(
        meeting.title,
        _moved(meeting.time, days, zone),
        replace(meeting.place, link=""),
        follow(meeting.programme, timedelta(days=days), zone),
        meeting.meeting_id,
        meeting.seats,
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
