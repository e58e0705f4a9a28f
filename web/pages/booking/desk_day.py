"""The day of whoever runs things: what is coming, how the seasons fill, what has just happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from application.booking.queries.booking import BookingRow
from application.booking.queries.day import ComingRow, DayRow
from application.booking.queries.desk import CaseRow
from application.programme.queries.season_filter import SeasonFilter
from application.programme.queries.season_view import SeasonRow
from domain.kernel.terms import day_in
from web.pages.kernel.visit import Visit, services
from web.reports.charts import Chart, small_steps

MOST_SEASONS = 12
MOST_HAPPENED = 6
LOOK_AHEAD = 60
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Filling:
    """A season, and how its seats have filled."""

    row: SeasonRow
    chart: Chart


@dataclass(frozen=True)
class Happened:
    """Something that has just happened: a booking, or a case that was settled."""

    at: datetime
    booking_id: UUID
    booking: BookingRow | None = None
    case: CaseRow | None = None


@dataclass(frozen=True)
class Day:
    """A day at a glance. `coming` begins within a week, `next` is the first to come; `offers`: seasons in which a seat
    is free while somebody waits.
    """

    on: date
    figures: DayRow
    coming: Sequence[ComingRow]
    next: ComingRow | None
    seasons: Sequence[Filling]
    offers: Sequence[SeasonRow]
    happened: Sequence[Happened]
    has_seasons: bool


def day_of(visit: Visit, on: date, settled: Iterable[CaseRow]) -> Day:
    """The organiser's day, as of now."""
    coming = services().day.coming(visit.actor, LOOK_AHEAD)
    seasons = (
        services()
        .programme.seasons(visit.organiser.organiser_id, SeasonFilter(is_past=False), reader=visit.actor)
        .items
    )
    running = [each for each in seasons if not each.called_off_for]
    return Day(
        on,
        services().day.figures(visit.actor, on),
        [each for each in coming if day_in(each.start_at, each.zone) < on + A_WEEK],
        coming[0] if coming else None,
        _filling(visit, on, running),
        [each for each in running if each.waiting and each.left > 0],
        _happened(visit, settled),
        bool(seasons),
    )


def _filling(visit: Visit, on: date, seasons: Sequence[SeasonRow]) -> list[Filling]:
    shown = [each for each in seasons if each.is_open or each.left < each.seats][:MOST_SEASONS]
    points = services().pictures.filling(visit.actor, [each.season_id for each in shown])
    known = {season: [(each.day, each.seats) for each in days] for season, days in points.items()}
    return [Filling(each, small_steps(known.get(each.season_id, []), on - A_WEEK, on, each.seats)) for each in shown]


def _happened(visit: Visit, settled: Iterable[CaseRow]) -> list[Happened]:
    booked = services().booking_questions.all(visit.actor, limit=MOST_HAPPENED).items
    all_of_it = [
        *(Happened(each.made_at, each.booking_id, booking=each) for each in booked),
        *(Happened(each.decided_at, each.booking_id, case=each) for each in settled if each.decided_at),
    ]
    return sorted(all_of_it, key=lambda each: each.at, reverse=True)[:MOST_HAPPENED]
