"""A few words about somebody who leads, speaks or answers, shown to all: by themselves, or by an admin told so."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint

from application.people.introduction import PresentPerson, TakeBackPresentation
from application.people.queries.people import PersonRow
from domain.kernel.ids import PersonId
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, Visit, after, services, visit_signed_in

pages = Blueprint("presentation", __name__)

AT = "/<slug>/people/<uuid:person_id>/presentation"
FIELDS = {"words": "words", "is_agreed": "is_agreed"}


@pages.get(AT)
def page(person_id: UUID) -> Answer:
    """What is shown now, and the form."""
    visit = visit_signed_in()
    person = services().people_questions.person(visit.actor, person_id)
    told = services().programme.presented(person_id)
    known = {"words": told.words or ""} if told else {}
    ticked = {f"shows_{way}": "yes" for way in ("email", "phone") if told and getattr(told, way)}
    return _show(visit, person, Form(Typed({**known, **ticked})))


@pages.post(AT)
def change(person_id: UUID) -> Answer:
    """Other words from now on, or (`do` remove) none."""
    visit = visit_signed_in()
    person = services().people_questions.person(visit.actor, person_id)
    form = Form.sent(lambda form: _show(visit, person, form), FIELDS)
    if form.text("do") == "remove":
        gone = form.submit(services().introductions.take_back, visit.actor, TakeBackPresentation(PersonId(person_id)))
        return after(gone, "presentation.page", person_id=person_id, done="presentation_taken_back")
    if not form.text("is_agreed"):
        form.problems.note("is_agreed", "introduction.must_agree")
    ways = bool(form.text("shows_email")), bool(form.text("shows_phone"))
    command = PresentPerson(PersonId(person_id), form.text("words"), True, *ways)
    shown = form.submit(services().introductions.present, visit.actor, command)
    return after(shown, "presentation.page", person_id=person_id, done="presented")


def _show(visit: Visit, person: PersonRow, form: Form) -> str:
    is_shown = services().programme.presented(person.person_id) is not None
    is_me = visit.actor.person_id == person.person_id
    return form.page("presentation.html", person=person, is_me=is_me, is_shown=is_shown)
