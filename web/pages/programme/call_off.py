"""Calling a whole season off: whom it touches and what is given back is shown first, and one button says the sum."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request

from application.programme.queries.season_view import SeasonView
from application.programme.season import CallOffSeason
from domain.kernel.ids import SeasonId
from web.pages.kernel.forms import Form
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.visit import Answer, Visit, after, services

pages = Blueprint("call_off", __name__)

FIELDS = {"reason": "reason"}


@pages.get("/<slug>/seasons/<uuid:season_id>/call-off")
def page(season_id: UUID) -> Answer:
    """What it would mean now."""
    visit, view = season_as_admin(season_id)
    return _show(visit, view, Form(request.form))


@pages.post("/<slug>/seasons/<uuid:season_id>/call-off")
def call_off(season_id: UUID) -> Answer:
    """Call it off, provided that what will be given back is what was shown."""
    visit, view = season_as_admin(season_id)
    form = Form.sent(lambda form: _show(visit, view, form), FIELDS, changed="call_off.changed")
    reason, seats = form.required("reason"), form.needed(form.whole("seats"))
    command = CallOffSeason(SeasonId(season_id), reason, form.needed(form.shown()), seats)
    recorded = form.submit(services().seasons.call_off, visit.actor, command)
    return after(recorded, "season_desk.page", season_id=season_id, done="season_called_off")


def _show(visit: Visit, view: SeasonView, form: Form) -> str:
    return form.page(
        "call_off.html",
        row=view.row,
        preview=services().calling_off.preview(visit.actor, view.row.season_id),
        told=len(services().calling_off.told(visit.actor, view.row.season_id)),
        currency=visit.organiser.currency,
    )
