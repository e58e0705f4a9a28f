"""A person's picture: shown to anyone where they speak or lead, changed by themselves or by an admin they have told."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response

from application.people.face import HideFace, ShowFace
from application.people.queries.people import PersonRow
from domain.kernel.errors import NotFound
from domain.kernel.ids import PersonId
from domain.kernel.image import LARGEST
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.uploaded import uploaded
from web.pages.kernel.visit import Answer, Visit, after, services, visit_by_anyone, visit_signed_in

pages = Blueprint("face", __name__)

FIELDS = {"is_agreed": "is_agreed", "NotAnImage": "face", "ImageTooLarge": "face"}


@pages.get("/<slug>/faces/<digest>-<int:width>.webp")
def picture(digest: str, width: int) -> Answer:
    """A picture as long as it is shown. A browser keeps it for a day and no longer: its person may take it back."""
    organiser = visit_by_anyone().organiser
    content = services().faces.picture(organiser.organiser_id, digest, width)
    if content is None:
        raise NotFound(what="picture")
    answer = Response(content, content_type="image/webp")
    answer.headers["Cache-Control"] = "public, max-age=86400, immutable"
    return answer


@pages.get("/<slug>/people/<uuid:person_id>/face")
def page(person_id: UUID) -> Answer:
    """The one that is shown, and the form."""
    visit = visit_signed_in()
    return _show(visit, services().people_questions.person(visit.actor, person_id), Form(Typed()))


@pages.post("/<slug>/people/<uuid:person_id>/face")
def change(person_id: UUID) -> Answer:
    """Another picture from now on, or (`do` remove) none."""
    visit = visit_signed_in()
    person = services().people_questions.person(visit.actor, person_id)
    form = Form.sent(lambda form: _show(visit, person, form), FIELDS)
    if form.text("do") == "remove":
        hidden = form.submit(services().faces.hide, visit.actor, HideFace(PersonId(person_id)))
        return after(hidden, "face.page", person_id=person_id, done="face_hidden")
    content = uploaded("face", LARGEST)
    if not content:
        form.problems.note("face", "face.choose_file")
    if not form.text("is_agreed"):
        form.problems.note("is_agreed", "face.must_agree")
    shown = form.submit(services().faces.show, visit.actor, ShowFace(PersonId(person_id), content, is_agreed=True))
    return after(shown, "face.page", person_id=person_id, done="face_shown")


def _show(visit: Visit, person: PersonRow, form: Form) -> str:
    return form.page("face.html", person=person, is_me=visit.actor.person_id == person.person_id)
