"""Vouching: somebody who acts for an organisation says that a colleague works there, before anybody has verified it.

A seat may be theirs by it; acting for the organisation, or having it pay, may not.
"""

from __future__ import annotations

from datetime import date, datetime

from domain.kernel.errors import RuleBroken
from domain.kernel.ids import OrganisationId, PersonId
from domain.kernel.personal import Encrypted
from domain.people.admission import JobRole
from domain.people.employment import employ, works_for
from domain.people.person import Person
from domain.people.person_employment import Vouch


class VouchRefuted(RuleBroken):
    """The organiser has found that the person does not work there; only the organiser says otherwise."""


class NothingVouched(RuleBroken):
    """Nobody vouches for an employment there (any longer)."""


class VouchNotAllowed(RuleBroken):
    """Only who acts for the organisation vouches for its people: a contact, who booked for it, a verified employee."""


def vouch(
    person: Person,
    organisation_id: OrganisationId,
    role: JobRole,
    from_on: date,
    vouched_by: PersonId | None,
    vouched_at: datetime,
) -> None:
    """Somebody works there, says who acts for it. What is known or vouched for already changes nothing.

    Raises VouchRefuted, PersonErased.
    """
    person.must_exist()
    if works_for(person, organisation_id, from_on):
        return
    if organisation_id in person.refuted:
        raise VouchRefuted
    if any(each.organisation_id == organisation_id for each in person.vouches):
        return
    person.record(
        Person.EmploymentVouched(
            organisation_id=organisation_id,
            role=role,
            from_on=from_on,
            vouched_by=vouched_by,
            vouched_at=vouched_at,
        )
    )


def verify_vouch(person: Person, organisation_id: OrganisationId) -> None:
    """It is right: verified from the day it was vouched for. Raises NothingVouched, PersonErased."""
    vouched = vouch_at(person, organisation_id)
    employ(person, organisation_id, vouched.role, vouched.from_on)


def refute_vouch(person: Person, organisation_id: OrganisationId, reason: Encrypted, decided_by: str) -> None:
    """It is wrong; nobody vouches for it again. Raises NothingVouched, PersonErased."""
    vouched = vouch_at(person, organisation_id)
    person.record(
        Person.EmploymentRefuted(
            organisation_id=organisation_id, vouched_by=vouched.vouched_by, reason=reason, decided_by=decided_by
        )
    )


def vouch_at(person: Person, organisation_id: OrganisationId) -> Vouch:
    """What is vouched for there. Raises NothingVouched, PersonErased."""
    person.must_exist()
    for each in person.vouches:
        if each.organisation_id == organisation_id:
            return each
    raise NothingVouched
