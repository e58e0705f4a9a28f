"""One meeting, for admins: its title, the points of its programme and who gives them; held, not held, or removed."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request

from application.programme.meeting import HoldMeeting, PublishProgramme, RemoveMeeting, RetitleMeeting, UndoHolding
from application.programme.queries.season_view import MeetingRow, SeasonView
from domain.kernel.errors import NotFound
from web.pages.kernel.finding import people_meant
from web.pages.kernel.forms import Form, search_words
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.visit import Answer, Landed, Visit, after, services
from web.pages.programme.meeting_programme_form import ProgrammeForm

pages = Blueprint("meeting", __name__)

FIELDS = {"title": "title", "held_on": "held_on"}
AT = "/<slug>/seasons/<uuid:season_id>/meetings/<uuid:meeting_id>"


@pages.get(AT)
def page(season_id: UUID, meeting_id: UUID) -> Answer:
    """The meeting as it is known."""
    visit, view, meeting = _reach(season_id, meeting_id)
    return _show(visit, view, meeting, Form(request.args))


@pages.post(f"{AT}/title")
def retitle(season_id: UUID, meeting_id: UUID) -> Answer:
    """Its title spelt right, or another."""
    visit, view, meeting = _reach(season_id, meeting_id)
    form = Form.sent(lambda form: _show(visit, view, meeting, form), FIELDS)
    command = RetitleMeeting(view.row.season_id, meeting.meeting_id, form.required("title"))
    return _done(form.submit(services().meetings.retitle, visit.actor, command), view, meeting, "meeting_retitled")


@pages.post(f"{AT}/programme")
def publish(season_id: UUID, meeting_id: UUID) -> Answer:
    """One row more, more people to choose among, or the points saved."""
    visit, view, meeting = _reach(season_id, meeting_id)
    form = Form.sent(lambda form: _show(visit, view, meeting, form, is_typed=True))
    if form.text("do") in ("more", "find"):
        return _show(visit, view, meeting, form, is_typed=True, grow=form.text("do") == "more")
    items = ProgrammeForm(meeting, form, view.row.zone, is_typed=True).read()
    command = PublishProgramme(view.row.season_id, meeting.meeting_id, items)
    recorded = form.submit(services().meetings.publish_programme, visit.actor, command)
    return _done(recorded, view, meeting, "programme_published")


@pages.post(f"{AT}/held")
def hold(season_id: UUID, meeting_id: UUID) -> Answer:
    """It was held on a day, or it was not held after all."""
    visit, view, meeting = _reach(season_id, meeting_id)
    form = Form.sent(lambda form: _show(visit, view, meeting, form), FIELDS)
    season, meetings = view.row.season_id, services().meetings
    if form.text("do") == "undo":
        undone = form.submit(meetings.undo_holding, visit.actor, UndoHolding(season, meeting.meeting_id))
        return _done(undone, view, meeting, "holding_undone")
    form.required("held_on")
    command = HoldMeeting(season, meeting.meeting_id, form.needed(form.day("held_on")))
    return _done(form.submit(meetings.hold, visit.actor, command), view, meeting, "meeting_held")


@pages.post(f"{AT}/remove")
def remove(season_id: UUID, meeting_id: UUID) -> Answer:
    """It was planned by mistake."""
    visit, view, meeting = _reach(season_id, meeting_id)
    form = Form.sent(lambda form: _show(visit, view, meeting, form), FIELDS)
    command = RemoveMeeting(view.row.season_id, meeting.meeting_id)
    recorded = form.submit(services().meetings.remove, visit.actor, command)
    return after(recorded, "season_desk.page", season_id=season_id, done="meeting_removed")


def _reach(season_id: UUID, meeting_id: UUID) -> tuple[Visit, SeasonView, MeetingRow]:
    """The meeting, for an admin of its season. Raises NotAllowed, NotFound."""
    visit, view = season_as_admin(season_id)
    meeting = next((each for each in view.meetings if each.meeting_id == meeting_id), None)
    if meeting is None:
        raise NotFound(what="meeting")
    return visit, view, meeting


def _done(recorded: Landed, view: SeasonView, meeting: MeetingRow, done: str) -> Answer:
    return after(recorded, "meeting.page", season_id=view.row.season_id, meeting_id=meeting.meeting_id, done=done)


def _show(
    visit: Visit, view: SeasonView, meeting: MeetingRow, form: Form, *, is_typed: bool = False, grow: bool = False
) -> str:
    words = search_words(request.values.get("q", ""))
    people = {each.person_id: each.name for each in (*meeting.speakers, *view.leaders, *view.contacts)}
    people |= {each.person_id: each.name for each in people_meant(visit, words)}
    return form.page(
        "meeting.html",
        view=view,
        row=view.row,
        meeting=meeting,
        points=ProgrammeForm(meeting, form, view.row.zone, is_typed=is_typed, grow=grow),
        people=people,
        words=words,
        materials=[each for each in view.materials if each.meeting_id == meeting.meeting_id],
    )
