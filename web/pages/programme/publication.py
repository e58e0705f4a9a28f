"""Who sees a season, and when it is shown and opens by itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import Blueprint, url_for

from application.programme.publication import AgreeOpenness, ChooseVisibility, PlanPublication
from application.programme.queries.season_view import SeasonView
from domain.kernel.errors import NotFound
from domain.kernel.ids import SeasonId
from domain.kernel.terms import zone_named
from domain.programme.meeting_time import instant_of
from domain.programme.season_opening import Visibility
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.visit import Answer, after, services

pages = Blueprint("publication", __name__)

AT = "/<slug>/seasons/<uuid:season_id>/publication"
FIELDS = {"goes_public_at": "goes_public_at", "opens_at": "opens_at", "NotReadyToOpen": "opens_at"}


@pages.get(AT)
def page(season_id: UUID) -> Answer:
    """Who sees it now, and what is planned."""
    _, view = season_as_admin(season_id)
    return _show(view, Form(_known(view)))


@pages.post(AT)
def change(season_id: UUID) -> Answer:
    """Shown to others from now on, or at an instant."""
    visit, view = season_as_admin(season_id)
    form = Form.sent(lambda form: _show(view, form), FIELDS, _known(view))
    season = SeasonId(season_id)
    if form.text("do") == "choose":
        choice = ChooseVisibility(season, form.must_be_one_of("visibility", Visibility))
        chosen = form.submit(services().publications.choose, visit.actor, choice)
        return after(chosen, "publication.page", season_id=season_id, done="visibility_chosen")
    if form.text("do") == "openness":
        said = bool(form.text("shows_participants")), bool(form.text("stays_in_room"))
        agreed = form.submit(services().publications.agree_openness, visit.actor, AgreeOpenness(season, *said))
        return after(agreed, "publication.page", season_id=season_id, done="openness_agreed")
    if form.text("do") != "plan":
        raise NotFound(what="season")
    zone = view.row.zone
    instants = _instant(form, "goes_public_at", zone), _instant(form, "opens_at", zone)
    planned = form.submit(services().publications.plan, visit.actor, PlanPublication(season, *instants))
    return after(planned, "publication.page", season_id=season_id, done="publication_planned")


def _instant(form: Form, name: str, zone: str) -> datetime | None:
    local = form.moment(name)
    if local is None:
        return None
    with form.attempt():
        return instant_of(local, zone)


def _known(view: SeasonView) -> Typed:
    row = view.row
    zone = zone_named(row.zone)
    planned = {"goes_public_at": row.goes_public_at, "opens_at": row.opens_at}
    told = {name: f"{at.astimezone(zone):%Y-%m-%dT%H:%M}" for name, at in planned.items() if at is not None}
    return Typed({"visibility": row.visibility.value, **told})


def _show(view: SeasonView, form: Form) -> str:
    return form.page(
        "publication.html",
        row=view.row,
        choices=[each.value for each in Visibility if each is not Visibility.DRAFT or not view.has_opened],
        address=url_for("season.page", season_id=view.row.season_id, _external=True),
    )
