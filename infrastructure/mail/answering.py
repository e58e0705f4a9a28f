"""Who gets the answer to a letter: whom its season names to be asked, or else the organiser."""

from __future__ import annotations

from uuid import UUID

from application.kernel.ports import UnitOfWork
from application.kernel.use_case import find_person
from domain.people.organiser import Organiser
from domain.programme.season import Season


def reply_to_of(work: UnitOfWork, organiser: Organiser, season_id: UUID | None, reader: UUID | None) -> str:
    """The address of the first contact of the season who can be reached and is not the reader; "" for nobody's."""
    season = work.find(Season, season_id) if season_id is not None else None
    for person_id in season.contacts if season is not None else ():
        person = find_person(work, person_id)
        if person is None or person.is_erased or person.email is None or reader in person.ids:
            continue
        address = work.decrypt(person.email)
        if address and not person.returned.is_unreachable:
            return address
    return organiser.email
