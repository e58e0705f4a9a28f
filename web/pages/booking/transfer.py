"""Giving a seat to somebody else: free and at once within the organisation, otherwise by an admin with a reason."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint

from application.booking.queries.booking import BookingRow
from application.booking.transfer import AcceptTransfer, DeclineTransfer, TransferOutcome
from application.booking.transfer_proposal import DifferencePaidBy, ProposeTransfer
from application.people.participant import Participant
from domain.booking.booking import SeatGivenUp
from domain.kernel.errors import BadValue, NotFound
from domain.kernel.ids import BookingId, TransferId
from domain.people.admission import JobRole
from domain.people.organisation import ReferenceRequired
from web.pages.booking.booking import AT_WORK
from web.pages.kernel.by_link import must_name_seldom, visit_of_booking
from web.pages.kernel.cases import swapped, to_answer
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, after, services, visit_signed_in

pages = Blueprint("transfer", __name__)

FIELDS = {
    "name": "name", "email": "email", "AddressUnderAnotherName": "email",
    "reason": "reason", "reference": "reference", "ReferenceRequired": "reference",
}  # fmt: skip


@pages.get("/<slug>/bookings/<uuid:booking_id>/seats/<int:no>/transfer")
def page(booking_id: UUID, no: int) -> Answer:
    """Who takes the seat over."""
    return _ask(_booking(visit_of_booking(), booking_id), no, Form(), None)


@pages.post("/<slug>/bookings/<uuid:booking_id>/seats/<int:no>/transfer")
def propose(booking_id: UUID, no: int) -> Answer:
    """Look what it would come to, or hand the seat over."""
    visit, transfers = visit_of_booking(), services().transfers
    booking = _booking(visit, booking_id)
    fields = FIELDS | AT_WORK if booking.organisation_id else FIELDS
    form = Form.sent(lambda form: _ask(booking, no, form, None), fields)
    command = _command(form, booking, no)
    form.must_be_right()
    must_name_seldom(visit)
    if form.text("do") == "look":
        preview = form.submit(lambda actor, command, _: transfers.preview(actor, command), visit.actor, command)
        return _ask(booking, no, form, preview)
    recorded = form.submit(transfers.propose, visit.actor, command)
    done = "transferred" if recorded.answer.status == "accepted" else "transfer_proposed"
    return after(recorded, "booking.page", booking_id=booking_id, done=done)


@pages.post("/<slug>/bookings/<uuid:booking_id>/seats/<int:no>/swap-back")
def swap_back(booking_id: UUID, no: int) -> Answer:
    """Undo a swap: whoever had the seat has it again."""
    visit = visit_of_booking()
    booking = _booking(visit, booking_id)
    swap = swapped(visit, booking, services().desk.of_booking(visit.actor, booking_id)).get(no)
    if swap is None:
        raise NotFound(what="transfer")
    command = ProposeTransfer(BookingId(booking_id), no, Participant(swap.person_id))
    must_name_seldom(visit)
    recorded = services().transfers.propose(visit.actor, command)
    return after(recorded, "booking.page", booking_id=booking_id, done="swapped_back")


@pages.get("/<slug>/transfers/<uuid:transfer_id>")
def asked(transfer_id: UUID) -> Answer:
    """A proposal that waits for the reader's yes or no."""
    return _ask_answer(visit_signed_in(), transfer_id, Form())


@pages.post("/<slug>/transfers/<uuid:transfer_id>")
def answer(transfer_id: UUID) -> Answer:
    """Yes, or no with the reason."""
    visit, transfers, transfer = visit_signed_in(), services().transfers, TransferId(transfer_id)
    form = Form.sent(lambda form: _ask_answer(visit, transfer_id, form), FIELDS)
    is_yes = form.text("do") == "accept"
    reason = "" if is_yes else form.required("reason")
    form.must_be_right()
    try:
        if is_yes:
            recorded = transfers.accept(visit.actor, AcceptTransfer(transfer, form.text("reference")))
        else:
            recorded = transfers.decline(visit.actor, DeclineTransfer(transfer, reason))
    except (BadValue, ReferenceRequired) as error:
        raise form.refused(error) from error
    return after(recorded, "booking.mine", done="accepted" if is_yes else "declined")


def _ask_answer(visit: Visit, transfer_id: UUID, form: Form) -> str:
    case = next((each for each in to_answer(visit) if each.case_id == transfer_id), None)
    if case is None:
        raise NotFound(what="transfer")
    answers = services().transfers.answers(visit.actor, TransferId(transfer_id))
    return form.page("transfer_answer.html", case=case, answers=answers)


def _booking(visit: Visit, booking_id: UUID) -> BookingRow:
    return services().booking_questions.one(visit.actor, booking_id)


def _command(form: Form, booking: BookingRow, no: int) -> ProposeTransfer:
    paid_by = form.one_of("paid_by", DifferencePaidBy, DifferencePaidBy.NEW_ORGANISATION)
    shares = bool(form.text("shares_email"))
    role = form.one_of("role", JobRole, None)
    to = Participant(name=form.required("name"), email=form.required("email"), shares_address=shares, role=role)
    return ProposeTransfer(BookingId(booking.booking_id), no, to, form.text("reason"), paid_by, form.text("reference"))


def _ask(booking: BookingRow, no: int, form: Form, outcome: TransferOutcome | None) -> str:
    seat = next((each for each in booking.seats if each.no == no), None)
    if seat is None:
        raise NotFound(what="seat")
    if seat.is_cancelled:
        raise SeatGivenUp(seat=no)
    payers = [each.value for each in DifferencePaidBy]
    return form.page("transfer.html", booking=booking, seat=seat, outcome=outcome, payers=payers)
