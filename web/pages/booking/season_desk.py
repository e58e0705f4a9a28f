"""Running a season: open and close booking, set, move, postpone and call off meetings, add seats."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, render_template

from application.booking.opening_list import OpeningOf
from application.programme.meeting import CallOffMeeting, PlanMeeting, PlannedMeeting, PostponeMeeting, ScheduleMeeting
from application.programme.queries.season_view import MeetingRow, SeasonView
from application.programme.season import AddSeats, CloseBooking, OpenBooking
from domain.kernel.errors import NotFound
from domain.kernel.ids import MeetingId, SeasonId
from domain.kernel.terms import zone_named
from domain.programme.meeting import Format, Place
from domain.programme.meeting_time import TO_COME, MeetingTime, in_month, scheduled
from domain.programme.season_opening import Visibility
from web.pages.booking.season_glance import glance
from web.pages.kernel.form_token import FORM_FIELD
from web.pages.kernel.forms import Form, FormRefused
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.visit import Answer, Landed, Visit, after, say, services, today
from web.words.wording import booking_state

pages = Blueprint("season_desk", __name__)

FIELDS = {
    "title": "title",
    "end": "end",
    "time": "start",
    "start": "start",
    "month": "month",
    "reason": "reason",
    "seats": "seats",
    "venue": "venue",
    "address": "address",
    "town": "town",
}
PLACE = ("venue", "link", "address", "town")
MOST_NAMES = 60
"""How many names a preview writes out; the roster has them all."""
Done = tuple[Landed, str]


@pages.get("/<slug>/seasons/<uuid:season_id>/run")
def page(season_id: UUID) -> Answer:
    """Everything about the season that an admin may change."""
    return _show(*season_as_admin(season_id), Form(), "")


@pages.post("/<slug>/seasons/<uuid:season_id>/run")
def change(season_id: UUID) -> Answer:
    """Open, close, add seats, plan one more meeting."""
    visit, view = season_as_admin(season_id)
    form = Form.sent(lambda form: _show(visit, view, form, form.text("do")), FIELDS)
    acts: dict[str, Callable[[Visit, SeasonView, Form], Done]] = {
        "open": _open, "close": _close, "seats": _add_seats, "plan": _plan,
    }  # fmt: skip
    act = acts.get(form.text("do"))
    if act is None:
        raise NotFound(what="season")
    recorded, done = act(visit, view, form)
    return after(recorded, "season_desk.page", season_id=season_id, done=done)


@pages.post("/<slug>/seasons/<uuid:season_id>/meetings/<uuid:meeting_id>")
def change_meeting(season_id: UUID, meeting_id: UUID) -> Answer:
    """Set or move one meeting, postpone it until further notice, or call it off."""
    visit, view = season_as_admin(season_id)
    form = Form.sent(lambda form: _show(visit, view, form, str(meeting_id)), FIELDS)
    meeting = next((each for each in view.meetings if each.meeting_id == meeting_id), None)
    if meeting is None or form.text("do") not in ("schedule", "postpone", "call_off"):
        raise NotFound(what="meeting")
    told = services().calling_off.told(visit.actor, SeasonId(season_id), meeting.meeting_id)
    if told and form.text("seen") != _seen(meeting, len(told)) and _can_be_read(form, view):
        return _look_first(visit, view, meeting, form, len(told))
    recorded, done = _change(visit, view, meeting, form, len(told))
    return after(recorded, "season_desk.page", season_id=season_id, done=done)


def _seen(meeting: MeetingRow, told: int) -> str:
    """What was looked at: how many are told, and which of the meeting's changes was the last then."""
    return f"{told}/{meeting.changes}"


def _can_be_read(form: Form, view: SeasonView) -> bool:
    """Whether there is something to look at before it is done; otherwise the form says what is wrong."""
    trial = Form(form.typed)
    if form.text("do") != "schedule":
        return bool(trial.required("reason"))
    try:
        _time(trial, view.row.zone)
    except FormRefused:
        return False
    return True


def _become(form: Form, view: SeasonView, meeting: MeetingRow) -> MeetingTime:
    match form.text("do"):
        case "postpone":
            return meeting.time.postponed(form.text("reason"))
        case "call_off":
            return meeting.time.called_off(form.text("reason"))
        case _:
            return _time(form, view.row.zone)


