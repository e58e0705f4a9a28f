"""Organisations: employers and payers, registered by staff, one for each organisation number at each organiser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.kernel.command import admin, command, staff
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of, today_of
from domain.kernel.eligibility import Sector
from domain.kernel.ids import OrganisationId, PersonId
from domain.kernel.personal import Encrypted
from domain.kernel.text import email_of
from domain.people.organisation import Organisation, register
from domain.people.person import Person


@dataclass(frozen=True)
class Billing:
    """How invoices reach an organisation, in which language, and whether once a month or at once.

    `invoice_email`: where letters about them go; "": to its contacts, or else whoever booked.
    """

    address: str
    vat_number: str = ""
    peppol_id: str = ""
    needs_reference: bool = False
    language: str = "sv"
    is_collective: bool = False
    invoice_email: str = ""


@dataclass(frozen=True)
class RegisterOrganisation:
    """A new employer and payer. The number must be free with this organiser; `country` is where it is registered.

    `billing`: how invoices reach it, where that is known already.
    """

    name: str
    org_number: str
    sector: Sector = Sector.PRIVATE
    country: str = "SE"
    billing: Billing | None = None


@dataclass(frozen=True)
class GiveBillingDetails:
    """How invoices reach it from now on, as in `Billing`."""

    organisation_id: OrganisationId
    address: str
    vat_number: str = ""
    peppol_id: str = ""
    needs_reference: bool = False
    language: str = "sv"
    is_collective: bool = False
    invoice_email: str = ""


@dataclass(frozen=True)
class VerifyDomain:
    """An e-mail domain of its own."""

    organisation_id: OrganisationId
    domain: str


@dataclass(frozen=True)
class WithdrawDomain:
    """A domain that is not its own, or no longer."""

    organisation_id: OrganisationId
    domain: str


@dataclass(frozen=True)
class CorrectOrganisation:
    """What was written down wrongly; None stays as it is. The number must be free with this organiser.

    `renamed_on`: the name is no correction but another one, from that local day; as of earlier days it keeps its own.
    """

    organisation_id: OrganisationId
    name: str | None = None
    org_number: str | None = None
    sector: Sector | None = None
    country: str | None = None
    renamed_on: date | None = None


@dataclass(frozen=True)
class AppointContact:
    """Let a person act for the organisation."""

    organisation_id: OrganisationId
    person_id: PersonId


@dataclass(frozen=True)
class DismissContact:
    """End that."""

    organisation_id: OrganisationId
    person_id: PersonId


@dataclass(frozen=True)
class OrganisationRef:
    """Which organisation it was about."""

    organisation_id: OrganisationId


class Organisations(UseCases):
    """Register, correct, bill, verify, appoint contacts."""

    @command(by=admin)
    def register(self, work: UnitOfWork, command: RegisterOrganisation) -> OrganisationRef:
        """A new organisation. Raises UniqueKeyTaken when its number is registered already."""
        particulars = (command.name, command.org_number, command.sector, command.country)
        made = register(work.new_id(), organiser_of(work.actor), *particulars)
        if command.billing is not None:
            _bill(work, made, command.billing)
        work.take_unique_key("organisation", number_claim(made), made.id)
        work.add(made)
        return OrganisationRef(made.organisation_id)

    @command(by=admin)
    def correct(self, work: UnitOfWork, command: CorrectOrganisation) -> OrganisationRef:
        """Only what differs is recorded. Raises BadValue, RenamedEarlier, UniqueKeyTaken."""
        organisation = load_for(work, Organisation, command.organisation_id)
        had = number_claim(organisation)
        _name(work, organisation, command)
        if command.org_number is not None or command.country is not None:
            number, country = command.org_number, command.country
            organisation.correct_registration(
                organisation.org_number if number is None else number, country or organisation.country
            )
        if command.sector is not None:
            organisation.correct_sector(command.sector)
        if number_claim(organisation) != had:
            work.release_unique_key("organisation", had)
            work.take_unique_key("organisation", number_claim(organisation), organisation.id)
        return OrganisationRef(command.organisation_id)

    @command(by=staff)
    def give_billing_details(self, work: UnitOfWork, command: GiveBillingDetails) -> OrganisationRef:
        """How invoices reach it; staff only."""
        _bill(work, load_for(work, Organisation, command.organisation_id), command)
        return OrganisationRef(command.organisation_id)

    @command(by=admin)
    def verify_domain(self, work: UnitOfWork, command: VerifyDomain) -> OrganisationRef:
        """Record an e-mail domain as its own."""
        load_for(work, Organisation, command.organisation_id).verify_domain(command.domain)
        return OrganisationRef(command.organisation_id)

    @command(by=admin)
    def withdraw_domain(self, work: UnitOfWork, command: WithdrawDomain) -> OrganisationRef:
        """It is not its own, or no longer."""
        load_for(work, Organisation, command.organisation_id).withdraw_domain(command.domain)
        return OrganisationRef(command.organisation_id)

    @command(by=admin)
    def appoint_contact(self, work: UnitOfWork, command: AppointContact) -> OrganisationRef:
        """Let a person of this organiser act for it."""
        person = load_for(work, Person, command.person_id)
        load_for(work, Organisation, command.organisation_id).appoint_contact(person.person_id)
        return OrganisationRef(command.organisation_id)

    @command(by=admin)
    def dismiss_contact(self, work: UnitOfWork, command: DismissContact) -> OrganisationRef:
        """End that."""
        load_for(work, Organisation, command.organisation_id).dismiss_contact(command.person_id)
        return OrganisationRef(command.organisation_id)


def _name(work: UnitOfWork, organisation: Organisation, command: CorrectOrganisation) -> None:
    if command.renamed_on is None:
        if command.name is not None:
            organisation.correct_name(command.name)
        return
    today = today_of(work, organisation.organiser_id)
    organisation.rename(command.name or "", command.renamed_on, today)


def number_claim(organisation: Organisation) -> str:
    """That an organisation's number is there once with its organiser."""
    return f"{organisation.organiser_id}/{organisation.org_number}"


def _bill(work: UnitOfWork, organisation: Organisation, billing: Billing | GiveBillingDetails) -> None:
    """An address may be somebody's own, so it is sealed, under the organiser's key."""
    organisation.give_billing_details(
        billing.address,
        billing.vat_number,
        billing.peppol_id,
        needs_reference=billing.needs_reference,
        language=billing.language,
        is_collective=billing.is_collective,
        invoice_email=_sealed_address(work, organisation, billing.invoice_email),
    )


def _sealed_address(work: UnitOfWork, organisation: Organisation, typed: str) -> Encrypted | None:
    """The address sealed; the one that is known as it is sealed already, so that the same again changes nothing."""
    if not typed.strip():
        return None
    email, known = email_of(typed), organisation.invoice_email
    if known is not None and work.decrypt(known) == email:
        return known
    return work.encrypt(organisation.organiser_id, "invoice_email", email)
