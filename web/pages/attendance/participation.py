"""Taking part in a meeting: how those of a booking do, who comes to each meeting of a season, and its seats."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from application.attendance.participation import AgreeMeetingSeats, AnswerMeeting, SeatAnswer
from application.attendance.queries.participation import OwnMeeting
from application.booking.queries.booking import BookingRow
from application.kernel.actor import Role
from domain.attendance.participation import Answer
from domain.kernel.errors import NotFound
from domain.kernel.ids import BookingId, MeetingId, SeasonId
from domain.programme.meeting import MeetingSeats
from web.pages.kernel.by_link import visit_of_booking
from web.pages.kernel.forms import Form
from web.pages.kernel.season_visit import season_as_admin
from web.pages.kernel.visit import Answer as Page
from web.pages.kernel.visit import Visit, after, services, visit_signed_in

pages = Blueprint("participation", __name__)

OF_BOOKING = "/<slug>/bookings/<uuid:booking_id>/meetings/<uuid:meeting_id>"
OF_SEASON = "/<slug>/seasons/<uuid:season_id>/coming"
OF_MEETING = "/<slug>/seasons/<uuid:season_id>/meetings/<uuid:meeting_id>/coming"
FIELDS = {"on_site": "on_site", "online": "online", "closes": "closes"}


@pages.get(OF_BOOKING)
def page(booking_id: UUID, meeting_id: UUID) -> Page:
    """For each seat one answers for: on site, online, or not this time."""
    booking, meeting = _own(visit_of_booking(), booking_id, meeting_id)
    return _ask(booking, meeting, Form(request.args))


@pages.post(OF_BOOKING)
def answer(booking_id: UUID, meeting_id: UUID) -> Page:
    """What is answered for them, all together."""
    visit = visit_of_booking()
    booking, meeting = _own(visit, booking_id, meeting_id)
    form = Form.sent(lambda form: _ask(*_own(visit, booking_id, meeting_id), form))
    chosen = {seat.seat: form.one_of(f"answer-{seat.seat}", Answer, None) for seat in meeting.seats if seat.person_id}
    answers = tuple(SeatAnswer(no, said) for no, said in chosen.items() if said is not None)
    if not answers:
        form.problems.note("", "participation.choose")
    command = AnswerMeeting(BookingId(booking_id), booking.season_id, MeetingId(meeting_id), answers)
    recorded = form.submit(services().participations.answer, visit.actor, command)
    return after(recorded, "booking.page", booking_id=booking_id, done="answered")


@pages.get(OF_SEASON)
def season(season_id: UUID) -> Page:
    """How many come to each meeting, for whoever runs or leads the season."""
    visit = visit_signed_in()
    counts = services().participation_questions.of_season(visit.actor, season_id)
    view = services().programme.season(visit.actor, season_id)
    return render_template("coming.html", row=view.row, counts=counts, is_run=_runs(visit))


@pages.get(OF_MEETING)
def meeting(season_id: UUID, meeting_id: UUID) -> Page:
    """Who comes to a meeting and how; for admins also its seats."""
    return _show(visit_signed_in(), season_id, meeting_id, Form(request.args))


@pages.post(OF_MEETING)
def agree_seats(season_id: UUID, meeting_id: UUID) -> Page:
    """How many may sit on site and take part online, and until when people choose."""
    visit, _ = season_as_admin(season_id)
    form = Form.sent(lambda form: _show(visit, season_id, meeting_id, form), FIELDS)
    on_site, online, closes = (form.whole(name) if form.text(name) else None for name in FIELDS)
    with form.attempt():
        command = AgreeMeetingSeats(
            SeasonId(season_id), MeetingId(meeting_id), MeetingSeats(on_site, online, closes or 0)
        )
    recorded = form.submit(services().participations.agree_seats, visit.actor, command)
    where = {"season_id": season_id, "meeting_id": meeting_id}
    return after(recorded, "participation.meeting", done="meeting_seats_agreed", **where)


def _own(visit: Visit, booking_id: UUID, meeting_id: UUID) -> tuple[BookingRow, OwnMeeting]:
    booking = services().booking_questions.one(visit.actor, booking_id)
    meetings = services().participation_questions.of_booking(visit.actor, booking_id)
    found = next((each for each in meetings if each.meeting_id == meeting_id), None)
    if found is None:
        raise NotFound(what="meeting")
    return booking, found


def _ask(booking: BookingRow, meeting: OwnMeeting, form: Form) -> str:
    row = services().programme.season(visit_of_booking().actor, booking.season_id).row
    now = services().clock.now()
    is_over = meeting.starts_at is not None and now >= meeting.starts_at
    return form.page(
        "participation.html",
        booking=booking,
        meeting=meeting,
        row=row,
        is_over=is_over,
        is_closed=meeting.closes_at is not None and now >= meeting.closes_at,
    )


def _show(visit: Visit, season_id: UUID, meeting_id: UUID, form: Form) -> str:
    found = services().participation_questions.of_meeting(visit.actor, season_id, meeting_id)
    row = services().programme.season(visit.actor, season_id).row
    return form.page("coming_meeting.html", row=row, counts=found.counts, people=found.people, is_run=_runs(visit))


def _runs(visit: Visit) -> bool:
    return visit.actor.has(visit.organiser.organiser_id, Role.ADMIN)
