"""Vouches at the desk: verified, or found to be wrong, and then the price of the seats follows the organiser's rule."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from application.booking.charged_anew import Anew, charged_anew
from application.booking.difference import difference_of
from application.booking.queries.vouch import VouchedModel
from application.booking.vouching import verify_by_domain
from application.kernel.actor import SYSTEM, Actor
from application.kernel.command import admin, command
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, admin_of, load_for
from application.people.person import PersonRef
from domain.booking.booking import Booking
from domain.booking.seat import Seat
from domain.booking.transfer import Transfer
from domain.kernel.errors import OutcomeChanged, RuleBroken
from domain.kernel.ids import BookingId, OrganisationId, PersonId
from domain.kernel.personal import Encrypted
from domain.kernel.terms import day_in
from domain.kernel.text import clean
from domain.people.person import Person
from domain.people.vouch import refute_vouch, verify_vouch, vouch_at
from domain.programme.season import Season


@dataclass(frozen=True)
class VerifyVouch:
    """They work there, as was said, from the day it was said."""

    person_id: PersonId
    organisation_id: OrganisationId


@dataclass(frozen=True)
class RefuteVouch:
    """They do not work there, and why; the reason is told.

    `shown`: what the seats were shown to cost more together (öre incl. VAT; below zero: less).
    """

    person_id: PersonId
    organisation_id: OrganisationId
    reason: str
    shown: int | None = None


@dataclass(frozen=True)
class Refuted:
    """How many seats cost something else now, and what they cost more together (öre incl. VAT; below zero: less)."""

    person_id: PersonId
    organisation_id: OrganisationId
    seats: int
    difference: int


class Vouches(UseCases):
    """Verify, refute."""

    def __init__(self, decisions: Decisions, model: VouchedModel) -> None:
        super().__init__(decisions)
        self._model = model

    @command(by=admin)
    def verify(self, work: UnitOfWork, command: VerifyVouch) -> PersonRef:
        """A verified employment from the day it was vouched for. Raises NothingVouched, NotFound, PersonErased."""
        verify_vouch(load_for(work, Person, command.person_id), command.organisation_id)
        return PersonRef(command.person_id)

    def preview(self, actor: Actor, command: RefuteVouch) -> Refuted:
        """What `refute` would come to now. Raises as it does."""
        admin_of(actor)
        held = self._seats(command)
        return self._decisions.dry_run(actor, lambda work: _refute(work, command, held))

    def refute(self, actor: Actor, command: RefuteVouch, key: str | None = None) -> Committed[Refuted]:
        """It was wrong. The seats stay; those of the organisation cost what they cost without it, by the written rule.

        Raises NothingVouched, NotFound, PersonErased, BadValue, OutcomeChanged.
        """
        admin_of(actor)
        held = self._seats(command)
        return self._record(actor, command, Refuted, lambda work: _refute(work, command, held), key)

    def verify_by_domain(self, person_id: PersonId) -> None:
        """Somebody has confirmed an address: what is vouched for at an organisation with that domain is verified."""

        def decide(work: UnitOfWork) -> PersonRef:
            person = work.load(Person, person_id)
            if person.vouches and not person.is_erased:
                verify_by_domain(work, person)
            return PersonRef(person_id)

        self._record(SYSTEM, ("verify by domain", person_id), PersonRef, decide)

    def verify_by_domain_of(self, organisation_id: OrganisationId) -> None:
        """An organisation has a domain: those who are vouched for there and have such an address are verified."""
        for person_id in self._model.vouched_at(organisation_id):
            self.verify_by_domain(person_id)

    def _seats(self, command: RefuteVouch) -> tuple[tuple[BookingId, int], ...]:
        return tuple(self._model.seats_at(command.person_id, command.organisation_id))


def _refute(work: UnitOfWork, command: RefuteVouch, held: Iterable[tuple[BookingId, int]]) -> Refuted:
    person = load_for(work, Person, command.person_id)
    vouch_at(person, command.organisation_id)
    reason = work.encrypt(person.person_id, "reason", clean("reason", command.reason, 1000))
    refute_vouch(person, command.organisation_id, reason, work.actor.id)
    sums = [
        sum(line.gross.amount for line in transfer.difference)
        for booking_id, no in held
        if (transfer := _priced(work, person, command.organisation_id, booking_id, no, reason)) is not None
    ]
    if command.shown not in (None, sum(sums)):
        raise OutcomeChanged(shown=command.shown, now=sum(sums))
    return Refuted(person.person_id, command.organisation_id, len(sums), sum(sums))


def _priced(
    work: UnitOfWork, person: Person, home: OrganisationId, booking_id: BookingId, no: int, reason: Encrypted
) -> Transfer | None:
    """The seat costs what it costs somebody of no organisation (or of their own); None where that is the same."""
    booking = load_for(work, Booking, booking_id)
    season, before = load_for(work, Season, booking.season_id), booking.seats[no]
    is_theirs = before.person_id in person.ids and before.organisation_id == home and not before.is_cancelled
    if not is_theirs or season.called_off_for or not season.meetings_left(work.now)[0]:
        return None
    employment = person.employment_on(day_in(work.now, season.zone))
    employer = employment.organisation_id if employment is not None else None
    with suppress(RuleBroken):  # where there is no price for them, the desk agrees on one
        return _handed_over(work, season, booking, before, employer, person.person_id, reason)
    return None


def _handed_over(
    work: UnitOfWork,
    season: Season,
    booking: Booking,
    before: Seat,
    employer: OrganisationId | None,
    to: PersonId,
    reason: Encrypted,
) -> Transfer | None:
    """The seat is the same person's at another price; None where that is the same. Raises NoPriceForBuyer."""
    extra = difference_of(work, season, booking, before, employer, to)
    if not extra.lines:
        return None
    payer, reference = booking.payer.organisation_id, booking.payer.reference
    return charged_anew(work, booking, before, Anew(employer, to, extra.lines, extra.price, payer, reference, reason))
