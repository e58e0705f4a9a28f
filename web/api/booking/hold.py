"""Holds: seats paid by card at once, held meanwhile."""

from __future__ import annotations

from uuid import UUID

from application.booking.held_seats import HoldSeats
from application.booking.hold import HoldView
from application.payments.checkout import CardPageOpened, CheckoutRef
from domain.kernel.ids import SeasonId
from web.api.booking.booking_schema import HoldSeatsBody
from web.api.kernel.call import PREFIX, Call, Written, written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.payments.payment_schema import PayByCardBody

holds = ApiBlueprint("holds", "Holds: seats kept while somebody pays for them by card, then a booking, or money back.")
OF_SEASON = "/seasons/<uuid:season_id>/holds"
ONE = "/holds/<uuid:hold_id>"


@holds.write("POST", OF_SEASON, Who.SIGNED_IN, CardPageOpened, body=HoldSeatsBody, status=201, is_keyed=True)
def hold_seats(call: Call, season_id: SeasonId) -> Written:
    """Hold seats and open a page of the card company to pay on. Booked and invoiced when the money comes in time."""
    opened = call.services.holds.hold(call.actor, HoldSeats(season_id, **call.body), call.key)
    return Written(opened, opened.position, is_repeated=False, location=f"{PREFIX}/holds/{opened.checkout_id}")


@holds.read(ONE, Who.SIGNED_IN, HoldView)
def read_hold(call: Call, hold_id: UUID) -> HoldView:
    """How one's own hold stands."""
    return call.services.holds.view(call.actor, hold_id)


@holds.write("POST", f"{ONE}/checkouts", Who.SIGNED_IN, CardPageOpened, body=PayByCardBody)
def pay_for_hold(call: Call, hold_id: UUID) -> Written:
    """The page to pay on once more, with the same two addresses, while the seats are held."""
    opened = call.services.holds.again(call.actor, hold_id, **call.body)
    return Written(opened, opened.position, is_repeated=True, location=opened.address)


@holds.write("POST", f"{ONE}/let-go", Who.SIGNED_IN, CheckoutRef)
def let_go_of_hold(call: Call, hold_id: UUID) -> Written:
    """Free the seats; nobody can pay for them any longer."""
    return written(call.services.holds.let_go(call.actor, hold_id))
