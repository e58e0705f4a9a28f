"""Bookings: quote, book, name participants; seat, price, terms and claim on the seat are one decision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from application.billing.invoicing import paid_by_card
from application.booking.coverage import cover, cover_instead, uncover_hold
from application.booking.goods_beside import GoodsBeside, buy_beside, lines_beside
from application.booking.kept_seats import use_kept
from application.booking.seat import (
    load_booking,
    must_answer_for,
    organisation_claim,
    refusal_of,
    season_on,
    seated,
    sit,
)
from application.booking.turn import in_turn, turn_of
from application.kernel.actor import Actor, Role
from application.kernel.eligibility import admit
from application.kernel.payer import TypedBuyer, billed_to, booker_of, kept_for_ledger, payer_of, quote_for
from application.kernel.ports import Committed, UniqueKeyTaken, UnitOfWork
from application.kernel.seen import ChangedSinceShown, OutcomeChanged
from application.kernel.use_case import Needs, UseCases, load_for
from application.people.participant import Participant, people_of, person_of
from domain.booking.booking import Booking
from domain.booking.seat import Seat
from domain.booking.seating import NotWaiting, Seating, SeatsShort
from domain.kernel.documents import Line
from domain.kernel.eligibility import Ground
from domain.kernel.errors import BadValue
from domain.kernel.ids import BookingId, OrganisationId, PersonId, SeasonId, membership_of, seating_of
from domain.kernel.payer import Payer
from domain.kernel.terms import Terms, day_in
from domain.payments.agreed import Agreed
from domain.payments.checkout import Checkout
from domain.people.membership import Membership
from domain.people.organisation import Organisation
from domain.people.person import Person
from domain.programme.price import Per, Quote
from domain.programme.season import Season


@dataclass(frozen=True)
class MakeBooking:
    """Seats in a season, one for each participant. The payer is an organisation, or the person who books.

    `shown`: the sum in öre incl. VAT that the buyer was shown, if it was. `place_id`: a place on the waiting list.
    `billing`: whom the invoice of somebody who pays themselves is made out to. `hold_id`: seats held until now.
    `stated`: what an admin says each person costs whom a membership does not cover (öre excl. VAT).
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
    stated: int | None = None


@dataclass(frozen=True)
class NameParticipant:
    """Who sits in a seat that was booked to be named later."""

    booking_id: BookingId
    seat: int
    participant: Participant


@dataclass(frozen=True)
class BookingMade:
    """What was booked: seats, sums in öre with the goods beside them, and how many seats are left in the season."""

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
    """What a booking would be: the price with its reasons, the terms, the seats left and the list's length.

    `goods`: what is bought beside the seats, line by line.
    """

    quote: Quote
    terms: Terms | None
    left: int
    waiting: int
    goods: tuple[Line, ...] = ()


@dataclass(frozen=True)
class BookingRef:
    """Which booking it was about."""

    booking_id: BookingId


class Bookings(UseCases):
    """Preview, make, name."""

    def make(self, actor: Actor, command: MakeBooking, key: str | None = None) -> Committed[BookingMade]:
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
        except UniqueKeyTaken as taken:
            raise refusal_of(taken) from None

    def preview(self, actor: Actor, command: MakeBooking) -> BookingPreview:
        """The price and terms that `make` would agree on now, also when no seat is left; who may sit `make` decides."""

        def look(work: UnitOfWork) -> BookingPreview:
            season = load_for(work, Season, command.season_id)
            seating = load_for(work, Seating, seating_of(command.season_id))
            season.must_take_bookings(work.now)
            payer = _payer(work, season, command)
            quote = quote_for(work, season, payer, people_of(work, command.participants), command.stated)
            beside = lines_beside(work, command.goods)
            return BookingPreview(quote, season.terms, seating.left_at(work.now), len(seating.queue), beside)

        return self._decisions.dry_run(actor, look)

    def name_participant(self, actor: Actor, command: NameParticipant, key: str | None = None) -> Committed[BookingRef]:
        """Name who sits in an unnamed seat; no money moves (S01). Raises SeatHasName, AlreadySeated, NotAdmitted."""

        def decide(work: UnitOfWork) -> BookingRef:
            booking = load_booking(work, command.booking_id)
            must_answer_for(work, booking, (command.seat,))
            season = season_on(work, booking)
            person_id = person_of(work, command.participant)
            if person_id is None:
                raise BadValue(field="participant", why="say who sits in the seat")
            before = booking.seat(command.seat)
            employer = admit(work, season, person_id, (booking.id, command.seat))
            booking.name_participant(command.seat, person_id, employer or booking.payer.organisation_id, work.now)
            sit(work, season.season_id, person_id, booking.booking_id)
            cover_instead(work, season, booking, before, booking.seat(command.seat))
            cover(work, season, booking.id, None, [booking.seat(command.seat)])
            return BookingRef(command.booking_id)

        try:
            return self._record(actor, command, BookingRef, decide, key)
        except UniqueKeyTaken as taken:
            raise refusal_of(taken) from None


