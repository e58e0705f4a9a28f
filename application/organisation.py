"""Organisations: employers and payers, registered by staff, one for each organisation number at each organiser."""

from __future__ import annotations

from dataclasses import dataclass

from application.actor import Actor, Role
from application.ports import Recorded, Work
from application.use_case import UseCases, admin_of, load_for, organiser_of
from domain.ids import OrganisationId, PersonId
from domain.organisation import Organisation, register
from domain.person import Person
from domain.standing import Sector
from domain.text import email_of


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
    """Register, bill, verify, appoint contacts."""

    def register(
        self, actor: Actor, command: RegisterOrganisation, key: str | None = None
    ) -> Recorded[OrganisationRef]:
        """A new organisation. Raises ClaimTaken when its number is registered already."""
        organiser = admin_of(actor)

        def decide(work: Work) -> OrganisationRef:
            told = (command.name, command.org_number, command.sector, command.country)
            made = register(work.new_id(), organiser, *told)
            if command.billing is not None:
                _bill(work, made, command.billing)
            work.claim("organisation", f"{organiser}/{made.org_number}", made.id)
            work.add(made)
            return OrganisationRef(made.organisation_id)

        return self._record(actor, command, OrganisationRef, decide, key)

    def give_billing_details(
        self, actor: Actor, command: GiveBillingDetails, key: str | None = None
    ) -> Recorded[OrganisationRef]:
        """How invoices reach it; staff only."""
        actor.must_be(organiser_of(actor), Role.ADMIN, Role.FINANCE)

        def decide(work: Work) -> OrganisationRef:
            _bill(work, load_for(work, Organisation, command.organisation_id), command)
            return OrganisationRef(command.organisation_id)

        return self._record(actor, command, OrganisationRef, decide, key)

    def verify_domain(self, actor: Actor, command: VerifyDomain, key: str | None = None) -> Recorded[OrganisationRef]:
        """Record an e-mail domain as its own."""
        admin_of(actor)

        def decide(work: Work) -> OrganisationRef:
            load_for(work, Organisation, command.organisation_id).verify_domain(command.domain)
            return OrganisationRef(command.organisation_id)

        return self._record(actor, command, OrganisationRef, decide, key)

    def appoint_contact(
        self, actor: Actor, command: AppointContact, key: str | None = None
    ) -> Recorded[OrganisationRef]:
        """Let a person of this organiser act for it."""
        admin_of(actor)

        def decide(work: Work) -> OrganisationRef:
            load_for(work, Person, command.person_id)
            load_for(work, Organisation, command.organisation_id).appoint_contact(command.person_id)
            return OrganisationRef(command.organisation_id)

        return self._record(actor, command, OrganisationRef, decide, key)

    def dismiss_contact(
        self, actor: Actor, command: DismissContact, key: str | None = None
    ) -> Recorded[OrganisationRef]:
        """End that."""
        admin_of(actor)

        def decide(work: Work) -> OrganisationRef:
            load_for(work, Organisation, command.organisation_id).dismiss_contact(command.person_id)
            return OrganisationRef(command.organisation_id)

        return self._record(actor, command, OrganisationRef, decide, key)


def _bill(work: Work, organisation: Organisation, told: Billing | GiveBillingDetails) -> None:
    """An address may be somebody's own, so it is sealed, under the organiser's key."""
    email = email_of(told.invoice_email) if told.invoice_email.strip() else ""
    organisation.give_billing_details(
        told.address,
        told.vat_number,
        told.peppol_id,
        needs_reference=told.needs_reference,
        language=told.language,
        is_collective=told.is_collective,
        invoice_email=work.seal(organisation.organiser_id, "invoice_email", email) if email else None,
    )
