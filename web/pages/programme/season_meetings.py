"""The meetings of a planned season in the table it was planned in: one look at who is told, and one save."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request

from application.kernel.seen import ChangedSinceShown
from application.programme.queries.season_view import SeasonView
from domain.kernel.errors import NotFound
from domain.kernel.ids import SeasonId
from domain.programme.meeting import Format
from web.pages.kernel.forms import Form
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.visit import Answer, Visit, after, services
from web.pages.programme.season_meetings_form import Change, SeasonMeetingsForm
from web.pages.programme.season_plan_table import remark_on

pages = Blueprint("season_meetings", __name__)

FIELDS = {"title": "", "time": "", "month": ""}


@pages.get("/<slug>/seasons/<uuid:season_id>/meetings")
def page(season_id: UUID) -> Answer:
    """The meetings that can be changed, and a row for one more."""
    _, view = _reach(season_id)
    return _show(SeasonMeetingsForm(view, Form(request.form), is_typed=False))


@pages.post("/<slug>/seasons/<uuid:season_id>/meetings")
def save(season_id: UUID) -> Answer:
    """One row more; a look at what it means where somebody is told; or all of it saved."""
    visit, view = _reach(season_id)
    form = Form.sent(lambda _: _show(typed), FIELDS)
    typed = SeasonMeetingsForm(view, form, is_typed=True, grow=form.text("do") == "more_meetings")
    if form.text("do") == "more_meetings":
        return _show(typed)
    if typed.look_anew():
        raise form.refused(ChangedSinceShown())
    changes, more = typed.read()
    form.must_be_right()
    told = len(services().calling_off.told(visit.actor, SeasonId(season_id))) if changes else 0
    if told and form.text("seen") != f"{told}/{typed.print}":
        return _show(typed, changes, told)
    recorded = form.submit(services().meetings.arrange, visit.actor, typed.command(changes, more))
    return after(recorded, "season_desk.page", season_id=season_id, done="meetings_arranged")


def _reach(season_id: UUID) -> tuple[Visit, SeasonView]:
    """A season that goes on, for an admin of it. Raises NotAllowed, NotFound."""
    visit, view = season_as_admin(season_id)
    if view.row.called_off_for:
        raise NotFound(what="season")
    return visit, view


def _show(typed: SeasonMeetingsForm, changes: list[Change] | None = None, told: int = 0) -> str:
    return typed.form.page(
        "season_meetings.html",
        row=typed.view.row,
        typed=typed,
        fixed=len(typed.coming),
        formats=[each.value for each in Format],
        remarks={row.no: remark_on(row.cells["m_on"]) for row in typed.rows},
        changes=changes or [],
        told=told,
        seen=f"{told}/{typed.print}" if told else "",
    )