def _look_first(visit: Visit, view: SeasonView, meeting: MeetingRow, form: Form, told: int) -> str:
    """What it would mean, and for how many, before it is done with one button."""
    become = _become(form, view, meeting)
    lines = services().rosters.of(visit.actor, view.row.season_id)
    coming = [*(line.name for line in lines), *(each.name for each in (*view.leaders, *meeting.speakers))]
    names = list(dict.fromkeys(name for name in coming if name))
    return render_template(
        "meeting_change.html",
        row=view.row,
        meeting=meeting,
        become=become,
        place=_place(form) if form.text("do") == "schedule" else meeting.place,
        act=form.text("do"),
        told=told,
        seen=_seen(meeting, told),
        names=names[:MOST_NAMES],
        more=len(names[MOST_NAMES:]),
        typed=[(name, value) for name, value in form.typed.items(multi=True) if name not in ("seen", FORM_FIELD)],
    )


def _show(visit: Visit, view: SeasonView, form: Form, place: str) -> str:
    left = services().calling_off.left(visit.actor, view.row.season_id) if view.row.called_off_for else 0
    on = today(view.row.zone)
    return form.page(
        "season_desk.html",
        unconfirmed=services().registration_rules.seats_held(visit.actor, view.row.season_id),
        view=view,
        row=view.row,
        state=booking_state(view.row, on, say()),
        is_over=view.row.is_over(on),
        ending=left,
        to_tell=services().opening_lists.waiting(visit.actor, OpeningOf(season_id=view.row.season_id)).waiting,
        kept=[
            each
            for each in services().first_refusal_questions.of_season(visit.actor, view.row.season_id)
            if each.state == "offered"
        ],
        place=place,
        formats=[each.value for each in Format],
        local_times=_local_times,
        **glance(visit, view),
    )


def _open(visit: Visit, view: SeasonView, form: Form) -> Done:
    shown = form.one_of("visibility", Visibility, Visibility.PUBLIC) if view.row.is_draft else None
    command = OpenBooking(view.row.season_id, form.day("closes_on"), shown)
    return form.submit(services().seasons.open_booking, visit.actor, command), "opened"


def _close(visit: Visit, view: SeasonView, form: Form) -> Done:
    return form.submit(services().seasons.close_booking, visit.actor, CloseBooking(view.row.season_id)), "closed"


def _add_seats(visit: Visit, view: SeasonView, form: Form) -> Done:
    wanted, were = form.needed(form.whole("seats")), form.needed(form.whole("were"))
    if wanted == were:
        form.problems.note("seats", "season_desk.same_seats")
    form.must_be_right()
    command = AddSeats(view.row.season_id, wanted - were)
    return form.submit(services().seasons.add_seats, visit.actor, command), "seats_added"


def _plan(visit: Visit, view: SeasonView, form: Form) -> Done:
    meeting = PlannedMeeting(form.required("title"), _time(form, view.row.zone), _place(form))
    return form.submit(
        services().meetings.plan, visit.actor, PlanMeeting(view.row.season_id, meeting)
    ), "meeting_planned"


def _change(visit: Visit, view: SeasonView, meeting: MeetingRow, form: Form, told: int) -> Done:
    meetings, act = services().meetings, form.text("do")
    season_id, meeting_id = view.row.season_id, MeetingId(meeting.meeting_id)
    if act == "schedule":
        schedule = ScheduleMeeting(season_id, meeting_id, _time(form, view.row.zone), _place(form), told)
        return form.submit(meetings.schedule, visit.actor, schedule), "meeting_moved"
    reason = form.required("reason")
    if act == "postpone":
        postpone = PostponeMeeting(season_id, meeting_id, reason, told)
        return form.submit(meetings.postpone, visit.actor, postpone), "meeting_postponed"
    return form.submit(
        meetings.call_off, visit.actor, CallOffMeeting(season_id, meeting_id, reason, told)
    ), "meeting_called_off"


def _time(form: Form, zone: str) -> MeetingTime:
    """A start and an end, or only a month, or nothing yet: a date to come. Raises FormRefused."""
    start, end, month = form.moment("start"), form.moment("end"), form.text("month")
    if bool(start) != bool(end):
        form.problems.note("end" if start else "start", "form.moment")
    with form.attempt():
        if start and end:
            return scheduled(start, end, zone)
        return in_month(month) if month else TO_COME


def _place(form: Form) -> Place:
    chosen, (venue, link, address, town) = form.one_of("format", Format, Format.ON_SITE), map(form.text, PLACE)
    return Place(chosen, venue, link, address, town)


def _local_times(time: MeetingTime, zone: str) -> tuple[str, str, str]:
    """What is known of a meeting's time, as the form's fields take it: start, end, month."""
    start, end = (
        f"{each.astimezone(zone_named(zone)):%Y-%m-%dT%H:%M}" if each else "" for each in (time.start_at, time.end_at)
    )
    return start, end, time.month or ""
