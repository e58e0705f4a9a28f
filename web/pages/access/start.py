"""The first run: from an empty installation to a season that takes bookings, in four steps that can be resumed."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for

from application.access.session import Whose
from application.kernel.actor import Actor, Role
from application.kernel.ports import Committed
from application.people.organiser import FoundOrganiser
from application.programme.first_run import LAST, Begin, Begun, Step
from application.programme.queries.season_view import SeasonRow
from domain.kernel.errors import NotAllowed
from web.pages.access.entrance import sign_in_as
from web.pages.kernel.form_token import new_key
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, after, services, signed_in, visit_signed_in

pages = Blueprint("start", __name__)

FIELDS = {
    "name": "name",
    "slug": "slug",
    "UniqueKeyTaken": "slug",
    "org_number": "org_number",
    "vat_number": "vat_number",
    "address": "address",
    "bankgiro": "bankgiro",
    "payment_days": "payment_days",
    "admin_name": "admin_name",
    "email": "admin_email",
}


@pages.get("/start")
def page() -> Answer:
    """Step 1: who organises. For whoever runs the installation; others are told how to become that."""
    actor = signed_in()
    if actor is None or not actor.is_system:
        if services().programme.organisers():
            return redirect(url_for("programme.home"), 303)
        return render_template("start_link.html")
    return _show(Form())


@pages.post("/start")
def begin() -> Answer:
    """Found the organiser with its first admin, who goes on signed in."""
    actor = signed_in()
    if actor is None:
        raise NotAllowed(needs="system")
    form = Form.sent(_show, FIELDS)
    recorded = form.submit(_begin, actor, _command(form))
    begun = recorded.answer
    answer = after(recorded, "start.steps", slug=begun.slug, done="organiser_founded")
    sign_in_as(answer, Whose(begun.organiser_id, begun.person_id), "first_admin")
    return answer


@pages.get("/<slug>/start")
def steps() -> Answer:
    """How far it has come, and the one thing to do next."""
    visit = visit_signed_in()
    step = services().first_run.step(visit.actor, visit.organiser.organiser_id)
    season = _season_to_open(visit) if step >= Step.OPEN else None
    return render_template(
        "start_steps.html",
        step=step,
        last=LAST,
        all_steps=[each for each in Step if each <= LAST],
        season=season,
        share=url_for("season.page", season_id=season.season_id, _external=True) if season else "",
    )


def _begin(actor: Actor, command: Begin, key: str | None) -> Committed[Begun]:
    return services().first_run.begin(actor, command, key or new_key())


def _command(form: Form) -> Begin:
    organiser = FoundOrganiser(
        form.required("name"), form.text("slug"), form.required("org_number"), form.text("vat_number")
    )
    days = form.whole("payment_days")
    name, email = form.required("admin_name"), form.required("admin_email")
    address, bankgiro = form.required("address"), form.required("bankgiro")
    return Begin(organiser, address, bankgiro, form.needed(days), name, email)


def _season_to_open(visit: Visit) -> SeasonRow | None:
    visit.actor.must_be(visit.organiser.organiser_id, Role.ADMIN)
    seasons = services().programme.seasons(visit.organiser.organiser_id, limit=200, reader=visit.actor).items
    return next((each for each in seasons if each.is_open), seasons[0] if seasons else None)


def _show(form: Form) -> str:
    return form.page("start.html", last=LAST)
