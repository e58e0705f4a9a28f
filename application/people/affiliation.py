"""Affiliations: what makes somebody an alumnus, a customer, a partner; claimed by themselves, decided by staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.kernel.actor import Actor
from application.kernel.ports import Committed, UnitOfWork
from application.kernel.use_case import UseCases, admin_of, load_for, must_be_self_or_admin
from application.people.person import PersonRef
from domain.kernel.eligibility import Ground
from domain.kernel.ids import PersonId
from domain.kernel.text import clean
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

    def claim(self, actor: Actor, command: ClaimAffiliation, key: str | None = None) -> Committed[PersonRef]:
        """A person says so of themselves; an admin decides."""
        must_be_self_or_admin(actor, command.person_id)

        def decide(work: UnitOfWork) -> PersonRef:
            person = load_for(work, Person, command.person_id)
            person.must_exist()
            note = clean("note", command.note, 1000, may_be_empty=True)
            sealed = work.encrypt(command.person_id, "note", note) if note else None
            person.claim_affiliation(command.ground, sealed)
            return PersonRef(command.person_id)

        return self._record(actor, command, PersonRef, decide, key)

    def verify(self, actor: Actor, command: VerifyAffiliation, key: str | None = None) -> Committed[PersonRef]:
        """Record a verified ground, claimed or not."""
        admin_of(actor)

        def decide(work: UnitOfWork) -> PersonRef:
            person = load_for(work, Person, command.person_id)
            person.verify_affiliation(command.ground, command.from_on, command.until_on, actor.id)
            return PersonRef(command.person_id)

        return self._record(actor, command, PersonRef, decide, key)

    def take_back(self, actor: Actor, command: WithdrawAffiliation, key: str | None = None) -> Committed[PersonRef]:
        """It never held; what was booked keeps its price. Raises NothingClaimed."""
        admin_of(actor)

        def decide(work: UnitOfWork) -> PersonRef:
            load_for(work, Person, command.person_id).withdraw_affiliation(command.ground, command.from_on)
            return PersonRef(command.person_id)

        return self._record(actor, command, PersonRef, decide, key)

    def decline(self, actor: Actor, command: DeclineAffiliation, key: str | None = None) -> Committed[PersonRef]:
        """Decline a claim, with the reason. Raises NothingClaimed."""
        admin_of(actor)

        def decide(work: UnitOfWork) -> PersonRef:
            person = load_for(work, Person, command.person_id)
            person.must_exist()
            reason = work.encrypt(command.person_id, "reason", clean("reason", command.reason, 1000))
            person.decline_affiliation(command.ground, reason, actor.id)
            return PersonRef(command.person_id)

        return self._record(actor, command, PersonRef, decide, key)

    def withdraw(self, actor: Actor, command: WithdrawClaim, key: str | None = None) -> Committed[PersonRef]:
        """Take back a claim that waits. Raises NothingClaimed."""
        must_be_self_or_admin(actor, command.person_id)

        def decide(work: UnitOfWork) -> PersonRef:
            load_for(work, Person, command.person_id).withdraw_claim(command.ground)
            return PersonRef(command.person_id)

        return self._record(actor, command, PersonRef, decide, key)
