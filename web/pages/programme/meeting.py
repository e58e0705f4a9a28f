"""One meeting, for admins: its title, the points of its programme and who gives them; held, not held, or removed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, render_template, request

from application.programme.meeting import HoldMeeting, PublishProgramme, RemoveMeeting, RetitleMeeting, UndoHolding
from application.programme.queries.programme import MeetingRow, SeasonView
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import MeetingId
from web.kernel.errors import status_of
from web.pages.kernel.finding import people_meant
from web.pages.kernel.forms import Form, Problems, search_words
from web.pages.kernel.visit import Answer, Landed, Visit, after, say, services, visit_as_admin
from web.pages.programme.meeting_programme_form import ProgrammeForm

pages = Blueprint("meeting", __name__)

FIELDS = {"title": "title", "held_on": "held_on"}
AT = "/<slug>/seasons/<uuid:season_id>/meetings/<uuid:meeting_id>"


@pages.get(AT)
def page(season_id: UUID, meeting_id: UUID) -> Answer:
    """The meeting as it is known."""
    visit, view, meeting = _reach(season_id, meeting_id)
    return _show(visit, view, meeting, Form(request.args, Problems(say())), is_typed=False)


@pages.post(f"{AT}/title")
def retitle(season_id: UUID, meeting_id: UUID) -> Answer:
    """Its title spelt right, or another."""
    visit, view, meeting = _reach(season_id, meeting_id)
    form = Form(request.form, Problems(say()))
    title = form.required("title")
    command = RetitleMeeting(view.row.season_id, MeetingId(meeting_id), title)
    return _carry_out(
        lambda: services().meetings.retitle(visit.actor, command), visit, view, meeting, form, "meeting_retitled"
    )


@pages.post(f"{AT}/programme")
def publish(season_id: UUID, meeting_id: UUID) -> Answer:
    """One row more, more people to choose among, or the points saved."""
    visit, view, meeting = _reach(season_id, meeting_id)
    form = Form(request.form, Problems(say()))
    if form.text("do") in ("more", "find"):
        return _show(visit, view, meeting, form, is_typed=True, grow=form.text("do") == "more")
    items = ProgrammeForm(meeting, form, view.row.zone, is_typed=True).read()
    command = PublishProgramme(view.row.season_id, MeetingId(meeting_id), items)
    act = services().meetings.publish_programme
    return _carry_out(
        lambda: act(visit.actor, command, form.text("key") or None), visit, view, meeting, form, "programme_published"
    )


@pages.post(f"{AT}/held")
def hold(season_id: UUID, meeting_id: UUID) -> Answer:
    """It was held on a day, or it was not held after all."""
    visit, view, meeting = _reach(season_id, meeting_id)
    form = Form(request.form, Problems(say()))
    season, one, key = view.row.season_id, MeetingId(meeting_id), form.text("key") or None
    meetings = services().meetings
    if form.text("do") == "undo":
        return _carry_out(
            lambda: meetings.undo_holding(visit.actor, UndoHolding(season, one), key),
            *(visit, view, meeting, form, "holding_undone"),
        )
    form.required("held_on")
    held_on = form.day("held_on")
    if held_on is None:
        return _show(visit, view, meeting, form, is_typed=False), 422
    return _carry_out(
        lambda: meetings.hold(visit.actor, HoldMeeting(season, one, held_on), key),
        *(visit, view, meeting, form, "meeting_held"),
    )


@pages.post(f"{AT}/remove")
def remove(season_id: UUID, meeting_id: UUID) -> Answer:
    """It was planned by mistake."""
    visit, view, meeting = _reach(season_id, meeting_id)
    form = Form(request.form, Problems(say()))
    command = RemoveMeeting(view.row.season_id, MeetingId(meeting_id))
    try:
        recorded = services().meetings.remove(visit.actor, command, form.text("key") or None)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show(visit, view, meeting, form, is_typed=False), status_of(error)
    return after(recorded, "season_desk.page", season_id=season_id, done="meeting_removed")


def _reach(season_id: UUID, meeting_id: UUID) -> tuple[Visit, SeasonView, MeetingRow]:
    """The meeting, for an admin of its season. Raises NotAllowed, NotFound."""
    visit = visit_as_admin()
    view = services().programme.season(visit.actor, season_id)
    meeting = next((each for each in view.meetings if each.meeting_id == meeting_id), None)
    if meeting is None:
        raise NotFound(what="meeting")
    return visit, view, meeting


def _carry_out(
    act: Callable[[], Landed], visit: Visit, view: SeasonView, meeting: MeetingRow, form: Form, done: str
) -> Answer:
    is_programme = request.endpoint == "meeting.publish"
    if form.problems:
        return _show(visit, view, meeting, form, is_typed=is_programme), 422
    try:
        recorded = act()
    except PlatsError as error:
        form.problems.refused(error, {} if is_programme else FIELDS)
        return _show(visit, view, meeting, form, is_typed=is_programme), status_of(error)
    season_id = view.row.season_id
    return after(recorded, "meeting.page", season_id=season_id, meeting_id=meeting.meeting_id, done=done)


def _show(
    visit: Visit, view: SeasonView, meeting: MeetingRow, form: Form, *, is_typed: bool, grow: bool = False
) -> str:
    words = search_words(request.values.get("q", ""))
    people = {each.person_id: each.name for each in (*meeting.speakers, *view.leaders, *view.contacts)}
    people |= {each.person_id: each.name for each in people_meant(visit, words)}
    return render_template(
        "meeting.html",
        view=view,
        row=view.row,
        meeting=meeting,
        form=form,
        problems=form.problems.by_field,
        points=ProgrammeForm(meeting, form, view.row.zone, is_typed=is_typed, grow=grow),
        people=people,
        words=words,
        materials=[each for each in view.materials if each.meeting_id == meeting.meeting_id],
    )
