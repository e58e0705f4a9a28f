"""Running a season: open and close booking, set, move, postpone and call off meetings, add seats."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict

from application.kernel.actor import Role
from application.programme.meeting import CallOffMeeting, PlanMeeting, PlannedMeeting, PostponeMeeting, ScheduleMeeting
from application.programme.queries.programme import MeetingRow, SeasonView
from application.programme.season import AddSeats, CloseBooking, OpenBooking
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import MeetingId, SeasonId
from domain.kernel.terms import zone_named
from domain.programme.meeting import Format, Place
from domain.programme.meeting_time import TO_COME, MeetingTime, in_month, scheduled
from web.kernel.errors import status_of
from web.pages.kernel.forms import Form, Problems
from web.pages.kernel.visit import FORM_FIELD, Answer, Landed, Visit, after, say, services, today, visit_signed_in
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
}
MOST_NAMES = 60
"""How many names a preview writes out; the roster has them all."""
Done = tuple[Landed, str]


@pages.get("/<slug>/seasons/<uuid:season_id>/run")
def page(season_id: UUID) -> Answer:
    """Everything about the season that an admin may change."""
    visit, view = _reach(season_id)
    return _show(visit, view, Form(MultiDict(), Problems(say())), "")


@pages.post("/<slug>/seasons/<uuid:season_id>/run")
def change(season_id: UUID) -> Answer:
    """Open, close, add seats, plan one more meeting."""
    visit, view = _reach(season_id)
    form = Form(request.form, Problems(say()))
    season = SeasonId(season_id)
    acts: dict[str, Callable[[], Done | None]] = {
        "open": lambda: _open(visit, season, form),
        "close": lambda: (services().seasons.close_booking(visit.actor, CloseBooking(season)), "closed"),
        "seats": lambda: _add_seats(visit, season, form),
        "plan": lambda: _plan(visit, view, form),
    }
    if form.text("do") not in acts:
        raise NotFound(what="season")
    return _carry_out(acts[form.text("do")], visit, view, form, form.text("do"))


@pages.post("/<slug>/seasons/<uuid:season_id>/meetings/<uuid:meeting_id>")
def change_meeting(season_id: UUID, meeting_id: UUID) -> Answer:
    """Set or move one meeting, postpone it until further notice, or call it off."""
    visit, view = _reach(season_id)
    form = Form(request.form, Problems(say()))
    meeting = next((each for each in view.meetings if each.meeting_id == meeting_id), None)
    acts = {"schedule": _schedule, "postpone": _postpone, "call_off": _call_off}
    act = acts.get(form.text("do"))
    if meeting is None or act is None:
        raise NotFound(what="meeting")
    found = meeting
    told = services().calling_off.told(visit.actor, SeasonId(season_id), found.meeting_id)
    if told and form.text("seen") != _seen(found, len(told)) and _can_be_read(form, view):
        return _look_first(visit, view, found, form, len(told))
    return _carry_out(lambda: act(visit, view, found, form), visit, view, form, str(meeting_id))


def _seen(meeting: MeetingRow, told: int) -> str:
    """What was looked at: how many are told, and which of the meeting's changes was the last then."""
    return f"{told}/{meeting.changes}"


def _can_be_read(form: Form, view: SeasonView) -> bool:
    """Whether there is something to look at before it is done; otherwise the form says what is wrong."""
    trial = Form(form.typed, Problems(say()))
    if form.text("do") != "schedule":
        return bool(trial.required("reason"))
    try:
        return _time(trial, view.row.zone) is not None and not trial.problems
    except PlatsError:
        return False


def _become(form: Form, view: SeasonView, meeting: MeetingRow) -> MeetingTime | None:
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


def _reach(season_id: UUID) -> tuple[Visit, SeasonView]:
    visit = visit_signed_in()
    visit.actor.must_be(visit.organiser.organiser_id, Role.ADMIN)
    return visit, services().programme.season(visit.actor, season_id)


