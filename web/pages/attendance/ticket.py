"""The tickets of a booking: a code each, as a picture for the door and as text to read aloud. It gives no right."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template

from domain.attendance.ticket import aloud
from domain.kernel.ids import BookingId
from web.pages.kernel.by_link import FOR_ONE_READER, visit_of_booking
from web.pages.kernel.coming import next_of
from web.pages.kernel.qr import picture_of
from web.pages.kernel.visit import Answer, services

pages = Blueprint("ticket", __name__)


@pages.get("/<slug>/bookings/<uuid:booking_id>/tickets")
def page(booking_id: UUID) -> Answer:
    """All of them for whoever answers for the booking; one's own otherwise."""
    visit = visit_of_booking()
    booking = services().booking_questions.one(visit.actor, booking_id)
    view = services().programme.season(visit.actor, booking.season_id)
    tickets = services().tickets.of_booking(visit.actor, BookingId(booking_id))
    names = {seat.no: seat.name for seat in booking.seats}
    page = render_template(
        "ticket.html",
        booking=booking,
        row=view.row,
        meeting=next_of(view, services().clock.now()),
        tickets=tickets,
        names=names,
        picture_of=picture_of,
        aloud=aloud,
    )
    return Response(page, headers=FOR_ONE_READER, mimetype="text/html")
