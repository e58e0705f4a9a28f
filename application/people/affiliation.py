"""Affiliations: what makes somebody an alumnus, a customer, a partner; claimed by themselves, decided by staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.kernel.command import admin, command, self_or_admin
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for
from application.people.person import PersonRef
from domain.kernel.eligibility import Ground
from domain.kernel.ids import PersonId
from domain.kernel.text import clean
from domain.people.affiliation import (
    claim_affiliation,
    decline_affiliation,
    verify_affiliation,
    withdraw_affiliation,
    withdraw_claim,
)
from domain.people.person import Person


@dataclass(frozen=True)
class ClaimAffiliation:
    """Say to be an alumnus, a customer, a partner."""

    person_id: PersonId
    ground: Ground
    note: str = ""


@dataclass(frozen=True)
class VerifyAffiliation:
    """An admin's yes, from a local day until another (included) or for good."""

    person_id: PersonId
    ground: Ground
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True)
class DeclineAffiliation:
    """An admin's no, with the reason."""

    person_id: PersonId
    ground: Ground
    reason: str


@dataclass(frozen=True)
class WithdrawAffiliation:
    """A ground that was verified by mistake, by the day from which it was said to hold."""

    person_id: PersonId
    ground: Ground
    from_on: date


@dataclass(frozen=True)
class WithdrawClaim:
    """Take back what one has claimed to be."""

    person_id: PersonId
    ground: Ground


class Affiliations(UseCases):
    """What is done with affiliations."""

    @command(by=self_or_admin)
    def claim(self, work: UnitOfWork, command: ClaimAffiliation) -> PersonRef:
        """A person says so of themselves; an admin decides."""
        person = load_for(work, Person, command.person_id)
        person.must_exist()
        note = clean("note", command.note, 1000, may_be_empty=True)
        sealed = work.encrypt(command.person_id, "note", note) if note else None
        claim_affiliation(person, command.ground, sealed)
        return PersonRef(command.person_id)

    @command(by=admin)
    def verify(self, work: UnitOfWork, command: VerifyAffiliation) -> PersonRef:
        """Record a verified ground, claimed or not."""
        person = load_for(work, Person, command.person_id)
        verify_affiliation(person, command.ground, command.from_on, command.until_on, work.actor.id)
        return PersonRef(command.person_id)

    @command(by=admin)
    def take_back(self, work: UnitOfWork, command: WithdrawAffiliation) -> PersonRef:
        """It never held; what was booked keeps its price. Raises NothingClaimed."""
        withdraw_affiliation(load_for(work, Person, command.person_id), command.ground, command.from_on)
        return PersonRef(command.person_id)

    @command(by=admin)
    def decline(self, work: UnitOfWork, command: DeclineAffiliation) -> PersonRef:
        """Decline a claim, with the reason. Raises NothingClaimed."""
        person = load_for(work, Person, command.person_id)
        person.must_exist()
        reason = work.encrypt(command.person_id, "reason", clean("reason", command.reason, 1000))
        decline_affiliation(person, command.ground, reason, work.actor.id)
        return PersonRef(command.person_id)

    @command(by=self_or_admin)
    def withdraw(self, work: UnitOfWork, command: WithdrawClaim) -> PersonRef:
        """Take back a claim that waits. Raises NothingClaimed."""
        withdraw_claim(load_for(work, Person, command.person_id), command.ground)
        return PersonRef(command.person_id)
