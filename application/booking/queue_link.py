"""The links that stand in letters to those who wait: to their place, and to the seats that they are offered.

Whoever opens one need not sign in; it opens that one thing, and nothing when it is looked at but not pressed. A link is
made of its purpose, the place and the address that it is mailed to, under the installation's key: none is kept, none
opens what another is for, and it is over with the place, with the offer, and with the address.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from application.booking.booking_link import LinkOver, Why
from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.command import dry_run
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, find_person
from domain.booking.seating import Seating
from domain.kernel.ids import PersonId, SeasonId, seating_of
from domain.people.person import Person
from domain.programme.network import Network
from domain.programme.season import Season

_PATH = re.compile(r"/seasons/([0-9a-f-]{36})/waiting-list/([0-9a-f-]{36})/(place|offer|decline)")
_LENGTH = 32
"""Hexadecimal characters of a secret: 128 bits."""


class For(StrEnum):
    """What a link is for."""

    PLACE = "place"
    OFFER = "offer"


@dataclass(frozen=True)
class PlaceView:
    """A place as whoever holds its link sees it: which of how many, for how many seats, and what is offered there.

    Nobody else's name. `until`: the instant (excluded) until which the seats are offered; None: they are not.
    """

    season_id: SeasonId
    season: str
    network: str
    zone: str
    place_id: UUID
    person_id: PersonId
    place: int
    waiting: int
    seats: int
    offered: int
    until: datetime | None


class QueueLinks(UseCases):
    """Make and open them."""

    def path_for(self, path: str, person_id: PersonId | None, address: str) -> str:
        """The path of a letter to somebody's own address, opened by a link where it leads to a place of theirs."""
        found = _PATH.fullmatch(path)
        if found is None or person_id is None:
            return path
        season_id, place_id, leads_to = SeasonId(UUID(found[1])), UUID(found[2]), found[3]
        purpose = For.PLACE if leads_to == "place" else For.OFFER

        def look(work: UnitOfWork) -> str:
            person = find_person(work, person_id)
            if person is None or not address or _address_of(work, person) != address:
                return ""
            return _secret(work, purpose, place_id, address)

        secret = self._decisions.dry_run(SYSTEM, look)
        if not secret:
            return f"/seasons/{season_id}"
        way = f"/waiting/{season_id}/{place_id}/{purpose.value}/{secret}"
        return f"{way}#no" if leads_to == "decline" else way

    @dry_run
    def opens(self, work: UnitOfWork, purpose: For, season_id: SeasonId, place_id: UUID, secret: str) -> Actor:
        """Whom a link lets act on that place, as a member. Raises LinkOver (`why`)."""
        seating = work.find(Seating, seating_of(season_id))
        if seating is None or seating.organiser_id != work.actor.organiser_id:
            raise LinkOver(why=Why.UNKNOWN.value)
        person_id = next((person for each, person, _ in seating.queue if each == place_id), None)
        person = find_person(work, person_id)
        address = _address_of(work, person) if person is not None else ""
        if person is None or not address:
            raise LinkOver(why=Why.OVER.value)
        if not hmac.compare_digest(_secret(work, purpose, place_id, address).encode(), secret.encode()):
            raise LinkOver(why=Why.UNKNOWN.value)
        return Actor(f"queue:{place_id}", seating.organiser_id, frozenset({Role.MEMBER}), person.person_id)

    @dry_run
    def view(self, work: UnitOfWork, season_id: SeasonId, place_id: UUID) -> PlaceView:
        """A place of the actor's own. Raises LinkOver."""
        season, seating = work.load(Season, season_id), work.load(Seating, seating_of(season_id))
        seating.lapse(work.now)
        places = [each for each, _, _ in seating.queue]
        if place_id not in places or not work.actor.is_person(seating.queue[places.index(place_id)][1]):
            raise LinkOver(why=Why.OVER.value)
        _, person_id, seats = seating.queue[places.index(place_id)]
        is_offered = place_id in seating.offered
        return PlaceView(
            season_id,
            season.title,
            work.load(Network, season.network_id).name,
            season.zone,
            place_id,
            PersonId(person_id),
            places.index(place_id) + 1,
            len(places),
            seats,
            seating.held_for(place_id) if is_offered else 0,
            seating.holds[place_id][1] if is_offered else None,
        )


def _secret(work: UnitOfWork, purpose: For, place_id: UUID, address: str) -> str:
    return work.blind_index(f"queue link/{purpose.value}/{place_id}/{address}")[:_LENGTH]


def _address_of(work: UnitOfWork, person: Person) -> str:
    """Where somebody is written to; nothing for nobody who is."""
    told = work.decrypt(person.email) if person.email is not None and not person.is_erased else None
    return told or ""
