"""All that can happen to those who want to know when booking opens: asked, confirmed, taken back, told, forgotten."""

from __future__ import annotations

from datetime import timedelta

from application.booking.opening_list import JoinOpeningList, LeaveOpeningList
from application.booking.opening_request import AskToBeTold
from application.booking.unconfirmed import MailedLink
from application.kernel.actor import stranger
from application.programme.season import OpenBooking, PlanSeason
from domain.kernel.ids import NetworkId, SeasonId
from tests.samples import Institute, full_day
from tests.scenarios.story import FREE
from tests.strangers import links_of, tidy


def they_are_told_of_openings(institute: Institute) -> None:
    """Of one season: a member leaves again, a stranger confirms and is told, another is forgotten."""
    services, member = institute.services, institute.member("Ottilia")
    season = planned(institute, institute.network("Öppningar"))
    services.opening_lists.join(member, JoinOpeningList(season_id=season))
    services.opening_lists.leave(member, LeaveOpeningList(season_id=season))
    confirmed(institute, "Otto", season)
    services.opening_requests.ask(stranger(institute.organiser), AskToBeTold("Oda", "oda@example.org", None, season))
    services.seasons.open_booking(institute.admin, OpenBooking(season))
    institute.catch_up()
    for days in (3, 8):
        institute.clock.pass_by(timedelta(days=days))
        tidy(institute)


def planned(institute: Institute, network: NetworkId, title: str = "Säsong 9", month: int = 10) -> SeasonId:
    """A season whose booking has not opened."""
    year = institute.clock.instant.year + 1
    plan = PlanSeason(network, institute.dress(title), 9, meetings=(full_day("Ett", year, month, 1),), prices=FREE)
    return institute.services.seasons.plan(institute.admin, plan).answer.season_id


def confirmed(
    institute: Institute, name: str, season: SeasonId | None = None, network: NetworkId | None = None
) -> MailedLink:
    """A stranger has asked and confirmed; by the link."""
    nobody, address = stranger(institute.organiser), f"{name.lower()}@example.org"
    institute.services.opening_requests.ask(nobody, AskToBeTold(name, address, network, season))
    link = MailedLink(*links_of(institute, address)[0])
    institute.services.opening_requests.confirm(nobody, link)
    institute.catch_up()
    return link
