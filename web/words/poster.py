"""What stands on a season's poster, in the season's own language: its network, its day, its place, its meetings."""

from __future__ import annotations

from datetime import date, timedelta

from application.programme.poster import Disc, Poster, Shape
from application.programme.queries.programme import OrganiserRow
from application.programme.queries.season_view import SeasonView
from domain.kernel.terms import day_in
from domain.people.accent import accent
from domain.programme.meeting_time import MeetingTime, TimeKind
from web.words.formats import month, short_month, weekday_name
from web.words.language import Say
from web.words.wording import places, where

MOST_DISCS = 12
A_LONG_DAY = timedelta(hours=5)
_WORDS = {TimeKind.POSTPONED: Shape.POSTPONED, TimeKind.TO_COME: Shape.TO_COME}


def poster_of(view: SeasonView, organiser: OrganiserRow, say: Say) -> Poster:
    """The poster of a season, whoever looks at it."""
    row, colours = view.row, accent(organiser.hue).light
    day, its_month, its_weekday = _begins(row.first_on, say)
    return Poster(
        network=row.network,
        title="" if row.title == row.network else row.title,
        day=day,
        month=its_month,
        weekday=its_weekday,
        place=_place(view, say),
        organiser=organiser.name,
        language=say.language,
        accent=colours.accent,
        on_accent=colours.on_accent,
        paper=colours.paper,
        discs=() if row.called_off_for else _discs(view, say),
    )


def said_of(poster: Poster) -> str:
    """The poster read aloud, for whoever does not see it."""
    when = " ".join(filter(None, [poster.weekday, poster.day, poster.month]))
    return ". ".join(filter(None, [poster.network, poster.title, when, poster.place, poster.organiser]))


def _place(view: SeasonView, say: Say) -> str:
    """Its towns, or the place of its first meeting where no town is known; that it is called off, where it is."""
    if view.row.called_off_for:
        return say("poster.called_off")
    known = [where(each.place, say) for each in view.meetings if each.place.on_a_map]
    said = places(view.row, say) or "".join(known[:1])
    return said[:1].upper() + said[1:]


def _begins(first_on: date | None, say: Say) -> tuple[str, str, str]:
    if first_on is None:
        return "", say("programme.no_day"), ""
    its_month = month(f"{first_on:%Y-%m}", say.language)
    return str(first_on.day), its_month, weekday_name(first_on, say.language)


def _discs(view: SeasonView, say: Say) -> tuple[Disc, ...]:
    """As the season's page draws them; one meeting alone, or too many, are not drawn."""
    meetings = [each.time for each in view.meetings if each.time.kind is not TimeKind.CALLED_OFF]
    if not 1 < len(meetings) <= MOST_DISCS:
        return ()
    return tuple(_disc(each, view.row.zone, say) for each in meetings)


def _disc(time: MeetingTime, zone: str, say: Say) -> Disc:
    if time.start_at is not None and time.end_at is not None:
        on = day_in(time.start_at, zone)
        shape = Shape.WHOLE if time.end_at - time.start_at > A_LONG_DAY else Shape.HALF
        return Disc(shape, str(on.day), short_month(on, say.language))
    if time.month is not None:
        return Disc(Shape.MONTH, "", month(time.month, say.language).split()[0])
    shape = _WORDS[time.kind]
    return Disc(shape, "", say(f"season.drawn_{shape.value}"))
