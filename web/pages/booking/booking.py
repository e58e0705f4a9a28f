"""Bookings as their people see them: all of mine, one with its seats and money, and the naming of a participant."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from flask import Blueprint, render_template, request

from application.billing.queries.invoice import DocumentView
from application.booking.booking import NameParticipant
from application.booking.queries.booking import BookingRow
from application.booking.queries.desk import CaseRow
from application.kernel.actor import Role
from application.people.participant import Participant
from domain.kernel.errors import NotFound
from domain.kernel.ids import BookingId
from web.pages.kernel.cases import may_answer, to_answer, undoings
from web.pages.kernel.coming import coming_of, material_of, next_of, sits_in, soonest
from web.pages.kernel.forms import Form
from web.pages.kernel.telling import teller_for
from web.pages.kernel.visit import Answer, Visit, after, say, services, visit_signed_in
from web.words.price import price_reasons

pages = Blueprint("booking", __name__)

FIELDS = {"name": "name", "email": "email", "AddressUnderAnotherName": "email"}
SHOWN = 8
"""How much of the history the page shows before it leads to the rest."""


@pages.get("/<slug>/bookings")
def mine() -> Answer:
    """All bookings that are mine, or that I answer for."""
    visit = visit_signed_in()
    questions, cursor = services().booking_questions, request.args.get("after")
    sees_all = visit.actor.has(visit.organiser.organiser_id, Role.CANCELLING)
    found = questions.all(visit.actor, after=cursor) if sees_all else questions.mine(visit.actor, cursor)
    coming = coming_of(visit, found.items)
    first = soonest(coming.values()) if "after" not in request.args else None
    places, asked = services().rosters.my_places(visit.actor), to_answer(visit)
    kept = services().first_refusal_questions.mine(visit.actor)
    told = {"places": places, "asked": asked, "kept": kept}
    return render_template("bookings.html", found=found, first=first, coming=coming, **told)


@pages.get("/<slug>/bookings/<uuid:booking_id>")
def page(booking_id: UUID) -> Answer:
    """One booking: next meeting, people, money, what was agreed."""
    visit = visit_signed_in()
    booking = services().booking_questions.one(visit.actor, booking_id)
    view = services().programme.season(visit.actor, booking.season_id)
    cases = services().desk.of_booking(visit.actor, booking_id)
    history = services().history.of_booking(visit.actor, booking_id, limit=SHOWN)
    return render_template(
        "booking.html",
        booking=booking,
        view=view,
        is_mine=sits_in(visit.actor, booking),
        next_meeting=next_of(view, services().clock.now()),
        held=[seat for seat in booking.seats if not seat.is_cancelled],
        may_change=services().booking_questions.answers_for(visit.actor, booking),
        may_cancel=services().booking_questions.may_cancel(visit.actor, booking),
        may_answer=partial(may_answer, visit),
        cases=cases,
        undoing=undoings(visit, cases),
        reading=material_of(view),
        sentences=teller_for(visit).tell(history.items),
        has_more=history.next_cursor is not None,
        **_money(visit, booking, cases),
    )


def _money(visit: Visit, booking: BookingRow, cases: tuple[CaseRow, ...]) -> dict[str, object]:
    """Why it costs what it costs, its invoices and how far they are paid, and what is still to come."""
    documents = _documents(visit, booking, cases)
    payer = "" if visit.actor.is_person(booking.payer_person_id) else booking.payer or ""
    return {
        "reasons": price_reasons(booking.quote, payer, say()),
        "documents": documents,
        "demands": services().payment_questions.demand_states(tuple(each.row.document_id for each in documents)),
        "waits": services().invoice_questions.waits(booking.booking_id),
        "is_crediting": request.args.get("done") == "cancelled" and waits_for_credit(booking, documents),
    }


@pages.get("/<slug>/bookings/<uuid:booking_id>/seats/<int:no>/name")
def name_form(booking_id: UUID, no: int) -> Answer:
    """Who is to sit in a seat that has no name."""
    visit = visit_signed_in()
    booking = services().booking_questions.one(visit.actor, booking_id)
    return _ask_name(booking, no, Form())


@pages.post("/<slug>/bookings/<uuid:booking_id>/seats/<int:no>/name")
def name(booking_id: UUID, no: int) -> Answer:
    """Name the participant."""
    visit = visit_signed_in()
    booking = services().booking_questions.one(visit.actor, booking_id)
    form = Form.sent(lambda form: _ask_name(booking, no, form), FIELDS)
    shares = bool(form.text("shares_email"))
    participant = Participant(name=form.required("name"), email=form.required("email"), shares_address=shares)
    command = NameParticipant(BookingId(booking_id), no, participant)
    recorded = form.submit(services().bookings.name_participant, visit.actor, command)
    return after(recorded, "booking.page", booking_id=booking_id, done="named")


def _ask_name(booking: BookingRow, no: int, form: Form) -> str:
    if all(seat.no != no for seat in booking.seats):
        raise NotFound(what="seat")
    return form.page("seat_name.html", booking=booking, no=no)


def waits_for_credit(booking: BookingRow, documents: list[DocumentView]) -> bool:
    """Whether more has been given back than stands on credit notes yet, of an invoice that is still to be paid."""
    noted = sum(abs(note.gross) for each in documents for note in each.credit_notes)
    return booking.credited > noted and any(each.row.balance > 0 for each in documents)


def _documents(visit: Visit, booking: BookingRow, cases: tuple[CaseRow, ...]) -> list[DocumentView]:
    """The invoices of the booking and of what its transfers cost more, those that the reader may see."""
    dearer = [each.case_id for each in cases if each.kind == "transfer" and each.difference]
    sources = (booking.booking_id, *dearer)
    return [each for source in sources for each in services().invoice_questions.of_source(visit.actor, source)]
