"""Seasons: planned, priced, opened, closed and called off."""

from __future__ import annotations

from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.page import Page
from application.kernel.use_case import organiser_of
from application.programme import season as commands
from application.programme.effect import CallOffPreview
from application.programme.price import AgreePrices, AgreeTerms
from application.programme.publication import ChooseVisibility, PlanPublication
from application.programme.queries.season_filter import SeasonFilter
from application.programme.queries.season_view import SeasonRow
from application.programme.roll_over import CopySeason
from application.programme.season_goods import ChooseSeasonGoods
from domain.kernel.ids import OrganiserId, SeasonId
from web.api.kernel.answers import Season, season_of
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.programme import season_schema as bodies
from web.api.programme.meeting import planned_meeting
from web.api.programme.price_schema import AgreePricesBody, AgreeTermsBody

seasons = ApiBlueprint("seasons", "Seasons: prices, terms, seats, opening and calling off.")
ONE = "/seasons/<uuid:season_id>"


@seasons.read("/seasons", Who.SIGNED_IN, Page[SeasonRow], bodies.SeasonsQuery)
def list_seasons(call: Call) -> Page[SeasonRow]:
    """The seasons of the token's organiser that are asked for, by first day; what is past: the last first."""
    return seasons_asked_for(call, organiser_of(call.actor), call.actor)


def seasons_asked_for(call: Call, organiser_id: OrganiserId, reader: Actor | None = None) -> Page[SeasonRow]:
    """A page of an organiser's seasons, chosen by what the address says; drafts and hidden ones to its staff alone."""
    asked = dict(call.query)
    page = {name: asked.pop(name) for name in ("after", "limit")}
    wanted = SeasonFilter(takes_bookings=asked.pop("only_open") or None, **asked)
    return call.services.programme.seasons(organiser_id, wanted, **page, reader=reader)


@seasons.write("POST", "/seasons", Who.ADMIN, commands.SeasonRef, body=bodies.PlanSeasonBody, status=201)
def plan_season(call: Call) -> Written:
    """Plan a season: meetings, seats, and prices and terms where they are known."""
    body = dict(call.body)
    meetings = tuple(planned_meeting(each, body["zone"]) for each in body.pop("meetings"))
    return call.execute(
        call.services.seasons.plan, commands.PlanSeason(meetings=meetings, **body), "/seasons/{season_id}"
    )


@seasons.write("POST", f"{ONE}/copy", Who.ADMIN, commands.SeasonRef, body=bodies.CopySeasonBody, status=201)
def copy_season(call: Call, season_id: SeasonId) -> Written:
    """Plan the same season again, its dates moved; nothing of this one changes."""
    return call.execute(call.services.roll_overs.copy, CopySeason(season_id, **call.body), "/seasons/{season_id}")


@seasons.read(ONE, Who.SIGNED_IN, Season)
def read_season(call: Call, season_id: UUID) -> Season:
    """One season whole, with the material that the token's person may read."""
    return season_of(call.services.programme.season(call.actor, season_id))


@seasons.write("POST", f"{ONE}/correct", Who.ADMIN, commands.SeasonRef, body=bodies.CorrectSeasonBody)
def correct_season(call: Call, season_id: SeasonId) -> Written:
    """Put right what was misspelt or is to be another way; the zone only before booking has opened."""
    body = dict(call.body)
    others = {name: body.pop(name) for name in ("title", "admission", "network_id")}
    return call.execute(call.services.seasons.correct, commands.CorrectSeason(season_id, particulars=body, **others))


@seasons.write("PUT", f"{ONE}/visibility", Who.ADMIN, commands.SeasonRef, body=bodies.VisibilityBody)
def choose_visibility(call: Call, season_id: SeasonId) -> Written:
    """Who sees it from now on: staff (draft), whoever has its address (hidden), anyone (public)."""
    return call.execute(call.services.publications.choose, ChooseVisibility(season_id, **call.body))


@seasons.write("PUT", f"{ONE}/publication", Who.ADMIN, commands.SeasonRef, body=bodies.PublicationBody)
def plan_publication(call: Call, season_id: SeasonId) -> Written:
    """When it goes public, and when booking opens, by themselves; null: not by themselves."""
    return call.execute(call.services.publications.plan, PlanPublication(season_id, **call.body))


@seasons.write("PUT", f"{ONE}/goods", Who.ADMIN, commands.SeasonRef, body=bodies.SeasonGoodsBody)
def choose_season_goods(call: Call, season_id: SeasonId) -> Written:
    """Which goods its page shows beside it, each with a way to order it alone."""
    return call.execute(call.services.season_goods.choose, ChooseSeasonGoods(season_id, tuple(call.body["goods"])))


@seasons.write("PUT", f"{ONE}/leaders", Who.ADMIN, commands.SeasonRef, body=bodies.LeadersBody)
def name_leaders(call: Call, season_id: SeasonId) -> Written:
    """Say who leads it through all meetings, and whom to ask."""
    return call.execute(call.services.seasons.name_leaders, commands.NameLeaders(season_id, **call.body))


@seasons.write("PUT", f"{ONE}/prices", Who.ADMIN, commands.SeasonRef, body=AgreePricesBody)
def agree_prices(call: Call, season_id: SeasonId) -> Written:
    """Prices from now on; bookings already made keep theirs."""
    return call.execute(call.services.seasons.agree_prices, AgreePrices(season_id, **call.body))


@seasons.write("PUT", f"{ONE}/terms", Who.ADMIN, commands.SeasonRef, body=AgreeTermsBody)
def agree_terms(call: Call, season_id: SeasonId) -> Written:
    """Cancellation terms from now on; bookings already made keep theirs."""
    return call.execute(call.services.seasons.agree_terms, AgreeTerms(season_id, **call.body))


@seasons.write("POST", f"{ONE}/open", Who.ADMIN, commands.SeasonRef, body=bodies.OpenBookingBody)
def open_booking(call: Call, season_id: SeasonId) -> Written:
    """Take bookings, until a local day (included) or until closed."""
    return call.execute(call.services.seasons.open_booking, commands.OpenBooking(season_id, **call.body))


@seasons.write("POST", f"{ONE}/close", Who.ADMIN, commands.SeasonRef)
def close_booking(call: Call, season_id: SeasonId) -> Written:
    """Take no more bookings; twice is once."""
    return call.execute(call.services.seasons.close_booking, commands.CloseBooking(season_id))


@seasons.write("POST", f"{ONE}/seats", Who.ADMIN, commands.SeasonRef, body=bodies.AddSeatsBody)
def add_seats(call: Call, season_id: SeasonId) -> Written:
    """More seats, or fewer, never fewer than are taken."""
    return call.execute(call.services.seasons.add_seats, commands.AddSeats(season_id, **call.body))


@seasons.write("POST", f"{ONE}/call-off", Who.ADMIN, commands.SeasonRef, body=bodies.CallOffSeasonBody)
def call_off_season(call: Call, season_id: SeasonId) -> Written:
    """Call the whole season off; every booking ends and is credited in full."""
    return call.execute(call.services.seasons.call_off, commands.CallOffSeason(season_id, **call.body))


@seasons.read(f"{ONE}/call-off/preview", Who.ADMIN, CallOffPreview, previews=True)
def preview_calling_off(call: Call, season_id: SeasonId) -> CallOffPreview:
    """What calling it off would come to now: bookings and seats that end, and what is credited; nothing is recorded."""
    return call.services.calling_off.preview(call.actor, season_id)
