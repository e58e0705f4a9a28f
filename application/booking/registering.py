"""What it is to register as a stranger: what is typed is looked at, seats are held, and then they become a booking."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from application.booking.seat import PersonHasSeat, seat_claim, sit
from application.booking.turn import in_turn
from application.kernel.payer import kept_for_ledger
from application.kernel.ports import UnitOfWork
from application.kernel.seen import OutcomeChanged
from application.kernel.use_case import load_for, organiser_of
from application.people.address import known_or_new
from application.people.participant import Participant, person_of
from application.people.person import digest_of
from domain.booking.booking import Booking
from domain.booking.registration import Registration
from domain.booking.registration_rules import RegistrationRules
from domain.booking.seat import Seat
from domain.booking.seating import Seating
from domain.kernel.eligibility import Eligibility
from domain.kernel.errors import BadValue
from domain.kernel.ids import BookingId, PersonId, SeasonId, seating_of
from domain.kernel.payer import Payer
from domain.kernel.terms import Terms, day_in
from domain.kernel.text import clean, clean_line, email_of, name_of, org_number_of
from domain.people.employment import claim_employer
from domain.people.particulars import ask_confirmation, come_in_by_letter, read_in
from domain.people.person import Person
from domain.programme.price import Per, Quote
from domain.programme.season import Season


@dataclass(frozen=True)
class Register:
    """A stranger's registration: a name and an address to confirm; colleagues; who the invoice goes to, as typed.

    `shown`: the sum in öre incl. VAT that was shown, if it was. `language`: "sv" or "en", of the letter.
    `shares_address`: for staff, who say that another name beside a known address is another person. Of a stranger's it
    is so in any case.
    """

    season_id: SeasonId
    name: str
    email: str
    colleagues: tuple[Participant, ...] = ()
    employer: str = ""
    org_number: str = ""
    address: str = ""
    reference: str = ""
    shown: int | None = None
    order_number: str = ""
    language: str = ""
    shares_address: bool = False

    @property
    def seats(self) -> int:
        """How many seats it is."""
        return 1 + len(self.colleagues)


@dataclass(frozen=True)
class Registered:
    """The same for a known and an unknown address: seats, sums in öre, until when the seats are held (excluded).

    `next_step`: confirm_registration, by the link that was mailed; confirm_email where staff have booked for somebody
    (nothing is held then).
    """

    season_id: SeasonId
    seats: int
    net: int
    vat: int
    gross: int
    currency: str
    next_step: str
    held_until: datetime | None = None


@dataclass(frozen=True)
class Agreed:
    """What a booking of a stranger's is made of: the price and the terms that were shown."""

    quote: Quote
    terms: Terms | None

    @property
    def smallest_party(self) -> int:
        """How many seats go together at that price: what nobody can book fewer of, no limit keeps out."""
        return self.quote.price.persons if self.quote.price.per is Per.ORGANISATION else 1


def registration_rules(work: UnitOfWork) -> RegistrationRules:
    """The organiser's rules, or the usual ones."""
    organiser = organiser_of(work.actor)
    found = work.find(RegistrationRules, RegistrationRules.create_id(organiser))
    return found or RegistrationRules(organiser_id=organiser)


def looked_at(work: UnitOfWork, command: Register) -> tuple[Register, Agreed]:
    """What is typed as it will be used, and what it comes to now; nothing is looked up about anybody.

    Raises BadValue, BookingNotOpen, SeatsGoTogether, NoPriceForBuyer, NotAdmitted, OutcomeChanged.
    """
    season = load_for(work, Season, command.season_id)
    season.must_take_bookings(work.now)
    if command.seats > 100:
        raise BadValue(field="colleagues", why="at most 100 seats")
    season.admission.check(Eligibility(), None, day_in(work.now, season.zone), None)
    quote = season.quote(command.seats, Eligibility(), work.now)
    gross = quote.sums.gross.amount
    typed = replace(
        command,
        name=name_of("name", command.name),
        email=email_of(command.email),
        colleagues=_colleagues(command),
        employer=clean_line("employer", command.employer, 300, may_be_empty=True),
        org_number=org_number_of(command.org_number) if command.org_number else "",
        address=clean("address", command.address, 500, may_be_empty=not gross),
        reference=clean_line("reference", command.reference, 100, may_be_empty=True),
        order_number=clean_line("order_number", command.order_number, 100, may_be_empty=True),
    )
    if command.shown is not None and command.shown != gross:
        raise OutcomeChanged(shown=command.shown, now=gross)
    return typed, Agreed(quote, season.terms)


def hold(work: UnitOfWork, command: Register, code: str) -> Registered:
    """Hold the seats until somebody who reads that mailbox confirms.

    Raises as `looked_at`, SeatsShort, SeatsPromised, TooManyUnconfirmed.
    """
    typed, agreed = looked_at(work, command)
    season, rules = load_for(work, Season, command.season_id), registration_rules(work)
    registration_id = work.new_id()
    until = work.now + timedelta(minutes=rules.hold_minutes)
    seating = work.load(Seating, seating_of(season.season_id))
    least = agreed.smallest_party

    def keep() -> None:
        seating.hold_unconfirmed(registration_id, command.seats, until, share=rules.share, least=least)

    in_turn(work, season, seating, keep)
    work.add(
        Registration(
            id=registration_id,
            organiser_id=season.organiser_id,
            season_id=season.season_id,
            seats=command.seats,
            typed=work.encrypt(registration_id, "registration", json.dumps(asdict(typed), default=str)),
            email=work.encrypt(registration_id, "email", typed.email),
            code=work.encrypt(registration_id, "code", code),
            digest=digest_of(code),
            quote=agreed.quote,
            terms=agreed.terms,
            held_at=work.now,
            until=until,
        )
    )
    return answer_of(command, agreed.quote, "confirm_registration", until)


