"""What acts about people, organisations and their memberships rest on."""

from __future__ import annotations

from uuid import UUID

from application.insight.rests_on.facts import facts, nothing_but
from application.kernel.ports import UnitOfWork
from application.kernel.seen import Facts
from application.kernel.use_case import load_for, organiser_of
from domain.kernel.eligibility import Ground
from domain.kernel.ids import (
    NetworkId,
    PersonId,
    membership_of,
)
from domain.people.membership import Membership
from domain.people.organisation import Organisation
from domain.people.person import Person
from domain.programme.network import Network


@facts
def person(work: UnitOfWork, person_id: UUID) -> object:
    """Somebody as they are, but for the language they read in: that is noted with whatever they send."""
    found = load_for(work, Person, person_id)
    return Person.__name__, person_id, found.version - found.languages_chosen


@facts
def admission(work: UnitOfWork, network_id: UUID, person_id: UUID) -> object:
    """Whether somebody has asked to be admitted, what was decided before, and where they work."""
    network, person = load_for(work, Network, network_id), PersonId(person_id)
    asked = person in network.asked, network.decided.get(person)
    return NetworkId(network_id), person, asked, load_for(work, Person, person).employments


@facts
def claim(work: UnitOfWork, person_id: UUID) -> object:
    """What somebody says to be, and what has been verified of it."""
    person = load_for(work, Person, person_id)
    return person_id, person.claims, person.affiliations, person.is_erased


@facts
def memberships(work: UnitOfWork, holder_id: UUID) -> object:
    """All memberships of a holder with their periods."""
    organiser = organiser_of(work.actor)
    found = [work.find(Membership, membership_of(organiser, holder_id, ground)) for ground in Ground]
    return holder_id, [each and each.version for each in found]


def organisation(organisation_id: UUID) -> Facts:
    """An organisation with contacts, domains and how invoices reach it."""
    return nothing_but(Organisation, organisation_id)
