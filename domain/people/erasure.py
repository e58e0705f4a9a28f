"""Erasure (GDPR art. 17): asked for by somebody, carried out by an admin."""

from __future__ import annotations

from datetime import datetime

from domain.kernel.errors import RuleBroken
from domain.people.person import Person


class ErasureNotRequested(RuleBroken):
    """The person has not asked to be erased, or has taken it back."""


def request_erasure(person: Person, requested_at: datetime) -> None:
    """Ask to be erased (GDPR art. 17); an admin carries it out. Twice is once."""
    person.must_exist()
    if person.erasure_requested_at is None:
        person.record(Person.ErasureRequested(requested_at=requested_at))


def withdraw_erasure_request(person: Person) -> None:
    """Stay after all. Raises ErasureNotRequested."""
    person.must_exist()
    if person.erasure_requested_at is None:
        raise ErasureNotRequested
    person.record(Person.ErasureRequestWithdrawn())


def erase(person: Person) -> None:
    """Record that the person has been erased (GDPR art. 17); the key is destroyed in the same decision."""
    if not person.is_erased:
        person.record(Person.Erased())
