"""What it is to hold seats for somebody who pays: asked for, decided, and seen by whoever holds them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from application.booking.agreement import GoodsBeside, SeatsWanted, agreed, facts_of, lines_beside, with_turn
from application.booking.coverage import cover, uncover_hold
from application.booking.seat import organisation_claim, seat_claim
from application.kernel.eligibility import existing
from application.kernel.payer import billed_to
from application.kernel.ports import UnitOfWork
from application.kernel.season_name import called
from application.kernel.seen import ChangedSinceShown
from application.kernel.use_case import load_for, organiser_of
from application.payments.payment_rules import rules_of
from application.people.participant import Participant
from domain.booking.agreement import Agreement, Facts
from domain.booking.seat import Seat
from domain.booking.seating import Seating
from domain.kernel.errors import BadValue, NotFound, RuleBroken
from domain.kernel.ids import OrganisationId, PersonId, SeasonId, seating_of
from domain.kernel.money import Money
from domain.kernel.text import clean
from domain.payments.agreed import Agreed, GoodsToBuy
from domain.payments.checkout import Checkout
from domain.programme.price import Per
from domain.programme.season import Season

HOLD = "{hold}"
"""Stands for the hold's id in the addresses that the payer is sent back to."""


class HoldOpen(RuleBroken):
    """Somebody holds seats in the season already: those are paid, let go or lapse first."""


@dataclass(frozen=True, kw_only=True)
class HoldSeats(SeatsWanted):
    """Seats, paid by card now.

    The card company sends the payer back to one of the two addresses, in which `{hold}` becomes the hold's id.
    """

    paid_url: str
    back_url: str


@dataclass(frozen=True)
class Held:
    """What is to be paid, and for which season."""

    checkout_id: UUID
    amount: Money
    title: str


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


def hold_seats(work: UnitOfWork, command: HoldSeats) -> Held:
    """The decision to hold: everything that a booking asks is asked now, so that nobody pays for what is refused."""
    booker = work.actor.person_id
    facts = facts_of(work, command, booker)
    _must_hold_no_other(work, facts.season)
    if command.place_id is not None:  # an admin's too: whoever pays is to sit there, as who they are
        load_for(work, Seating, seating_of(command.season_id)).must_be_place_of(command.place_id, booker)
    facts = with_turn(work, _with_claims(work, facts), command.place_id, booker)
    agreement = agreed(work, facts)
    if not agreement.sums.gross.amount:
        raise BadValue(field="participants", why="what is free needs no card: book it")
    checkout_id = work.new_id()
    work.take_unique_key("hold", _hold_claim(work, command.season_id), checkout_id)
    until = _keep(work, facts, agreement, checkout_id)
    payer = billed_to(work, agreement.payer, command.billing)
    _open(work, command, replace(agreement, payer=payer), checkout_id, until)
    return Held(checkout_id, agreement.sums.gross, called(work, facts.season))


def _with_claims(work: UnitOfWork, facts: Facts) -> Facts:
    """Who sits there already, and whether the organisation has booked: the unique keys refuse it only at booking."""
    season_id, payer = facts.season.season_id, facts.payer.organisation_id
    people = [each.person_id for each in facts.applicants if each.person_id is not None]
    seated = frozenset(each for each in people if work.unique_key_owner("seat", seat_claim(season_id, each)))
    is_once = payer is not None and facts.season.prices is not None and facts.season.prices.per is Per.ORGANISATION
    claim = organisation_claim(season_id, payer) if is_once and payer is not None else ""
    has_booked = bool(claim) and work.unique_key_owner("season-organisation", claim) is not None
    return replace(facts, seated=seated, has_booked=has_booked)


def _must_hold_no_other(work: UnitOfWork, season: Season) -> None:
    """Whoever holds all seats and pays for none keeps the others out, so everybody holds once at a time."""
    claim = _hold_claim(work, season.season_id)
    earlier = work.unique_key_owner("hold", claim)
    if earlier is not None:
        _, until = work.load(Seating, seating_of(season.season_id)).holds.get(earlier, (0, work.now))
        if work.now < until:
            raise HoldOpen
        work.release_unique_key("hold", claim)


