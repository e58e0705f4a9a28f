"""Giving a seat to somebody else: free and at once within the organisation, otherwise by an admin with a reason."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from application.booking.queries.booking import BookingRow
from application.booking.transfer import (
    AcceptTransfer,
    DeclineTransfer,
    DifferencePaidBy,
    ProposeTransfer,
    TransferOutcome,
)
from application.people.participant import Participant
from domain.booking.booking import SeatGivenUp
from domain.kernel.errors import BadValue, NotFound, PlatsError
from domain.kernel.ids import BookingId, TransferId
from domain.people.organisation import ReferenceRequired
from web.kernel.errors import status_of
from web.pages.kernel.cases import to_answer
from web.pages.kernel.forms import Form, Problems
from web.pages.kernel.visit import Answer, Visit, after, say, services, visit_signed_in

pages = Blueprint("transfer", __name__)

FIELDS = {
    "name": "name", "email": "email", "AddressUnderAnotherName": "email",
    "reason": "reason", "reference": "reference", "ReferenceRequired": "reference",
}  # fmt: skip


@pages.get("/<slug>/bookings/<uuid:booking_id>/seats/<int:no>/transfer")
def page(booking_id: UUID, no: int) -> Answer:
    """Who takes the seat over."""
    visit = visit_signed_in()
    return _ask(_booking(visit, booking_id), no, Form(request.form, Problems(say())), None)


@pages.post("/<slug>/bookings/<uuid:booking_id>/seats/<int:no>/transfer")
def propose(booking_id: UUID, no: int) -> Answer:
    """Look what it would come to, or hand the seat over."""
    visit = visit_signed_in()
    booking = _booking(visit, booking_id)
    form = Form(request.form, Problems(say()))
    command = _command(form, booking, no)
    if form.problems:
        return _ask(booking, no, form, None), 422
    try:
        if form.text("do") == "look":
            return _ask(booking, no, form, services().transfers.preview(visit.actor, command))
        recorded = services().transfers.propose(visit.actor, command, form.text("key") or None)
    except PlatsError as error:
        form.problems.refused(error, FIELDS)
        return _ask(booking, no, form, None), status_of(error)
    done = "transferred" if recorded.answer.status == "accepted" else "transfer_proposed"
    return after(recorded, "booking.page", booking_id=booking_id, done=done)


@pages.get("/<slug>/transfers/<uuid:transfer_id>")
def asked(transfer_id: UUID) -> Answer:
    """A proposal that waits for the reader's yes or no."""
    visit = visit_signed_in()
    return _ask_answer(visit, transfer_id, Form(request.form, Problems(say())))


@pages.post("/<slug>/transfers/<uuid:transfer_id>")
def answer(transfer_id: UUID) -> Answer:
    """Yes, or no with the reason."""
    visit = visit_signed_in()
    form = Form(request.form, Problems(say()))
    is_yes, transfer = form.text("do") == "accept", TransferId(transfer_id)
    reason = "" if is_yes else form.required("reason")
    if form.problems:
        return _ask_answer(visit, transfer_id, form), 422
    try:
        if is_yes:
            recorded = services().transfers.accept(visit.actor, AcceptTransfer(transfer, form.text("reference")))
        else:
            recorded = services().transfers.decline(visit.actor, DeclineTransfer(transfer, reason))
    except (BadValue, ReferenceRequired) as error:
        form.problems.refused(error, FIELDS)
        return _ask_answer(visit, transfer_id, form), status_of(error)
    return after(recorded, "booking.mine", done="accepted" if is_yes else "declined")


def _ask_answer(visit: Visit, transfer_id: UUID, form: Form) -> str:
    case = next((each for each in to_answer(visit) if each.case_id == transfer_id), None)
    if case is None:
        raise NotFound(what="transfer")
    answers = services().transfers.answers(visit.actor, TransferId(transfer_id))
    problems = form.problems.by_field
    return render_template("transfer_answer.html", case=case, answers=answers, form=form, problems=problems)


def _booking(visit: Visit, booking_id: UUID) -> BookingRow:
    return services().booking_questions.one(visit.actor, booking_id)


def _command(form: Form, booking: BookingRow, no: int) -> ProposeTransfer:
    chosen = form.text("paid_by")
    paid_by = DifferencePaidBy(chosen) if chosen in list(DifferencePaidBy) else DifferencePaidBy.NEW_ORGANISATION
    shares = bool(form.text("shares_email"))
    to = Participant(name=form.required("name"), email=form.required("email"), shares_address=shares)
    return ProposeTransfer(BookingId(booking.booking_id), no, to, form.text("reason"), paid_by, form.text("reference"))


def _ask(booking: BookingRow, no: int, form: Form, outcome: TransferOutcome | None) -> str:
    seat = next((each for each in booking.seats if each.no == no), None)
    if seat is None:
        raise NotFound(what="seat")
    if seat.is_cancelled:
        raise SeatGivenUp(seat=no)
    return render_template(
        "transfer.html",
        booking=booking,
        seat=seat,
        form=form,
        problems=form.problems.by_field,
        outcome=outcome,
        payers=[each.value for each in DifferencePaidBy],
    )
