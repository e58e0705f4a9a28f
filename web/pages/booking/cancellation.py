"""Cancelling: what one gets back now, from when it is less, what happens to the seat, and one button with the sum."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from flask import Blueprint, request

from application.booking.cancellation import CancellationPreview, RequestCancellation, WithdrawCancellation
from application.booking.reinstatement import UndoCancellation
from domain.kernel.errors import BadValue, OutcomeChanged, PlatsError
from domain.kernel.ids import BookingId, CancellationId
from domain.programme.meeting_time import instant_of
from web.pages.booking.given_back import given_back
from web.pages.kernel.by_link import must_hold_code_for, visit_of_booking
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, after, say, services, visit_signed_in
from web.words.terms import from_when_less

pages = Blueprint("cancellation", __name__)

FIELDS = {"plea": "plea", "received_at": "received_at", "time": "received_at"}


@pages.get("/<slug>/bookings/<uuid:booking_id>/cancel")
def page(booking_id: UUID) -> Answer:
    """The outcome if it is done now, for all seats or those chosen."""
    return _show(visit_of_booking(), booking_id, Form(request.args))


@pages.post("/<slug>/bookings/<uuid:booking_id>/cancel")
def cancel(booking_id: UUID) -> Answer:
    """Give the seats up, provided that the outcome is the one shown; or ask the desk for more than the terms give."""
    visit = visit_of_booking()
    form = Form.sent(lambda form: _show(visit, booking_id, form), FIELDS)
    is_plea = form.text("do") == "ask"
    plea = form.required("plea") if is_plea else ""
    if not _seats(form):
        form.problems.note("", "cancel.choose")
    command = _command(visit, booking_id, form, _seats(form), plea)
    if visit.is_by_link and not is_plea:
        form.must_be_right()
        must_hold_code_for(visit, _seats(form))
    recorded = form.submit(services().cancellations.request, visit.actor, command)
    done = "asked" if is_plea else "cancelled"
    return after(recorded, "booking.page", booking_id=booking_id, done=done)


@pages.post("/<slug>/bookings/<uuid:booking_id>/cancellations/<uuid:cancellation_id>/withdraw")
def withdraw(booking_id: UUID, cancellation_id: UUID) -> Answer:
    """Take a waiting request back."""
    visit = visit_of_booking()
    command = WithdrawCancellation(CancellationId(cancellation_id))
    recorded = services().cancellations.withdraw(visit.actor, command)
    return after(recorded, "booking.page", booking_id=booking_id, done="withdrawn")


def _command(visit: Visit, booking_id: UUID, form: Form, seats: tuple[int, ...], plea: str = "") -> RequestCancellation:
    return RequestCancellation(
        BookingId(booking_id),
        seats,
        shown=None if plea else form.shown(),
        plea=plea,
        received_at=_arrived(visit, form) if visit.is_admin else None,
    )


def _arrived(visit: Visit, form: Form) -> datetime | None:
    """When a letter came, where an admin says so."""
    local = form.moment("received_at")
    try:
        return instant_of(local, visit.zone) if local else None
    except BadValue as error:
        form.problems.refused(error, FIELDS)
        return None


def _seats(form: Form) -> tuple[int, ...]:
    """The seats that were chosen, as they were chosen: what has become of them, the rules say."""
    chosen = {int(each) for each in form.typed.getlist("seat") if each.isascii() and each.isdigit() and len(each) < 5}
    return tuple(sorted(chosen))


def _preview(visit: Visit, booking_id: UUID, form: Form, seats: tuple[int, ...]) -> CancellationPreview | None:
    """What it would come to; where the day of the letter cannot be, what it would come to now."""
    command = _command(visit, booking_id, form, seats)
    try:
        return services().cancellations.preview(visit.actor, command)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
    if command.received_at is None:
        return None
    return services().cancellations.preview(visit.actor, replace(command, received_at=None))


def _show(visit: Visit, booking_id: UUID, form: Form) -> str:
    """The outcome for the seats that were chosen and are still held; for all, where nobody has chosen yet."""
    if isinstance(form.problems.refusal, OutcomeChanged):
        form.problems.by_field[""] = say()("cancel.changed")
    booking = services().booking_questions.one(visit.actor, booking_id)
    held = [seat for seat in booking.seats if not seat.is_cancelled]
    has_chosen = form.typed.get("chosen") or form.typed.getlist("seat")
    seats = tuple(seat.no for seat in held if not has_chosen or seat.no in _seats(form))
    preview = _preview(visit, booking_id, form, seats) if seats else None
    zone = booking.terms.zone if booking.terms else visit.zone
    later = from_when_less(preview.assessment, zone, say()) if preview else ""
    return form.page(
        "cancel.html",
        booking=booking,
        held=held,
        chosen=seats,
        gone=[seat for seat in booking.seats if seat.is_cancelled and (not held or seat.no in _seats(form))],
        preview=preview,
        given=given_back(visit, booking, preview) if preview else None,
        later=later,
        waiting=services().programme.season(visit.actor, booking.season_id).row.waiting,
    )


@pages.post("/<slug>/bookings/<uuid:booking_id>/cancellations/<uuid:cancellation_id>/undo")
def undo(booking_id: UUID, cancellation_id: UUID) -> Answer:
    """Undo a cancellation made by mistake; the booking holds its seats again."""
    visit = visit_signed_in()
    command = UndoCancellation(CancellationId(cancellation_id), Form.sent(lambda _: "").shown())
    recorded = services().reinstatements.undo(visit.actor, command, request.form.get("key"))
    return after(recorded, "booking.page", booking_id=booking_id, done="undone")
