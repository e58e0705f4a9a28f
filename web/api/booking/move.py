"""Moving a seat to another season of the same content."""

from __future__ import annotations

from uuid import UUID

from application.booking.move import MoveAsked, MoveSeat, SeatMoved
from application.programme.queries.season_view import SeasonRow
from domain.kernel.ids import BookingId
from web.api.booking.move_schema import MoveSeatBody
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

moves = ApiBlueprint("moves", "One seat to another season of the same content: another city, another day.")
OF_BOOKING = "/bookings/<uuid:booking_id>/moves"


@moves.read("/seasons/<uuid:season_id>/same-content", Who.SIGNED_IN, tuple[SeasonRow, ...])
def list_same_content(call: Call, season_id: UUID) -> tuple[SeasonRow, ...]:
    """The other seasons with the same content that take bookings."""
    row = call.services.programme.season(call.actor, season_id).row
    return call.services.programme.same_content(row)


@moves.look(f"{OF_BOOKING}/preview", Who.SIGNED_IN, SeatMoved, MoveSeatBody)
def preview_move(call: Call, booking_id: BookingId) -> SeatMoved:
    """What a move would come to now; nothing is recorded."""
    return call.services.moves.preview(call.actor, MoveSeat(booking_id, **call.body))


@moves.write("POST", OF_BOOKING, Who.SIGNED_IN, SeatMoved, body=MoveSeatBody, status=201)
def move_seat(call: Call, booking_id: BookingId) -> Written:
    """The old seat is given up and the new one taken, together or not at all."""
    return call.execute(call.services.moves.move, MoveSeat(booking_id, **call.body), "/bookings/{booking_id}")


@moves.write("POST", f"{OF_BOOKING}/ask", Who.SIGNED_IN, MoveAsked, body=MoveSeatBody)
def ask_to_move_seat(call: Call, booking_id: BookingId) -> Written:
    """Ask whoever answers for the booking to move one's own seat where it costs more, once."""
    return call.execute(call.services.moves.ask, MoveSeat(booking_id, **call.body))
