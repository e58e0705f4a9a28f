"""A stranger's registration after the mail has come: what is held, the button that books it, and what strangers may."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, url_for

from application.booking.registration_rules import AgreeRegistrationRules
from application.booking.unconfirmed import MailedLink
from domain.kernel.errors import HoldLapsed, NotFound, PlatsError
from web.kernel.errors import status_of
from web.pages.kernel.by_link import lead_in
from web.pages.kernel.calendar_ways import calendar_ways
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, after, refusal, services, shown_soon, visit_as_admin, visit_by_anyone

pages = Blueprint("registration", __name__)

RULES = ("hold_minutes", "seats_of_address", "seats_from_place", "share", "application_hours")


@pages.get("/<slug>/registrations/<uuid:registration_id>/<code>")
def page(registration_id: UUID, code: str) -> Answer:
    """What is held and the button: mail scanners open links, only people press buttons."""
    return _show(MailedLink(registration_id, code))


@pages.post("/<slug>/registrations/<uuid:registration_id>/<code>")
def confirm(registration_id: UUID, code: str) -> Answer:
    """Book it. Pressed again it is the same booking; too late, what was typed is there to be sent again."""
    visit, link = visit_by_anyone(), MailedLink(registration_id, code)
    try:
        recorded = services().registrations.confirm(visit.stranger, link)
    except NotFound:
        raise
    except PlatsError as error:
        problem = "" if isinstance(error, HoldLapsed) else refusal(error)
        return _show(link, problem), status_of(error)
    done = "registration_confirmed"
    booking_id = recorded.answer.booking_id
    secret = services().booking_links.secret_for_booker(booking_id) if recorded.position else None
    if secret is not None:  # their mailbox has just let them in: on to what they have booked
        comer = services().booking_links.opens(booking_id, secret)
        answer = lead_in(comer, booking_id, secret, url_for("booking.page", booking_id=booking_id, done=done))
        shown_soon(answer, recorded.position)
        return answer
    return after(recorded, "registration.page", registration_id=registration_id, code=code)


@pages.get("/<slug>/registration-rules")
def rules() -> Answer:
    """How long seats are held for strangers, and how many they may hold."""
    visit = visit_as_admin()
    now = services().registration_rules.rules(visit.actor)
    told = {name: str(getattr(now, name)) for name in RULES}
    return _rules(Form(Typed(told)))


@pages.post("/<slug>/registration-rules")
def agree() -> Answer:
    """Other rules from now on."""
    visit, form = visit_as_admin(), Form.sent(_rules, {name: name for name in RULES})
    command = AgreeRegistrationRules(*(form.whole(name) or 0 for name in RULES))
    recorded = form.submit(services().registration_rules.agree, visit.actor, command)
    return after(recorded, "registration.rules", done="payment_rules")


def _show(link: MailedLink, problem: str = "") -> str:
    visit = visit_by_anyone()
    found = services().registrations.view(visit.stranger, link)
    view = services().programme.season(visit.stranger, found.season_id)
    ways, file = calendar_ways(view) if found.state == "confirmed" else (None, "")
    told = {"problem": problem, "ways": ways, "calendar_file": file}
    return render_template("registration.html", found=found, view=view, row=view.row, **told)


def _rules(form: Form) -> str:
    return form.page("registration_rules.html")
