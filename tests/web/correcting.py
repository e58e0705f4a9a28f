"""Seasons that are put right on a page, and the same form sent again, which records nothing."""

from __future__ import annotations

from datetime import date

from application.programme.season import PlanSeason
from domain.kernel.ids import MeetingId, SeasonId
from domain.kernel.terms import free_before
from tests.samples import conference_prices, full_day
from tests.web.stage import Browser, Stage


def planned(acted: Stage, title: str) -> SeasonId:
    """A season that takes no bookings yet, of two meetings."""
    made = acted.institute
    days = (full_day("Dag ett", 2027, 3, 3), full_day("Dag två", 2027, 3, 4))
    plan = PlanSeason(made.network(f"{title}, nätverket"), title, 5, meetings=days, prices=conference_prices())
    return made.services.seasons.plan(made.admin, plan).answer.season_id


def positions(acted: Stage) -> int:
    """How many events there are."""
    with acted.institute.house.store.connections.borrow() as connection:
        return int(connection.execute("select count(*) from event").fetchall()[0][0])


def same_again(acted: Stage, browser: Browser, address: str, with_field: str, **pressed: str) -> None:
    """The form is sent as it stands: it records nothing."""
    page = browser.open(address)
    before = positions(acted)
    page = browser.send(page, with_field, **pressed)
    assert page.status == 200 and positions(acted) == before


def planned_open(acted: Stage, title: str) -> SeasonId:
    """A season that takes bookings."""
    made = acted.institute
    return made.season(title, 5, conference_prices(), free_before(date(2027, 1, 3)))


def meetings_of(acted: Stage, season: SeasonId) -> tuple[MeetingId, MeetingId]:
    """The ids of its two meetings."""
    acted.institute.catch_up()
    rows = acted.institute.services.programme.season(acted.institute.admin, season).meetings
    first, second = (MeetingId(each.meeting_id) for each in rows)
    return first, second
