"""Applying for a season whose rule does not let one in: the form, the mailed link, and taking it back."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from application.booking.application import Apply
from application.booking.application_answer import WithdrawApplication
from application.booking.unconfirmed import MailedLink
from application.kernel.eligibility import grounds_of
from domain.booking.application import ApplicationLapsed
from domain.kernel.eligibility import Ground
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import SeasonId
from domain.people.admission import JobRole
from web.kernel.errors import status_of
from web.pages.booking.season_form import takes_bookings
from web.pages.booking.typed_buyer import check_email
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import (
    Answer,
    Visit,
    after,
    place_of_reader,
    refusal,
    say,
    services,
    today,
    visit_by_anyone,
    visit_signed_in,
)
from web.words.price import price_list_texts

pages = Blueprint("application", __name__)

FIELDS = {name: name for name in ("name", "email", "employer", "org_number", "address", "reference", "note", "ground")}


@pages.get("/<slug>/seasons/<uuid:season_id>/apply")
def page(season_id: UUID) -> Answer:
    """Who you are, where you work and as what, and why you belong here."""
    return _form(visit_by_anyone(), season_id, Form(Typed({"role": JobRole.SPECIALIST})))


@pages.post("/<slug>/seasons/<uuid:season_id>/apply")
def apply(season_id: UUID) -> Answer:
    """Send it: by mail first where we do not know who it is, else to the desk."""
    visit = visit_by_anyone()
    form = Form.sent(lambda form: _form(visit, season_id, form), FIELDS)
    if not visit.is_signed_in:
        form.required("name", "booking_form.fill_name")
        if form.required("email", "booking_form.fill_email"):
            check_email(form, "email", form.text("email"))
    command, actor = _read(visit, season_id, form), visit.actor if visit.is_signed_in else visit.stranger
    with form.attempt():
        recorded = services().applications.apply(actor, command, form.key, place_of_reader())
    if recorded.answer.next_step == "wait":
        return after(recorded, "season.page", season_id=season_id, done="applied")
    return after(recorded, "application.sent", season_id=season_id)


@pages.get("/<slug>/seasons/<uuid:season_id>/applied")
def sent(season_id: UUID) -> Answer:
    """What happens next, for somebody who has not signed in; the same for everyone."""
    visit = visit_by_anyone()
    view = services().programme.season(visit.actor, season_id)
    return render_template("applied.html", view=view, row=view.row)


@pages.get("/<slug>/applications/<uuid:application_id>/<code>")
def linked(application_id: UUID, code: str) -> Answer:
    """What was written and the button: mail scanners open links, only people press buttons."""
    return _show(MailedLink(application_id, code))


@pages.post("/<slug>/applications/<uuid:application_id>/<code>")
def confirm(application_id: UUID, code: str) -> Answer:
    """The desk has it now. Pressed again it is the same application."""
    visit, link = visit_by_anyone(), MailedLink(application_id, code)
    try:
        recorded = services().applications.confirm(visit.stranger, link)
    except NotFound:
        raise
    except PlatsError as error:
        problem = "" if isinstance(error, ApplicationLapsed) else refusal(error)
        return _show(link, problem), status_of(error)
    return after(recorded, "application.linked", application_id=application_id, code=code)


@pages.post("/<slug>/applications/<uuid:application_id>/withdraw")
def withdraw(application_id: UUID) -> Answer:
    """Take back one's own."""
    visit = visit_signed_in()
    row = services().application_questions.one(visit.actor, application_id)
    command = WithdrawApplication(application_id)
    recorded = services().application_answers.withdraw(visit.actor, command, request.form.get("key") or None)
    return after(recorded, "season.page", season_id=row.season_id, done="application_withdrawn")


def _read(visit: Visit, season_id: UUID, form: Form) -> Apply:
    return Apply(
        SeasonId(season_id),
        form.required("employer", "application.fill_employer"),
        form.one_of("role", JobRole, JobRole.SPECIALIST),
        form.one_of("ground", Ground, None),
        form.text("note"),
        form.text("name"),
        form.text("email"),
        form.text("org_number"),
        form.text("address") if _is_free(visit, season_id) else form.required("address", "booking_form.fill_address"),
        form.text("reference"),
        language=say().language,
    )


def _is_free(visit: Visit, season_id: UUID) -> bool:
    prices = services().programme.season(visit.actor, season_id).prices
    return prices is None or prices.is_free


def _form(visit: Visit, season_id: UUID, form: Form) -> str:
    view = services().programme.season(visit.actor, season_id)
    return form.page(
        "apply.html",
        view=view,
        row=view.row,
        roles=list(JobRole),
        grounds=grounds_of(view.prices, view.admission),
        prices=price_list_texts(view.prices, today(view.row.zone), say(), None),
        may_apply=takes_bookings(view) and not view.admission.is_open,
        is_free=view.prices is None or view.prices.is_free,
    )


def _show(link: MailedLink, problem: str = "") -> str:
    visit = visit_by_anyone()
    found = services().applications.view(visit.stranger, link)
    view = services().programme.season(visit.stranger, found.season_id)
    return render_template("application.html", found=found, row=view.row, problem=problem)