def _needs(actor: Actor, command: MakeBooking) -> Needs:
    wanted: list[tuple[type, UUID]] = [(Season, command.season_id), (Seating, seating_of(command.season_id))]
    people = [command.booked_for, actor.person_id, *(each.person_id for each in command.participants)]
    wanted += [(Person, person) for person in dict.fromkeys(people) if person is not None]
    if command.organisation_id is not None and actor.organiser_id is not None:
        member = membership_of(actor.organiser_id, command.organisation_id, Ground.MEMBER)
        wanted += [(Organisation, command.organisation_id), (Membership, member)]
    return tuple(wanted)


def _make(work: UnitOfWork, command: MakeBooking) -> BookingMade:
    if not 1 <= len(command.participants) <= 100:
        raise BadValue(field="participants", why="1 to 100 seats in one booking")
    season = load_for(work, Season, command.season_id)
    held = work.load(Checkout, command.hold_id) if command.hold_id is not None else None
    if held is not None:
        uncover_hold(work, season, held)
    agreed, seats = _agreed(work, season, command, held)
    booking_id = BookingId(work.new_id())
    booker = booker_of(work, command.booked_for)
    payer, quote = agreed.payer, agreed.quote
    cover(work, season, booking_id, quote, seats)
    place_id = _place(work, season, booker, command, seats)
    left = _take(work, season, booking_id, seats, place_id, command.hold_id)
    _claim(work, season, booking_id, payer, quote, seats)
    if held is not None:
        held.book(booking_id)
        paid_by_card(work, booking_id, held.id)
    work.add(
        Booking(
            id=booking_id,
            organiser_id=season.organiser_id,
            season_id=season.season_id,
            booked_by=booker,
            payer=payer,
            seats=seats,
            quote=quote,
            terms=agreed.terms,
            made_at=work.now,
        )
    )
    if command.goods is not None:
        buy_beside(work, command.goods, booking_id, payer, booker, seats, agreed.beside)
    cost, currency = agreed.sums, quote.price.amount.currency
    net, vat, gross = cost.net.amount, cost.vat.amount, cost.gross.amount
    return BookingMade(booking_id, season.season_id, len(seats), net, vat, gross, currency, left)


Seats = tuple[Seat, ...]


def _agreed(work: UnitOfWork, season: Season, command: MakeBooking, held: Checkout | None) -> tuple[Agreed, Seats]:
    """Who pays, who sits where, at which price under which terms: as of now, or as promised while seats are held."""
    promised = held.promised(work.now) if held is not None else None
    if held is not None and promised is not None:
        agreed, seats = promised, _promised_seats(work, season, command, held.participants, promised)
    else:
        agreed, seats = _as_of_now(work, season, command, held)
    gross = agreed.sums.gross.amount
    if command.shown is not None and command.shown != gross:
        raise OutcomeChanged(shown=command.shown, now=gross)
    payer = replace(agreed.payer, billing=held.billing) if held is not None else agreed.payer
    if gross:
        payer = kept_for_ledger(work, season.organiser_id, payer, day_in(work.now, season.zone).year)
    return replace(agreed, payer=billed_to(work, payer, command.billing)), seats


