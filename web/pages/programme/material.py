"""Material of a season: what an admin has published, for whom and when, and one form to publish more."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict

from application.kernel.actor import Role
from application.programme.material import PublishMaterial, RemoveMaterial, ReplaceMaterial
from application.programme.queries.programme import SeasonView
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import MeetingId, SeasonId
from domain.programme.meeting import Material, Moment, Readers
from web.kernel.errors import status_of
from web.pages.kernel.coming import material_of
from web.pages.kernel.forms import Form, Problems
from web.pages.kernel.visit import Answer, Visit, after, say, services, visit_signed_in

pages = Blueprint("material", __name__)

FIELDS = {"title": "title", "url": "url"}


@pages.get("/<slug>/seasons/<uuid:season_id>/material")
def page(season_id: UUID) -> Answer:
    """What there is, and the form."""
    _, view = _season(season_id)
    return _show(view, Form(request.form, Problems(say())))


@pages.post("/<slug>/seasons/<uuid:season_id>/material")
def publish(season_id: UUID) -> Answer:
    """Publish something to read or watch."""
    visit, view = _season(season_id)
    form = Form(request.form, Problems(say()))
    command = PublishMaterial(SeasonId(season_id), *_told(form))
    if form.problems:
        return _show(view, form), 422
    try:
        recorded = services().materials.publish(visit.actor, command, form.text("key") or None)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show(view, form), status_of(error)
    return after(recorded, "material.page", season_id=season_id, done="material_published")


@pages.get("/<slug>/seasons/<uuid:season_id>/material/<uuid:material_id>")
def one(season_id: UUID, material_id: UUID) -> Answer:
    """One item as it is, to be put right."""
    _, view = _season(season_id)
    material = _material(view, material_id)
    known = {
        "title": material.title,
        "url": material.url,
        "meeting": str(material.meeting_id or ""),
        "moment": material.moment.value,
        "readers": material.readers.value,
    }
    return _show_one(view, material, Form(MultiDict(known), Problems(say())))


@pages.post("/<slug>/seasons/<uuid:season_id>/material/<uuid:material_id>")
def replace(season_id: UUID, material_id: UUID) -> Answer:
    """The same item as it is from now on; or it is taken away."""
    visit, view = _season(season_id)
    material = _material(view, material_id)
    form = Form(request.form, Problems(say()))
    season, key, materials = SeasonId(season_id), form.text("key") or None, services().materials
    if form.text("do") == "remove":
        removed = materials.remove(visit.actor, RemoveMaterial(season, material_id), key)
        return after(removed, "material.page", season_id=season_id, done="material_removed")
    command = ReplaceMaterial(season, material_id, *_told(form))
    if form.problems:
        return _show_one(view, material, form), 422
    try:
        recorded = materials.replace(visit.actor, command, key)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show_one(view, material, form), status_of(error)
    return after(recorded, "material.page", season_id=season_id, done="material_replaced")


def _told(form: Form) -> tuple[str, str, Readers, MeetingId | None, Moment]:
    meeting_id = form.choice("meeting")
    return (
        form.required("title"),
        form.required("url"),
        Readers.EVERYONE if form.text("readers") == Readers.EVERYONE else Readers.PARTICIPANTS,
        MeetingId(meeting_id) if meeting_id else None,
        Moment.AFTER if form.text("moment") == Moment.AFTER else Moment.BEFORE,
    )


def _material(view: SeasonView, material_id: UUID) -> Material:
    """One item. Raises NotFound."""
    for each in view.materials:
        if each.material_id == material_id:
            return each
    raise NotFound(what="material")


def _season(season_id: UUID) -> tuple[Visit, SeasonView]:
    """The season, for an admin of it. Raises NotAllowed, NotFound."""
    visit = visit_signed_in()
    visit.actor.must_be(visit.organiser.organiser_id, Role.ADMIN)
    return visit, services().programme.season(visit.actor, season_id)


def _show(view: SeasonView, form: Form) -> str:
    return render_template("material.html", reading=material_of(view), **_choices(view, form))


def _show_one(view: SeasonView, material: Material, form: Form) -> str:
    return render_template("material_change.html", material=material, **_choices(view, form))


def _choices(view: SeasonView, form: Form) -> dict[str, object]:
    return {
        "row": view.row,
        "meetings": view.meetings,
        "readers": [each.value for each in (Readers.PARTICIPANTS, Readers.EVERYONE)],
        "moments": [each.value for each in Moment],
        "form": form,
        "problems": form.problems.by_field,
    }
