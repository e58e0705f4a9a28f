"""What it is to hold seats for somebody who pays: asked for, decided, and seen by whoever holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from application.booking import OutcomeChanged
from application.participant import Participant
from application.payer import TypedBuyer, billed_to, payer_of, quote_for
from application.payment import rules_of
from application.ports import Work
from application.seat import must_have_no_seat, seated
from application.use_case import load_for
from domain.checkout import Checkout
from domain.errors import BadValue, NotFound, RuleBroken
from domain.ids import BookingId, OrganisationId, SeasonId, seating_of
from domain.money import Money
from domain.season import Season
from domain.seating import NotWaiting, Seating

HOLD = "{hold}"
"""Stands for the hold's id in the addresses that the payer is sent back to."""


class HoldOpen(RuleBroken):
    """Somebody holds seats in the season already: those are paid, let go or lapse first."""


@dataclass(frozen=True)
class HoldSeats:
    """Seats, one for each participant, paid by card now. The payer, `shown` and `place_id` as in a booking.

    The card company sends the payer back to one of the two addresses, in which `{hold}` becomes the hold's id.
    """

    season_id: SeasonId
    participants: tuple[Participant, ...]
    paid_url: str
    back_url: str
    organisation_id: OrganisationId | None = None
    reference: str = ""
    order_number: str = ""
    shown: int | None = None
    place_id: UUID | None = None
    billing: TypedBuyer | None = None


@dataclass(frozen=True)
class Held:
    """What is to be paid, and for which season."""

    checkout_id: UUID
    amount: Money
    title: str


@dataclass(frozen=True)
class HoldView:
    """A hold as its holder sees it: seats, the sum in öre, until when (excluded), and what came of it.

    `state`: held, over (not paid in time), paid (it is being booked), booked, or returned (the money goes back; then
    `place` is the holder's place on the waiting list, 0 for none).
    """

    checkout_id: UUID
    season_id: SeasonId
    season: str
    seats: int
    amount: int
    currency: str
    held_until: datetime
    state: str
    booking_id: BookingId | None
    place: int


def own_hold(work: Work, checkout_id: UUID) -> Checkout:
    """A hold of the actor's own. Raises NotFound for another's, and for a card payment of an invoice."""
    checkout = load_for(work, Checkout, checkout_id)
    if checkout.season_id is None or checkout.person_id is None or checkout.person_id != work.actor.person_id:
        raise NotFound(what="hold")
    return checkout


def view_of(work: Work, checkout: Checkout) -> HoldView:
    """How a hold stands."""
    season_id = SeasonId(checkout.season_id or checkout.id)
    season, seating = work.load(Season, season_id), work.load(Seating, seating_of(season_id))
    places = [person for _, person, _ in seating.queue]
    until = checkout.held_until or checkout.opened_at
    return HoldView(
        checkout.id,
        season_id,
        season.title,
        len(checkout.participants),
        checkout.amount.amount,
        checkout.amount.currency,
        until,
        _state(checkout, is_held=checkout.id in seating.holds and work.now < until),
        checkout.booking_id,
        places.index(checkout.person_id) + 1 if checkout.person_id in places else 0,
    )


def _state(checkout: Checkout, *, is_held: bool) -> str:
    if checkout.booking_id is not None:
        return "booked"
    if checkout.asked:
        return "returned"
    if checkout.is_paid:
        return "paid"
    return "held" if is_held and not checkout.is_expired else "over"


def hold_seats(work: Work, command: HoldSeats) -> Held:
    """The decision to hold: everything that a booking asks is asked now, so that nobody pays for what is refused."""
    season, booker = load_for(work, Season, command.season_id), work.actor.person_id
    season.must_take_bookings(work.now)
    if not 1 <= len(command.participants) <= 100:
        raise BadValue(field="participants", why="1 to 100 seats in one booking")
    payer = payer_of(work, season, command.organisation_id, booker, command.reference, command.order_number)
    quote = quote_for(work, season, payer, len(command.participants))
    _must_cost(quote.sums.gross.amount, command.shown)
    seats = seated(work, season, payer, command.participants)
    must_have_no_seat(work, season, payer, quote, seats)
    checkout_id = work.new_id()
    _must_hold_no_other(work, season, checkout_id)
    until = _keep(work, season, checkout_id, len(seats), command.place_id)
    work.add(
        Checkout(
            id=checkout_id,
            organiser_id=season.organiser_id,
            invoice_id=None,
            amount=quote.sums.gross,
            opened_at=work.now,
            season_id=command.season_id,
            person_id=booker,
            organisation_id=command.organisation_id,
            participants=tuple(seat.person_id for seat in seats),
            held_until=until,
            reference=payer.reference,
            order_number=payer.order_number,
            billing=billed_to(work, payer, command.billing).billing,
            place_id=command.place_id,
        )
    )
    return Held(checkout_id, quote.sums.gross, season.title)


def _must_hold_no_other(work: Work, season: Season, checkout_id: UUID) -> None:
    """Whoever holds all seats and pays for none keeps the others out, so everybody holds once at a time."""
    claim = f"{season.season_id}/{work.actor.person_id}"
    earlier = work.owner("hold", claim)
    if earlier is not None:
        _, until = work.load(Seating, seating_of(season.season_id)).holds.get(earlier, (0, work.now))
        if work.now < until:
            raise HoldOpen
        work.release("hold", claim)
    work.claim("hold", claim, checkout_id)


def _must_cost(gross: int, shown: int | None) -> None:
    if not gross:
        raise BadValue(field="participants", why="what is free needs no card: book it")
    if shown is not None and shown != gross:
        raise OutcomeChanged(shown=shown, now=gross)


def _keep(work: Work, season: Season, checkout_id: UUID, seats: int, place_id: UUID | None) -> datetime:
    seating = load_for(work, Seating, seating_of(season.season_id))
    until = work.now + timedelta(minutes=rules_of(work, season.organiser_id).hold_minutes)
    seating.lapse(work.now)
    if place_id is not None and (place_id, work.actor.person_id) not in [each[:2] for each in seating.queue]:
        raise NotWaiting
    seating.hold(checkout_id, seats, until, place_id=place_id)
    return until
