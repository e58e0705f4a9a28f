"""Moving a seat to another season of the same content: where to, what it comes to, and the move."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, request

from application.booking.move import MoveSeat
from application.booking.queries.booking import BookingRow, SeatRow
from application.kernel.page import found
from application.programme.queries.season_view import SeasonRow
from domain.booking.move import MoveCostsMore
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import BookingId, SeasonId
from web.pages.kernel.by_link import visit_of_booking
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, after, refusal, services

pages = Blueprint("move", __name__)

AT = "/<slug>/bookings/<uuid:booking_id>/seats/<int:no>/move"
FIELDS = {"to": "to"}


@dataclass(frozen=True)
class Way:
    """A season that the seat may move to: what it costs there and what goes back, or why it cannot be.

    `may_ask`: whoever answers for the booking may be asked.
    """

    row: SeasonRow
    cost: int = 0
    back: int = 0
    currency: str = ""
    refused: str = ""
    may_ask: bool = False


@pages.get(AT)
def page(booking_id: UUID, no: int) -> Answer:
    """The seasons with the same content, and what a move there comes to."""
    return _show(visit_of_booking(), booking_id, no, Form(request.args))


@pages.post(AT)
def move(booking_id: UUID, no: int) -> Answer:
    """The seat is given up here and taken there, or stays; where it costs more, whoever pays is asked."""
    visit = visit_of_booking()
    form = Form.sent(lambda form: _show(visit, booking_id, no, form), FIELDS, changed="cancel.changed")
    to = form.chosen("to")
    if form.text("do") == "ask":
        asked = form.submit(services().moves.ask, visit.actor, MoveSeat(BookingId(booking_id), no, SeasonId(to)))
        return after(asked, "booking.page", booking_id=booking_id, done="move_asked")
    shown = form.text(f"shown-{to}")
    command = MoveSeat(BookingId(booking_id), no, SeasonId(to), int(shown) if shown.isdecimal() else None)
    recorded = form.submit(services().moves.move, visit.actor, command)
    moved = recorded.answer.booking_id
    if visit.is_by_link:
        return after(recorded, "booking.page", booking_id=booking_id, done="moved_seat")
    return after(recorded, "booking.page", booking_id=moved, done="moved_seat")


def _show(visit: Visit, booking_id: UUID, no: int, form: Form) -> str:
    booking, seat = _seat(visit, booking_id, no)
    row = services().programme.season(visit.actor, booking.season_id).row
    ways = [_way(visit, booking, no, each) for each in services().programme.same_content(row)]
    chosen = form.choice("to") or next((each.row.season_id for each in ways if not each.refused), None)
    return form.page("move.html", booking=booking, seat=seat, ways=ways, chosen=chosen)


def _seat(visit: Visit, booking_id: UUID, no: int) -> tuple[BookingRow, SeatRow]:
    booking = services().booking_questions.one(visit.actor, booking_id)
    if no not in services().booking_questions.answers_for(visit.actor, booking):
        raise NotFound(what="seat")
    return booking, found(next((each for each in booking.seats if each.no == no), None), "seat")


def _way(visit: Visit, booking: BookingRow, no: int, row: SeasonRow) -> Way:
    try:
        told = services().moves.preview(visit.actor, MoveSeat(booking.booking_id, no, row.season_id))
    except PlatsError as error:
        return Way(row, refused=refusal(error), may_ask=isinstance(error, MoveCostsMore))
    return Way(row, told.cost, told.back, told.currency)
