"""Calling a whole season off: whom it touches and what is given back is shown first, and one button says the sum."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from application.kernel.actor import Role
from application.programme.queries.programme import SeasonView
from application.programme.season import CallOffSeason
from domain.kernel.errors import PlatsError
from domain.kernel.ids import SeasonId
from web.kernel.errors import status_of
from web.pages.kernel.forms import Form, Problems
from web.pages.kernel.visit import Answer, Visit, after, say, services, visit_signed_in

pages = Blueprint("call_off", __name__)

FIELDS = {"reason": "reason"}


@pages.get("/<slug>/seasons/<uuid:season_id>/call-off")
def page(season_id: UUID) -> Answer:
    """What it would mean now."""
    visit, view = _reach(season_id)
    return _show(visit, view, Form(request.form, Problems(say())), 200)


@pages.post("/<slug>/seasons/<uuid:season_id>/call-off")
def call_off(season_id: UUID) -> Answer:
    """Call it off, provided that what will be given back is what was shown."""
    visit, view = _reach(season_id)
    form = Form(request.form, Problems(say()))
    reason = form.required("reason")
    if form.shown() != services().calling_off.preview(visit.actor, SeasonId(season_id)).credit:
        form.problems.note("", "call_off.changed")
        return _show(visit, view, form, 409)
    if form.problems:
        return _show(visit, view, form, 422)
    try:
        command = CallOffSeason(SeasonId(season_id), reason)
        recorded = services().seasons.call_off(visit.actor, command, form.text("key") or None)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show(visit, view, form, status_of(error))
    return after(recorded, "season_desk.page", season_id=season_id, done="season_called_off")


def _reach(season_id: UUID) -> tuple[Visit, SeasonView]:
    visit = visit_signed_in()
    visit.actor.must_be(visit.organiser.organiser_id, Role.ADMIN)
    return visit, services().programme.season(visit.actor, season_id)


def _show(visit: Visit, view: SeasonView, form: Form, status: int) -> Answer:
    words = render_template(
        "call_off.html",
        row=view.row,
        preview=services().calling_off.preview(visit.actor, view.row.season_id),
        told=len(services().calling_off.told(visit.actor, view.row.season_id)),
        currency=visit.organiser.currency,
        form=form,
        problems=form.problems.by_field,
    )
    return words, status
