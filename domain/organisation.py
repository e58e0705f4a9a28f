"""An organisation: an employer and payer known to one organiser, with its billing details and contact persons."""

from __future__ import annotations

from uuid import UUID

from domain.aggregate import Aggregate, event
from domain.errors import RuleBroken
from domain.ids import OrganisationId, OrganiserId, PersonId
from domain.standing import Sector
from domain.text import clean, clean_line, org_number_of


class ReferenceRequired(RuleBroken):
    """The payer takes invoices only with a reference (S50)."""


class Organisation(Aggregate):
    """A company, authority or association that employs participants and pays invoices."""

    class Registered(Aggregate.Created):
        organiser_id: OrganiserId
        name: str
        org_number: str
        sector: Sector

    class BillingDetailsGiven(Aggregate.Event):
        address: str
        vat_number: str
        peppol_id: str
        needs_reference: bool

    class DomainVerified(Aggregate.Event):
        domain: str

    class ContactAppointed(Aggregate.Event):
        person_id: PersonId

    class ContactDismissed(Aggregate.Event):
        person_id: PersonId

    @event(Registered)
    def __init__(self, id: UUID, organiser_id: OrganiserId, name: str, org_number: str, sector: Sector) -> None:
        self.organiser_id, self.name, self.org_number, self.sector = organiser_id, name, org_number, sector
        self.address, self.vat_number, self.peppol_id, self.needs_reference = "", "", "", False
        self.contacts: set[PersonId] = set()
        self.domains: set[str] = set()

    @property
    def organisation_id(self) -> OrganisationId:
        """Its id, typed."""
        return OrganisationId(self.id)

    def give_billing_details(self, address: str, vat_number: str, peppol_id: str, *, needs_reference: bool) -> None:
        """Say how invoices reach it; later documents use these, earlier ones keep theirs."""
        self._give_billing_details(
            address=clean("address", address, 500),
            vat_number=clean_line("vat_number", vat_number, 20, may_be_empty=True),
            peppol_id=clean_line("peppol_id", peppol_id, 60, may_be_empty=True),
            needs_reference=needs_reference,
        )

    @event(BillingDetailsGiven)
    def _give_billing_details(self, address: str, vat_number: str, peppol_id: str, needs_reference: bool) -> None:
        self.address, self.vat_number, self.peppol_id = address, vat_number, peppol_id
        self.needs_reference = needs_reference

    def verify_domain(self, domain: str) -> None:
        """Record that an e-mail domain is its own. It is a hint, never proof of employment (S37)."""
        name = clean_line("domain", domain, 253).lower()
        if name not in self.domains:
            self._verify_domain(domain=name)

    @event(DomainVerified)
    def _verify_domain(self, domain: str) -> None:
        self.domains.add(domain)

    def appoint_contact(self, person_id: PersonId) -> None:
        """Let a person see and act for the organisation's bookings; twice is once."""
        if person_id not in self.contacts:
            self._appoint_contact(person_id=person_id)

    @event(ContactAppointed)
    def _appoint_contact(self, person_id: PersonId) -> None:
        self.contacts.add(person_id)

    def dismiss_contact(self, person_id: PersonId) -> None:
        """End that; somebody who is no contact changes nothing."""
        if person_id in self.contacts:
            self._dismiss_contact(person_id=person_id)

    @event(ContactDismissed)
    def _dismiss_contact(self, person_id: PersonId) -> None:
        self.contacts.discard(person_id)

    def check_reference(self, reference: str) -> None:
        """Raises ReferenceRequired when an invoice would need one and there is none."""
        if self.needs_reference and not reference:
            raise ReferenceRequired(organisation=self.name)


def register(id: UUID, organiser_id: OrganiserId, name: str, org_number: str, sector: Sector) -> Organisation:
    """A new organisation. Raises BadValue for an impossible number."""
    return Organisation(
        id=id,
        organiser_id=organiser_id,
        name=clean_line("name", name, 200),
        org_number=org_number_of(org_number),
        sector=sector,
    )
