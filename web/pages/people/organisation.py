"""An organisation as an admin writes it down: registered, how it is invoiced, its e-mail domains and its contacts."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request

from application.kernel.ports import UniqueKeyTaken
from application.people.organisation import (
    AppointContact,
    Billing,
    CorrectOrganisation,
    DismissContact,
    GiveBillingDetails,
    RegisterOrganisation,
    VerifyDomain,
    WithdrawDomain,
)
from application.people.queries.people import OrganisationRow
from domain.kernel.eligibility import Sector
from domain.kernel.ids import OrganisationId, PersonId
from domain.kernel.text import LANGUAGES
from web.pages.kernel.finding import people_meant
from web.pages.kernel.forms import Form, Typed, search_words
from web.pages.kernel.visit import Answer, Visit, after, services, visit_as_admin

pages = Blueprint("organisation", __name__)

FIELDS = {
    "name": "name",
    "org_number": "org_number",
    "renamed_on": "renamed_on",
    "RenamedEarlier": "renamed_on",
    "UniqueKeyTaken": "org_number",
    "country": "country",
    "address": "address",
    "vat_number": "vat_number",
    "peppol_id": "peppol_id",
    "domain": "domain",
    "email": "invoice_email",
}


@pages.get("/<slug>/organisations/new")
def page() -> Answer:
    """An empty form."""
    visit_as_admin()
    return _show_new(Form())


@pages.post("/<slug>/organisations/new")
def register() -> Answer:
    """A new employer and payer, with how invoices reach it."""
    visit = visit_as_admin()
    form = Form.sent(lambda form: _show_new(form, _there(visit, form)), FIELDS)
    name, number = form.required("name"), form.required("org_number")
    if form.text("invoice_email"):
        form.required("address")
    sector = form.one_of("sector", Sector, Sector.PRIVATE)
    billing = _billing(form) if form.text("address") else None
    command = RegisterOrganisation(name, number, sector, form.text("country") or "SE", billing)
    recorded = form.submit(services().organisations.register, visit.actor, command)
    organisation_id = recorded.answer.organisation_id
    return after(recorded, "people.organisation", organisation_id=organisation_id, done="organisation_registered")


@pages.get("/<slug>/organisations/<uuid:organisation_id>/change")
def change(organisation_id: UUID) -> Answer:
    """What is known of it, to be changed."""
    visit, row = _organisation(organisation_id)
    return _show(visit, row, Form(Typed(_known(row))))


@pages.post("/<slug>/organisations/<uuid:organisation_id>/change")
def bill(organisation_id: UUID) -> Answer:
    """How invoices reach it from now on."""
    visit, row = _organisation(organisation_id)
    form = Form.sent(lambda form: _show(visit, row, form), FIELDS, _particulars(row))
    form.required("address")
    command = GiveBillingDetails(OrganisationId(organisation_id), **vars(_billing(form)))
    recorded = form.submit(services().organisations.give_billing_details, visit.actor, command)
    return after(recorded, "people.organisation", organisation_id=organisation_id, done="billing_given")


@pages.post("/<slug>/organisations/<uuid:organisation_id>/particulars")
def correct(organisation_id: UUID) -> Answer:
    """What was written down wrongly; with a day, that it has taken another name."""
    visit, row = _organisation(organisation_id)
    form = Form.sent(lambda form: _show(visit, row, form, _there(visit, form)), FIELDS, _known(row))
    name, number, country = form.required("name"), form.required("org_number"), form.required("country")
    renamed_on = form.day("renamed_on")
    sector = form.one_of("sector", Sector, None)
    command = CorrectOrganisation(OrganisationId(organisation_id), name, number, sector, country, renamed_on)
    recorded = form.submit(services().organisations.correct, visit.actor, command)
    done = "organisation_renamed" if renamed_on and name != row.name else "organisation_corrected"
    return after(recorded, "people.organisation", organisation_id=organisation_id, done=done)


@pages.post("/<slug>/organisations/<uuid:organisation_id>/domains/withdraw")
def withdraw_domain(organisation_id: UUID) -> Answer:
    """A domain that is not its own, or no longer."""
    visit, _ = _organisation(organisation_id)
    command = WithdrawDomain(OrganisationId(organisation_id), request.form.get("withdrawn", ""))
    recorded = services().organisations.withdraw_domain(visit.actor, command)
    return after(recorded, "organisation.change", organisation_id=organisation_id, done="domain_withdrawn")


@pages.post("/<slug>/organisations/<uuid:organisation_id>/domains")
def verify_domain(organisation_id: UUID) -> Answer:
    """An e-mail domain of its own."""
    visit, row = _organisation(organisation_id)
    form = Form.sent(lambda form: _show(visit, row, form), FIELDS, _known(row))
    domain = form.required("domain")
    command = VerifyDomain(OrganisationId(organisation_id), domain)
    recorded = form.submit(services().organisations.verify_domain, visit.actor, command)
    return after(recorded, "organisation.change", organisation_id=organisation_id, done="domain_verified")


@pages.post("/<slug>/organisations/<uuid:organisation_id>/contacts")
def appoint(organisation_id: UUID) -> Answer:
    """Let a person act for it."""
    visit, row = _organisation(organisation_id)
    form = Form.sent(lambda form: _show(visit, row, form), known=_known(row))
    command = AppointContact(OrganisationId(organisation_id), PersonId(form.chosen("person_id")))
    recorded = services().organisations.appoint_contact(visit.actor, command, form.key)
    return after(recorded, "organisation.change", organisation_id=organisation_id, done="contact_appointed")


@pages.post("/<slug>/organisations/<uuid:organisation_id>/contacts/<uuid:person_id>/dismiss")
def dismiss(organisation_id: UUID, person_id: UUID) -> Answer:
    """End that."""
    visit, _ = _organisation(organisation_id)
    command = DismissContact(OrganisationId(organisation_id), PersonId(person_id))
    recorded = services().organisations.dismiss_contact(visit.actor, command)
    return after(recorded, "organisation.change", organisation_id=organisation_id, done="contact_dismissed")


def _organisation(organisation_id: UUID) -> tuple[Visit, OrganisationRow]:
    visit = visit_as_admin()
    return visit, services().people_questions.organisation(visit.actor, organisation_id)


def _billing(form: Form) -> Billing:
    return Billing(
        form.text("address"),
        form.text("vat_number"),
        form.text("peppol_id"),
        needs_reference=bool(form.text("needs_reference")),
        language=form.text("language") if form.text("language") in LANGUAGES else LANGUAGES[0],
        is_collective=bool(form.text("is_collective")),
        invoice_email=form.text("invoice_email"),
    )


def _known(row: OrganisationRow) -> dict[str, str]:
    return {
        **_particulars(row),
        "address": row.address,
        "vat_number": row.vat_number,
        "peppol_id": row.peppol_id,
        "needs_reference": "yes" if row.needs_reference else "",
        "language": row.language,
        "is_collective": "yes" if row.is_collective else "",
        "invoice_email": row.invoice_email or "",
    }


def _particulars(row: OrganisationRow) -> dict[str, str]:
    return {"name": row.name, "org_number": row.org_number, "sector": row.sector, "country": row.country}


def _there(visit: Visit, form: Form) -> OrganisationRow | None:
    """The organisation that has the number already, to go to."""
    if not isinstance(form.problems.refusal, UniqueKeyTaken):
        return None
    number = form.text("org_number")
    digits = "".join(mark for mark in number if mark.isdigit())
    namesakes = services().people_questions.organisations(visit.actor, digits).items
    return next((each for each in namesakes if each.org_number in (digits, number)), None)


def _show_new(form: Form, there: OrganisationRow | None = None) -> str:
    sectors = [each.value for each in Sector]
    return form.page(
        "organisation_new.html",
        there=there,
        sectors=sectors,
        languages=LANGUAGES,
    )


def _show(visit: Visit, row: OrganisationRow, form: Form, there: OrganisationRow | None = None) -> str:
    words = search_words(request.values.get("q", ""))
    return form.page(
        "organisation_change.html",
        row=row,
        there=there,
        sectors=[each.value for each in Sector],
        languages=LANGUAGES,
        words=words,
        found=people_meant(visit, words),
    )
