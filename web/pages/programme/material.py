"""Material of a season: what an admin has published, for whom and when, and one form to publish more."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request

from application.programme.material import PublishMaterial, RemoveMaterial, ReplaceMaterial
from application.programme.material_file import PublishFile, ReplaceFile
from application.programme.queries.season_view import SeasonView
from domain.kernel.errors import NotFound
from domain.kernel.ids import MeetingId, SeasonId
from domain.kernel.image import LARGEST
from domain.programme.meeting import Material, Moment, Readers
from web.pages.kernel.coming import material_of
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.uploaded import name_of_upload, uploaded
from web.pages.kernel.visit import Answer, Landed, Visit, after, services

pages = Blueprint("material", __name__)

FIELDS = {"title": "title", "url": "url", "NotAFileToShare": "file", "FileTooLarge": "file"}


@pages.get("/<slug>/seasons/<uuid:season_id>/material")
def page(season_id: UUID) -> Answer:
    """What there is, and the form."""
    _, view = season_as_admin(season_id)
    return _show(view, Form(request.form))


@pages.post("/<slug>/seasons/<uuid:season_id>/material")
def publish(season_id: UUID) -> Answer:
    """Publish something to read or watch."""
    visit, view = season_as_admin(season_id)
    form = Form.sent(lambda form: _show(view, form), FIELDS)
    season, content = SeasonId(season_id), uploaded("file", LARGEST)
    if content:
        file = PublishFile(season, form.required("title"), content, name_of_upload("file"), *_told(form))
        sent = form.submit(services().material_files.publish, visit.actor, file)
        return after(sent, "material.page", season_id=season_id, done="material_published")
    command = PublishMaterial(season, form.required("title"), form.required("url", "material.either"), *_told(form))
    recorded = form.submit(services().materials.publish, visit.actor, command)
    return after(recorded, "material.page", season_id=season_id, done="material_published")


@pages.get("/<slug>/seasons/<uuid:season_id>/material/<uuid:material_id>")
def one(season_id: UUID, material_id: UUID) -> Answer:
    """One item as it is, to be put right."""
    _, view = season_as_admin(season_id)
    material = _material(view, material_id)
    known = {
        "title": material.title,
        "url": material.url,
        "meeting": str(material.meeting_id or ""),
        "moment": material.moment.value,
        "readers": material.readers.value,
    }
    return _show_one(view, material, Form(Typed(known)))


@pages.post("/<slug>/seasons/<uuid:season_id>/material/<uuid:material_id>")
def replace(season_id: UUID, material_id: UUID) -> Answer:
    """The same item as it is from now on; or it is taken away."""
    visit, view = season_as_admin(season_id)
    material = _material(view, material_id)
    form = Form.sent(lambda form: _show_one(view, material, form), FIELDS)
    season, materials = SeasonId(season_id), services().materials
    if form.text("do") == "remove":
        removed = materials.remove(visit.actor, RemoveMaterial(season, material_id), form.key)
        return after(removed, "material.page", season_id=season_id, done="material_removed")
    recorded = _replaced(visit, season, material_id, form)
    return after(recorded, "material.page", season_id=season_id, done="material_replaced")


def _replaced(visit: Visit, season: SeasonId, material_id: UUID, form: Form) -> Landed:
    content, title = uploaded("file", LARGEST), form.required("title")
    if content:
        file = ReplaceFile(season, title, content, name_of_upload("file"), *_told(form), material_id=material_id)
        return form.submit(services().material_files.replace, visit.actor, file)
    command = ReplaceMaterial(season, material_id, title, form.required("url"), *_told(form))
    return form.submit(services().materials.replace, visit.actor, command)


def _told(form: Form) -> tuple[Readers, MeetingId | None, Moment]:
    meeting_id = form.choice("meeting")
    return (
        form.one_of("readers", Readers, Readers.PARTICIPANTS),
        MeetingId(meeting_id) if meeting_id else None,
        form.one_of("moment", Moment, Moment.BEFORE),
    )


def _material(view: SeasonView, material_id: UUID) -> Material:
    """One item. Raises NotFound."""
    for each in view.materials:
        if each.material_id == material_id:
            return each
    raise NotFound(what="material")


def _show(view: SeasonView, form: Form) -> str:
    return form.page("material.html", reading=material_of(view), **_choices(view))


def _show_one(view: SeasonView, material: Material, form: Form) -> str:
    return form.page("material_change.html", material=material, **_choices(view))


def _choices(view: SeasonView) -> dict[str, object]:
    return {
        "row": view.row,
        "meetings": view.meetings,
        "readers": [each.value for each in (Readers.PARTICIPANTS, Readers.ONLINE, Readers.EVERYONE)],
        "moments": [each.value for each in Moment],
    }
