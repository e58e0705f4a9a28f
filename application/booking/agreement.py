"""What a booking is decided by, gathered from the aggregates; and what is agreed becomes the booking.

The conditions themselves stand in `domain.booking.agreement`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from application.booking.content import must_not_repeat
from application.booking.coverage import cover
from application.booking.goods_sent import Sent, lines_sent
from application.booking.seat import in_turn, kept_for, organisation_claim, sit, use_kept
from application.booking.vouching import vouched
from application.kernel.actor import Role
from application.kernel.eligibility import applicant_of, existing, somebody_of
from application.kernel.payer import TypedBuyer, eligibility_of_payer, payer_of
from application.kernel.ports import UnitOfWork
from application.kernel.season_name import called
from application.kernel.use_case import load_for
from application.people.participant import Participant, people_of, person_of
from domain.booking.agreement import Agreement, Facts, Turn, agree
from domain.booking.booking import Booking
from domain.booking.price_promise import PricePromise, PromisedPrices
from domain.booking.purchase import Purchase
from domain.booking.seating import Seating
from domain.kernel.documents import Line
from domain.kernel.errors import BadValue
from domain.kernel.ids import BookingId, OrganisationId, PersonId, SeasonId, price_promise_of, purchase_with, seating_of
from domain.kernel.payer import Payer
from domain.kernel.text import clean
from domain.people.admission import OPEN, Applicant
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.programme.goods import Goods
from domain.programme.price import Per
from domain.programme.season import Season


@dataclass(frozen=True)
class GoodsBeside:
    """Goods bought together with seats: on the same invoice, sent to an address (S08)."""

    goods_id: UUID
    quantity: int
    address: str
    with_postage: bool = True


@dataclass(frozen=True)
class SeatsWanted:
    """Seats in a season, one for each participant. The payer is an organisation, or the person who books.

    `shown`: the sum in öre incl. VAT that the buyer was shown, if it was. `place_id`: a place on the waiting list.
    `billing`: whom the invoice of somebody who pays themselves is made out to. `again`: also where one of them has a
    seat for the same content elsewhere (S15). `stated_for`: why an admin states a price, as the invoice says it.
    """

    season_id: SeasonId
    participants: tuple[Participant, ...]
    organisation_id: OrganisationId | None = None
    reference: str = ""
    shown: int | None = None
    place_id: UUID | None = None
    order_number: str = ""
    goods: GoodsBeside | None = None
    billing: TypedBuyer | None = None
    again: bool = False
    stated_for: str = ""


LET_IN = Applicant(decided=True)
"""Somebody who may sit there, whoever it is: so it is looked at."""


def facts_of(
    work: UnitOfWork,
    wanted: SeatsWanted,
    booker: PersonId | None,
    stated: int | None = None,
    *,
    is_preview: bool = False,
) -> Facts:
    """What is asked for, with all that decides it, but for where they stand in the line.

    Of a preview everybody may sit, and whoever cannot be read yet is to be named. Raises NotFound, NotAllowed,
    PersonErased, AddressUnderAnotherName, GoodsWithdrawn, BadValue.
    """
    season = load_for(work, Season, wanted.season_id)
    season.must_take_bookings(work.now)
    payer = payer_of(work, season, wanted.organisation_id, booker, wanted.reference, wanted.order_number)
    if is_preview:
        people = people_of(work, wanted.participants)
        applicants = (LET_IN,) * len(people)
    else:
        applicants = tuple(_applicant(work, season, payer, each) for each in wanted.participants)
        people = tuple(each.person_id for each in applicants)
        if season.content:
            must_not_repeat(work, season, people, again=wanted.again)
    eligibility = eligibility_of_payer(work, season, payer, people)
    if stated is not None:
        work.actor.must_be(season.organiser_id, Role.ADMIN)
    beside = lines_beside(work, wanted.goods, wanted.organisation_id)
    shown = None if is_preview else wanted.shown
    organisation = load_for(work, Organisation, payer.organisation_id) if payer.organisation_id else None
    facts = Facts(season, work.now, payer, applicants, eligibility, beside, stated, shown)
    facts = replace(facts, organisation=organisation, called=called(work, season, wanted.stated_for))
    return replace(facts, seller_country=work.load(Organiser, season.organiser_id).country) if organisation else facts


def _applicant(work: UnitOfWork, season: Season, payer: Payer, participant: Participant) -> Applicant:
    person_id = participant.person_id or person_of(work, participant)
    if person_id is not None and participant.role is not None:
        vouched(work, payer.organisation_id, person_id, participant.role)
    return applicant_of(work, season, existing(work, person_id)) if person_id else somebody_of(work, season, payer)


def with_turn(
    work: UnitOfWork,
    facts: Facts,
    place_id: UUID | None,
    whose: PersonId | None,
    hold_id: UUID | None = None,
) -> Facts:
    """With where they stand: the place named, or that of somebody who is to sit there, and the seats kept for them.

    Raises NotWaiting where the place is not that of whose it is to be; an admin may name anybody's.
    """
    seating = load_for(work, Seating, seating_of(SeasonId(facts.season.id)))
    seating.lapse(work.now)
    if place_id is not None and not work.actor.has(facts.season.organiser_id, Role.ADMIN):
        seating.must_be_place_of(place_id, whose)
    known = facts.promised.people if facts.promised else [each.person_id for each in facts.applicants if each.person_id]
    turn = Turn(seating, place_id or seating.place_of(*known), hold_id, kept_for(seating, known))
    return replace(facts, turn=turn, promise=promised_at(work, facts, turn.place_id) if turn.place_id else None)


def promised_at(work: UnitOfWork, facts: Facts, place_id: UUID) -> PromisedPrices | None:
    """The prices that were promised to a place on the waiting list (S23); None where none were."""
    found = work.find(PricePromise, price_promise_of(place_id))
    return found.beside(facts.season.prices) if found is not None else None


def agreed(work: UnitOfWork, facts: Facts) -> Agreement:
    """What `domain.booking.agreement.agree` says. Whoever may not sit there any longer waits no more for the seats."""
    if facts.turn is None:
        return agree(facts)
    return in_turn(work, facts.season, facts.turn.seating, lambda: agree(facts))


def book(work: UnitOfWork, facts: Facts, agreement: Agreement, booking_id: BookingId, booker: PersonId | None) -> int:
    """What is agreed becomes the booking: seats are taken, nobody sits twice, and memberships cover whom they cover.

    Says how many seats are left.
    """
    season, season_id, seats, quote = facts.season, SeasonId(facts.season.id), agreement.seats, agreement.quote
    if season.admission != OPEN or (quote.ground is not None and quote.ground.covers is not None):
        cover(work, season, booking_id, quote, seats)
    seating = _take(work, facts, booking_id, len(seats))
    for person_id in agreement.people:
        sit(work, season_id, person_id, booking_id)
    organisation_id = agreement.payer.organisation_id
    if quote.price.per is Per.ORGANISATION and organisation_id is not None:
        work.take_unique_key("season-organisation", organisation_claim(season_id, organisation_id), booking_id)
    work.add(
        Booking(
            id=booking_id,
            organiser_id=season.organiser_id,
            season_id=season_id,
            booked_by=booker,
            payer=agreement.payer,
            seats=seats,
            quote=quote,
            terms=agreement.terms,
            made_at=work.now,
        )
    )
    return seating.left_at(work.now)


def _take(work: UnitOfWork, facts: Facts, booking_id: BookingId, seats: int) -> Seating:
    """Those that were held for them, and others that are free."""
    turn = facts.turn or Turn(load_for(work, Seating, seating_of(SeasonId(facts.season.id))))
    own = turn.own
    if turn.hold_id is not None and turn.hold_id in turn.seating.holds:
        turn.seating.end_hold(turn.hold_id, work.now)
    use_kept(work, turn.seating, booking_id, turn.kept)
    turn.seating.take(booking_id, seats, place_id=turn.place_id, held=own)
    return turn.seating


def lines_beside(
    work: UnitOfWork, goods: GoodsBeside | None, organisation_id: OrganisationId | None
) -> tuple[Line, ...]:
    """What goods cost, line by line; nothing for none. Raises NotFound, GoodsWithdrawn, GoodsNotSentThere, BadValue."""
    if goods is None:
        return ()
    sent = Sent(goods.goods_id, goods.quantity, goods.address, goods.with_postage)
    return lines_sent(work, sent, organisation_id)


def buy_beside(
    work: UnitOfWork,
    goods: GoodsBeside,
    booking_id: BookingId,
    agreement: Agreement,
    booker: PersonId | None,
) -> None:
    """Goods are bought by who books, or else by the first participant, whose address it is."""
    buyer = booker or next(iter(agreement.people), None)
    if buyer is None:
        raise BadValue(field="participant", why="say who sits in the seat")
    work.add(
        Purchase(
            id=purchase_with(booking_id),
            organiser_id=load_for(work, Goods, goods.goods_id).organiser_id,
            goods_id=goods.goods_id,
            quantity=goods.quantity,
            bought_by=buyer,
            payer=agreement.payer,
            address=work.encrypt(buyer, "address", clean("address", goods.address, 500)),
            lines=agreement.beside,
            made_at=work.now,
            booking_id=booking_id,
        )
    )
