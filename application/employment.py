"""Employments that were recorded wrongly: with another role or other days, or of somebody who never worked there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.actor import Actor
from application.person import PersonRef
from application.ports import Recorded, Work
from application.use_case import UseCases, admin_of, load_for
from domain.admission import JobRole
from domain.ids import OrganisationId, PersonId
from domain.organisation import Organisation
from domain.organiser import Organiser
from domain.person import Employment, Person
from domain.terms import day_in


@dataclass(frozen=True)
class CorrectEmployment:
    """An employment as it was recorded, and what it was in truth; days are local, `until_on` the last."""

    person_id: PersonId
    was: Employment
    role: JobRole
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True)
class WithdrawEmployment:
    """An employment that never was."""

    person_id: PersonId
    was: Employment


class Employments(UseCases):
    """Put right, take back. What was booked keeps its price."""

    def correct(self, actor: Actor, command: CorrectEmployment, key: str | None = None) -> Recorded[PersonRef]:
        """Its role and its days. Raises NotEmployedThere, BadValue."""
        admin_of(actor)

        def decide(work: Work) -> PersonRef:
            person = load_for(work, Person, command.person_id)
            person.correct_employment(command.was, command.role, command.from_on, command.until_on)
            _acts_no_longer(work, person, command.was.organisation_id)
            return PersonRef(command.person_id)

        return self._record(actor, command, PersonRef, decide, key)

    def withdraw(self, actor: Actor, command: WithdrawEmployment, key: str | None = None) -> Recorded[PersonRef]:
        """It was a mistake. Raises NotEmployedThere."""
        admin_of(actor)

        def decide(work: Work) -> PersonRef:
            person = load_for(work, Person, command.person_id)
            person.withdraw_employment(command.was)
            _acts_no_longer(work, person, command.was.organisation_id)
            return PersonRef(command.person_id)

        return self._record(actor, command, PersonRef, decide, key)


def _acts_no_longer(work: Work, person: Person, organisation_id: OrganisationId) -> None:
    """Whoever turns out not to work there today is its contact no longer, as if they had left."""
    today = day_in(work.now, work.load(Organiser, person.organiser_id).zone)
    if not person.works_for(organisation_id, today):
        load_for(work, Organisation, organisation_id).dismiss_contact(person.person_id)
