"""What somebody needs to take part: told by themselves, or by an admin whom they have asked."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint

from application.people.person import TellNeeds
from domain.kernel.ids import PersonId
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, after, services, visit_signed_in

pages = Blueprint("needs", __name__)


@pages.get("/<slug>/people/<uuid:person_id>/needs")
def page(person_id: UUID) -> Answer:
    """What has been told so far."""
    visit = visit_signed_in()
    person = services().people_questions.person(visit.actor, person_id)
    return Form(Typed({"needs": person.needs or ""})).page("needs.html", person=person)


@pages.post("/<slug>/people/<uuid:person_id>/needs")
def tell(person_id: UUID) -> Answer:
    """Tell it, or (empty) that there is nothing."""
    visit = visit_signed_in()
    person = services().people_questions.person(visit.actor, person_id)
    form = Form.sent(lambda form: form.page("needs.html", person=person), {"needs": "needs"})
    command = TellNeeds(PersonId(person_id), form.text("needs"))
    recorded = form.submit(services().people.tell_needs, visit.actor, command)
    return after(recorded, "needs.page", person_id=person_id, done="needs_told")
