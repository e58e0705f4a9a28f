"""What somebody needs to take part: told by themselves, or by an admin whom they have asked."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from application.people.person import TellNeeds
from domain.kernel.errors import PlatsError
from domain.kernel.ids import PersonId
from web.kernel.errors import status_of
from web.pages.kernel.forms import Form, Problems
from web.pages.kernel.visit import Answer, after, say, services, visit_signed_in

pages = Blueprint("needs", __name__)


@pages.get("/<slug>/people/<uuid:person_id>/needs")
def page(person_id: UUID) -> Answer:
    """What has been told so far."""
    visit = visit_signed_in()
    person = services().people_questions.person(visit.actor, person_id)
    return render_template("needs.html", person=person, typed=person.needs or "", problems={})


@pages.post("/<slug>/people/<uuid:person_id>/needs")
def tell(person_id: UUID) -> Answer:
    """Tell it, or (empty) that there is nothing."""
    visit = visit_signed_in()
    person = services().people_questions.person(visit.actor, person_id)
    form = Form(request.form, Problems(say()))
    try:
        told = services().people.tell_needs(visit.actor, TellNeeds(PersonId(person_id), form.text("needs")))
    except PlatsError as error:
        form.problems.refused(error, {"needs": "needs"})
        problems = form.problems.by_field
        return render_template("needs.html", person=person, typed=form.text("needs"), problems=problems), status_of(
            error
        )
    return after(told, "needs.page", person_id=person_id, done="needs_told")