def answer_of(command: Register, quote: Quote, next_step: str, until: datetime | None = None) -> Registered:
    """What whoever registers is told."""
    net, vat, gross = quote.sums.net.amount, quote.sums.vat.amount, quote.sums.gross.amount
    currency = quote.price.amount.currency
    return Registered(command.season_id, command.seats, net, vat, gross, currency, next_step, until)


def typed_in(work: UnitOfWork, registration: Registration) -> Register | None:
    """What was typed; None once it is kept no longer."""
    told = work.decrypt(registration.typed)
    if told is None:
        return None
    facts = json.loads(told)
    told = facts.pop("colleagues")
    colleagues = tuple(Participant(name=each["name"], email=each["email"], shares_address=True) for each in told)
    known = {"season_id": registration.season_id, "colleagues": colleagues, "shares_address": True}
    return Register(**{**facts, **known})


def book_at_once(work: UnitOfWork, command: Register, code: str) -> Registered:
    """Staff write somebody down: they are booked, and asked by letter to confirm the address. Raises as `book`."""
    typed, agreed = looked_at(work, command)
    person = _book(work, load_for(work, Season, command.season_id), typed, agreed, BookingId(work.new_id()), None)
    ask_confirmation(person, work.encrypt(person.person_id, "code", code), digest_of(code))
    return answer_of(command, agreed.quote, "confirm_email")


def book_held(work: UnitOfWork, registration: Registration, typed: Register) -> None:
    """What is held becomes a booking, as it was shown; whoever confirms has shown that the address is theirs.

    Raises HoldLapsed, PersonHasSeat, SeasonCalledOff, SeatingClosed.
    """
    registration.must_wait(work.now)
    season = load_for(work, Season, registration.season_id)
    season.must_be_on()
    agreed, booking_id = Agreed(registration.quote, registration.terms), BookingId(work.new_id())
    person = _book(work, season, typed, agreed, booking_id, registration)
    come_in_by_letter(person)
    registration.confirm(booking_id, person.person_id, work.now)
    work.destroy_key(registration.id)


def _book(
    work: UnitOfWork,
    season: Season,
    typed: Register,
    agreed: Agreed,
    booking_id: BookingId,
    registration: Registration | None,
) -> Person:
    """The seats become a booking: those that are held for it, or (by staff) free ones.

    A colleague who has a seat already leaves one to be named. Raises PersonHasSeat for whoever registers.
    """
    person = known_or_new(work, organiser_of(work.actor), typed.name, typed.email, shares=typed.shares_address)
    if registration is not None:
        read_in(person, typed.language)
    if work.unique_key_owner("seat", seat_claim(season.season_id, person.person_id)) is not None:
        raise PersonHasSeat
    if typed.employer:
        claim_employer(person, work.encrypt(person.person_id, "employer", typed.employer))
    seats = _seats(work, season, person.person_id, typed)
    _take(work, season, booking_id, len(seats), registration)
    for seat in seats:
        if seat.person_id is not None:
            sit(work, season.season_id, seat.person_id, booking_id)
    work.add(
        Booking(
            id=booking_id,
            organiser_id=season.organiser_id,
            season_id=season.season_id,
            booked_by=person.person_id,
            payer=_payer(work, season, person.person_id, typed, is_free=not agreed.quote.sums.gross.amount),
            seats=seats,
            quote=agreed.quote,
            terms=agreed.terms,
            made_at=work.now,
        )
    )
    return person


def _take(
    work: UnitOfWork, season: Season, booking_id: BookingId, seats: int, registration: Registration | None
) -> None:
    seating, held = work.load(Seating, seating_of(season.season_id)), 0
    if registration is not None:
        seating.end_hold(registration.id, work.now)
        held = registration.seats
    in_turn(work, season, seating, lambda: seating.take(booking_id, seats, held=held))


def _colleagues(command: Register) -> tuple[Participant, ...]:
    found, seen = [], {email_of(command.email)}
    for each in command.colleagues:
        if each.person_id is not None:
            raise BadValue(field="colleagues", why="name a colleague by name and address")
        if not each.name and not each.email:
            found.append(Participant())
            continue
        if not each.email:
            raise BadValue(field="email", why="an address is needed for the confirmation")
        email = email_of(each.email)
        if email in seen:
            raise BadValue(field="colleagues", why="name everybody once, each with an address of their own")
        seen.add(email)
        found.append(Participant(name=name_of("name", each.name), email=email, shares_address=each.shares_address))
    return tuple(found)


def _seats(work: UnitOfWork, season: Season, person_id: PersonId, typed: Register) -> tuple[Seat, ...]:
    named, seats = {person_id}, [Seat(1, person_id)]
    for no, colleague in enumerate(typed.colleagues, start=2):
        person = person_of(work, colleague)
        is_seated = (
            person is not None and work.unique_key_owner("seat", seat_claim(season.season_id, person)) is not None
        )
        seats.append(Seat(no, None if is_seated or person in named else person))
        named |= {person} if person is not None else set()
    return tuple(seats)


def _payer(work: UnitOfWork, season: Season, person_id: PersonId, typed: Register, *, is_free: bool) -> Payer:
    told = {"name": typed.employer or typed.name, "address": typed.address, "org_number": typed.org_number}
    billing = work.encrypt(person_id, "billing", json.dumps(told, ensure_ascii=False))
    payer = Payer(person_id=person_id, reference=typed.reference, billing=billing, order_number=typed.order_number)
    if is_free:
        return payer
    return kept_for_ledger(work, season.organiser_id, payer, day_in(work.now, season.zone).year)
