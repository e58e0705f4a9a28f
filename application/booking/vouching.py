"""Vouching as seats are booked, named and handed over: who may, and how an e-mail domain verifies it at once."""

from __future__ import annotations

from application.booking.seat import booked_or_pays, is_contact
from application.kernel.actor import Role
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for, today_of
from domain.booking.booking import Booking
from domain.kernel.ids import OrganisationId, PersonId
from domain.people.admission import JobRole
from domain.people.employment import works_for
from domain.people.organisation import Organisation
from domain.people.person import Person
from domain.people.vouch import VouchNotAllowed, verify_vouch, vouch


def vouched(
    work: UnitOfWork,
    organisation_id: OrganisationId | None,
    person_id: PersonId,
    role: JobRole | None,
    booking: Booking | None = None,
) -> None:
    """Whoever names somebody says that they work where the seat belongs; nothing where no role is said.

    `booking`: whose seat it is, where there is one. Raises VouchNotAllowed, VouchRefuted.
    """
    if role is None:
        return
    if organisation_id is None or not _may_vouch(work, organisation_id, booking):
        raise VouchNotAllowed
    person = load_for(work, Person, person_id)
    today = today_of(work, person.organiser_id)
    vouch(person, organisation_id, role, today, work.actor.person_id, work.now)
    verify_by_domain(work, person)


def verify_by_domain(work: UnitOfWork, person: Person) -> None:
    """What is vouched for is verified where their own confirmed address is of a domain of the organisation."""
    address = work.decrypt(person.email) if person.email and person.is_email_confirmed else None
    if not address:
        return
    for each in list(person.vouches):
        if address.rpartition("@")[2] in load_for(work, Organisation, each.organisation_id).domains:
            verify_vouch(person, each.organisation_id)


def _may_vouch(work: UnitOfWork, organisation_id: OrganisationId, booking: Booking | None) -> bool:
    organisation = load_for(work, Organisation, organisation_id)
    if work.actor.has(organisation.organiser_id, Role.ADMIN) or is_contact(work, organisation_id):
        return True
    if booking is not None and booking.payer.organisation_id == organisation_id and booked_or_pays(work, booking):
        return True
    me = work.actor.person_id
    return me is not None and works_for(
        load_for(work, Person, me), organisation_id, today_of(work, organisation.organiser_id)
    )
