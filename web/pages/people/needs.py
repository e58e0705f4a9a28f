"""What somebody needs to take part: told by themselves, or by an admin whom they have asked."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint

from application.booking.link_code import Act
from application.people.person import TellNeeds
from application.people.queries.people import PersonRow
from domain.kernel.ids import PersonId
from web.pages.kernel.by_link import must_be_own, must_hold_code, visit_of_booking
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, Visit, after, services

pages = Blueprint("needs", __name__)


@pages.get("/<slug>/people/<uuid:person_id>/needs")
@pages.get("/<slug>/bookings/<uuid:booking_id>/people/<uuid:person_id>/needs")
def page(person_id: UUID, booking_id: UUID | None = None) -> Answer:  # noqa: ARG001 # by its link
    """What has been told so far. By the link of a mail, which may be anybody's by now, it is not shown."""
    visit, person = _who(person_id)
    return _show(visit, person, Form(Typed({"needs": "" if visit.is_by_link else person.needs or ""})))


@pages.post("/<slug>/people/<uuid:person_id>/needs")
@pages.post("/<slug>/bookings/<uuid:booking_id>/people/<uuid:person_id>/needs")
def tell(person_id: UUID, booking_id: UUID | None = None) -> Answer:
    """Tell it, or (empty) that there is nothing; by a link a code is asked for where something is told already."""
    visit, person = _who(person_id)
    form = Form.sent(lambda form: _show(visit, person, form), {"needs": "needs"})
    command = TellNeeds(PersonId(person_id), form.text("needs"))
    if person.needs:
        must_hold_code(visit, Act.NEEDS)
    recorded = form.submit(services().people.tell_needs, visit.actor, command)
    if visit.is_by_link and booking_id is not None:
        return after(recorded, "booking.page", booking_id=booking_id, done="needs_told")
    return after(recorded, "needs.page", person_id=person_id, done="needs_told")


def _who(person_id: UUID) -> tuple[Visit, PersonRow]:
    visit = visit_of_booking()
    must_be_own(visit, person_id)
    return visit, services().people_questions.person(visit.actor, person_id)


def _show(visit: Visit, person: PersonRow, form: Form) -> str:
    return form.page("needs.html", person=person, is_hidden=visit.is_by_link and bool(person.needs))
