"""Columns of a season that follow from its meetings: its days and places, who leads it, by which words it is found."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from domain.kernel.ids import PersonId
from domain.kernel.terms import day_in
from domain.programme.meeting import Format, Meeting
from domain.programme.meeting_time import TimeKind
from domain.programme.season import Season
from infrastructure.read_models.kernel.sorting import searched
from infrastructure.read_models.kernel.table import Cell, as_json


def speakers(season: Season, meetings: list[Meeting]) -> list[PersonId]:
    """Who leads it or is named in its programme."""
    named = [who for meeting in meetings for point in meeting.programme for who in point.speakers]
    return list(dict.fromkeys([*season.leaders, *named]))


def words(season: Season, meetings: list[Meeting]) -> str:
    """What it says of itself, as it is searched."""
    said = [[each.title, each.place.venue, each.place.address, each.place.town] for each in meetings]
    points = [point.title for each in meetings for point in each.programme]
    return searched("\n".join([season.title, season.promise, *(text for each in said for text in each), *points]))


def end_of(month: str) -> date:
    """The last day of a month (YYYY-MM), by which a season sorts that has no day yet; without a month: after all."""
    if not month:
        return date.max
    first = date.fromisoformat(f"{month}-01")
    return first.replace(day=monthrange(first.year, first.month)[1])


def places_of(meetings: list[Meeting]) -> dict[str, Cell]:
    """In which towns it is held, and whether it can be followed from afar."""
    places = [each.place for each in meetings if each.time.kind is not TimeKind.CALLED_OFF]
    is_from_afar = [each.format is not Format.ON_SITE for each in places]
    return {
        "towns": as_json(list(dict.fromkeys(each.town for each in places if each.town))),
        "has_online": any(is_from_afar),
        "is_online": bool(places) and all(is_from_afar),
    }


def first_on(meetings: list[Meeting], zone: str) -> date | None:
    """The season's first day; none while no meeting has one."""
    starts = [meeting.time.start_at for meeting in meetings if meeting.time.start_at is not None]
    return day_in(min(starts), zone) if starts else None


def last_on(meetings: list[Meeting], zone: str) -> date | None:
    """The season's last day; none while a meeting that is to be held has no day."""
    coming = [meeting for meeting in meetings if meeting.time.kind is not TimeKind.CALLED_OFF and not meeting.is_held]
    if any(meeting.time.end_at is None for meeting in coming):
        return None
    ends = [meeting.time.end_at or meeting.time.was_at for meeting in meetings]
    return max((day_in(end, zone) for end in ends if end is not None), default=None)
