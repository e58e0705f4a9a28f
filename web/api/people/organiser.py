"""Organisers: the sellers of an installation, how they are paid, and their staff."""

from __future__ import annotations

from uuid import UUID

from application.booking.registration_rules import AgreeRegistrationRules, RulesOf
from application.kernel.actor import Role
from application.people.organiser import (
    AllowSites,
    AppointStaff,
    ArrangeInvoicing,
    ChooseAccent,
    CorrectOrganiser,
    DismissStaff,
    FoundOrganiser,
    GivePaymentDetails,
    OrganiserRef,
)
from application.programme.queries.programme import OrganiserRow
from domain.kernel.errors import NotFound
from domain.kernel.ids import PersonId
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.people import organiser_schema as bodies

organisers = ApiBlueprint("organisers", "Organisers: the sellers, how they are paid, and their staff.")
ONE = "/organisers/<uuid:organiser_id>"


@organisers.read("/organisers", Who.ANYONE, tuple[OrganiserRow, ...])
def list_organisers(call: Call) -> tuple[OrganiserRow, ...]:
    """All organisers of the installation."""
    return call.services.programme.organisers()


@organisers.write("POST", "/organisers", Who.SYSTEM, OrganiserRef, body=bodies.FoundOrganiserBody, status=201)
def found_organiser(call: Call) -> Written:
    """Found an organiser, a new legal seller."""
    return call.execute(call.services.organisers.found, FoundOrganiser(**call.body), "/organisers/{organiser_id}")


@organisers.read("/organisers/<organiser>", Who.ANYONE, OrganiserRow)
def read_organiser(call: Call, organiser: str) -> OrganiserRow:
    """One organiser, by its id or its word in addresses."""
    return organiser_named(call, organiser)


@organisers.write("PUT", f"{ONE}/payment-details", Who.STAFF, OrganiserRef, body=bodies.PaymentDetailsBody)
def give_payment_details(call: Call, organiser_id: UUID) -> Written:
    """Say where and within how many days invoices are paid."""
    command = GivePaymentDetails(call.own(organiser_id), **call.body)
    return call.execute(call.services.organisers.give_payment_details, command)


@organisers.write("POST", f"{ONE}/correct", Who.ADMIN, OrganiserRef, body=bodies.CorrectOrganiserBody)
def correct_organiser(call: Call, organiser_id: UUID) -> Written:
    """Put its name and number right; documents issued keep what they said."""
    return call.execute(call.services.organisers.correct, CorrectOrganiser(call.own(organiser_id), **call.body))


@organisers.write("PUT", f"{ONE}/invoicing", Who.STAFF, OrganiserRef, body=bodies.InvoicingBody)
def arrange_invoicing(call: Call, organiser_id: UUID) -> Written:
    """Say what later documents say; earlier ones stay as they are."""
    command = ArrangeInvoicing(call.own(organiser_id), **call.body)
    return call.execute(call.services.organisers.arrange_invoicing, command)


@organisers.write("PUT", f"{ONE}/accent", Who.STAFF, OrganiserRef, body=bodies.AccentBody)
def choose_accent(call: Call, organiser_id: UUID) -> Written:
    """Choose the hue of its pages and letters; what is read in it is readable for every hue."""
    return call.execute(call.services.organisers.choose_accent, ChooseAccent(call.own(organiser_id), **call.body))


@organisers.write("PUT", f"{ONE}/sites", Who.ADMIN, OrganiserRef, body=bodies.SitesBody)
def allow_sites(call: Call, organiser_id: UUID) -> Written:
    """Say which other web sites may show the booking form; the list replaces the one before."""
    return call.execute(call.services.organisers.allow_sites, AllowSites(call.own(organiser_id), **call.body))


@organisers.read("/registration-rules", Who.STAFF, AgreeRegistrationRules)
def read_registration_rules(call: Call) -> AgreeRegistrationRules:
    """How long seats are held for strangers who have not confirmed, and how many they may hold."""
    return call.services.registration_rules.rules(call.actor)


@organisers.write("PUT", "/registration-rules", Who.ADMIN, RulesOf, body=bodies.RegistrationRulesBody)
def agree_registration_rules(call: Call) -> Written:
    """Other rules from now on."""
    return call.execute(call.services.registration_rules.agree, AgreeRegistrationRules(**call.body))


@organisers.write("POST", f"{ONE}/staff", Who.ADMIN, OrganiserRef, body=bodies.StaffBody)
def appoint_staff(call: Call, organiser_id: UUID) -> Written:
    """Make a person admin or finance; twice is once."""
    return call.execute(call.services.organisers.appoint, AppointStaff(call.own(organiser_id), **call.body))


@organisers.write("DELETE", f"{ONE}/staff/<uuid:person_id>/<role>", Who.ADMIN, OrganiserRef)
def dismiss_staff(call: Call, organiser_id: UUID, person_id: PersonId, role: str) -> Written:
    """End a person's role."""
    if role not in list(Role):
        raise NotFound(what="person")
    return call.execute(call.services.organisers.dismiss, DismissStaff(call.own(organiser_id), person_id, Role(role)))


def organiser_named(call: Call, organiser: str) -> OrganiserRow:
    """The organiser of an id or of a word in addresses. Raises NotFound."""
    try:
        return call.services.programme.organiser(UUID(organiser))
    except ValueError:
        return call.services.programme.organiser_by_slug(organiser)
