"""Seasons: planned, priced, opened, closed and called off."""

from __future__ import annotations

from uuid import UUID

from application.kernel.page import Page
from application.kernel.use_case import organiser_of
from application.programme.queries.programme import SeasonRow
from application.programme.roll_over import CopySeason
from application.programme.season import (
    AddSeats,
    AgreePrices,
    AgreeTerms,
    CallOffSeason,
    CloseBooking,
    CorrectSeason,
    NameLeaders,
    OpenBooking,
    PlanSeason,
    SeasonRef,
)
from domain.kernel.ids import SeasonId
from web.api.kernel.answers import Season, season_of
from web.api.kernel.call import Call, Written, written
from web.api.kernel.common_schema import ReasonBody
from web.api.kernel.noun import PREFIX, ApiBlueprint
from web.api.kernel.who import Who
from web.api.programme.meeting import planned_meeting
from web.api.programme.price_schema import AgreePricesBody, AgreeTermsBody
from web.api.programme.season_schema import (
    AddSeatsBody,
    CopySeasonBody,
    CorrectSeasonBody,
    LeadersBody,
    OpenBookingBody,
    PlanSeasonBody,
    SeasonsQuery,
)

seasons = ApiBlueprint("seasons", "Seasons: prices, terms, seats, opening and calling off.")
ONE = "/seasons/<uuid:season_id>"


@seasons.read("/seasons", Who.SIGNED_IN, Page[SeasonRow], SeasonsQuery)
def list_seasons(call: Call) -> Page[SeasonRow]:
    """The seasons of the token's organiser by first day, those without one last."""
    query = dict(call.query)
    query["after"] = query.pop("cursor")
    return call.services.programme.seasons(organiser_of(call.actor), **query)


@seasons.write("POST", "/seasons", Who.ADMIN, SeasonRef, body=PlanSeasonBody, status=201)
def plan_season(call: Call) -> Written:
    """Plan a season: meetings, seats, and prices and terms where they are known."""
    body = dict(call.body)
    meetings = tuple(planned_meeting(each, body["zone"]) for each in body.pop("meetings"))
    recorded = call.services.seasons.plan(call.actor, PlanSeason(meetings=meetings, **body), call.key)
    return written(recorded, f"{PREFIX}/seasons/{recorded.answer.season_id}")


@seasons.write("POST", f"{ONE}/copy", Who.ADMIN, SeasonRef, body=CopySeasonBody, status=201)
def copy_season(call: Call, season_id: UUID) -> Written:
    """Plan the same season again, its dates moved; nothing of this one changes."""
    recorded = call.services.roll_overs.copy(call.actor, CopySeason(SeasonId(season_id), **call.body), call.key)
    return written(recorded, f"{PREFIX}/seasons/{recorded.answer.season_id}")


@seasons.read(ONE, Who.SIGNED_IN, Season)
def read_season(call: Call, season_id: UUID) -> Season:
    """One season whole, with the material that the token's person may read."""
    return season_of(call.services.programme.season(call.actor, season_id))


@seasons.write("POST", f"{ONE}/correct", Who.ADMIN, SeasonRef, body=CorrectSeasonBody)
def correct_season(call: Call, season_id: UUID) -> Written:
    """Put right what was misspelt or is to be another way; the zone only before booking has opened."""
    body = dict(call.body)
    others = {name: body.pop(name) for name in ("title", "admission", "network_id")}
    command = CorrectSeason(SeasonId(season_id), particulars=body, **others)
    return written(call.services.seasons.correct(call.actor, command, call.key))


@seasons.write("PUT", f"{ONE}/leaders", Who.ADMIN, SeasonRef, body=LeadersBody)
def name_leaders(call: Call, season_id: UUID) -> Written:
    """Say who leads it through all meetings, and whom to ask."""
    command = NameLeaders(SeasonId(season_id), tuple(call.body["leaders"]), tuple(call.body["contacts"]))
    return written(call.services.seasons.name_leaders(call.actor, command, call.key))


@seasons.write("PUT", f"{ONE}/prices", Who.ADMIN, SeasonRef, body=AgreePricesBody)
def agree_prices(call: Call, season_id: UUID) -> Written:
    """Prices from now on; bookings already made keep theirs."""
    body = dict(call.body)
    command = AgreePrices(SeasonId(season_id), tuple(body.pop("prices")), **body)
    return written(call.services.seasons.agree_prices(call.actor, command, call.key))


@seasons.write("PUT", f"{ONE}/terms", Who.ADMIN, SeasonRef, body=AgreeTermsBody)
def agree_terms(call: Call, season_id: UUID) -> Written:
    """Cancellation terms from now on; bookings already made keep theirs."""
    command = AgreeTerms(SeasonId(season_id), tuple(call.body["tiers"]), call.body["fee_outside_vat"])
    return written(call.services.seasons.agree_terms(call.actor, command, call.key))


@seasons.write("POST", f"{ONE}/open", Who.ADMIN, SeasonRef, body=OpenBookingBody)
def open_booking(call: Call, season_id: UUID) -> Written:
    """Take bookings, until a local day (included) or until closed."""
    command = OpenBooking(SeasonId(season_id), **call.body)
    return written(call.services.seasons.open_booking(call.actor, command, call.key))


@seasons.write("POST", f"{ONE}/close", Who.ADMIN, SeasonRef)
def close_booking(call: Call, season_id: UUID) -> Written:
    """Take no more bookings; twice is once."""
    return written(call.services.seasons.close_booking(call.actor, CloseBooking(SeasonId(season_id)), call.key))


@seasons.write("POST", f"{ONE}/seats", Who.ADMIN, SeasonRef, body=AddSeatsBody)
def add_seats(call: Call, season_id: UUID) -> Written:
    """More seats, or fewer, never fewer than are taken."""
    command = AddSeats(SeasonId(season_id), **call.body)
    return written(call.services.seasons.add_seats(call.actor, command, call.key))


@seasons.write("POST", f"{ONE}/call-off", Who.ADMIN, SeasonRef, body=ReasonBody)
def call_off_season(call: Call, season_id: UUID) -> Written:
    """Call the whole season off; every booking ends and is credited in full."""
    command = CallOffSeason(SeasonId(season_id), **call.body)
    return written(call.services.seasons.call_off(call.actor, command, call.key))
