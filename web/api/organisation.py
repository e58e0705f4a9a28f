"""Organisations: employers and payers, how invoices reach them, and who may act for them."""

from __future__ import annotations

from uuid import UUID

from application.organisation import (
    AppointContact,
    DismissContact,
    GiveBillingDetails,
    OrganisationRef,
    RegisterOrganisation,
    VerifyDomain,
)
from application.reading.page import Page
from application.reading.people import OrganisationRow
from domain.ids import OrganisationId, PersonId
from web.api.call import Call, Written, written
from web.api.noun import PREFIX, Noun
from web.api.schemas.common import SearchQuery
from web.api.schemas.organisation import BillingDetailsBody, ContactBody, DomainBody, RegisterOrganisationBody
from web.api.who import Who

organisations = Noun("organisations", "Organisations: employers and payers.")
ONE = "/organisations/<uuid:organisation_id>"


@organisations.read("/organisations", Who.STAFF, Page[OrganisationRow], SearchQuery)
def list_organisations(call: Call) -> Page[OrganisationRow]:
    """The organiser's organisations, by name."""
    asked = call.query
    return call.services.people_questions.organisations(call.actor, asked["search"], asked["cursor"], asked["limit"])


@organisations.read("/my-organisations", Who.SIGNED_IN, tuple[OrganisationRow, ...])
def list_my_organisations(call: Call) -> tuple[OrganisationRow, ...]:
    """Those the token's person may book for today."""
    return call.services.people_questions.my_organisations(call.actor, call.services.clock.now().date())


@organisations.write("POST", "/organisations", Who.ADMIN, OrganisationRef, body=RegisterOrganisationBody, status=201)
def register_organisation(call: Call) -> Written:
    """Register an employer and payer; its number is there once."""
    recorded = call.services.organisations.register(call.actor, RegisterOrganisation(**call.body), call.key)
    return written(recorded, f"{PREFIX}/organisations/{recorded.answer.organisation_id}")


@organisations.read(ONE, Who.STAFF, OrganisationRow)
def read_organisation(call: Call, organisation_id: UUID) -> OrganisationRow:
    """One organisation with its contacts and memberships."""
    return call.services.people_questions.organisation(call.actor, organisation_id)


@organisations.write("PUT", f"{ONE}/billing-details", Who.STAFF, OrganisationRef, body=BillingDetailsBody)
def give_billing_details(call: Call, organisation_id: UUID) -> Written:
    """Say how invoices reach it; earlier documents keep theirs."""
    command = GiveBillingDetails(OrganisationId(organisation_id), **call.body)
    return written(call.services.organisations.give_billing_details(call.actor, command, call.key))


@organisations.write("POST", f"{ONE}/domains", Who.ADMIN, OrganisationRef, body=DomainBody)
def verify_domain(call: Call, organisation_id: UUID) -> Written:
    """Record an e-mail domain as its own; a hint, never proof of employment."""
    command = VerifyDomain(OrganisationId(organisation_id), **call.body)
    return written(call.services.organisations.verify_domain(call.actor, command, call.key))


@organisations.write("POST", f"{ONE}/contacts", Who.ADMIN, OrganisationRef, body=ContactBody)
def appoint_contact(call: Call, organisation_id: UUID) -> Written:
    """Let a person act for it; twice is once."""
    command = AppointContact(OrganisationId(organisation_id), **call.body)
    return written(call.services.organisations.appoint_contact(call.actor, command, call.key))


@organisations.write("DELETE", f"{ONE}/contacts/<uuid:person_id>", Who.ADMIN, OrganisationRef)
def dismiss_contact(call: Call, organisation_id: UUID, person_id: UUID) -> Written:
    """End that."""
    command = DismissContact(OrganisationId(organisation_id), PersonId(person_id))
    return written(call.services.organisations.dismiss_contact(call.actor, command, call.key))
