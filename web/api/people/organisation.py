"""Organisations: employers and payers, how invoices reach them, and who may act for them."""

from __future__ import annotations

from uuid import UUID

from application.kernel.page import Page
from application.kernel.use_case import organiser_of
from application.people import organisation as commands
from domain.kernel.ids import OrganisationId, PersonId
from domain.kernel.terms import day_in
from web.api.kernel.answers import Organisation, organisation_of, organisations_of
from web.api.kernel.call import Call, Written
from web.api.kernel.common_schema import SearchQuery
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.people import organisation_schema as bodies

organisations = ApiBlueprint("organisations", "Organisations: employers and payers.")
ONE = "/organisations/<uuid:organisation_id>"


@organisations.read("/organisations", Who.STAFF, Page[Organisation], SearchQuery)
def list_organisations(call: Call) -> Page[Organisation]:
    """The organiser's organisations, by name."""
    return organisations_of(call.services.people_questions.organisations(call.actor, **call.query))


@organisations.read("/my-organisations", Who.SIGNED_IN, tuple[Organisation, ...])
def list_my_organisations(call: Call) -> tuple[Organisation, ...]:
    """Those the token's person may book for today."""
    zone = call.services.programme.organiser(organiser_of(call.actor)).zone
    today = day_in(call.services.clock.now(), zone)
    rows = call.services.people_questions.my_organisations(call.actor, today)
    return tuple(organisation_of(row) for row in rows)


@organisations.write(
    "POST", "/organisations", Who.ADMIN, commands.OrganisationRef, body=bodies.RegisterOrganisationBody, status=201
)
def register_organisation(call: Call) -> Written:
    """Register an employer and payer; its number is there once."""
    return call.execute(
        call.services.organisations.register,
        commands.RegisterOrganisation(**call.body),
        "/organisations/{organisation_id}",
    )


@organisations.read(ONE, Who.STAFF, Organisation)
def read_organisation(call: Call, organisation_id: UUID) -> Organisation:
    """One organisation with its contacts and memberships."""
    return organisation_of(call.services.people_questions.organisation(call.actor, organisation_id))


@organisations.write("POST", f"{ONE}/correct", Who.ADMIN, commands.OrganisationRef, body=bodies.CorrectOrganisationBody)
def correct_organisation(call: Call, organisation_id: OrganisationId) -> Written:
    """Put right what was written down wrongly, or say its new name; a number that another has is refused."""
    return call.execute(call.services.organisations.correct, commands.CorrectOrganisation(organisation_id, **call.body))


@organisations.write(
    "PUT", f"{ONE}/billing-details", Who.STAFF, commands.OrganisationRef, body=bodies.BillingDetailsBody
)
def give_billing_details(call: Call, organisation_id: OrganisationId) -> Written:
    """Say how invoices reach it; earlier documents keep theirs."""
    command = commands.GiveBillingDetails(organisation_id, **call.body)
    return call.execute(call.services.organisations.give_billing_details, command)


@organisations.write("POST", f"{ONE}/domains", Who.ADMIN, commands.OrganisationRef, body=bodies.DomainBody)
def verify_domain(call: Call, organisation_id: OrganisationId) -> Written:
    """Record an e-mail domain as its own; a hint, never proof of employment."""
    return call.execute(call.services.organisations.verify_domain, commands.VerifyDomain(organisation_id, **call.body))


@organisations.write("DELETE", f"{ONE}/domains/<domain>", Who.ADMIN, commands.OrganisationRef)
def withdraw_domain(call: Call, organisation_id: OrganisationId, domain: str) -> Written:
    """End that a domain is its own; one that is not known changes nothing."""
    return call.execute(call.services.organisations.withdraw_domain, commands.WithdrawDomain(organisation_id, domain))


@organisations.write("POST", f"{ONE}/contacts", Who.ADMIN, commands.OrganisationRef, body=bodies.ContactBody)
def appoint_contact(call: Call, organisation_id: OrganisationId) -> Written:
    """Let a person act for it; twice is once."""
    return call.execute(
        call.services.organisations.appoint_contact, commands.AppointContact(organisation_id, **call.body)
    )


@organisations.write("DELETE", f"{ONE}/contacts/<uuid:person_id>", Who.ADMIN, commands.OrganisationRef)
def dismiss_contact(call: Call, organisation_id: OrganisationId, person_id: PersonId) -> Written:
    """End that."""
    return call.execute(
        call.services.organisations.dismiss_contact, commands.DismissContact(organisation_id, person_id)
    )
