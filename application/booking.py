"""Bookings: quote, book, name participants; seat, price, terms and claim on the seat are one decision."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.actor import Actor, Role
from application.participant import Participant, person_of
from application.payer import TypedBuyer, billed_to, booker_of, kept_for_ledger, payer_of, quote_for
from application.ports import ClaimTaken, Recorded, Work
from application.seat import (
    PersonHasSeat,
    load_booking,
    must_answer_for,
    organisation_claim,
    refusal_of,
    seat_claim,
)
from application.standing import admit, admit_somebody
from application.use_case import Needs, UseCases, load_for
from domain.booking import Booking, Seat
from domain.errors import BadValue, RuleBroken
from domain.goods import Goods
from domain.ids import BookingId, OrganisationId, PersonId, SeasonId, membership_of, seating_of
from domain.membership import Membership
from domain.organisation import Organisation
from domain.payer import Payer
from domain.person import Person
from domain.price import Per, Quote
from domain.purchase import Purchase, purchase_with
from domain.season import Season
from domain.seating import NotWaiting, Seating, SeatsShort
from domain.standing import Ground
from domain.terms import Terms, day_in
from domain.text import clean


class OutcomeChanged(RuleBroken):
    """What was shown is not what would happen now (`shown`, `now`, in öre incl. VAT); look again (S26)."""


@dataclass(frozen=True)
class GoodsBeside:
    """Goods bought together with seats: on the same invoice, sent to an address (S08)."""

    goods_id: UUID
    quantity: int
    address: str
    with_postage: bool = True


@dataclass(frozen=True)
class MakeBooking:
    """Seats in a season, one for each participant. The payer is an organisation, or the person who books.

    `shown`: the sum in öre incl. VAT that the buyer was shown, if it was. `place_id`: a place on the waiting list.
    `billing`: whom the invoice of somebody who pays themselves is made out to. `hold_id`: seats held until now.
    """

    season_id: SeasonId
    participants: tuple[Participant, ...]
    organisation_id: OrganisationId | None = None
    reference: str = ""
    shown: int | None = None
    place_id: UUID | None = None
    booked_for: PersonId | None = None
    order_number: str = ""
    goods: GoodsBeside | None = None
    billing: TypedBuyer | None = None
    hold_id: UUID | None = None


@dataclass(frozen=True)
class NameParticipant:
    """Who sits in a seat that was booked to be named later."""

    booking_id: BookingId
    seat: int
    participant: Participant


@dataclass(frozen=True)
class BookingMade:
    """What was booked: seats, sums in öre, and how many seats are left in the season."""

    booking_id: BookingId
    season_id: SeasonId
    seats: int
    net: int
    vat: int
    gross: int
    currency: str
    left: int


@dataclass(frozen=True)
class BookingPreview:
    """What a booking would be: the price with its reasons, the terms, the seats left and the list's length."""

    quote: Quote
    terms: Terms | None
    left: int
    waiting: int


@dataclass(frozen=True)
class BookingRef:
    """Which booking it was about."""

    booking_id: BookingId


class Bookings(UseCases):
    """Preview, make, name."""

    def make(self, actor: Actor, command: MakeBooking, key: str | None = None) -> Recorded[BookingMade]:
        """Seats for all participants or for none, at the price of this instant, under the terms of this instant.

        Raises NotAllowed, NotFound, BookingNotOpen, SeatsShort (with what else can be done), SeatsPromised,
        SeatsGoTogether, NoPriceForBuyer, NotAdmitted, AdmissionToDecide, ReferenceRequired, OutcomeChanged,
        OrganisationHasBooked, PersonHasSeat.
        """
        try:
            return self._record(
                actor,
                command,
                BookingMade,
                lambda work: _make(work, command),
                key,
                serial=(seating_of(command.season_id),),
                needs=_needs(actor, command),
            )
        except ClaimTaken as taken:
            raise refusal_of(taken) from None

    def preview(self, actor: Actor, command: MakeBooking) -> BookingPreview:
        """The price and terms that `make` would agree on now, also when no seat is left; who may sit `make` decides."""

        def look(work: Work) -> BookingPreview:
            season = load_for(work, Season, command.season_id)
            seating = load_for(work, Seating, seating_of(command.season_id))
            season.must_take_bookings(work.now)
            payer = _payer(work, season, command)
            quote = quote_for(work, season, payer, len(command.participants))
            return BookingPreview(quote, season.terms, seating.left, len(seating.queue))

        return self._decisions.look(actor, look)

    def name_participant(self, actor: Actor, command: NameParticipant, key: str | None = None) -> Recorded[BookingRef]:
        """Name who sits in an unnamed seat; no money moves (S01). Raises SeatHasName, AlreadySeated, NotAdmitted."""

        def decide(work: Work) -> BookingRef:
            booking = load_booking(work, command.booking_id)
            must_answer_for(work, booking, (command.seat,))
            season = work.load(Season, booking.season_id)
            person_id = person_of(work, command.participant)
            if person_id is None:
                raise BadValue(field="participant", why="say who sits in the seat")
            employer = admit(work, season, person_id)
            booking.name_participant(command.seat, person_id, employer or booking.payer.organisation_id, work.now)
            work.claim("seat", seat_claim(season.season_id, person_id), booking.id)
            return BookingRef(command.booking_id)

        try:
            return self._record(actor, command, BookingRef, decide, key)
        except ClaimTaken as taken:
            raise refusal_of(taken) from None


