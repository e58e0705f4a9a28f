"""Participants as people name them: somebody known, somebody by name and address, or somebody to be named later."""

from __future__ import annotations

from dataclasses import dataclass

from application.person import known_or_new
from application.ports import Work
from application.use_case import load_for, organiser_of
from domain.errors import BadValue
from domain.ids import PersonId
from domain.person import Person


@dataclass(frozen=True)
class Participant:
    """Who sits in a seat: somebody known, somebody named with an address, or nobody yet (all empty)."""

    person_id: PersonId | None = None
    name: str = ""
    email: str = ""


TO_BE_NAMED = Participant()


def person_of(work: Work, participant: Participant) -> PersonId | None:
    """The person meant by a participant; somebody new is registered in this decision."""
    if participant.person_id is not None:
        return load_for(work, Person, participant.person_id).person_id
    if not participant.name and not participant.email:
        return None
    if not participant.email:
        raise BadValue(field="email", why="an address is needed for the confirmation")
    return known_or_new(work, organiser_of(work.actor), participant.name, participant.email).person_id
