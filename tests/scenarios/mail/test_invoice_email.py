"""Where letters about an organisation's invoices go: to its own address first, then its contacts, then who booked."""

from __future__ import annotations

from uuid import uuid4

import pytest

from application.billing.charges import Charge
from application.billing.invoice import RecordPayment
from application.billing.invoicing import InvoiceRef, issue
from application.booking.booking import MakeBooking
from application.kernel.actor import SYSTEM
from application.kernel.ports import CommandContext
from application.payments.receivable import RecordRefund
from application.people.organisation import AppointContact, Billing, GiveBillingDetails, RegisterOrganisation
from application.programme.season import PlanSeason
from domain.kernel.documents import LineKind, Supply, line
from domain.kernel.errors import BadValue
from domain.kernel.ids import InvoiceId
from domain.kernel.payer import Payer
from domain.kernel.vat import VAT_25
from tests.samples import Institute, conference_prices, kronor
from tests.scenarios.mail.test_letters import all_letters, words
from tests.scenarios.story import documents, seated

ADDRESS = "Storgatan 1, 111 22 Stockholm"


def bill(institute: Institute, email: str, language: str = "sv") -> None:
    details = GiveBillingDetails(institute.acme, ADDRESS, language=language, invoice_email=email)
    institute.services.organisations.give_billing_details(institute.finance, details)


def book(institute: Institute) -> None:
    anna = institute.person("Anna", institute.acme)
    command = MakeBooking(institute.conference(), seated(anna), institute.acme)
    institute.services.bookings.make(institute.acting(anna), command)


def about_money(institute: Institute) -> list[tuple[str, str | None]]:
    return [each for each in all_letters(institute) if each[0] in ("invoice", "credit_note", "payment_received")]


def test_letters_about_invoices_go_to_the_organisations_own_address(institute: Institute) -> None:
    """In the language of its documents; neither its contacts nor whoever booked get them too."""
    bill(institute, " Faktura@Acme.example ", "en")
    contact = institute.person("Kim", institute.acme)
    institute.services.organisations.appoint_contact(institute.admin, AppointContact(institute.acme, contact))
    book(institute)
    [row] = documents(institute, "invoice")
    paid = RecordPayment(InvoiceId(row.document_id), 7_500_00, "BG 1", institute.clock.instant.date())
    institute.services.invoices.record_payment(institute.finance, paid)
    assert about_money(institute) == [
        ("invoice", "faktura@acme.example"),
        ("payment_received", "faktura@acme.example"),
    ]
    assert "Invoice" in words(institute, "invoice")


def test_without_an_address_they_go_to_contacts_or_else_to_who_booked(institute: Institute) -> None:
    bill(institute, "faktura@acme.example")
    bill(institute, "")
    book(institute)
    assert about_money(institute) == [("invoice", "anna@example.org")]
    contact = institute.person("Kim", institute.acme)
    institute.services.organisations.appoint_contact(institute.admin, AppointContact(institute.acme, contact))
    [row] = documents(institute, "invoice")
    paid = RecordPayment(InvoiceId(row.document_id), 7_500_00, "BG 1", institute.clock.instant.date())
    institute.services.invoices.record_payment(institute.finance, paid)
    assert ("payment_received", "kim@example.org") in about_money(institute)


def test_no_reference_that_a_clerk_types_keeps_a_letter_from_being_sent(institute: Institute) -> None:
    """What the bank does by itself is an event of its own, not a word at the beginning of a reference."""
    book(institute)
    [row] = documents(institute, "invoice")
    invoice, day = InvoiceId(row.document_id), institute.clock.instant.date()
    paid = RecordPayment(invoice, 8_000_00, "tillbaka 1", day)
    institute.services.invoices.record_payment(institute.finance, paid)
    institute.services.receivables.refund(institute.finance, RecordRefund(invoice, 500_00, "bank 1", day))
    kinds = [kind for kind, _ in all_letters(institute)]
    assert (kinds.count("payment_received"), kinds.count("payment_refunded")) == (1, 1)


def test_the_address_is_read_as_it_was_given_and_stands_nowhere_in_clear(institute: Institute) -> None:
    billing = Billing(ADDRESS, invoice_email="ekonomi@ny.example")
    made = institute.services.organisations.register(
        institute.admin, RegisterOrganisation("Ny AB", "556999-4006", billing=billing)
    )
    institute.catch_up()
    read = institute.services.people_questions.organisation(institute.admin, made.answer.organisation_id)
    assert read.invoice_email == "ekonomi@ny.example"
    told = institute.house.store.recorder.query(
        "select count(*) from event where state::text like %s", ["%ny.example%"]
    )
    assert told == [(0,)]
    with pytest.raises(BadValue):
        bill(institute, "inte en adress")


@pytest.mark.parametrize(("text", "is_beside"), [("Säsong 4", True), ("Ledarskap, Säsong 4", False)])
def test_a_season_is_named_by_its_network_where_no_line_of_the_invoice_does(
    institute: Institute, text: str, is_beside: bool
) -> None:
    """What was agreed before lines named the network is invoiced as it was agreed."""
    plan = PlanSeason(institute.network("Ledarskap"), "Säsong 4", 9, prices=conference_prices())
    season, who = institute.services.seasons.plan(institute.admin, plan).answer.season_id, institute.person("Anna")
    price = line(LineKind.SEAT, text, 1, kronor(100), VAT_25)
    charge = Charge(uuid4(), Payer(person_id=who), (price.within(season),), (Supply(text, "2027-02-03"),), season)
    institute.house.store.decisions.execute(
        CommandContext(SYSTEM), InvoiceRef, lambda work: issue(work, institute.organiser, charge)
    )
    institute.catch_up()
    told = words(institute, "invoice")
    assert f"Det gäller: {text}." in told and ("Det hör till Ledarskap, Säsong 4." in told) is is_beside
