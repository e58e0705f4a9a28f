"""Who books and who pays: the organisation somebody acts for or the person themselves, and the price that is theirs."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

from application.kernel.actor import Role
from application.kernel.eligibility import (
    Asking,
    eligibility_of,
    eligibility_of_person,
    existing,
    grounds_of,
)
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for, organiser_of
from domain.kernel.eligibility import Eligibility
from domain.kernel.errors import BadValue, NotAllowed
from domain.kernel.ids import OrganisationId, OrganiserId, PersonId
from domain.kernel.numbers import org_number_of
from domain.kernel.payer import Payer
from domain.kernel.personal import Encrypted
from domain.kernel.terms import day_in
from domain.kernel.text import clean, clean_line
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.people.person import Person
from domain.programme.price import PriceList
from domain.programme.season import Season


@dataclass(frozen=True)
class TypedBuyer:
    """Who the invoice is made out to, as the person who pays has typed it: an organisation, its number and address.

    Without a name it is the person themselves, at that address.
    """

    name: str
    org_number: str
    address: str


def payer_of(
    work: UnitOfWork,
    season: Season,
    organisation_id: OrganisationId | None,
    booker: PersonId | None,
    reference: str,
    order_number: str = "",
) -> Payer:
    """Who pays: the organisation named (which the actor works for, is contact of, or is admin for), or the booker."""
    named = clean_line("reference", reference, 100, may_be_empty=True)
    order = clean_line("order_number", order_number, 100, may_be_empty=True)
    if organisation_id is None:
        if booker is None:
            raise BadValue(field="payer", why="say which organisation or person pays")
        return Payer(person_id=booker, reference=named, order_number=order)
    organisation = load_for(work, Organisation, organisation_id)
    if not work.actor.has(organisation.organiser_id, Role.ADMIN) and not _acts_for(work, season, organisation):
        raise NotAllowed(needs="employer")
    return Payer(organisation_id=organisation_id, reference=named, order_number=order)


def booker_of(work: UnitOfWork, booked_for: PersonId | None) -> PersonId | None:
    """Who books: the actor, or the person an admin books for. Raises NotFound, PersonErased."""
    booker = work.actor.person_id
    if booked_for is not None:
        work.actor.must_be(organiser_of(work.actor), Role.ADMIN)
        booker = booked_for
    if booker is None:
        return None
    return PersonId(existing(work, booker).id)


def billed_to(work: UnitOfWork, payer: Payer, typed: TypedBuyer | None) -> Payer:
    """A person who pays, with the buyer they typed, sealed under their key; others unchanged. Raises BadValue."""
    if typed is None or payer.person_id is None:
        return payer
    name = typed.name or work.decrypt(load_for(work, Person, payer.person_id).name) or ""
    told = {
        "name": clean_line("employer", name, 300),
        "address": clean("address", typed.address, 500),
        "org_number": org_number_of(typed.org_number) if typed.org_number or typed.name else "",
    }
    billing = work.encrypt(payer.person_id, "billing", json.dumps(told, ensure_ascii=False))
    return replace(payer, billing=billing)


def kept_for_ledger(work: UnitOfWork, organiser: OrganiserId, payer: Payer, on: date) -> Payer:
    """The payer of something that costs: a private person's details are also sealed for the ledger of that day.

    So an invoice that is issued after they have been erased still names its buyer (bokföringslagen 5:7).
    """
    if payer.person_id is None:
        return payer
    told = work.decrypt(payer.billing) if payer.billing else None
    if told is None:
        name = work.decrypt(load_for(work, Person, payer.person_id).name) or ""
        told = json.dumps({"name": name, "address": ""}, ensure_ascii=False)
    return replace(payer, kept=sealed_for_ledger(work, organiser, on, "buyer", told))


def sealed_for_ledger(work: UnitOfWork, organiser: OrganiserId, on: date, name: str, value: str) -> Encrypted:
    """Sealed by the key of the financial year of a day, and so kept as long as that year's papers are."""
    year = work.load(Organiser, organiser).years.closing_year(on)
    return work.encrypt_for_ledger(organiser, year, name, value)


def sealed_anew(work: UnitOfWork, organiser: Organiser, value: Encrypted, on: date) -> Encrypted:
    """What is kept for the ledger, on a document of another day: as long as that one's year; erased stays erased."""
    told = work.decrypt(value)
    if told is None:
        return value
    return work.encrypt_for_ledger(OrganiserId(organiser.id), organiser.years.closing_year(on), value.field, told)


def eligibility_of_payer(
    work: UnitOfWork,
    season: Season,
    payer: Payer,
    people: tuple[PersonId | None, ...],
    prices: PriceList | None = None,
) -> Eligibility:
    """What gives a payer their price now for these people (None: to be named later); a person's own grounds, too.

    `prices`: of another list than the season's of now.
    """
    grounds = grounds_of(prices or season.prices, season.admission)
    asking = Asking(people, day_in(work.now, season.zone))
    if payer.person_id is not None:
        return eligibility_of_person(work, load_for(work, Person, payer.person_id), grounds, asking)
    holder = payer.organisation_id or season.organiser_id
    return eligibility_of(work, season.organiser_id, holder, grounds, asking)


def _acts_for(work: UnitOfWork, season: Season, organisation: Organisation) -> bool:
    person_id = work.actor.person_id
    if person_id is None:
        return False
    if person_id in organisation.contacts:
        return True
    person = load_for(work, Person, person_id)
    employment = person.employment_on(day_in(work.now, season.zone))  # verified: who is vouched for acts for nobody
    return employment is not None and employment.organisation_id == organisation.id
