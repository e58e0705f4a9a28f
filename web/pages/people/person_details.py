"""A person's name, address and phone put right: by themselves, or by an admin who has been told."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint

from application.people.person_correction import CorrectPerson
from application.people.queries.people import PersonRow
from domain.kernel.ids import PersonId
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, Visit, after, services, visit_signed_in

pages = Blueprint("person_details", __name__)

FIELDS = {"name": "name", "email": "email", "AddressUnderAnotherName": "email", "phone": "phone"}


@pages.get("/<slug>/people/<uuid:person_id>/details")
def page(person_id: UUID) -> Answer:
    """What is known, to be put right."""
    visit = visit_signed_in()
    person = services().people_questions.person(visit.actor, person_id)
    known = {name: getattr(person, name) or "" for name in ("name", "email", "phone")}
    return _show(visit, person, Form(Typed(known)))


@pages.post("/<slug>/people/<uuid:person_id>/details")
def correct(person_id: UUID) -> Answer:
    """Put right what is not as it was on the page; what nobody touched stays, whoever changed it meanwhile."""
    visit = visit_signed_in()
    person = services().people_questions.person(visit.actor, person_id)
    form = Form.sent(lambda form: _show(visit, person, form), FIELDS)
    form.required("name")
    name, email, phone = (_touched(form, each) for each in ("name", "email", "phone"))
    command = CorrectPerson(PersonId(person_id), name, email, phone, bool(form.text("shares_email")))
    recorded = form.submit(services().person_corrections.correct, visit.actor, command)
    is_asked = email and not visit.is_admin
    return after(recorded, "me.of_person", person_id=person_id, done="address_asked" if is_asked else "corrected")


def _touched(form: Form, name: str) -> str | None:
    return form.text(name) if form.text(name) != form.text(f"was_{name}") else None


def _show(visit: Visit, person: PersonRow, form: Form) -> str:
    is_me = visit.actor.is_person(person.person_id)
    return form.page("person_details.html", person=person, is_me=is_me)
