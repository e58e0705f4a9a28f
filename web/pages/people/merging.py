"""Two entries of one person made one, by an admin: found, looked at side by side, and then merged."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, request, url_for

from application.booking.merging import MergePeople, MergePreview
from application.people.queries.people import PersonRow
from domain.kernel.errors import PlatsError
from domain.kernel.ids import PersonId
from web.kernel.errors import status_of
from web.pages.kernel.finding import people_meant
from web.pages.kernel.forms import Form, search_words
from web.pages.kernel.visit import Answer, Visit, after, services, visit_as_admin

pages = Blueprint("merging", __name__)


@pages.get("/<slug>/people/<uuid:person_id>/merge")
def page(person_id: UUID) -> Answer:
    """Look for the other entry, and see what merging would do."""
    visit = visit_as_admin()
    form = Form(request.args)
    into = form.choice("into")
    return _look(visit, person_id, into, form)


@pages.post("/<slug>/people/<uuid:person_id>/merge")
def merge(person_id: UUID) -> Answer:
    """Make them one."""
    visit = visit_as_admin()
    form = Form.sent(lambda form: _look(visit, person_id, into, form))
    into = form.choice("into")
    command = MergePeople(PersonId(person_id), PersonId(form.needed(into)))
    recorded = form.submit(services().merging.merge, visit.actor, command)
    return after(recorded, "me.of_person", person_id=recorded.answer.person_id, done="merged")


def _look(visit: Visit, person_id: UUID, into: UUID | None, form: Form) -> Answer:
    if into is None:
        return _show(visit, _person(visit, person_id), form)
    person, other = _person(visit, person_id), _person(visit, into)
    if person.person_id != person_id:
        return redirect(url_for("me.of_person", person_id=person.person_id))
    command, preview, status = MergePeople(person.person_id, other.person_id), None, 200
    try:
        preview = services().merging.preview(visit.actor, command)
    except PlatsError as error:
        form.problems.refused(error, {})
        status = status_of(error)
    return _show(visit, person, form, other, preview), status


def _person(visit: Visit, person_id: UUID) -> PersonRow:
    return services().people_questions.person(visit.actor, person_id)


def _show(
    visit: Visit, person: PersonRow, form: Form, other: PersonRow | None = None, preview: MergePreview | None = None
) -> str:
    words = search_words(form.text("q"))
    others = [each for each in people_meant(visit, words or person.name or "") if each.person_id != person.person_id]
    return form.page(
        "merging.html",
        person=person,
        other=other,
        preview=preview,
        words=words,
        found=others,
    )
