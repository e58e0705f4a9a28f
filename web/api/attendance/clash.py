"""What gets in each other's way of what somebody has booked."""

from __future__ import annotations

from uuid import UUID

from application.attendance.queries.clash import SeatClash
from domain.attendance.clash import Clash
from domain.kernel.ids import PersonId
from web.api.attendance.clash_schema import ClashQuery
from web.api.kernel.call import Call
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

clashes = ApiBlueprint("clash", "Meetings at the same time, or on the same day in different networks.")


@clashes.read("/me/clashes", Who.SIGNED_IN, tuple[Clash, ...])
def list_own_clashes(call: Call) -> tuple[Clash, ...]:
    """What whoever asks is to come to and cannot come to both of."""
    return call.services.clashes.mine(call.actor)


@clashes.read("/seasons/<uuid:season_id>/clashes", Who.SIGNED_IN, tuple[Clash, ...], ClashQuery)
def list_clashes(call: Call, season_id: UUID) -> tuple[Clash, ...]:
    """What of a season would clash with what one (or, for an admin, somebody) has booked elsewhere."""
    person = call.query["person_id"]
    return call.services.clashes.with_season(call.actor, season_id, PersonId(person) if person else None)


@clashes.read("/bookings/<uuid:booking_id>/clashes", Who.SIGNED_IN, tuple[SeatClash, ...])
def list_clashes_of_booking(call: Call, booking_id: UUID) -> tuple[SeatClash, ...]:
    """Who in the seats that one answers for has something else at that very time; what, where one may see it."""
    return call.services.clashes.of_booking(call.actor, booking_id)
