"""What the demo remembers between two starts, in the names of tokens that open nothing.

The answers to its keys are forgotten after some weeks, and what it did weeks ago is as old as that from the beginning:
a demo that is whole is therefore never loaded again, but known by its memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from application.kernel.actor import Role
from application.services import Services
from demo.dates import ZONE
from domain.kernel.ids import OrganiserId, PersonId
from domain.kernel.terms import day_in

_BEGUN, _WHOLE = "demo loaded on ", "demo whole "


def first_day(services: Services) -> date:
    """The day the demo was loaded first; today, from now on, where it was not."""
    for words in _remembered(services, _BEGUN):
        return date.fromisoformat(words)
    today = day_in(services.clock.now(), ZONE)
    services.tokens.make(f"{_BEGUN}{today}", None, frozenset())
    return today


def remember_whole(services: Services, slug: str, organiser_id: OrganiserId, people: Mapping[Role, PersonId]) -> None:
    """All of an organiser's demo is loaded; these are the people to look around as."""
    told = " ".join(f"{role.value}={person_id}" for role, person_id in people.items())
    services.tokens.make(f"{_WHOLE}{slug} {organiser_id} {told}", None, frozenset())


def whole_ones(services: Services) -> dict[str, tuple[OrganiserId, dict[Role, PersonId]]]:
    """The organisers whose demo is whole, by the word in their address."""
    found: dict[str, tuple[OrganiserId, dict[Role, PersonId]]] = {}
    for words in _remembered(services, _WHOLE):
        slug, organiser_id, *told = words.split()
        people = {Role(role): PersonId(UUID(who)) for role, _, who in (each.partition("=") for each in told)}
        found[slug] = OrganiserId(UUID(organiser_id)), people
    return found


def _remembered(services: Services, what: str) -> list[str]:
    names = [token.name for token in services.tokens.list(None)]
    return [name.removeprefix(what) for name in names if name.startswith(what)]
