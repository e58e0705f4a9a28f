"""People: known to one organiser each; employment is recorded by staff, erasure destroys the key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from application.kernel.actor import Actor
from application.kernel.command import admin, command, self_or_admin
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, find_person, load_for, organiser_of, today_of
from application.people.address import PersonKnown, change_address, known_or_new, leave_address
from application.people.face import drop_face
from application.people.introduction import drop_introductions
from application.people.needs import drop_needs, seal_needs
from application.people.safeguard import proposer
from domain.kernel.ids import OrganisationId, PersonId
from domain.kernel.text import LANGUAGES, clean
from domain.people.admission import JobRole
from domain.people.employment import employ, end_employment, works_for
from domain.people.erasure import erase, request_erasure, withdraw_erasure_request
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.people.particulars import confirm_email, is_change_asked, read_in
from domain.people.person import Person


@dataclass(frozen=True)
class RegisterPerson:
    """Somebody new, or somebody known by the same name and address. With an employer: verified, from that day.

    `shares_address`: the address is known under another name, and this is another person who shares it.
    """

    name: str
    email: str = ""
    organisation_id: OrganisationId | None = None
    role: JobRole = JobRole.SPECIALIST
    from_on: date | None = None
    shares_address: bool = False


@dataclass(frozen=True)
class Employ:
    """A verified employment from a local day."""

    person_id: PersonId
    organisation_id: OrganisationId
    role: JobRole
    from_on: date


@dataclass(frozen=True)
class EndEmployment:
    """The last local day of an employment."""

    person_id: PersonId
    organisation_id: OrganisationId
    ended_on: date


@dataclass(frozen=True)
class TellNeeds:
    """What somebody needs to take part: food they cannot eat, a place for a wheelchair. Empty: nothing."""

    person_id: PersonId
    needs: str


@dataclass(frozen=True)
class ConfirmEmail:
    """The code that was sent, brought back."""

    person_id: PersonId
    code: str


@dataclass(frozen=True)
class RequestErasure:
    """Ask to be erased; the desk carries it out."""

    person_id: PersonId


@dataclass(frozen=True)
class WithdrawErasureRequest:
    """Stay after all."""

    person_id: PersonId


@dataclass(frozen=True)
class ErasePerson:
    """Everything personal about somebody becomes unreadable (GDPR art. 17)."""

    person_id: PersonId


@dataclass(frozen=True)
class PersonRef:
    """Which person it was about."""

    person_id: PersonId


class People(UseCases):
    """Register, employ, verify, erase."""

    def read_in(self, actor: Actor, language: str) -> None:
        """Remember in which language somebody acts, so that they are written to in it; Swedish until they say so."""
        person_id = actor.person_id
        if person_id is None:
            return

        def look(work: UnitOfWork) -> bool:
            person = find_person(work, person_id)
            return person is not None and not person.is_erased and (person.language or LANGUAGES[0]) != language

        def decide(work: UnitOfWork) -> PersonRef:
            read_in(load_for(work, Person, person_id), language)
            return PersonRef(person_id)

        if self._decisions.dry_run(actor, look):
            self._record(actor, ("reads in", person_id, language), PersonRef, decide)

    @command(by=admin)
    def register(self, work: UnitOfWork, command: RegisterPerson) -> PersonRef:
        """Somebody new, or the one known by that name and address, who gains no employment by it (`employ` does that).

        Raises AddressUnderAnotherName, PersonKnown, BadValue.
        """
        organiser = organiser_of(work.actor)
        person = known_or_new(work, organiser, command.name, command.email, shares=command.shares_address)
        if command.organisation_id is not None:
            load_for(work, Organisation, command.organisation_id)
            from_on = command.from_on or today_of(work, organiser)
            if not person.pending_events and not works_for(person, command.organisation_id, from_on):
                raise PersonKnown(person_id=person.person_id)
            employ(person, command.organisation_id, command.role, from_on)
        return PersonRef(person.person_id)

    @command(by=admin)
    def employ(self, work: UnitOfWork, command: Employ) -> PersonRef:
        """Record a verified employment."""
        load_for(work, Organisation, command.organisation_id)
        person = load_for(work, Person, command.person_id)
        employ(person, command.organisation_id, command.role, command.from_on)
        return PersonRef(command.person_id)

    @command(by=admin)
    def end_employment(self, work: UnitOfWork, command: EndEmployment) -> PersonRef:
        """Record the end of one (S17); whoever has left acts for the organisation no longer. Raises NotEmployedThere.

        A last day that is yet to come is waited for (`application.automation.offboarding`).
        """
        person = load_for(work, Person, command.person_id)
        end_employment(person, command.organisation_id, command.ended_on)
        today = today_of(work, organiser_of(work.actor))
        if command.ended_on < today and not works_for(person, command.organisation_id, today):
            load_for(work, Organisation, command.organisation_id).dismiss_contact(command.person_id)
        return PersonRef(command.person_id)

    @command(by=self_or_admin)
    def tell_needs(self, work: UnitOfWork, command: TellNeeds) -> PersonRef:
        """Say what somebody needs to take part, for oneself or as an admin. Raises PersonErased."""
        person = load_for(work, Person, command.person_id)
        person.must_exist()
        needs = clean("needs", command.needs, 500, may_be_empty=True)
        seal_needs(work, person, needs)
        return PersonRef(command.person_id)

    @command
    def confirm_email(self, work: UnitOfWork, command: ConfirmEmail) -> PersonRef:
        """Bring the code back: of the address that is known, or of the one that it is to be changed to.

        Raises WrongCode, NotFound, PersonErased, AddressUnderAnotherName.
        """
        person, digest = load_for(work, Person, command.person_id), digest_of(command.code)
        if is_change_asked(person, digest):
            change_address(work, person)
        else:
            confirm_email(person, digest)
        return PersonRef(person.person_id)

    @command(by=self_or_admin)
    def request_erasure(self, work: UnitOfWork, command: RequestErasure) -> PersonRef:
        """Ask to be erased, for oneself or, as an admin, for somebody who has written. Raises PersonErased."""
        request_erasure(load_for(work, Person, command.person_id), work.now)
        return PersonRef(command.person_id)

    @command(by=self_or_admin)
    def withdraw_erasure_request(self, work: UnitOfWork, command: WithdrawErasureRequest) -> PersonRef:
        """Take that back. Raises ErasureNotRequested, PersonErased."""
        withdraw_erasure_request(load_for(work, Person, command.person_id))
        return PersonRef(command.person_id)

    @command(by=admin)
    def erase(self, work: UnitOfWork, command: ErasePerson) -> PersonRef:
        """Erase a person: event and destroyed key in one decision; the record stays whole without the name (S66).

        Who was staff is so no longer: that is a dismissal like any other, for whoever erases.
        """
        person = load_for(work, Person, command.person_id)
        organiser = work.load(Organiser, person.organiser_id)
        for who, role in sorted(each for each in organiser.staff if each[0] in person.ids):
            organiser.dismiss(who, role, proposer(work.actor), work.now)
        for each in sorted(person.ids):
            entry = work.load(Person, each)
            leave_address(work, entry, person)
            drop_needs(work, entry)
            drop_face(work, entry)
            drop_introductions(work, entry)
            erase(entry)
            work.destroy_key(each)
        return PersonRef(person.person_id)


def digest_of(code: str) -> str:
    """What is kept of a code that was sent."""
    return hashlib.sha256(code.encode()).hexdigest()
