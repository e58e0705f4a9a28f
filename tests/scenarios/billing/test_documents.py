"""Documents as others read them: the e-invoice that the rules of Europe and Sweden accept, and its paper copy."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from application.billing.invoice import RecordPayment
from application.booking.booking import MakeBooking
from application.booking.reinstatement import UndoCancellation
from application.people.organiser import ArrangeInvoicing
from domain.kernel.ids import InvoiceId
from domain.kernel.terms import Terms, Tier, free_before
from domain.kernel.vat import EXEMPT, NO_VAT, VatRate
from domain.people.organisation import ReferenceRequired
from domain.programme.price import Price, PriceList
from tests.samples import Institute, kronor
from tests.scenarios.e_invoice_rules import broken_rules, texts
from tests.scenarios.paper_trail import billed, book_with_order, buy, close_the_month, collective, e_invoice, kommunen
from tests.scenarios.story import book, cancel, documents, seated
from web.words.language import read_phrases
from web.words.paper_words import PaperWords
from web.words.terms import terms_sentences

FREELY = free_before(date(2027, 1, 3))
RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT OVERRIDE}"


@pytest.fixture(autouse=True)
def approved(institute: Institute) -> None:
    """The institute is approved for F-tax."""
    arranged = ArrangeInvoicing(institute.organiser, is_f_tax=True, contact="Åsa Öberg", email="ekonomi@example.org")
    institute.services.organisers.arrange_invoicing(institute.finance, arranged)


def test_a_public_buyer_gets_an_e_invoice(institute: Institute) -> None:
    """S50: stopped without a reference; with it to 0007:2120009903, category S 25 %, line net times quantity."""
    k = kommunen(institute)
    season = institute.season("Nätverk 2026/27", 20, PriceList(0, (Price(kronor(15_000)),)), FREELY)
    with pytest.raises(ReferenceRequired):
        book(institute, season, k, None)

    command = MakeBooking(season, seated(None, None), k, reference="Ref 4711")
    institute.services.bookings.make(institute.admin, command)

    [row] = documents(institute)
    xml = e_invoice(institute, row)
    assert broken_rules(xml) == []
    assert texts(xml, "AccountingCustomerParty/Party/EndpointID") == ["2120009903"]
    assert texts(xml, "BuyerReference") == ["Ref 4711"]
    assert texts(xml, "InvoiceLine/InvoicedQuantity") == ["2"]
    assert texts(xml, "InvoiceLine/Price/PriceAmount") == ["15000.00"]
    assert texts(xml, "InvoiceLine/LineExtensionAmount") == ["30000.00"]
    assert texts(xml, "InvoiceLine/Item/ClassifiedTaxCategory/ID") == ["S"]
    assert texts(xml, "InvoicePeriod/StartDate") + texts(xml, "InvoicePeriod/EndDate") == ["2027-02-03", "2027-02-04"]


def test_the_swedish_rules_are_kept(institute: Institute) -> None:
    """14 characters of VAT number, ten digits with a check digit, F-tax in its words, code 30 to a bankgiro."""
    book(institute, institute.conference(), institute.bolt, None)
    [row] = documents(institute)

    xml = e_invoice(institute, row)

    assert broken_rules(xml) == []
    seller = "AccountingSupplierParty/Party"
    assert texts(xml, f"{seller}/EndpointID") == ["5560360793"]
    assert texts(xml, f"{seller}/PartyTaxScheme/CompanyID") == ["SE556036079301", "Godkänd för F-skatt"]
    assert texts(xml, f"{seller}/PartyTaxScheme/TaxScheme/ID") == ["VAT", "TAX"]
    assert texts(xml, f"{seller}/PartyLegalEntity/CompanyID") == ["5560360793"]
    assert texts(xml, f"{seller}/PostalAddress/PostalZone") == ["111 30"]
    assert texts(xml, "PaymentMeans/PaymentMeansCode") == ["30"]
    assert texts(xml, "PaymentMeans/PaymentID") == [row.ocr]
    assert texts(xml, "PaymentMeans/PayeeFinancialAccount/ID") == ["9912346"]
    assert texts(xml, "PaymentMeans/PayeeFinancialAccount/FinancialInstitutionBranch/ID") == ["SE:BANKGIRO"]


def test_seats_and_books_on_one_e_invoice(institute: Institute) -> None:
    """S51: 6 000.00/1 500.00 and 117.92/7.08, payable 7 625.00, and no rounding amount."""
    collective(institute, institute.acme)
    book(institute, institute.conference(), institute.acme, None)
    buy(institute, institute.acme, 1)
    close_the_month(institute)

    [row] = documents(institute)
    xml = e_invoice(institute, row)

    assert broken_rules(xml) == []
    assert texts(xml, "TaxTotal/TaxSubtotal/TaxableAmount") == ["6000.00", "117.92"]
    assert texts(xml, "TaxTotal/TaxSubtotal/TaxAmount") == ["1500.00", "7.08"]
    assert texts(xml, "LegalMonetaryTotal/PayableAmount") == ["7625.00"]
    assert texts(xml, "LegalMonetaryTotal/PayableRoundingAmount") == []


def test_a_line_with_odd_ore_still_multiplies(institute: Institute) -> None:
    """S07 in XML: three books of 125.00 incl. are 353.77; their price is said for three."""
    buy(institute, institute.bolt, 3, postage=49)
    [row] = documents(institute)

    xml = e_invoice(institute, row)

    assert broken_rules(xml) == []
    for quantity, net, price, per in zip(
        texts(xml, "InvoiceLine/InvoicedQuantity"),
        texts(xml, "InvoiceLine/LineExtensionAmount"),
        texts(xml, "InvoiceLine/Price/PriceAmount"),
        [*texts(xml, "InvoiceLine/Price/BaseQuantity"), "1"],
        strict=True,
    ):
        assert Decimal(price) * Decimal(quantity) / Decimal(per) == Decimal(net)


def test_a_company_is_found_by_its_gln(institute: Institute) -> None:
    billed(institute, institute.bolt, "0088:7300010000001")
    book_with_order(institute, institute.conference(), institute.bolt, "PO 1")
    [row] = documents(institute)

    xml = e_invoice(institute, row)

    assert broken_rules(xml) == []
    assert texts(xml, "AccountingCustomerParty/Party/EndpointID") == ["7300010000001"]
    assert (texts(xml, "OrderReference/ID"), texts(xml, "BuyerReference")) == (["PO 1"], [])


def test_a_credit_note_names_its_invoice(institute: Institute) -> None:
    made = book(institute, institute.conference(), institute.bolt, None, None)
    cancel(institute, institute.admin, made.booking_id, 1)
    [note] = documents(institute, "credit_note")

    xml = e_invoice(institute, note)

    assert broken_rules(xml) == []
    assert texts(xml, "CreditNoteTypeCode") == ["381"]
    assert texts(xml, "BillingReference/InvoiceDocumentReference/ID") == ["1"]
    assert texts(xml, "CreditNoteLine/CreditedQuantity") == ["1"]
    assert texts(xml, "CreditNoteLine/LineExtensionAmount") == ["12000.00"]
    assert texts(xml, "LegalMonetaryTotal/PayableAmount") == ["15000.00"]


@pytest.mark.parametrize(("rate", "code"), [(EXEMPT, "E"), (NO_VAT, "O")])
def test_what_has_no_vat_says_why(institute: Institute, rate: VatRate, code: str) -> None:
    season = institute.season("Årsmöte", 20, PriceList(0, (Price(kronor(500), vat=rate),)), FREELY)
    book(institute, season, institute.bolt, None)
    [row] = documents(institute)

    xml = e_invoice(institute, row)

    assert broken_rules(xml) == []
    assert texts(xml, "TaxTotal/TaxSubtotal/TaxCategory/ID") == [code]
    assert len(texts(xml, "TaxTotal/TaxSubtotal/TaxCategory/TaxExemptionReason")) == 1


def test_a_line_that_costs_nothing_stands_beside_one_that_does(institute: Institute) -> None:
    buy(institute, institute.bolt, 2, price=0, postage=49)
    [row] = documents(institute)

    xml = e_invoice(institute, row)

    assert broken_rules(xml) == []
    assert texts(xml, "InvoiceLine/LineExtensionAmount") == ["0.00", "46.23"]


def test_a_fee_outside_vat_stands_on_the_credit_note(institute: Institute) -> None:
    """Half is kept as a fee outside VAT: the seat is credited whole, the fee charged, 7 500.00 goes back."""
    terms = Terms(
        0, (Tier(date(2026, 8, 1), 0), Tier(date(2027, 1, 3), 5_000), Tier(None, 10_000)), fee_outside_vat=True
    )
    season = institute.season("Konferens", 20, PriceList(0, (Price(kronor(12_000)),)), terms)
    made = book(institute, season, institute.bolt, None)
    cancel(institute, institute.admin, made.booking_id, 1)
    [note] = documents(institute, "credit_note")

    assert (note.net, note.vat, note.gross) == (-4_500_00, -3_000_00, -7_500_00)
    xml = e_invoice(institute, note)
    assert broken_rules(xml) == []
    assert texts(xml, "CreditNoteLine/CreditedQuantity") == ["1", "-1"]
    assert texts(xml, "TaxTotal/TaxSubtotal/TaxCategory/ID") == ["S", "E"]


@pytest.mark.parametrize(("outside", "words"), [(True, "avbokningsavgift utan moms"), (False, "samma moms som priset")])
def test_the_terms_say_what_vat_is_on_what_is_kept(*, outside: bool, words: str) -> None:
    terms = Terms(0, (Tier(date(2027, 1, 3), 5_000), Tier(None, 10_000)), fee_outside_vat=outside)

    assert words in terms_sentences(terms, read_phrases().speaking("sv"))[-1]
    assert len(terms_sentences(free_before(date(2027, 1, 3)), read_phrases().speaking("sv"))) == 2


def test_what_was_set_off_is_prepaid_on_the_e_invoice_and_on_paper(institute: Institute) -> None:
    """Paid, cancelled and the cancellation undone: the new invoice says so, and asks for nothing."""
    season = institute.season("Nätverk", 20, PriceList(0, (Price(kronor(15_000)),)), FREELY)
    command = MakeBooking(season, seated(None), kommunen(institute), reference="Ref 4711")
    made = institute.services.bookings.make(institute.admin, command).answer
    [row] = documents(institute)
    pay = RecordPayment(InvoiceId(row.document_id), row.payable, "BG 1", institute.clock.instant.date())
    institute.services.invoices.record_payment(institute.finance, pay)
    undone = UndoCancellation(cancel(institute, institute.admin, made.booking_id).cancellation_id)
    institute.services.reinstatements.undo(institute.admin, undone)

    anew = max(documents(institute, "invoice"), key=lambda each: each.number)
    xml = e_invoice(institute, anew)
    assert broken_rules(xml) == []
    assert texts(xml, "LegalMonetaryTotal/PrepaidAmount") == ["18750.00"]
    assert texts(xml, "LegalMonetaryTotal/PayableAmount") == ["0.00"]
    view = institute.services.invoice_questions.one(institute.finance, anew.document_id)
    assert "Avräknat" in str(paper := PaperWords(read_phrases()).facts(view, is_copy=False))
    assert paper["total"] == ["Att betala, SEK", "0,00"]