def _needs(actor: Actor, command: MakeBooking) -> Needs:
    wanted: list[tuple[type, UUID]] = [(Season, command.season_id), (Seating, seating_of(command.season_id))]
    people = [command.booked_for, actor.person_id, *(each.person_id for each in command.participants)]
    wanted += [(Person, person) for person in dict.fromkeys(people) if person is not None]
    if command.organisation_id is not None and actor.organiser_id is not None:
        member = membership_of(actor.organiser_id, command.organisation_id, Ground.MEMBER)
        wanted += [(Organisation, command.organisation_id), (Membership, member)]
    return tuple(wanted)


def _make(work: Work, command: MakeBooking) -> BookingMade:
    if not 1 <= len(command.participants) <= 100:
        raise BadValue(field="participants", why="1 to 100 seats in one booking")
    season = load_for(work, Season, command.season_id)
    season.must_take_bookings(work.now)
    payer = _payer(work, season, command)
    quote = quote_for(work, season, payer, len(command.participants))
    sums = quote.sums
    if command.shown is not None and command.shown != sums.gross.amount:
        raise OutcomeChanged(shown=command.shown, now=sums.gross.amount)
    if sums.gross.amount:
        payer = kept_for_ledger(work, season.organiser_id, payer, day_in(work.now, season.zone).year)
    payer = billed_to(work, payer, command.billing)
    booking_id = BookingId(work.new_id())
    booker = booker_of(work, command.booked_for)
    seats = _seated(work, season, payer, command.participants)
    place_id = _place(work, season, booker, command)
    left = _take(work, season, booking_id, len(seats), place_id, command.hold_id)
    _claim(work, season, booking_id, payer, quote, seats)
    work.add(
        Booking(
            id=booking_id,
            organiser_id=season.organiser_id,
            season_id=season.season_id,
            booked_by=booker,
            payer=payer,
            seats=seats,
            quote=quote,
            terms=season.terms,
            made_at=work.now,
        )
    )
    if command.goods is not None:
        _buy(work, command.goods, booking_id, payer, booker, seats)
    net, vat, gross = sums.net.amount, sums.vat.amount, sums.gross.amount
    return BookingMade(booking_id, season.season_id, len(seats), net, vat, gross, quote.price.amount.currency, left)


def _buy(
    work: Work,
    goods: GoodsBeside,
    booking_id: BookingId,
    payer: Payer,
    booker: PersonId | None,
    seats: tuple[Seat, ...],
) -> None:
    """Bought by who books, or else by the first participant, whose address it is."""
    buyer = booker or next((seat.person_id for seat in seats if seat.person_id is not None), None)
    if buyer is None:
        raise BadValue(field="participant", why="say who sits in the seat")
    offered = load_for(work, Goods, goods.goods_id)
    work.add(
        Purchase(
            id=purchase_with(booking_id),
            organiser_id=offered.organiser_id,
            goods_id=goods.goods_id,
            quantity=goods.quantity,
            bought_by=buyer,
            payer=payer,
            address=work.seal(buyer, "address", clean("address", goods.address, 500)),
            lines=offered.lines_for(goods.quantity, with_postage=goods.with_postage),
            made_at=work.now,
            booking_id=booking_id,
        )
    )


def _payer(work: Work, season: Season, command: MakeBooking) -> Payer:
    booker = booker_of(work, command.booked_for)
    return payer_of(work, season, command.organisation_id, booker, command.reference, command.order_number)


def _seated(work: Work, season: Season, payer: Payer, participants: tuple[Participant, ...]) -> tuple[Seat, ...]:
    seats = []
    for no, participant in enumerate(participants, start=1):
        person_id = person_of(work, participant)
        if person_id is None:
            admit_somebody(work, season, payer)
        employer = admit(work, season, person_id) if person_id is not None else None
        seats.append(Seat(no, person_id, employer or payer.organisation_id))
    named = [seat.person_id for seat in seats if seat.person_id is not None]
    if len(set(named)) < len(named):
        raise PersonHasSeat
    return tuple(seats)


def _take(
    work: Work, season: Season, booking_id: BookingId, seats: int, place_id: UUID | None, hold_id: UUID | None = None
) -> int:
    seating = load_for(work, Seating, seating_of(season.season_id))
    seating.lapse(work.now)
    was_held = hold_id in seating.holds
    if hold_id is not None and was_held:
        seating.end_hold(hold_id, work.now)
    try:
        seating.take(booking_id, seats, place_id=place_id, was_held=was_held)
    except SeatsShort as short:
        fewer = season.prices is not None and season.prices.may_book_fewer and seating.left > 0
        raise SeatsShort(**short.facts, waiting_list=True, may_book_fewer=fewer) from None
    return seating.left


def _place(work: Work, season: Season, booker: PersonId | None, command: MakeBooking) -> UUID | None:
    """The place on the waiting list it comes from: the booker's own, or any for an admin. Raises NotWaiting."""
    if command.place_id is None or work.actor.has(season.organiser_id, Role.ADMIN):
        return command.place_id
    queue = load_for(work, Seating, seating_of(season.season_id)).queue
    if (command.place_id, booker) not in [(place_id, person) for place_id, person, _ in queue]:
        raise NotWaiting
    return command.place_id


def _claim(
    work: Work, season: Season, booking_id: BookingId, payer: Payer, quote: Quote, seats: tuple[Seat, ...]
) -> None:
    for seat in seats:
        if seat.person_id is not None:
            work.claim("seat", seat_claim(season.season_id, seat.person_id), booking_id)
    if quote.price.per is Per.ORGANISATION and payer.organisation_id is not None:
        work.claim("season-organisation", organisation_claim(season.season_id, payer.organisation_id), booking_id)
