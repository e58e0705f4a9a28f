"""What it is to apply: what is typed is looked at and becomes somebody's application; an answer gives the seat."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from application.booking.agreement import agreed, book, with_turn
from application.booking.applied import applicant_claim, let_go
from application.booking.difference import taxed_for
from application.booking.registration_rules import registration_rules
from application.booking.seat import in_turn, seat_claim
from application.booking.waiting_list import stand_in_line
from application.kernel.eligibility import admit, grounds_of
from application.kernel.payer import eligibility_of_payer, kept_for_ledger, payer_of
from application.kernel.ports import UnitOfWork
from application.kernel.season_name import called
from application.kernel.use_case import load_for
from application.people.person import digest_of
from domain.booking.agreement import Agreement, Facts
from domain.booking.application import AlreadyApplied, Application, ApplicationNotNeeded, Told
from domain.booking.seat import Seat
from domain.booking.seating import Seating, SeatsPromised, SeatsShort, TooManyUnconfirmed
from domain.booking.waiting_list import AlreadyWaiting
from domain.kernel.eligibility import Ground, MembershipFull
from domain.kernel.errors import BadValue
from domain.kernel.ids import BookingId, OrganisationId, PersonId, SeasonId, seating_of
from domain.kernel.numbers import org_number_of
from domain.kernel.payer import Payer
from domain.kernel.terms import day_in
from domain.kernel.text import clean, clean_line, email_of, name_of
from domain.people.admission import AdmissionToDecide, JobRole, NotAdmitted
from domain.people.employment import claim_employer
from domain.people.person import Person
from domain.programme.price import PriceList, Quote
from domain.programme.season import Season
from domain.programme.season_opening import BookingNotOpen

LINK_HOURS = 168
"""For how many hours the mailed link of an application is good; nothing is held before it is followed."""


@dataclass(frozen=True)
class Apply:
    """Who somebody is, where they work and as what, and which ground they claim; whom an invoice would go to.

    `name` and `email`: of somebody who has not signed in. `organisation_id`: who pays, where one who has signed in acts
    for it; otherwise they pay themselves, and what is typed stands on the invoice. `language`: "sv" or "en".
    """

    season_id: SeasonId
    employer: str
    role: JobRole = JobRole.SPECIALIST
    ground: Ground | None = None
    note: str = ""
    name: str = ""
    email: str = ""
    org_number: str = ""
    address: str = ""
    reference: str = ""
    organisation_id: OrganisationId | None = None
    language: str = ""


@dataclass(frozen=True)
class ApplicationOutcome:
    """What came of it: its status, until when a seat is held (None: none is), and the booking, if there is one."""

    application_id: UUID
    season_id: SeasonId
    status: str
    held_until: datetime | None
    booking_id: UUID | None


def outcome_of(application: Application) -> ApplicationOutcome:
    """How it stands."""
    about = (application.id, application.season_id, application.status.value)
    return ApplicationOutcome(*about, application.held_until, application.booking_id)


def looked_at(work: UnitOfWork, command: Apply) -> tuple[Apply, Season]:
    """What is typed as it will be used; nothing is looked up about anybody.

    Raises NotFound, BookingNotOpen, SeasonCalledOff, ApplicationNotNeeded where anybody may book, BadValue.
    """
    season = load_for(work, Season, command.season_id)
    season.must_take_bookings(work.now)
    if season.admission.is_open:
        raise ApplicationNotNeeded
    if command.ground is not None and command.ground not in grounds_of(season.prices, season.admission):
        raise BadValue(field="ground", why="does not matter for this season")
    is_free = season.prices is None or season.prices.is_free or command.organisation_id is not None
    typed = replace(
        command,
        employer=clean_line("employer", command.employer, 300),
        note=clean("note", command.note, 1000, may_be_empty=True),
        org_number=org_number_of(command.org_number) if command.org_number else "",
        address=clean("address", command.address, 500, may_be_empty=is_free),
        reference=clean_line("reference", command.reference, 100, may_be_empty=True),
    )
    return typed, season


def by_a_stranger(command: Apply) -> Apply:
    """As somebody types it who has not signed in: a name, an address, and nobody's account. Raises BadValue."""
    name, email = name_of("name", command.name), email_of(command.email)
    return replace(command, name=name, email=email, organisation_id=None)


def ask(work: UnitOfWork, command: Apply, season: Season, code: str, under: UUID | None = None) -> Application:
    """What was typed is kept until the link is followed, under a key of its own, or (signed in) that of the person."""
    application_id = work.new_id()
    own = under or application_id
    application = Application(
        id=application_id,
        organiser_id=season.organiser_id,
        season_id=season.season_id,
        typed=work.encrypt(own, "application", json.dumps(asdict(command), default=str)),
        email=work.encrypt(own, "email", command.email),
        code=work.encrypt(own, "code", code),
        digest=digest_of(code) if code else "",
        asked_at=work.now,
        until=work.now + timedelta(hours=LINK_HOURS),
    )
    work.add(application)
    return application


