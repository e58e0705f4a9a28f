"""Bookings: quote, book, name participants; seat, price, terms and claim on the seat are one decision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from application.billing.charges import paid_by_card
from application.booking.agreement import (
    SeatsWanted,
    agreed,
    book,
    buy_beside,
    facts_of,
    promised_at,
    with_turn,
)
from application.booking.coverage import cover, cover_instead
from application.booking.held_seats import facts_of_held, seats_wanted
from application.booking.seat import load_booking, must_answer_for, refusal_of, season_on, sit
from application.booking.vouching import vouched
from application.kernel.actor import Actor
from application.kernel.command import anybody, command, dry_run, seats
from application.kernel.eligibility import admit
from application.kernel.payer import billed_to, booker_of, kept_for_ledger
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import Needs, UseCases, load_for
from application.people.participant import Participant, person_of
from domain.booking.agreement import Facts, agree
from domain.booking.seating import Seating, SeatsShort
from domain.kernel.documents import Line
from domain.kernel.eligibility import Ground
from domain.kernel.errors import BadValue
from domain.kernel.ids import BookingId, PersonId, SeasonId, membership_of, seating_of
from domain.kernel.terms import Terms, day_in
from domain.payments.checkout import Checkout
from domain.people.membership import Membership
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.people.person import Person
from domain.programme.price import Quote
from domain.programme.season import Season


@dataclass(frozen=True)
class MakeBooking(SeatsWanted):
    """Seats in a season; an admin may book for somebody (`booked_for`).

    `stated`: what an admin says each person costs whom a membership does not cover (öre excl. VAT).
    """

    booked_for: PersonId | None = None
    stated: int | None = None

    def __post_init__(self) -> None:
        if self.stated_for and self.stated is None:
            raise BadValue(field="stated_for", why="is said of a price that is stated")


@dataclass(frozen=True)
class BookHeld:
    """The seats that somebody has held, and paid for by card."""

    season_id: SeasonId
    hold_id: UUID


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


def _needs(actor: Actor, command: MakeBooking) -> Needs:
    wanted: list[tuple[type, UUID]] = [(Season, command.season_id), (Seating, seating_of(command.season_id))]
    people = [command.booked_for, actor.person_id, *(each.person_id for each in command.participants)]
    wanted += [(Person, person) for person in dict.fromkeys(people) if person is not None]
    if actor.organiser_id is not None:
        wanted.append((Organiser, actor.organiser_id))
    if command.organisation_id is not None and actor.organiser_id is not None:
        member = membership_of(actor.organiser_id, command.organisation_id, Ground.MEMBER)
        wanted += [(Organisation, command.organisation_id), (Membership, member)]
    return tuple(wanted)


class Bookings(UseCases):
    """Preview, make, name."""

    @command(serial=seats, needs=_needs, taken=refusal_of)
    def make(self, work: UnitOfWork, command: MakeBooking) -> BookingMade:
        """Seats for all participants or for none, at the price of this instant, under the terms of this instant.

        Raises NotAllowed, NotFound, BookingNotOpen, SeatsShort (with what else can be done), SeatsPromised,
        SeatsGoTogether, NoPriceForBuyer, NotAdmitted, AdmissionToDecide, ReferenceRequired, OutcomeChanged,
        OrganisationHasBooked, PersonHasSeat.
        """
        booker = booker_of(work, command.booked_for)
        facts = with_turn(work, facts_of(work, command, booker, command.stated), command.place_id, booker)
        return booked(work, facts, command, booker, BookingId(work.new_id()))

    @command(serial=seats, taken=refusal_of)
    def book_held(self, work: UnitOfWork, command: BookHeld) -> BookingMade:
        """The booking that is paid for: as it was agreed, or, once the hold is over, as of now if that is the same.

        Raises as `make`, and ChangedSinceShown.
        """
        held, booker, booking_id = work.load(Checkout, command.hold_id), booker_of(work, None), BookingId(work.new_id())
        wanted = seats_wanted(work, held)
        made = booked(work, facts_of_held(work, held, wanted, booker), wanted, booker, booking_id)
        held.book(booking_id)
        paid_by_card(work, booking_id, held.id)
        return made

    @dry_run
    def preview(self, work: UnitOfWork, command: MakeBooking) -> BookingPreview:
        """The price and terms that `make` would agree on now, also when no seat is left; who may sit `make` decides."""
        facts = facts_of(work, command, booker_of(work, command.booked_for), command.stated, is_preview=True)
        seating = load_for(work, Seating, seating_of(command.season_id))
        place_id = command.place_id or seating.place_of(*people_of_seats(command))
        agreement = agree(replace(facts, promise=promised_at(work, facts, place_id) if place_id else None))
        left, waiting = seating.left_at(work.now), len(seating.queue)
        return BookingPreview(agreement.quote, agreement.terms, left, waiting, agreement.beside)

    @command(by=anybody, taken=refusal_of)
    def name_participant(self, work: UnitOfWork, command: NameParticipant) -> BookingRef:
        """Name who sits in an unnamed seat; no money moves (S01). Raises SeatHasName, AlreadySeated, NotAdmitted."""
        booking = load_booking(work, command.booking_id)
        must_answer_for(work, booking, (command.seat,))
        season = season_on(work, booking)
        person_id = person_of(work, command.participant)
        if person_id is None:
            raise BadValue(field="participant", why="say who sits in the seat")
        vouched(work, booking.payer.organisation_id, person_id, command.participant.role, booking)
        before = booking.seat(command.seat)
        employer = admit(work, season, person_id, (booking.id, command.seat))
        booking.name_participant(command.seat, person_id, employer or booking.payer.organisation_id, work.now)
        sit(work, season.season_id, person_id, booking.booking_id)
        cover_instead(work, season, booking, before, booking.seat(command.seat))
        cover(work, season, booking.id, None, [booking.seat(command.seat)])
        return BookingRef(command.booking_id)


def people_of_seats(wanted: SeatsWanted) -> tuple[PersonId, ...]:
    """Those who are to sit there and are named by who they are."""
    return tuple(each.person_id for each in wanted.participants if each.person_id is not None)


def booked(
    work: UnitOfWork, facts: Facts, wanted: SeatsWanted, booker: PersonId | None, booking_id: BookingId
) -> BookingMade:
    """Seats that are wanted become a booking, as it is agreed. Raises as `Bookings.make`."""
    try:
        agreement = agreed(work, facts)
    except SeatsShort as short:
        fewer = facts.season.prices is not None and facts.season.prices.may_book_fewer and short.facts["left"] != 0
        raise SeatsShort(**short.facts, waiting_list=True, may_book_fewer=fewer) from None
    total, season, payer = agreement.sums, facts.season, agreement.payer
    if total.gross.amount:
        payer = kept_for_ledger(work, season.organiser_id, payer, day_in(work.now, season.zone))
    agreement = replace(agreement, payer=billed_to(work, payer, wanted.billing))
    left = book(work, facts, agreement, booking_id, booker)
    if wanted.goods is not None:
        buy_beside(work, wanted.goods, booking_id, agreement, booker)
    net, vat, gross = total.net.amount, total.vat.amount, total.gross.amount
    return BookingMade(booking_id, wanted.season_id, len(agreement.seats), net, vat, gross, total.gross.currency, left)
