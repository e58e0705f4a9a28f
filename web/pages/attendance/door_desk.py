"""The doors of a season: each meeting's, with how many came; what holds there; and links for helpers."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from flask import Blueprint, url_for

from application.attendance.door import AgreeDoor, MakeDoorLink, StopDoorLink
from application.programme.queries.season_view import SeasonView
from domain.attendance.door import HandingOver, WalkIns
from domain.kernel.ids import MeetingId, SeasonId
from web.pages.kernel.forms import Form
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.visit import Answer, Visit, after, services

pages = Blueprint("door_desk", __name__)


@pages.get("/<slug>/seasons/<uuid:season_id>/doors")
def page(season_id: UUID) -> Answer:
    """Which door to keep, and what holds there."""
    return _show(*season_as_admin(season_id), Form())


@pages.post("/<slug>/seasons/<uuid:season_id>/doors")
def agree(season_id: UUID) -> Answer:
    """What becomes of people without a seat, and of seats whose holder has been at a meeting."""
    visit, view = season_as_admin(season_id)
    form = Form.sent(lambda form: _show(visit, view, form))
    walk_ins, handing_over = form.must_be_one_of("walk_ins", WalkIns), form.must_be_one_of("handing_over", HandingOver)
    command = AgreeDoor(SeasonId(season_id), walk_ins, handing_over)
    recorded = form.submit(services().doors.agree, visit.actor, command)
    return after(recorded, "door_desk.page", season_id=season_id, done="door_agreed")


@pages.post("/<slug>/seasons/<uuid:season_id>/meetings/<uuid:meeting_id>/door/link")
def link(season_id: UUID, meeting_id: UUID) -> Answer:
    """A link for helpers is made anew, or stopped."""
    visit, view = season_as_admin(season_id)
    form, about = Form.sent(lambda form: _show(visit, view, form)), (SeasonId(season_id), MeetingId(meeting_id))
    if form.text("do") == "stop":
        recorded = form.submit(services().doors.stop_link, visit.actor, StopDoorLink(*about))
        return after(recorded, "door_desk.page", season_id=season_id, done="door_link_stopped")
    recorded = form.submit(services().doors.make_link, visit.actor, MakeDoorLink(*about))
    return after(recorded, "door_desk.page", season_id=season_id, done="door_link_made")


def _show(visit: Visit, view: SeasonView, form: Form) -> str:
    rules = services().doors.rules(visit.actor, SeasonId(view.row.season_id))
    came = Counter(each.meeting_id for each in services().attendance.of_season(visit.actor, view.row.season_id))
    links = {
        meeting_id: url_for("door.page", secret=secret, _external=True) for meeting_id, secret in rules.secrets.items()
    }
    meetings = [each for each in view.meetings if each.time.start_at is not None]
    shown = {"row": view.row, "meetings": meetings, "came": came, "links": links, "rules": rules}
    return form.page("door_desk.html", **shown, walk_ins=list(WalkIns), handing_overs=list(HandingOver))
