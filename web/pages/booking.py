"""Bookings as their people see them: all of mine, one with its seats and money, and the naming of a participant."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from flask import Blueprint, render_template, request

from application.booking import NameParticipant
from application.invoice import invoice_of
from application.participant import Participant
from application.reading.booking import BookingRow
from application.reading.invoice import DocumentView
from application.reading.programme import MeetingRow, SeasonView
from domain.errors import NotFound, PlatsError
from domain.ids import BookingId
from domain.meeting_time import TimeKind
from web.cases import may_answer, to_answer
from web.errors import status_of
from web.forms import Form, Problems
from web.reader import Answer, Visit, after, say, services, visit_signed_in
from web.wording import price_reasons

pages = Blueprint("booking", __name__)

FIELDS = {"name": "name", "email": "email"}


@pages.get("/<slug>/bookings")
def mine(slug: str) -> Answer:
    """All bookings that are mine, or that I answer for."""
    reader = visit_signed_in(slug)
    found = services().booking_questions.mine(reader.actor, request.args.get("after"))
    places, asked = services().rosters.my_places(reader.actor), to_answer(reader)
    return render_template("bookings.html", found=found, places=places, asked=asked)


@pages.get("/<slug>/bookings/<uuid:booking_id>")
def page(slug: str, booking_id: UUID) -> Answer:
    """One booking: next meeting, people, money, what was agreed."""
    reader = visit_signed_in(slug)
    booking = services().booking_questions.one(reader.actor, booking_id)
    view = services().programme.season(reader.actor, booking.season_id)
    is_person = booking.payer_person_id is not None and booking.payer_person_id == reader.actor.person_id
    return render_template(
        "booking.html",
        booking=booking,
        view=view,
        next_meeting=_next(view, services().clock.now()),
        held=[seat for seat in booking.seats if not seat.is_cancelled],
        may_change=services().booking_questions.answers_for(reader.actor, booking),
        cases=services().desk.of_booking(reader.actor, booking_id),
        may_answer=partial(may_answer, reader),
        reasons=price_reasons(booking.quote, "" if is_person else booking.payer or "", say()),
        document=_document(reader, booking),
    )


@pages.get("/<slug>/bookings/<uuid:booking_id>/seats/<int:no>/name")
def name_form(slug: str, booking_id: UUID, no: int) -> Answer:
    """Who is to sit in a seat that has no name."""
    reader = visit_signed_in(slug)
    booking = services().booking_questions.one(reader.actor, booking_id)
    return _ask_name(booking, no, Form(request.form, Problems(say())))


@pages.post("/<slug>/bookings/<uuid:booking_id>/seats/<int:no>/name")
def name(slug: str, booking_id: UUID, no: int) -> Answer:
    """Name the participant."""
    reader = visit_signed_in(slug)
    booking = services().booking_questions.one(reader.actor, booking_id)
    form = Form(request.form, Problems(say()))
    participant = Participant(name=form.required("name"), email=form.required("email"))
    if form.problems:
        return _ask_name(booking, no, form), 422
    try:
        command = NameParticipant(BookingId(booking_id), no, participant)
        recorded = services().bookings.name_participant(reader.actor, command, form.text("key") or None)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _ask_name(booking, no, form), status_of(error)
    return after(recorded, "booking.page", slug=slug, booking_id=booking_id, done="named")


def _ask_name(booking: BookingRow, no: int, form: Form) -> str:
    if all(seat.no != no for seat in booking.seats):
        raise NotFound(what="seat")
    return render_template("seat_name.html", booking=booking, no=no, form=form, problems=form.problems.by_field)


def _next(view: SeasonView, now: datetime) -> MeetingRow | None:
    """The next meeting with a date, or the first that still waits for one."""
    dated = [each for each in view.meetings if each.time.end_at is not None and each.time.end_at > now]
    if dated:
        return min(dated, key=lambda each: each.time.start_at or now)
    undated = (TimeKind.MONTH, TimeKind.TO_COME, TimeKind.POSTPONED)
    return next((each for each in view.meetings if each.time.kind in undated), None)


def _document(reader: Visit, booking: BookingRow) -> DocumentView | None:
    """The booking's invoice, where there is one that the reader may see."""
    try:
        return services().invoice_questions.one(reader.actor, invoice_of(booking.booking_id))
    except NotFound:
        return None
