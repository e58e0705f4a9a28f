"""Employments that were recorded wrongly: with another role or other days, or of somebody who never worked there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.kernel.command import admin, command
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for, today_of
from application.people.person import PersonRef
from domain.kernel.ids import OrganisationId, PersonId
from domain.people.admission import JobRole
from domain.people.employment import correct_employment, withdraw_employment, works_for
from domain.people.organisation import Organisation
from domain.people.person import Person
from domain.people.person_employment import Employment


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

    @command(by=admin)
    def correct(self, work: UnitOfWork, command: CorrectEmployment) -> PersonRef:
        """Its role and its days. Raises NotEmployedThere, BadValue."""
        person = load_for(work, Person, command.person_id)
        correct_employment(person, command.was, command.role, command.from_on, command.until_on)
        _acts_no_longer(work, person, command.was.organisation_id)
        return PersonRef(command.person_id)

    @command(by=admin)
    def withdraw(self, work: UnitOfWork, command: WithdrawEmployment) -> PersonRef:
        """It was a mistake. Raises NotEmployedThere."""
        person = load_for(work, Person, command.person_id)
        withdraw_employment(person, command.was)
        _acts_no_longer(work, person, command.was.organisation_id)
        return PersonRef(command.person_id)


def _acts_no_longer(work: UnitOfWork, person: Person, organisation_id: OrganisationId) -> None:
    """Whoever turns out not to work there today is its contact no longer, as if they had left."""
    today = today_of(work, person.organiser_id)
    if not works_for(person, organisation_id, today):
        load_for(work, Organisation, organisation_id).dismiss_contact(person.person_id)
