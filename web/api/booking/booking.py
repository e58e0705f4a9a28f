"""Bookings: previewed, made, read, and their participants named."""

from __future__ import annotations

from uuid import UUID

from application.booking.booking import BookingMade, BookingPreview, BookingRef, MakeBooking, NameParticipant
from application.booking.queries.booking import BookingRow
from application.kernel.actor import Role
from application.kernel.page import Page
from application.kernel.use_case import organiser_of
from domain.kernel.ids import BookingId
from web.api.booking.booking_schema import BookingsQuery, MakeBookingBody, NameParticipantBody
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

bookings = ApiBlueprint("bookings", "Bookings: seats in a season, at the price and under the terms of the day.")
ONE = "/bookings/<uuid:booking_id>"


@bookings.write("POST", "/bookings", Who.SIGNED_IN, BookingMade, body=MakeBookingBody, status=201, is_keyed=True)
def make_booking(call: Call) -> Written:
    """Book seats for all participants or for none. No seats left: 409, with what else can be done."""
    return call.execute(call.services.bookings.make, MakeBooking(**call.body), "/bookings/{booking_id}")


@bookings.look("/bookings/preview", Who.SIGNED_IN, BookingPreview, MakeBookingBody)
def preview_booking(call: Call) -> BookingPreview:
    """What a booking would cost now, why, and under which terms; nothing is recorded."""
    return call.services.bookings.preview(call.actor, MakeBooking(**call.body))


@bookings.read("/bookings", Who.SIGNED_IN, Page[BookingRow], BookingsQuery)
def list_bookings(call: Call) -> Page[BookingRow]:
    """Bookings, latest first: the organiser's for its staff, their own for members."""
    organiser, questions = organiser_of(call.actor), call.services.booking_questions
    if not call.actor.is_staff_of(organiser) and not call.actor.has(organiser, Role.CANCELLING):
        return questions.mine(call.actor, call.query["after"], call.query["limit"])
    return questions.all(call.actor, **call.query)


@bookings.read(ONE, Who.SIGNED_IN, BookingRow)
def read_booking(call: Call, booking_id: UUID) -> BookingRow:
    """One booking with its seats, price and terms."""
    return call.services.booking_questions.one(call.actor, booking_id)


@bookings.write("POST", f"{ONE}/participants", Who.SIGNED_IN, BookingRef, body=NameParticipantBody)
def name_participant(call: Call, booking_id: BookingId) -> Written:
    """Name who sits in a seat that was booked to be named; no money moves."""
    return call.execute(call.services.bookings.name_participant, NameParticipant(booking_id, **call.body))