def _carry_out(act: Callable[[], Done | None], visit: Visit, view: SeasonView, form: Form, place: str) -> Answer:
    try:
        done = act()
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _show(visit, view, form, place), status_of(error)
    if done is None or form.problems:
        return _show(visit, view, form, place), 422
    recorded, word = done
    return after(recorded, "season_desk.page", season_id=view.row.season_id, done=word)


def _show(visit: Visit, view: SeasonView, form: Form, place: str) -> str:
    left = services().calling_off.left(visit.actor, view.row.season_id) if view.row.called_off_for else 0
    state = booking_state(view.row, today(view.row.zone), say())
    return render_template(
        "season_desk.html",
        unconfirmed=services().registration_rules.seats_held(visit.actor, view.row.season_id),
        view=view,
        row=view.row,
        state=state,
        ending=left,
        kept=[
            each
            for each in services().first_refusal_questions.of_season(visit.actor, view.row.season_id)
            if each.state == "offered"
        ],
        form=form,
        place=place,
        problems=form.problems.by_field,
        formats=[each.value for each in Format],
        local_times=_local_times,
    )


def _open(visit: Visit, season_id: SeasonId, form: Form) -> Done | None:
    closes_on = form.day("closes_on")
    if form.problems:
        return None
    return services().seasons.open_booking(visit.actor, OpenBooking(season_id, closes_on)), "opened"


def _add_seats(visit: Visit, season_id: SeasonId, form: Form) -> Done | None:
    seats = form.whole("seats")
    if seats is None:
        return None
    return services().seasons.add_seats(visit.actor, AddSeats(season_id, seats), _key(form)), "seats_added"


def _key(form: Form) -> str | None:
    """Two presses of one button are one."""
    return form.text("key") or None


def _plan(visit: Visit, view: SeasonView, form: Form) -> Done | None:
    title, time, place = form.required("title"), _time(form, view.row.zone), _place(form)
    if time is None or form.problems:
        return None
    command = PlanMeeting(view.row.season_id, PlannedMeeting(title, time, place))
    return services().meetings.plan(visit.actor, command, _key(form)), "meeting_planned"


def _schedule(visit: Visit, view: SeasonView, meeting: MeetingRow, form: Form) -> Done | None:
    time = _time(form, view.row.zone)
    if time is None or form.problems:
        return None
    command = ScheduleMeeting(view.row.season_id, meeting.meeting_id, time, _place(form))
    return services().meetings.schedule(visit.actor, command), "meeting_moved"


def _postpone(visit: Visit, view: SeasonView, meeting: MeetingRow, form: Form) -> Done | None:
    reason = form.required("reason")
    if form.problems:
        return None
    command = PostponeMeeting(view.row.season_id, MeetingId(meeting.meeting_id), reason)
    return services().meetings.postpone(visit.actor, command), "meeting_postponed"


def _call_off(visit: Visit, view: SeasonView, meeting: MeetingRow, form: Form) -> Done | None:
    reason = form.required("reason")
    if form.problems:
        return None
    command = CallOffMeeting(view.row.season_id, MeetingId(meeting.meeting_id), reason)
    return services().meetings.call_off(visit.actor, command), "meeting_called_off"


def _time(form: Form, zone: str) -> MeetingTime | None:
    """A start and an end, or only a month, or nothing yet: a date to come."""
    start, end, month = form.moment("start"), form.moment("end"), form.text("month")
    if form.problems:
        return None
    if start and end:
        return scheduled(start, end, zone)
    if start or end:
        form.problems.note("end" if start else "start", "form.moment")
        return None
    return in_month(month) if month else TO_COME


def _place(form: Form) -> Place:
    chosen = form.text("format")
    kind = Format(chosen) if chosen in list(Format) else Format.ON_SITE
    return Place(kind, form.text("venue"), form.text("link"))


def _local_times(time: MeetingTime, zone: str) -> tuple[str, str, str]:
    """What is known of a meeting's time, as the form's fields take it: start, end, month."""
    start, end = (
        f"{each.astimezone(zone_named(zone)):%Y-%m-%dT%H:%M}" if each else "" for each in (time.start_at, time.end_at)
    )
    return start, end, time.month or ""
