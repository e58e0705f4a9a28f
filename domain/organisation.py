"""An organisation: an employer and payer known to one organiser, with its billing details and contact persons."""

from __future__ import annotations

from uuid import UUID

from domain.aggregate import Aggregate, event
from domain.errors import BadValue, RuleBroken
from domain.ids import OrganisationId, OrganiserId, PersonId
from domain.personal import Sealed
from domain.standing import Sector
from domain.text import clean, clean_line, country_of, org_number_of, peppol_id_of

LANGUAGES = ("sv", "en")
"""What paper documents can be written in."""


class ReferenceRequired(RuleBroken):
    """The payer takes invoices only with a reference of theirs or the number of an order (S50, Peppol R003)."""


class Organisation(Aggregate):
    """A company, authority or association that employs participants and pays invoices."""

    class Registered(Aggregate.Created):
        organiser_id: OrganiserId
        name: str
        org_number: str
        sector: Sector
        country: str = "SE"

    class BillingDetailsGiven(Aggregate.Event):
        address: str
        vat_number: str
        peppol_id: str
        needs_reference: bool
        language: str = "sv"
        is_collective: bool = False
        invoice_email: Sealed | None = None

    class DomainVerified(Aggregate.Event):
        domain: str

    class ContactAppointed(Aggregate.Event):
        person_id: PersonId

    class ContactDismissed(Aggregate.Event):
        person_id: PersonId

    @event(Registered)
    def __init__(
        self, id: UUID, organiser_id: OrganiserId, name: str, org_number: str, sector: Sector, country: str = "SE"
    ) -> None:
        self.organiser_id, self.name, self.org_number, self.sector = organiser_id, name, org_number, sector
        self.address, self.vat_number, self.peppol_id, self.needs_reference = "", "", "", False
        self.country, self.language, self.is_collective = country, "sv", False
        self.invoice_email: Sealed | None = None
        self.contacts: set[PersonId] = set()
        self.domains: set[str] = set()

    @property
    def organisation_id(self) -> OrganisationId:
        """Its id, typed."""
        return OrganisationId(self.id)

    def give_billing_details(
        self,
        address: str,
        vat_number: str,
        peppol_id: str,
        *,
        needs_reference: bool,
        language: str = "sv",
        is_collective: bool = False,
        invoice_email: Sealed | None = None,
    ) -> None:
        """Say how invoices reach it; later documents use these, earlier ones keep theirs. Raises BadValue.

        `is_collective`: what it buys waits and is invoiced once a month (S61). `invoice_email`: where letters about its
        invoices go; none: to its contacts.
        """
        if language not in LANGUAGES:
            raise BadValue(field="language", why=" or ".join(LANGUAGES))
        self._give_billing_details(
            address=clean("address", address, 500),
            vat_number=clean_line("vat_number", vat_number, 20, may_be_empty=True),
            peppol_id=peppol_id_of(peppol_id) if peppol_id.strip() else "",
            needs_reference=needs_reference,
            language=language,
            is_collective=is_collective,
            invoice_email=invoice_email,
        )

    @event(BillingDetailsGiven)
    def _give_billing_details(
        self,
        address: str,
        vat_number: str,
        peppol_id: str,
        needs_reference: bool,
        language: str,
        is_collective: bool,
        invoice_email: Sealed | None,
    ) -> None:
        self.address, self.vat_number, self.peppol_id = address, vat_number, peppol_id
        self.needs_reference, self.language, self.is_collective = needs_reference, language, is_collective
        self.invoice_email = invoice_email

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

    def check_reference(self, reference: str, order_number: str = "") -> None:
        """Raises ReferenceRequired where an invoice needs one of them, as an e-invoice always does, and has none."""
        if (self.needs_reference or self.peppol_id) and not (reference or order_number):
            raise ReferenceRequired(organisation=self.name)


def register(
    id: UUID, organiser_id: OrganiserId, name: str, org_number: str, sector: Sector, country: str = "SE"
) -> Organisation:
    """A new organisation. Raises BadValue for an impossible number; a foreign one is taken as its country writes it."""
    is_swedish = country_of(country) == "SE"
    return Organisation(
        id=id,
        organiser_id=organiser_id,
        name=clean_line("name", name, 300),
        org_number=org_number_of(org_number) if is_swedish else clean_line("org_number", org_number, 30),
        sector=sector,
        country=country,
    )
