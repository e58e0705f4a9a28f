"""Employments: where somebody works, from which local day and until which, as staff have verified it."""

from __future__ import annotations

from datetime import date

from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import OrganisationId
from domain.kernel.personal import Encrypted
from domain.people.admission import JobRole
from domain.people.person import Person
from domain.people.person_employment import Employment


class NotEmployedThere(RuleBroken):
    """The person has no employment with that organisation on that day."""


def works_for(person: Person, organisation_id: OrganisationId, day: date) -> bool:
    """Whether a verified employment there holds on a local day."""
    return any(each.organisation_id == organisation_id and each.holds_on(day) for each in person.employments)


def has_left(person: Person, organisation_id: OrganisationId, day: date) -> bool:
    """Whether a verified employment there has ended before a local day, and none holds on it."""
    worked = any(each.organisation_id == organisation_id and each.from_on <= day for each in person.employments)
    return worked and not works_for(person, organisation_id, day)


def claim_employer(person: Person, employer: Encrypted) -> None:
    """Remember where somebody says they work; it gives no right until an employment is recorded (S10)."""
    person.must_exist()
    person.record(Person.EmployerClaimed(employer=employer))


def employ(person: Person, organisation_id: OrganisationId, role: JobRole, from_on: date) -> None:
    """Record a verified employment from a local day; the same again changes nothing."""
    person.must_exist()
    current = person.employment_on(from_on)
    if current and (current.organisation_id, current.role) == (organisation_id, role):
        return
    person.record(Person.Employed(organisation_id=organisation_id, role=role, from_on=from_on))


def end_employment(person: Person, organisation_id: OrganisationId, ended_on: date) -> None:
    """Record the last local day of an employment (S17). Raises NotEmployedThere."""
    person.must_exist()
    if not works_for(person, organisation_id, ended_on):
        raise NotEmployedThere(day=ended_on.isoformat())
    person.record(Person.EmploymentEnded(organisation_id=organisation_id, ended_on=ended_on))


def correct_employment(person: Person, was: Employment, role: JobRole, from_on: date, until_on: date | None) -> None:
    """It was recorded with another role or other days; the same again changes nothing. Raises BadValue.

    Raises NotEmployedThere where there is no such employment.
    """
    _must_have(person, was)
    if until_on is not None and until_on < from_on:
        raise BadValue(field="until_on", why="ends before it begins")
    if (role, from_on, until_on) == (was.role, was.from_on, was.until_on):
        return
    person.record(
        Person.EmploymentCorrected(
            organisation_id=was.organisation_id,
            role=role,
            from_on=from_on,
            until_on=until_on,
            was_role=was.role,
            was_from_on=was.from_on,
            was_until_on=was.until_on,
        )
    )


def withdraw_employment(person: Person, was: Employment) -> None:
    """It was recorded by mistake: it never was. Raises NotEmployedThere."""
    _must_have(person, was)
    person.record(Person.EmploymentWithdrawn(**vars(was)))


def _must_have(person: Person, employment: Employment) -> None:
    person.must_exist()
    if employment not in person.employments:
        raise NotEmployedThere(day=employment.from_on.isoformat())