def _keep(work: UnitOfWork, facts: Facts, agreement: Agreement, checkout_id: UUID) -> datetime:
    """The seats are held, as the organiser's rule says, and the memberships cover whom they are for meanwhile."""
    season, turn, seats = facts.season, facts.turn, agreement.seats
    until = work.now + timedelta(minutes=rules_of(work, season.organiser_id).hold_minutes)
    if turn is not None:
        if turn.place_id is not None:
            turn.seating.prolong_offer(turn.place_id, until)
        turn.seating.hold(checkout_id, len(seats), until, place_id=turn.place_id, kept=min(turn.own, len(seats)))
    cover(work, season, checkout_id, agreement.quote, seats, until)
    return until


def _open(work: UnitOfWork, command: HoldSeats, agreement: Agreement, checkout_id: UUID, until: datetime) -> None:
    employers, payer = tuple(seat.organisation_id for seat in agreement.seats), agreement.payer
    work.add(
        Checkout(
            id=checkout_id,
            organiser_id=organiser_of(work.actor),
            invoice_id=None,
            amount=agreement.sums.gross,
            opened_at=work.now,
            season_id=command.season_id,
            person_id=work.actor.person_id,
            organisation_id=command.organisation_id,
            participants=tuple(seat.person_id for seat in agreement.seats),
            held_until=until,
            reference=payer.reference,
            order_number=payer.order_number,
            billing=payer.billing,
            place_id=command.place_id,
            goods=_to_buy(work, command.goods),
            agreed=Agreed(payer, employers, agreement.quote, agreement.terms, agreement.beside),
        )
    )


def _to_buy(work: UnitOfWork, goods: GoodsBeside | None) -> GoodsToBuy | None:
    booker = work.actor.person_id
    if goods is None or booker is None:
        return None
    address = work.encrypt(booker, "address", clean("address", goods.address, 500))
    return GoodsToBuy(goods.goods_id, goods.quantity, address, goods.with_postage)


def seats_wanted(work: UnitOfWork, held: Checkout) -> SeatsWanted:
    """What was asked for when the seats began to be held, at the sum that has been paid.

    The goods' address may not be read any longer: then they are refused at booking.
    """
    goods = held.goods
    address = (work.decrypt(goods.address) or "") if goods is not None else ""
    return SeatsWanted(
        SeasonId(held.season_id or held.id),
        tuple(Participant(each) for each in held.participants),
        OrganisationId(held.organisation_id) if held.organisation_id else None,
        held.reference,
        shown=held.amount.amount,
        place_id=held.place_id,
        order_number=held.order_number,
        goods=GoodsBeside(goods.goods_id, goods.quantity, address, goods.with_postage) if goods is not None else None,
        again=True,
    )


def facts_of_held(work: UnitOfWork, held: Checkout, wanted: SeatsWanted, booker: PersonId | None) -> Facts:
    """What the booking of seats that were held is decided by: as promised, while they are held.

    A hold that is over promises nothing; who has paid for it gets the seats if its terms are still those of now.
    Raises as `facts_of`, and ChangedSinceShown.
    """
    season = load_for(work, Season, wanted.season_id)
    uncover_hold(work, season, held)
    promised = held.promised(work.now)
    if promised is not None:
        facts = _as_promised(work, season, held, promised, wanted)
    else:
        facts = facts_of(work, wanted, booker)
        if held.agreed is not None and held.agreed.terms != season.terms:
            raise ChangedSinceShown
    facts = replace(facts, payer=replace(facts.payer, billing=held.billing))
    queue = load_for(work, Seating, seating_of(season.season_id)).queue
    place_id = next((each for each, _, _ in queue if each == held.place_id), None)
    return with_turn(work, facts, place_id, booker, held.id)


def _as_promised(work: UnitOfWork, season: Season, held: Checkout, promised: Agreed, wanted: SeatsWanted) -> Facts:
    """Refused when the season is off, somebody has been erased, or the goods are no longer sold."""
    season.must_be_on()
    lines_beside(work, wanted.goods, wanted.organisation_id)
    for person_id in held.participants:
        if person_id is not None:
            existing(work, person_id)
    pairs = zip(held.participants, promised.employers, strict=True)
    seats = tuple(Seat(no, person_id, employer) for no, (person_id, employer) in enumerate(pairs, start=1))
    payer = replace(promised.payer, billing=held.billing)
    agreement = Agreement(payer, seats, promised.quote, promised.terms, promised.beside)
    return Facts(season, work.now, payer, (), shown=wanted.shown, promised=agreement)
