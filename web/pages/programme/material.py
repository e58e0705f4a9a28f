"""Material of a season: what an admin has published, for whom and when, and one form to publish more."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request

from application.programme.material import PublishMaterial, RemoveMaterial, ReplaceMaterial
from application.programme.queries.programme import SeasonView
from domain.kernel.errors import NotFound
from domain.kernel.ids import MeetingId, SeasonId
from domain.programme.meeting import Material, Moment, Readers
from web.pages.kernel.coming import material_of
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.visit import Answer, after, services

pages = Blueprint("material", __name__)

FIELDS = {"title": "title", "url": "url"}


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
    recorded = form.submit(
        services().materials.publish, visit.actor, PublishMaterial(SeasonId(season_id), *_typed(form))
    )
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
    recorded = form.submit(materials.replace, visit.actor, ReplaceMaterial(season, material_id, *_typed(form)))
    return after(recorded, "material.page", season_id=season_id, done="material_replaced")


def _typed(form: Form) -> tuple[str, str, Readers, MeetingId | None, Moment]:
    meeting_id = form.choice("meeting")
    return (
        form.required("title"),
        form.required("url"),
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
        "readers": [each.value for each in (Readers.PARTICIPANTS, Readers.EVERYONE)],
        "moments": [each.value for each in Moment],
    }
