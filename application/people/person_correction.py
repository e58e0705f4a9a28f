"""A person's own particulars put right (GDPR art. 16): name, address, phone; by themselves, or by an admin.

An address that somebody changes themselves waits until a letter to it has been answered; the one before serves until
then. One that an admin corrects is written to at once, and lets nobody in before its letter has been answered.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from application.kernel.actor import Role
from application.kernel.command import command, self_or_admin
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for
from application.people.address import AddressUnderAnotherName, leave_address, person_with, take_address
from application.people.person import PersonRef, digest_of
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import PersonId
from domain.kernel.text import email_of, name_of, phone_of
from domain.people.organiser import Organiser
from domain.people.particulars import ask_confirmation, ask_email_change, correct_email, correct_name, tell_phone
from domain.people.person import Person


@dataclass(frozen=True)
class CorrectPerson:
    """What was written down wrongly or has changed; None: stays as it is. An empty address or phone: there is none.

    `shares_address`: the address is known under another name, and the two share it (an admin says so).
    """

    person_id: PersonId
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    shares_address: bool = False


class AddressOfStaff(RuleBroken):
    """Whoever reads the address comes in by it in the roles that its owner holds: they alone change it, in those."""


class PersonCorrections(UseCases):
    """Correct."""

    def __init__(self, decisions: Decisions, new_code: Callable[[], str] = lambda: secrets.token_urlsafe(24)) -> None:
        super().__init__(decisions)
        self._new_code = new_code

    @command(by=self_or_admin)
    def correct(self, work: UnitOfWork, command: CorrectPerson) -> PersonRef:
        """Put particulars right, all or none; what is the same already changes nothing.

        Raises NotAllowed, PersonErased, BadValue, AddressOfStaff, AddressUnderAnotherName (to an admin: whose it is).
        """
        person = load_for(work, Person, command.person_id)
        person.must_exist()
        if command.name is not None:
            _rename(work, person, name_of("name", command.name))
        if command.email is not None:
            _readdress(work, person, command, self._new_code())
        if command.phone is not None:
            _tell_phone(work, person, phone_of(command.phone) if command.phone.strip() else "")
        return PersonRef(person.person_id)


def _rename(work: UnitOfWork, person: Person, name: str) -> None:
    if work.decrypt(person.name) == name:
        return
    is_shared, address = leave_address(work, person), work.decrypt(person.email) if person.email else None
    correct_name(person, work.encrypt(person.person_id, "name", name))
    if address:
        take_address(work, person, address, name, is_shared=is_shared)


def _readdress(work: UnitOfWork, person: Person, command: CorrectPerson, code: str) -> None:
    address = email_of(command.email) if command.email and command.email.strip() else ""
    if address == (work.decrypt(person.email) if person.email else ""):
        return
    _must_hold_their_roles(work, person)
    if address and not work.actor.has(person.organiser_id, Role.ADMIN):
        ask_email_change(
            person,
            work.encrypt(person.person_id, "email", address),
            work.encrypt(person.person_id, "code", code),
            digest_of(code),
        )
        return
    known = person_with(work, person.organiser_id, address) if address else None
    is_anothers = known is not None and known.person_id != person.person_id
    if known is not None and is_anothers and not command.shares_address:
        raise AddressUnderAnotherName(email=address, person_id=known.person_id)
    leave_address(work, person)
    correct_email(person, work.encrypt(person.person_id, "email", address) if address else None)
    if address:
        take_address(work, person, address, work.decrypt(person.name) or "", is_shared=is_anothers)
        ask_confirmation(person, work.encrypt(person.person_id, "code", code), digest_of(code))


def _must_hold_their_roles(work: UnitOfWork, person: Person) -> None:
    """Nobody comes to another's roles by an address, nor a key to more than it was made for. Raises AddressOfStaff."""
    actor = work.actor
    held = {role for who, role in work.load(Organiser, person.organiser_id).staff if who in person.ids}
    if held and not (actor.is_person(person.person_id) and held <= actor.roles):
        raise AddressOfStaff


def _tell_phone(work: UnitOfWork, person: Person, phone: str) -> None:
    if phone != (work.decrypt(person.phone) if person.phone else ""):
        tell_phone(person, work.encrypt(person.person_id, "phone", phone) if phone else None)
