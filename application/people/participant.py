"""Participants as people name them: somebody known, somebody by name and address, or somebody to be named later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from application.kernel.actor import is_stranger
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for, organiser_of
from application.people.address import known_or_new
from domain.kernel.errors import BadValue, PlatsError
from domain.kernel.ids import PersonId
from domain.people.admission import JobRole
from domain.people.person import Person


@dataclass(frozen=True)
class Participant:
    """Who sits in a seat: somebody known, somebody named with an address, or nobody yet (all empty).

    `role`: whoever names them vouches that they work, as that, at the organisation whose seat it is.
    `shares_address`: the address is known under another name, and this is another person who shares it.
    """

    person_id: PersonId | None = None
    name: str = ""
    email: str = ""
    shares_address: bool = False
    role: JobRole | None = None


TO_BE_NAMED = Participant()


def people_of(work: UnitOfWork, participants: Iterable[Participant]) -> tuple[PersonId | None, ...]:
    """Whom participants mean, where it is only looked at: whoever cannot be read yet is to be named."""

    def read(participant: Participant) -> PersonId | None:
        try:
            return person_of(work, participant)
        except PlatsError:
            return None

    return tuple(read(each) for each in participants)


def person_of(work: UnitOfWork, participant: Participant) -> PersonId | None:
    """The person meant by a participant; somebody new is registered in this decision. Raises AddressUnderAnotherName.

    Whom a stranger names under another name than the address has here is another person: it tells nothing.
    """
    if participant.person_id is not None:
        return load_for(work, Person, participant.person_id).person_id
    if not participant.name and not participant.email:
        return None
    if not participant.email:
        raise BadValue(field="email", why="an address is needed for the confirmation")
    organiser, shares = organiser_of(work.actor), participant.shares_address or is_stranger(work.actor)
    return known_or_new(work, organiser, participant.name, participant.email, shares=shares).person_id
