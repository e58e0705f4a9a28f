"""An organisation: an employer and payer known to one organiser, with its billing details and contact persons."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.eligibility import Sector
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import OrganisationId, OrganiserId, PersonId
from domain.kernel.numbers import org_number_in, peppol_id_of, vat_number_in
from domain.kernel.personal import Encrypted
from domain.kernel.place_of_supply import BuyerPlace
from domain.kernel.text import LANGUAGES, clean, clean_line, title_of


class ReferenceRequired(RuleBroken):
    """The payer takes invoices only with a reference of theirs or the number of an order (S50, Peppol R003)."""


class RenamedEarlier(RuleBroken):
    """A name that it has got since holds from a later day already (`since`)."""


class Organisation(Aggregate):
    """A company, authority or association that employs participants and pays invoices."""

    class Registered(Aggregate.Created):
        organiser_id: OrganiserId
        name: str
        org_number: str
        sector: Sector
        country: str = "SE"

    class BillingDetailsGiven(Change):
        address: str
        vat_number: str
        peppol_id: str
        needs_reference: bool
        language: str = "sv"
        is_collective: bool = False
        invoice_email: Encrypted | None = None

    class DomainVerified(Aggregate.Event):
        domain: str

        def apply(self, organisation: Organisation) -> None:
            organisation.domains.add(self.domain)

    class DomainWithdrawn(Aggregate.Event):
        domain: str

        def apply(self, organisation: Organisation) -> None:
            organisation.domains.discard(self.domain)

    class NameCorrected(Change):
        name: str
        was: str

    class Renamed(Change):
        name: str
        was: str
        renamed_on: date

    class NumberCorrected(Change):
        org_number: str
        was: str

    class CountryCorrected(Change):
        country: str
        was: str

    class SectorCorrected(Change):
        sector: Sector
        was: Sector

    class ContactAppointed(Aggregate.Event):
        person_id: PersonId

        def apply(self, organisation: Organisation) -> None:
            organisation.contacts.add(self.person_id)

    class ContactDismissed(Aggregate.Event):
        person_id: PersonId

        def apply(self, organisation: Organisation) -> None:
            organisation.contacts.discard(self.person_id)

    @event(Registered)
    def __init__(
        self, id: UUID, organiser_id: OrganiserId, name: str, org_number: str, sector: Sector, country: str = "SE"
    ) -> None:
        self.organiser_id, self.name, self.org_number, self.sector = organiser_id, name, org_number, sector
        self.address, self.vat_number, self.peppol_id, self.needs_reference = "", "", "", False
        self.country, self.language, self.is_collective = country, "sv", False
        self.invoice_email: Encrypted | None = None
        self.contacts: set[PersonId] = set()
        self.domains: set[str] = set()
        self.renamed_on: date | None = None

    @property
    def organisation_id(self) -> OrganisationId:
        """Its id, typed."""
        return OrganisationId(self.id)

    @property
    def place(self) -> BuyerPlace:
        """Where it is, for what is sold across a border."""
        return BuyerPlace(self.country, self.vat_number, is_organisation=True)

    def give_billing_details(
        self,
        address: str,
        vat_number: str,
        peppol_id: str,
        *,
        needs_reference: bool,
        language: str = "sv",
        is_collective: bool = False,
        invoice_email: Encrypted | None = None,
    ) -> None:
        """Say how invoices reach it; later documents use these, earlier ones keep theirs. Raises BadValue.

        The same again changes nothing.

        `is_collective`: what it buys waits and is invoiced once a month (S61). `invoice_email`: where letters about its
        invoices go; none: to its contacts.
        """
        if language not in LANGUAGES:
            raise BadValue(field="language", why=" or ".join(LANGUAGES))
        self.record_change(
            Organisation.BillingDetailsGiven(
                address=clean("address", address, 500),
                vat_number=vat_number_in(self.country, vat_number),
                peppol_id=peppol_id_of(peppol_id) if peppol_id.strip() else "",
                needs_reference=needs_reference,
                language=language,
                is_collective=is_collective,
                invoice_email=invoice_email,
            )
        )

    def verify_domain(self, domain: str) -> None:
        """Record that an e-mail domain is its own. It is a hint, never proof of employment (S37)."""
        name = clean_line("domain", domain, 253).lower()
        if name not in self.domains:
            self.record(Organisation.DomainVerified(domain=name))

    def withdraw_domain(self, domain: str) -> None:
        """It is not its own, or no longer; one that is not known changes nothing."""
        if domain in self.domains:
            self.record(Organisation.DomainWithdrawn(domain=domain))

    def correct_name(self, name: str) -> None:
        """It was misspelt, on whatever day one looks; the same again changes nothing. Raises BadValue."""
        self.record_change(Organisation.NameCorrected(name=title_of("name", name), was=self.name))

    def rename(self, name: str, renamed_on: date, today: date) -> None:
        """It has taken another name on a local day; before that day it was called what it was called then.

        Raises BadValue for a day that has not come, RenamedEarlier for one before the day of its last new name.
        """
        named = title_of("name", name)
        if renamed_on > today:
            raise BadValue(field="renamed_on", why="the day has not come yet")
        if named == self.name:
            return
        if self.renamed_on is not None and renamed_on <= self.renamed_on:
            raise RenamedEarlier(since=self.renamed_on.isoformat())
        self.record(Organisation.Renamed(name=named, was=self.name, renamed_on=renamed_on))

    def correct_registration(self, org_number: str, country: str) -> None:
        """Its number and the country it is registered in, checked as on registering. Raises BadValue."""
        number = org_number_in(country, org_number)
        self.record_change(Organisation.CountryCorrected(country=country, was=self.country))
        self.record_change(Organisation.NumberCorrected(org_number=number, was=self.org_number))

    def correct_sector(self, sector: Sector) -> None:
        """It belongs to another sector than was written down; who may join asks for it."""
        self.record_change(Organisation.SectorCorrected(sector=sector, was=self.sector))

    def appoint_contact(self, person_id: PersonId) -> None:
        """Let a person see and act for the organisation's bookings; twice is once."""
        if person_id not in self.contacts:
            self.record(Organisation.ContactAppointed(person_id=person_id))

    def dismiss_contact(self, person_id: PersonId) -> None:
        """End that; somebody who is no contact changes nothing."""
        if person_id in self.contacts:
            self.record(Organisation.ContactDismissed(person_id=person_id))


def register(
    id: UUID, organiser_id: OrganiserId, name: str, org_number: str, sector: Sector, country: str = "SE"
) -> Organisation:
    """A new organisation. Raises BadValue for an impossible number."""
    return Organisation(
        id=id,
        organiser_id=organiser_id,
        name=title_of("name", name),
        org_number=org_number_in(country, org_number),
        sector=sector,
        country=country,
    )