def typed_in(work: UnitOfWork, application: Application) -> Apply | None:
    """What was typed; None once it is kept no longer."""
    told = work.decrypt(application.typed)
    if told is None:
        return None
    typed = json.loads(told)
    ground, payer = typed["ground"], typed["organisation_id"]
    known = {
        "season_id": application.season_id,
        "role": JobRole(typed["role"]),
        "ground": Ground(ground) if ground else None,
        "organisation_id": OrganisationId(UUID(payer)) if payer else None,
    }
    return Apply(**{**typed, **known})


def make(work: UnitOfWork, application: Application, season: Season, person: Person, typed: Apply) -> None:
    """Somebody applies; a seat is held for them while it waits, where there is one.

    Raises ApplicationLapsed, AlreadyApplied, PersonErased.
    """
    person.must_exist()
    application.must_wait(work.now)
    claim = applicant_claim(application.season_id, person.person_id)
    if work.unique_key_owner("application", claim) is not None:
        raise AlreadyApplied
    work.take_unique_key("application", claim, application.id)
    employer = work.encrypt(person.person_id, "employer", typed.employer)
    claim_employer(person, employer)
    note = work.encrypt(person.person_id, "note", typed.note) if typed.note else None
    told = Told(person.person_id, employer, note, typed.role, typed.ground)
    payer = _payer(work, season, person, typed)
    application.make(told, payer, work.now, _hold(work, season, application), season.prices, season.terms)


def must_need_it(work: UnitOfWork, season: Season, person_id: PersonId) -> None:
    """Raises ApplicationNotNeeded where somebody may book without asking."""
    with suppress(NotAdmitted, AdmissionToDecide, MembershipFull):
        admit(work, season, person_id)
        raise ApplicationNotNeeded


def seat(work: UnitOfWork, application: Application, season: Season, person: Person) -> BookingId | None:
    """The seat that was held (or a free one) is booked, as it was offered when they applied; None: they wait in line.

    Whoever has got a seat in the meantime keeps that one. Raises NoPriceForBuyer, SeatsGoTogether, BookingNotOpen.
    """
    known = work.unique_key_owner("seat", seat_claim(season.season_id, person.person_id))
    if known is not None:
        let_go(work, application)
        return BookingId(known)
    payer = application.payer
    prices, terms = (application.prices, application.terms) if application.prices else (season.prices, season.terms)
    if prices is None or payer is None:
        raise BookingNotOpen(closed_on="")
    quote = _price_then(work, season, prices, payer, person, application.made_at)
    if quote.sums.gross.amount:
        payer = kept_for_ledger(work, season.organiser_id, payer, day_in(work.now, season.zone))
    sits = Seat(1, person.person_id, payer.organisation_id)
    promised = Agreement(payer, (sits,), quote, terms)
    facts = with_turn(
        work, Facts(season, work.now, payer, (), promised=promised), None, person.person_id, application.id
    )
    booking_id = BookingId(work.new_id())
    try:
        agreement = agreed(work, facts)
    except (SeatsShort, SeatsPromised):
        with suppress(AlreadyWaiting):
            stand_in_line(work, season, person.person_id, 1, (prices, application.made_at))
        return None
    book(work, facts, agreement, booking_id, person.person_id)
    return booking_id


def _price_then(
    work: UnitOfWork, season: Season, prices: PriceList, payer: Payer, person: Person, made_at: datetime
) -> Quote:
    """By the list of the day they applied, as of that day, for the meetings that are left now."""
    left = season.meetings_left(work.now) if prices.pro_rata else None
    eligibility = eligibility_of_payer(work, season, payer, (person.person_id,), prices)
    quote = prices.quote(called(work, season), 1, eligibility, made_at, left)
    return taxed_for(work, season, quote, payer.organisation_id)


def _hold(work: UnitOfWork, season: Season, application: Application) -> datetime | None:
    rules = registration_rules(work)
    if not rules.application_hours:
        return None
    until = work.now + timedelta(hours=rules.application_hours)
    seating = load_for(work, Seating, seating_of(season.season_id))
    try:
        in_turn(work, season, seating, lambda: seating.hold_unconfirmed(application.id, 1, until, share=rules.share))
    except (SeatsShort, SeatsPromised, TooManyUnconfirmed):
        return None
    return until


def _payer(work: UnitOfWork, season: Season, person: Person, typed: Apply) -> Payer:
    if typed.organisation_id is not None:
        return payer_of(work, season, typed.organisation_id, person.person_id, typed.reference)
    told = {"name": typed.employer, "address": typed.address, "org_number": typed.org_number}
    billing = work.encrypt(person.person_id, "billing", json.dumps(told, ensure_ascii=False))
    return Payer(person_id=person.person_id, reference=typed.reference, billing=billing)
