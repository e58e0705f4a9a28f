"""Invitations: yes or no, on one's own page or by the link in a letter, without signing in.

Opening the link only shows a page, as programs open links too; mail programs that say no for their reader send the same
form (RFC 8058).
"""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for

from application.people.invitations import ChooseInvitations
from application.people.queries.people import PersonRow
from domain.kernel.ids import PersonId
from web.pages.kernel.visit import Answer, after, services, visit_by_anyone, visit_signed_in

pages = Blueprint("invitations", __name__)


@pages.get("/<slug>/people/<uuid:person_id>/invitations")
def own(person_id: UUID) -> Answer:
    """What is so now, for oneself or an admin."""
    visit = visit_signed_in()
    person = services().people_questions.person(visit.actor, person_id)
    return _page(wants=services().invitations.are_wanted(visit.actor, person_id), person=person)


@pages.post("/<slug>/people/<uuid:person_id>/invitations")
def choose(person_id: UUID) -> Answer:
    """Signed in, for oneself or as an admin."""
    visit, wants = visit_signed_in(), request.form.get("wants") == "yes"
    recorded = services().invitations.choose(visit.actor, ChooseInvitations(PersonId(person_id), wants))
    return after(recorded, "invitations.own", person_id=person_id, done=_done(wants=wants))


@pages.get("/<slug>/invitations/<token>")
def by_link(token: str) -> Answer:
    """What is so now, and the button that changes it."""
    visit = visit_by_anyone()
    return _page(wants=services().invitations.by_link(visit.organiser.organiser_id, token))


@pages.post("/<slug>/invitations/<token>")
def answer(token: str) -> Answer:
    """No, unless the button says yes. A mail program that says no is led nowhere else."""
    visit, wants = visit_by_anyone(), request.form.get("wants") == "yes"
    services().invitations.choose_by_link(visit.organiser.organiser_id, token, wants=wants)
    if "wants" not in request.form:
        return _page(wants=wants)
    return redirect(url_for("invitations.by_link", token=token, done=_done(wants=wants)), 303)


def _page(*, wants: bool, person: PersonRow | None = None) -> Answer:
    return render_template("invitations.html", wants=wants, person=person)


def _done(*, wants: bool) -> str:
    return "invitations_on" if wants else "invitations_off"
