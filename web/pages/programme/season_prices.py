"""New prices and cancellation terms for a season: they hold for bookings made from now on, and touch no other."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request

from application.programme.price import AgreePrices, AgreeTerms
from application.programme.queries.season_view import SeasonView
from domain.kernel.eligibility import Ground
from domain.kernel.ids import SeasonId
from web.pages.kernel.forms import Form
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.visit import Answer, Visit, after, services
from web.pages.programme.season_plan_form import FIELDS, RATES, SeasonPlanForm
from web.pages.programme.season_plan_table import TIER
from web.pages.programme.season_plan_typed import EVERYONE, filled_with

pages = Blueprint("season_prices", __name__)

TRIED = ("t_after", "fee", *TIER)
"""The fields of terms, as the address of a trial has them."""
GROW = {"more_prices": "price", "more_tiers": "tier"}


@pages.get("/<slug>/seasons/<uuid:season_id>/prices")
def page(season_id: UUID) -> Answer:
    """Prices and terms as they stand, or with the terms that the address says, to be saved or not."""
    visit, view = season_as_admin(season_id)
    typed = filled_with(view.prices, view.terms)
    if TRIED[0] in request.args:
        for name in TRIED:
            typed.setlist(name, request.args.getlist(name))
    return _show(view, _typed(visit, view, Form(typed)))


@pages.post("/<slug>/seasons/<uuid:season_id>/prices")
def agree(season_id: UUID) -> Answer:
    """One row more, or saved."""
    visit, view = season_as_admin(season_id)
    form = Form.sent(lambda _: _show(view, typed), FIELDS)
    grow = GROW.get(form.text("do"), "")
    typed = _typed(visit, view, form, grow)
    if grow:
        return _show(view, typed)
    prices, terms = typed.money()
    prices = form.needed(prices)
    agreed = AgreeTerms(SeasonId(season_id), terms.tiers, terms.fee_outside_vat) if terms is not None else None
    command = AgreePrices(SeasonId(season_id), prices.prices, prices.pro_rata, prices.may_book_fewer, agreed)
    recorded = form.submit(services().seasons.agree_prices, visit.actor, command)
    return after(recorded, "season_desk.page", season_id=season_id, done="prices_agreed")


def _typed(visit: Visit, view: SeasonView, form: Form, grow: str = "") -> SeasonPlanForm:
    return SeasonPlanForm(form, view.row.zone, visit.organiser.currency, grow)


def _show(view: SeasonView, typed: SeasonPlanForm) -> str:
    return typed.form.page(
        "season_prices.html",
        row=view.row,
        typed=typed,
        audiences=[EVERYONE, *(each.value for each in Ground)],
        rates=list(RATES),
    )
