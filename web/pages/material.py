"""Material of a season: what an admin has published, for whom and when, and one form to publish more."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from application.actor import Role
from application.material import PublishMaterial
from application.reading.programme import SeasonView
from domain.errors import PlatsError
from domain.ids import MeetingId, SeasonId
from domain.meeting import Moment, Readers
from web.coming import material_of
from web.errors import status_of
from web.forms import Form, Problems
from web.reader import Answer, Visit, after, say, services, visit_signed_in

pages = Blueprint("material", __name__)

FIELDS = {"title": "title", "url": "url"}


@pages.get("/<slug>/seasons/<uuid:season_id>/material")
def page(slug: str, season_id: UUID) -> Answer:
    """What there is, and the form."""
    _, view = _season(slug, season_id)
    return _show(view, Form(request.form, Problems(say())))


@pages.post("/<slug>/seasons/<uuid:season_id>/material")
def publish(slug: str, season_id: UUID) -> Answer:
    """Publish something to read or watch."""
    reader, view = _season(slug, season_id)
    form = Form(request.form, Problems(say()))
    meeting_id = form.choice("meeting")
    command = PublishMaterial(
        SeasonId(season_id),
        form.required("title"),
        form.required("url"),
        Readers.EVERYONE if form.text("readers") == Readers.EVERYONE else Readers.PARTICIPANTS,
        MeetingId(meeting_id) if meeting_id else None,
        Moment.AFTER if form.text("moment") == Moment.AFTER else Moment.BEFORE,
    )
    if form.problems:
        return _show(view, form), 422
    try:
        recorded = services().materials.publish(reader.actor, command, form.text("key") or None)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show(view, form), status_of(error)
    return after(recorded, "material.page", slug=slug, season_id=season_id, done="material_published")


def _season(slug: str, season_id: UUID) -> tuple[Visit, SeasonView]:
    """The season, for an admin of it. Raises NotAllowed, NotFound."""
    reader = visit_signed_in(slug)
    reader.actor.must_be(reader.organiser.organiser_id, Role.ADMIN)
    return reader, services().programme.season(reader.actor, season_id)


def _show(view: SeasonView, form: Form) -> str:
    return render_template(
        "material.html",
        row=view.row,
        meetings=view.meetings,
        reading=material_of(view),
        readers=[each.value for each in (Readers.PARTICIPANTS, Readers.EVERYONE)],
        moments=[each.value for each in Moment],
        form=form,
        problems=form.problems.by_field,
    )
