"""The first minutes of an organiser: founded with its first admin, and how far it has come to an open season."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum

from application.kernel.actor import Actor, Role
from application.kernel.ports import Committed
from application.people.organiser import AppointStaff, FoundOrganiser, GivePaymentDetails, Organisers
from application.people.person import People, RegisterPerson
from application.programme.queries.programme import Programme
from domain.kernel.ids import OrganiserId, PersonId
from domain.kernel.text import clean, email_of, name_of
from domain.people.selling import Accounts

_LETTERS = str.maketrans({"å": "a", "ä": "a", "ö": "o", "é": "e", "ü": "u", "ø": "o", "æ": "a"})


class Step(IntEnum):
    """What comes next."""

    ORGANISER = 1
    NETWORK = 2
    SEASON = 3
    OPEN = 4
    SHARE = 5


LAST = Step.OPEN


@dataclass(frozen=True)
class Begin:
    """A new seller and its first admin. Without a `slug` one is made from the name."""

    organiser: FoundOrganiser
    address: str
    bankgiro: str
    payment_days: int
    admin_name: str
    admin_email: str


@dataclass(frozen=True)
class Begun:
    """The seller, its word in addresses, and its first admin."""

    organiser_id: OrganiserId
    slug: str
    person_id: PersonId


class FirstRun:
    """Begin, and tell how far it has come. It can be left at any step and taken up again."""

    def __init__(self, organisers: Organisers, people: People, programme: Programme) -> None:
        self._organisers, self._people, self._programme = organisers, people, programme

    def begin(self, actor: Actor, command: Begin, key: str) -> Committed[Begun]:
        """Found the seller, say how it is paid, register its first admin. Raises NotAllowed unless the installation.

        Each part has its own key, so that what was interrupted is taken up where it stopped.
        """
        actor.must_be_system()
        clean("address", command.address, 500)
        Accounts(command.bankgiro).normalised()
        name_of("admin_name", command.admin_name, 200)
        email_of(command.admin_email)
        slug = command.organiser.slug or slug_from(command.organiser.name)
        founded = self._organisers.found(actor, replace(command.organiser, slug=slug), f"{key}/found")
        organiser = founded.answer.organiser_id
        admin = Actor(actor.id, organiser, frozenset({Role.ADMIN}))
        paid = GivePaymentDetails(organiser, command.address, command.bankgiro, command.payment_days)
        self._organisers.give_payment_details(admin, paid, f"{key}/paid")
        person = RegisterPerson(command.admin_name, command.admin_email)
        person_id = self._people.register(admin, person, f"{key}/person").answer.person_id
        appointed = self._organisers.appoint(admin, AppointStaff(organiser, person_id, Role.ADMIN), f"{key}/admin")
        return Committed(Begun(organiser, slug, person_id), appointed.position, appointed.repeated)

    def step(self, actor: Actor, organiser_id: OrganiserId) -> Step:
        """What an organiser's admin does next. Raises NotAllowed unless admin."""
        actor.must_be(organiser_id, Role.ADMIN)
        if not self._programme.networks(organiser_id):
            return Step.NETWORK
        seasons = self._programme.seasons(organiser_id, limit=200, reader=actor).items
        if not seasons:
            return Step.SEASON
        return Step.SHARE if any(each.is_open or each.closes_on for each in seasons) else Step.OPEN


def slug_from(name: str) -> str:
    """A word for addresses, made from a name: "Nätverket för skola" → "natverket-for-skola"."""
    plain = name.strip().lower().translate(_LETTERS)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].rstrip("-")
