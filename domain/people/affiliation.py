"""Affiliations: what makes somebody an alumnus, a customer, a partner; claimed by themselves, verified by staff."""

from __future__ import annotations

from datetime import date

from domain.kernel.eligibility import Ground
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.personal import Encrypted
from domain.people.person import Person


class NothingClaimed(RuleBroken):
    """There is no claim of that ground to decide."""


def claim_affiliation(person: Person, ground: Ground, note: Encrypted | None) -> None:
    """Say "I am an alumnus" (or the like); it waits for an admin. Twice is once."""
    person.must_exist()
    if ground not in person.claims:
        person.record(Person.AffiliationClaimed(ground=ground, note=note))


def verify_affiliation(person: Person, ground: Ground, from_on: date, until_on: date | None, decided_by: str) -> None:
    """An admin has verified a ground from a local day, until another (included) or for good."""
    person.must_exist()
    if until_on is not None and until_on < from_on:
        raise BadValue(field="until_on", why="ends before it begins")
    person.record(Person.AffiliationVerified(ground=ground, from_on=from_on, until_on=until_on, decided_by=decided_by))


def withdraw_affiliation(person: Person, ground: Ground, from_on: date) -> None:
    """A ground was verified by mistake: it never held, however often that was said of the day.

    Raises NothingClaimed where it is not verified.
    """
    person.must_exist()
    wrong = [each for each in person.affiliations if (each.ground, each.from_on) == (ground, from_on)]
    if not wrong:
        raise NothingClaimed(ground=ground.value)
    for each in wrong:
        person.record(Person.AffiliationWithdrawn(ground=ground, from_on=from_on, until_on=each.until_on))


def decline_affiliation(person: Person, ground: Ground, reason: Encrypted, decided_by: str) -> None:
    """An admin has declined a claim, with the reason. Raises NothingClaimed."""
    person.must_exist()
    if ground not in person.claims:
        raise NothingClaimed(ground=ground.value)
    person.record(Person.AffiliationDeclined(ground=ground, reason=reason, decided_by=decided_by))


def withdraw_claim(person: Person, ground: Ground) -> None:
    """Take back a claim that nobody has decided yet. Raises NothingClaimed."""
    person.must_exist()
    if ground not in person.claims:
        raise NothingClaimed(ground=ground.value)
    person.record(Person.AffiliationClaimWithdrawn(ground=ground))
