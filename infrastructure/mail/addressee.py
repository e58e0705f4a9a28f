"""Where a letter goes: to the address that stands in it, or to where its reader is reached now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from application.kernel.ports import UnitOfWork
from application.kernel.use_case import find_person
from application.mail.letters import Letter
from domain.kernel.ids import PersonId
from domain.kernel.personal import Encrypted
from domain.people.person import Person


@dataclass(frozen=True)
class Addressee:
    """Where a letter goes, and in which language somebody wants to be written to ("": they have not said)."""

    address: Encrypted
    language: str = ""


def known_among(work: UnitOfWork, people: set[PersonId]) -> Mapping[PersonId, Addressee]:
    """Where people are reached; nobody who has been erased or has no address."""
    work.fetch(*((Person, each) for each in people))
    found = [(each, find_person(work, each)) for each in people]
    return {
        each: Addressee(person.email, person.language)
        for each, person in found
        if person is not None and person.email is not None and not person.is_erased
    }


def whom_of(letter: Letter, known: Mapping[PersonId, Addressee]) -> Addressee | None:
    """Whom a letter goes to; None for nobody who can be reached."""
    if letter.address is not None:
        return Addressee(letter.address)
    return known.get(letter.person_id) if letter.person_id is not None else None
