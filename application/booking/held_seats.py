"""What it is to hold seats for somebody who pays: asked for, decided, and seen by whoever holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from application.booking.coverage import cover
from application.booking.goods_beside import GoodsBeside, lines_beside
from application.booking.kept_seats import kept_for
from application.booking.seat import must_have_no_seat, seated
from application.booking.turn import in_turn, turn_of
from application.kernel.payer import TypedBuyer, billed_to, payer_of, quote_for
from application.kernel.ports import UnitOfWork
from application.kernel.seen import OutcomeChanged
from application.kernel.use_case import load_for
from application.payments.payment_rules import rules_of
from application.people.participant import Participant
from domain.booking.seat import Seat
from domain.booking.seating import NotWaiting, Seating
from domain.kernel.errors import BadValue, NotFound, RuleBroken
from domain.kernel.ids import BookingId, OrganisationId, SeasonId, seating_of
from domain.kernel.money import Money
from domain.kernel.text import clean
from domain.payments.agreed import Agreed, GoodsToBuy
from domain.payments.checkout import Checkout
from domain.programme.season import Season

HOLD = "{hold}"
"""Stands for the hold's id in the addresses that the payer is sent back to."""


class HoldOpen(RuleBroken):
    """Somebody holds seats in the season already: those are paid, let go or lapse first."""


@dataclass(frozen=True)
class HoldSeats:
    """Seats, one for each participant, paid by card now. The payer, `shown`, `place_id` and `goods` as in a booking.

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
    goods: GoodsBeside | None = None


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


def own_hold(work: UnitOfWork, checkout_id: UUID) -> Checkout:
    """A hold of the actor's own. Raises NotFound for another's, and for a card payment of an invoice."""
    checkout = load_for(work, Checkout, checkout_id)
    if checkout.season_id is None or not work.actor.is_person(checkout.person_id):
        raise NotFound(what="hold")
    return checkout


def own_hold_in(work: UnitOfWork, season_id: SeasonId) -> Checkout | None:
    """What the actor held last in a season; None for nothing."""
    checkout_id = work.unique_key_owner("hold", _hold_claim(work, season_id)) if work.actor.person_id else None
    return own_hold(work, checkout_id) if checkout_id else None


def _hold_claim(work: UnitOfWork, season_id: SeasonId) -> str:
    return f"{season_id}/{work.actor.person_id}"


def view_of(work: UnitOfWork, checkout: Checkout) -> HoldView:
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
    if checkout.refunds:
        return "returned"
    if checkout.is_paid:
        return "paid"
    return "held" if is_held and not checkout.is_expired else "over"


def hold_seats(work: UnitOfWork, command: HoldSeats) -> Held:
    """The decision to hold: everything that a booking asks is asked now, so that nobody pays for what is refused."""
    season, booker = load_for(work, Season, command.season_id), work.actor.person_id
    season.must_take_bookings(work.now)
    if not 1 <= len(command.participants) <= 100:
        raise BadValue(field="participants", why="1 to 100 seats in one booking")
    payer = payer_of(work, season, command.organisation_id, booker, command.reference, command.order_number)
    seats = seated(work, season, payer, command.participants)
    quote = quote_for(work, season, payer, tuple(seat.person_id for seat in seats))
    payer = billed_to(work, payer, command.billing)
    employers = tuple(seat.organisation_id for seat in seats)
    agreed = Agreed(payer, employers, quote, season.terms, lines_beside(work, command.goods))
    total = agreed.sums.gross
    _must_cost(total.amount, command.shown)
    must_have_no_seat(work, season, payer, quote, seats)
    checkout_id = work.new_id()
    _must_hold_no_other(work, season, checkout_id)
    until = _keep(work, season, checkout_id, seats, command.place_id)
    cover(work, season, checkout_id, quote, seats, until)
    work.add(
        Checkout(
            id=checkout_id,
            organiser_id=season.organiser_id,
            invoice_id=None,
            amount=total,
            opened_at=work.now,
            season_id=command.season_id,
            person_id=booker,
            organisation_id=command.organisation_id,
            participants=tuple(seat.person_id for seat in seats),
            held_until=until,
            reference=payer.reference,
            order_number=payer.order_number,
            billing=payer.billing,
            place_id=command.place_id,
            goods=_to_buy(work, command.goods),
            agreed=agreed,
        )
    )
    return Held(checkout_id, total, season.title)


def _to_buy(work: UnitOfWork, goods: GoodsBeside | None) -> GoodsToBuy | None:
    booker = work.actor.person_id
    if goods is None or booker is None:
        return None
    address = work.encrypt(booker, "address", clean("address", goods.address, 500))
    return GoodsToBuy(goods.goods_id, goods.quantity, address, goods.with_postage)


def goods_of(work: UnitOfWork, checkout: Checkout) -> GoodsBeside | None:
    """What is to be bought with the seats. Raises BadValue at booking where the address cannot be read any longer."""
    goods = checkout.goods
    if goods is None:
        return None
    return GoodsBeside(goods.goods_id, goods.quantity, work.decrypt(goods.address) or "", goods.with_postage)


def _must_hold_no_other(work: UnitOfWork, season: Season, checkout_id: UUID) -> None:
    """Whoever holds all seats and pays for none keeps the others out, so everybody holds once at a time."""
    claim = _hold_claim(work, season.season_id)
    earlier = work.unique_key_owner("hold", claim)
    if earlier is not None:
        _, until = work.load(Seating, seating_of(season.season_id)).holds.get(earlier, (0, work.now))
        if work.now < until:
            raise HoldOpen
        work.release_unique_key("hold", claim)
    work.take_unique_key("hold", claim, checkout_id)


def _must_cost(gross: int, shown: int | None) -> None:
    if not gross:
        raise BadValue(field="participants", why="what is free needs no card: book it")
    if shown is not None and shown != gross:
        raise OutcomeChanged(shown=shown, now=gross)


def _keep(
    work: UnitOfWork, season: Season, checkout_id: UUID, seats: tuple[Seat, ...], place_id: UUID | None
) -> datetime:
    seating = load_for(work, Seating, seating_of(season.season_id))
    until = work.now + timedelta(minutes=rules_of(work, season.organiser_id).hold_minutes)
    if place_id is not None and (place_id, work.actor.person_id) not in [each[:2] for each in seating.queue]:
        raise NotWaiting
    seating.lapse(work.now)
    kept, turn = len(kept_for(seating, seats)), place_id or turn_of(work, season.season_id, seats)
    in_turn(work, season, seating, lambda: seating.hold(checkout_id, len(seats), until, place_id=turn, kept=kept))
    return until
