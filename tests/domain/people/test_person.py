"""A person: dated employments and affiliations, an address that is confirmed, and an end when they are erased."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.kernel.eligibility import Ground
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.personal import Encrypted
from domain.people.admission import JobRole
from domain.people.affiliation import NothingClaimed, claim_affiliation, decline_affiliation, verify_affiliation
from domain.people.employment import NotEmployedThere, employ, end_employment
from domain.people.erasure import erase
from domain.people.particulars import WrongCode, ask_confirmation, come_in_by_letter, confirm_email
from domain.people.person import Person, PersonErased
from tests.domain.vocabulary import ACME, ANNA, BOLT, ORGANISER, fact, given

SEALED = Encrypted("person", ANNA, "", "name", b"...")
SPRING = date(2026, 3, 1)


def anna() -> Person:
    return Person(id=ANNA, organiser_id=ORGANISER, name=SEALED, email=SEALED)


def test_an_employment_counts_from_its_first_day_to_its_last() -> None:
    """S17."""
    person = anna()
    given(person).when(employ, ACME, JobRole.MANAGER, SPRING).then(
        fact(Person.Employed, organisation_id=ACME, role=JobRole.MANAGER, from_on=SPRING)
    )
    given(person).when(end_employment, ACME, date(2027, 1, 15)).then(
        fact(Person.EmploymentEnded, organisation_id=ACME, ended_on=date(2027, 1, 15))
    )

    days = (date(2026, 2, 28), SPRING, date(2027, 1, 15), date(2027, 1, 16))
    assert [person.employment_on(day) is not None for day in days] == [False, True, True, False]


def test_of_two_employments_the_later_begun_counts() -> None:
    person = anna()
    employ(person, ACME, JobRole.SPECIALIST, SPRING)
    employ(person, BOLT, JobRole.CONSULTANT, date(2026, 6, 1))

    assert [
        job and job.organisation_id
        for job in (person.employment_on(day) for day in (date(2026, 5, 31), date(2026, 6, 1)))
    ] == [
        ACME,
        BOLT,
    ]


def test_the_same_employment_again_changes_nothing() -> None:
    person = anna()
    employ(person, ACME, JobRole.MANAGER, SPRING)

    given(person).when(employ, ACME, JobRole.MANAGER, date(2026, 4, 1)).then()


def test_an_employment_that_is_not_there_does_not_end() -> None:
    given(anna()).when(end_employment, ACME, SPRING).refused(NotEmployedThere, day="2026-03-01")


def test_an_address_is_confirmed_once_by_the_code_that_was_sent() -> None:
    person = anna()
    ask_confirmation(person, SEALED, "digest")

    given(person).when(confirm_email, "another").refused(WrongCode)
    given(person).when(confirm_email, "digest").then(fact(Person.EmailConfirmed))
    given(person).when(confirm_email, "digest").refused(WrongCode)


def test_coming_in_by_a_letter_to_the_address_confirms_it_once() -> None:
    person = anna()

    given(person).when(come_in_by_letter).then(fact(Person.EmailConfirmed))
    given(person).when(come_in_by_letter).then()


def test_a_claim_gives_nothing_until_it_is_verified() -> None:
    """S14."""
    person = anna()
    given(person).when(claim_affiliation, Ground.ALUMNUS, None).then(
        fact(Person.AffiliationClaimed, ground=Ground.ALUMNUS, note=None)
    )
    given(person).when(claim_affiliation, Ground.ALUMNUS, None).then()
    assert person.eligibility.on(Ground.ALUMNUS, SPRING) is None

    given(person).when(verify_affiliation, Ground.ALUMNUS, SPRING, None, "admin").then(
        fact(Person.AffiliationVerified, ground=Ground.ALUMNUS, from_on=SPRING, until_on=None, decided_by="admin")
    )
    assert person.eligibility.on(Ground.ALUMNUS, SPRING) is not None


def test_only_what_was_claimed_is_declined() -> None:
    given(anna()).when(decline_affiliation, Ground.ALUMNUS, SEALED, "admin").refused(NothingClaimed, ground="alumnus")


def test_an_affiliation_does_not_end_before_it_begins() -> None:
    given(anna()).when(verify_affiliation, Ground.ALUMNUS, SPRING, date(2026, 2, 1), "admin").refused(BadValue)


def test_nothing_more_is_recorded_about_an_erased_person() -> None:
    person = anna()
    given(person).when(erase).then(fact(Person.Erased))
    given(person).when(erase).then()

    def refused(kind: type[RuleBroken] = PersonErased) -> None:
        given(person).when(employ, ACME, JobRole.MANAGER, SPRING).refused(kind)
        given(person).when(claim_affiliation, Ground.ALUMNUS, None).refused(kind)
        given(person).when(ask_confirmation, SEALED, "digest").refused(kind)
        given(person).when(verify_affiliation, Ground.ALUMNUS, SPRING, None, "admin").refused(kind)

    refused()


def test_personal_data_does_not_show_in_a_log() -> None:
    assert repr(SEALED) == "<sealed name>"
    assert "..." not in repr(Person.Registered)


@pytest.mark.parametrize("subject", [ANNA, UUID(int=0)])
def test_a_sealed_value_is_its_subjects(subject: UUID) -> None:
    assert (Encrypted("person", subject, "", "name", b"...") == SEALED) is (subject == ANNA)
