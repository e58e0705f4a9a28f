"""Bookings as their people see them: all of mine, one with its seats and payment, and the naming of a participant."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from application.billing.queries.invoice import DocumentView
from application.booking.booking import NameParticipant
from application.booking.queries.booking import BookingRow
from application.booking.queries.desk import CaseRow
from application.people.participant import Participant
from application.programme.queries.season_view import SeasonView
from domain.kernel.errors import NotFound
from domain.kernel.ids import BookingId
from domain.people.admission import JobRole
from web.pages.booking.ahead import ahead_of, paid_words, seated
from web.pages.booking.my_bookings import my_bookings
from web.pages.kernel.by_link import must_name_seldom, visit_of_booking
from web.pages.kernel.calendar_ways import calendar_ways
from web.pages.kernel.cases import may_answer, swapped, undoings
from web.pages.kernel.coming import in_days, material_of, next_of, sits_in
from web.pages.kernel.forms import Form
from web.pages.kernel.telling import teller_for
from web.pages.kernel.visit import Answer, Visit, after, say, services, today, visit_signed_in
from web.words.price import price_reasons

pages = Blueprint("booking", __name__)

FIELDS = {"name": "name", "email": "email", "AddressUnderAnotherName": "email"}
AT_WORK = {"NotAdmitted": "role"}
"""Whoever is not let in as they are known: where it can be said what they are, since an organisation pays."""
MADE = ("booked", "booked_paid", "registration_confirmed")
"""What the page is told to say when the booking was made just now."""
SHOWN = 8
"""How much of the history the page shows before it leads to the rest."""


@pages.get("/<slug>/bookings")
def mine() -> Answer:
    """What I have to do, what comes next, and all bookings that are mine, or that I answer for."""
    return my_bookings(visit_signed_in(), request.args.get("after"))


@pages.get("/<slug>/bookings/<uuid:booking_id>")
def page(booking_id: UUID) -> Answer:
    """One booking: what comes next, people, payment, meetings with what to read, terms, and its story."""
    visit = visit_of_booking()
    booking = services().booking_questions.one(visit.actor, booking_id)
    view = services().programme.season(visit.actor, booking.season_id)
    cases = services().desk.of_booking(visit.actor, booking_id)
    history = services().history.of_booking(visit.actor, booking_id, limit=SHOWN)
    documents = _documents(visit, booking, cases)
    taking = services().participation_questions.of_booking(visit.actor, booking_id)
    next_meeting, is_mine = next_of(view, services().clock.now()), sits_in(visit.actor, booking)
    return render_template(
        "booking.html",
        booking=booking,
        view=view,
        is_mine=is_mine,
        next_meeting=next_meeting,
        in_days=in_days(next_meeting, view.row.zone, today(view.row.zone)),
        movable=bool(services().programme.same_content(view.row)),
        taking={each.meeting_id: each for each in taking},
        reading={each.meeting_id: each for each in material_of(view)},
        ahead=ahead_of(booking, documents, next_meeting, view.row.zone),
        sentences=teller_for(visit).tell(history.items) or seated(booking, is_mine=is_mine),
        has_more=history.next_cursor is not None,
        **_doable(visit, booking, cases),
        **_money(visit, booking, documents),
        **_to_calendar(view, booking, is_mine=is_mine),
    )


def _doable(visit: Visit, booking: BookingRow, cases: tuple[CaseRow, ...]) -> dict[str, object]:
    """Its seats, what was asked about them, and what the reader may do with each."""
    questions = services().booking_questions
    return {
        "held": [seat for seat in booking.seats if not seat.is_cancelled],
        "may_change": questions.answers_for(visit.actor, booking),
        "may_cancel": questions.may_cancel(visit.actor, booking),
        "answers_for_all": questions.answers_for_all(visit.actor, booking),
        "clashing": services().clashes.of_booking(visit.actor, booking.booking_id),
        "may_answer": partial(may_answer, visit),
        "cases": cases,
        "undoing": undoings(visit, cases),
        "swapped": swapped(visit, booking, cases),
    }


def _to_calendar(view: SeasonView, booking: BookingRow, *, is_mine: bool) -> dict[str, object]:
    """How its meetings get into a calendar, told once, when it has been made."""
    if request.args.get("done") not in MADE:
        return {}
    own = url_for("calendar.booking", booking_id=booking.booking_id) if is_mine else ""
    ways, file = calendar_ways(view, own)
    return {"ways": ways, "calendar_file": file}


def _money(visit: Visit, booking: BookingRow, documents: list[DocumentView]) -> dict[str, object]:
    """Why it costs what it costs, its invoices and how far they are paid, and what is still to come."""
    payer = "" if visit.actor.is_person(booking.payer_person_id) else booking.payer or ""
    questions = services().invoice_questions
    waits = questions.waits(booking.booking_id)
    payers = booking.organiser_id, booking.organisation_id, booking.payer_person_id
    sees = questions.reads(visit.actor, *payers)
    return {
        "reasons": price_reasons(booking.quote, payer, say()),
        "documents": documents,
        "demands": services().payment_questions.demand_states(tuple(each.row.document_id for each in documents)),
        "waits": waits,
        "takes_cards": services().checkouts.takes_cards_for(booking.organiser_id),
        "paid_words": paid_words(booking, documents, waits=waits, sees=sees),
        "is_crediting": request.args.get("done") == "cancelled" and waits_for_credit(booking, documents),
    }


@pages.get("/<slug>/bookings/<uuid:booking_id>/seats/<int:no>/name")
def name_form(booking_id: UUID, no: int) -> Answer:
    """Who is to sit in a seat that has no name."""
    visit = visit_of_booking()
    booking = services().booking_questions.one(visit.actor, booking_id)
    return _ask_name(booking, no, Form())


@pages.post("/<slug>/bookings/<uuid:booking_id>/seats/<int:no>/name")
def name(booking_id: UUID, no: int) -> Answer:
    """Name the participant."""
    visit = visit_of_booking()
    booking = services().booking_questions.one(visit.actor, booking_id)
    fields = FIELDS | AT_WORK if booking.organisation_id else FIELDS
    form = Form.sent(lambda form: _ask_name(booking, no, form), fields)
    shares = bool(form.text("shares_email"))
    who, role = (form.required("name"), form.required("email")), form.one_of("role", JobRole, None)
    participant = Participant(None, *who, shares_address=shares, role=role)
    command = NameParticipant(BookingId(booking_id), no, participant)
    form.must_be_right()
    must_name_seldom(visit)
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