def _promised_seats(
    work: UnitOfWork, season: Season, command: MakeBooking, people: tuple[PersonId | None, ...], promised: Agreed
) -> Seats:
    """The seats as they were held. Refused when the season is off, somebody erased, or goods are no longer sold."""
    season.must_be_on()
    lines_beside(work, command.goods)
    for person_id in people:
        if person_id is not None:
            load_for(work, Person, person_id).must_exist()
    pairs = zip(people, promised.employers, strict=True)
    return tuple(Seat(no, person_id, employer) for no, (person_id, employer) in enumerate(pairs, start=1))


def _as_of_now(work: UnitOfWork, season: Season, command: MakeBooking, held: Checkout | None) -> tuple[Agreed, Seats]:
    """A hold that is over promises nothing; who has paid for it gets the seats if its terms are still those of now."""
    season.must_take_bookings(work.now)
    payer = _payer(work, season, command)
    seats = seated(work, season, payer, command.participants)
    quote = quote_for(work, season, payer, tuple(seat.person_id for seat in seats), command.stated)
    employers = tuple(seat.organisation_id for seat in seats)
    if held is not None and held.agreed is not None and held.agreed.terms != season.terms:
        raise ChangedSinceShown
    return Agreed(payer, employers, quote, season.terms, lines_beside(work, command.goods)), seats


def _payer(work: UnitOfWork, season: Season, command: MakeBooking) -> Payer:
    booker = booker_of(work, command.booked_for)
    return payer_of(work, season, command.organisation_id, booker, command.reference, command.order_number)


def _take(
    work: UnitOfWork,
    season: Season,
    booking_id: BookingId,
    seats: tuple[Seat, ...],
    place_id: UUID | None,
    hold_id: UUID | None,
) -> int:
    seating = load_for(work, Seating, seating_of(season.season_id))
    seating.lapse(work.now)
    held = 0
    if hold_id is not None and hold_id in seating.holds:
        held, _ = seating.holds[hold_id]
        seating.end_hold(hold_id, work.now)
    held += use_kept(work, seating, booking_id, seats)
    try:
        in_turn(work, season, seating, lambda: seating.take(booking_id, len(seats), place_id=place_id, held=held))
    except SeatsShort as short:
        fewer = season.prices is not None and season.prices.may_book_fewer and seating.left_at(work.now) > 0
        raise SeatsShort(**short.facts, waiting_list=True, may_book_fewer=fewer) from None
    return seating.left_at(work.now)


def _place(
    work: UnitOfWork, season: Season, booker: PersonId | None, command: MakeBooking, seats: tuple[Seat, ...]
) -> UUID | None:
    """The place on the waiting list it comes from: the booker's own, or any for an admin. Raises NotWaiting.

    Where none is named, that of somebody who is to sit there: whoever books for them takes their turn.
    Who paid for seats that were held has them, whether or not they still stand in the line.
    """
    if command.place_id is None:
        return turn_of(work, season.season_id, seats)
    if work.actor.has(season.organiser_id, Role.ADMIN):
        return command.place_id
    queue = load_for(work, Seating, seating_of(season.season_id)).queue
    if command.hold_id is not None and all(place_id != command.place_id for place_id, _, _ in queue):
        return None
    if (command.place_id, booker) not in [(place_id, person) for place_id, person, _ in queue]:
        raise NotWaiting
    return command.place_id


def _claim(
    work: UnitOfWork, season: Season, booking_id: BookingId, payer: Payer, quote: Quote, seats: tuple[Seat, ...]
) -> None:
    for seat in seats:
        if seat.person_id is not None:
            sit(work, season.season_id, seat.person_id, booking_id)
    if quote.price.per is Per.ORGANISATION and payer.organisation_id is not None:
        work.take_unique_key(
            "season-organisation", organisation_claim(season.season_id, payer.organisation_id), booking_id
        )
