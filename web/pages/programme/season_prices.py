"""New prices and cancellation terms for a season: they hold for bookings made from now on, and touch no other."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from application.kernel.actor import Role
from application.programme.queries.programme import SeasonView
from application.programme.season import AgreePrices, AgreeTerms
from domain.kernel.eligibility import Ground
from domain.kernel.errors import PlatsError
from domain.kernel.ids import SeasonId
from web.kernel.errors import status_of
from web.pages.kernel.forms import Form, Problems
from web.pages.kernel.visit import Answer, Landed, Visit, after, say, services, visit_signed_in
from web.pages.programme.season_plan_form import EVERYONE, FIELDS, RATES, SeasonPlanForm, filled_with

pages = Blueprint("season_prices", __name__)

GROW = {"more_prices": "price", "more_tiers": "tier"}


@pages.get("/<slug>/seasons/<uuid:season_id>/prices")
def page(season_id: UUID) -> Answer:
    """Prices and terms as they stand."""
    visit, view = _reach(season_id)
    return _show(view, _typed(visit, view, Form(filled_with(view.prices, view.terms), Problems(say()))))


@pages.post("/<slug>/seasons/<uuid:season_id>/prices")
def agree(season_id: UUID) -> Answer:
    """One row more, or saved."""
    visit, view = _reach(season_id)
    form = Form(request.form, Problems(say()))
    grow = GROW.get(form.text("do"), "")
    typed = _typed(visit, view, form, grow)
    if grow:
        return _show(view, typed)
    try:
        recorded = _agree(visit, SeasonId(season_id), typed)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show(view, typed), status_of(error)
    if recorded is None:
        return _show(view, typed), 422
    return after(recorded, "season_desk.page", season_id=season_id, done="prices_agreed")


def _agree(visit: Visit, season_id: SeasonId, typed: SeasonPlanForm) -> Landed | None:
    prices, terms = typed.money()
    if typed.form.problems or prices is None:
        return None
    agreed = AgreeTerms(season_id, terms.tiers, terms.fee_outside_vat) if terms is not None else None
    command = AgreePrices(season_id, prices.prices, prices.pro_rata, prices.may_book_fewer, agreed)
    return services().seasons.agree_prices(visit.actor, command, typed.form.text("key") or None)


def _reach(season_id: UUID) -> tuple[Visit, SeasonView]:
    visit = visit_signed_in()
    visit.actor.must_be(visit.organiser.organiser_id, Role.ADMIN)
    return visit, services().programme.season(visit.actor, season_id)


def _typed(visit: Visit, view: SeasonView, form: Form, grow: str = "") -> SeasonPlanForm:
    return SeasonPlanForm(form, view.row.zone, visit.organiser.currency, grow)


def _show(view: SeasonView, typed: SeasonPlanForm) -> str:
    return render_template(
        "season_prices.html",
        row=view.row,
        typed=typed,
        form=typed.form,
        problems=typed.form.problems.by_field,
        audiences=[EVERYONE, *(each.value for each in Ground)],
        rates=list(RATES),
    )
