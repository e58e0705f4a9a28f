"""What it is to register as a stranger: what is typed is looked at, seats are held, and then they become a booking."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from application.booking.agreement import agreed, book
from application.booking.registration_rules import registration_rules
from application.booking.seat import lacks_seat, seat_claim
from application.kernel.payer import kept_for_ledger
from application.kernel.ports import UnitOfWork
from application.kernel.season_name import called
from application.kernel.use_case import load_for, organiser_of
from application.people.address import known_or_new
from application.people.participant import Participant, person_of
from application.people.person import digest_of
from domain.booking.agreement import Agreement, Facts, Turn, agree
from domain.booking.registration import Registration
from domain.booking.seat import Seat
from domain.booking.seating import Seating
from domain.kernel.errors import BadValue
from domain.kernel.ids import BookingId, PersonId, SeasonId, seating_of
from domain.kernel.numbers import org_number_of
from domain.kernel.payer import Payer
from domain.kernel.terms import day_in
from domain.kernel.text import clean, clean_line, email_of, name_of
from domain.people.admission import Applicant
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


STRANGER = Payer(person_id=PersonId(UUID(int=0)))
"""Whoever registers pays themselves; who that is, is known once they confirm."""


def looked_at(work: UnitOfWork, command: Register) -> tuple[Register, Facts]:
    """What is typed as it will be used, with what it is decided by; nothing is looked up about anybody.

    Raises BadValue, BookingNotOpen, SeatsGoTogether, NoPriceForBuyer, NotAdmitted, OutcomeChanged.
    """
    season = load_for(work, Season, command.season_id)
    seats = (Applicant(),) * command.seats
    facts = Facts(season, work.now, STRANGER, seats, shown=command.shown, called=called(work, season))
    is_free = not agree(facts).sums.gross.amount
    typed = replace(
        command,
        name=name_of("name", command.name),
        email=email_of(command.email),
        colleagues=_colleagues(command),
        employer=clean_line("employer", command.employer, 300, may_be_empty=True),
        org_number=org_number_of(command.org_number) if command.org_number else "",
        address=clean("address", command.address, 500, may_be_empty=is_free),
        reference=clean_line("reference", command.reference, 100, may_be_empty=True),
        order_number=clean_line("order_number", command.order_number, 100, may_be_empty=True),
    )
    return typed, facts


def smallest_party(quote: Quote) -> int:
    """How many seats go together at a price: what nobody can book fewer of, no limit keeps out."""
    return quote.price.persons if quote.price.per is Per.ORGANISATION else 1


def hold(work: UnitOfWork, command: Register, code: str) -> Registered:
    """Hold the seats until somebody who reads that mailbox confirms.

    Raises as `looked_at`, SeatsShort, SeatsPromised, TooManyUnconfirmed.
    """
    typed, facts = looked_at(work, command)
    season, rules, registration_id = facts.season, registration_rules(work), work.new_id()
    until, seating = work.now + timedelta(minutes=rules.hold_minutes), work.load(Seating, seating_of(command.season_id))
    agreement = agreed(work, replace(facts, turn=Turn(seating)))
    least = smallest_party(agreement.quote)
    seating.hold_unconfirmed(registration_id, command.seats, until, share=rules.share, least=least)
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
            quote=agreement.quote,
            terms=agreement.terms,
            held_at=work.now,
            until=until,
        )
    )
    return answer_of(command, agreement.quote, "confirm_registration", until)


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
    """Staff write somebody down: they are booked, and asked by letter to confirm the address. Raises as `hold`."""
    typed, facts = looked_at(work, command)
    shown = agree(facts)
    person = _book(work, facts.season, typed, shown, BookingId(work.new_id()), None)
    ask_confirmation(person, work.encrypt(person.person_id, "code", code), digest_of(code))
    return answer_of(command, shown.quote, "confirm_email")


def book_held(work: UnitOfWork, registration: Registration, typed: Register) -> None:
    """What is held becomes a booking, as it was shown; whoever confirms has shown that the address is theirs.

    Raises HoldLapsed, PersonHasSeat, SeasonCalledOff, SeatingClosed.
    """
    registration.must_wait(work.now)
    season, booking_id = load_for(work, Season, registration.season_id), BookingId(work.new_id())
    season.must_be_on()
    shown = Agreement(STRANGER, (), registration.quote, registration.terms)
    person = _book(work, season, typed, shown, booking_id, registration)
    come_in_by_letter(person)
    registration.confirm(booking_id, person.person_id, work.now)
    work.destroy_key(registration.id)


def _book(
    work: UnitOfWork,
    season: Season,
    typed: Register,
    shown: Agreement,
    booking_id: BookingId,
    registration: Registration | None,
) -> Person:
    """The seats become a booking as it was shown: those that are held for it, or (by staff) free ones.

    A colleague who has a seat already leaves one to be named. Raises PersonHasSeat for whoever registers.
    """
    person = known_or_new(work, organiser_of(work.actor), typed.name, typed.email, shares=typed.shares_address)
    if registration is not None:
        read_in(person, typed.language)
    if typed.employer:
        claim_employer(person, work.encrypt(person.person_id, "employer", typed.employer))
    has_seat = work.unique_key_owner("seat", seat_claim(season.season_id, person.person_id)) is not None
    payer = _payer(work, season, person.person_id, typed, is_free=not shown.sums.gross.amount)
    promised = replace(shown, payer=payer, seats=_seats(work, season, person.person_id, typed))
    turn = Turn(work.load(Seating, seating_of(season.season_id)), hold_id=registration.id if registration else None)
    seated = frozenset({person.person_id}) if has_seat else frozenset[PersonId]()
    facts = Facts(season, work.now, payer, (), promised=promised, turn=turn, seated=seated)
    book(work, facts, agreed(work, facts), booking_id, person.person_id)
    return person


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
        may = person is not None and person not in named and lacks_seat(work, season, person)
        seats.append(Seat(no, person if may else None))
        named |= {person} if person is not None else set()
    return tuple(seats)


def _payer(work: UnitOfWork, season: Season, person_id: PersonId, typed: Register, *, is_free: bool) -> Payer:
    told = {"name": typed.employer or typed.name, "address": typed.address, "org_number": typed.org_number}
    billing = work.encrypt(person_id, "billing", json.dumps(told, ensure_ascii=False))
    payer = Payer(person_id=person_id, reference=typed.reference, billing=billing, order_number=typed.order_number)
    if is_free:
        return payer
    return kept_for_ledger(work, season.organiser_id, payer, day_in(work.now, season.zone))
