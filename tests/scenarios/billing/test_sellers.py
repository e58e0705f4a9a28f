"""Sellers and buyers of five countries: what stands on paper and in e-invoices, and which VAT a seller may charge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from application.billing.crediting import CreditInvoice
from application.kernel.actor import SYSTEM, Actor, Role
from application.people.organisation import GiveBillingDetails, RegisterOrganisation
from application.people.organiser import ArrangeInvoicing, FoundOrganiser, GivePaymentDetails
from application.programme.goods import OfferGoods
from application.programme.price import AgreePrices
from application.programme.season import OpenBooking
from domain.kernel.errors import BadValue
from domain.kernel.ids import InvoiceId, OrganisationId
from domain.kernel.money import Money
from domain.kernel.terms import free_before
from domain.kernel.vat import EXEMPT, NO_VAT, VAT_6, VAT_25, VatExemption, VatRate
from domain.people.selling import NoVatNumber
from domain.programme.price import Price, PriceList
from tests.samples import Institute, kronor
from tests.scenarios.e_invoice_rules import broken_rules, texts
from tests.scenarios.paper_trail import close_the_month, e_invoice
from tests.scenarios.story import book, documents
from web.words.language import read_phrases
from web.words.paper_words import PaperWords

FREELY = free_before(date(2027, 1, 3))


@dataclass(frozen=True)
class Home:
    """What a seller or buyer of a country is called by."""

    org_number: str
    vat_number: str
    currency: str
    rate: int
    address: str


HOMES = {
    "SE": Home("556999-0004", "SE556999000401", "SEK", 2_500, "Gatan 1, 111 22 Stockholm"),
    "NO": Home("974 760 673", "974760673 MVA", "NOK", 2_500, "Gata 1, 0150 Oslo"),
    "DK": Home("13585628", "13585628", "DKK", 2_500, "Gade 1, 1050 København"),
    "FI": Home("2077474-0", "20774740", "EUR", 2_550, "Katu 1, 00100 Helsinki"),
    "DE": Home("HRB 12345", "136695976", "EUR", 1_900, "Straße 1, 10115 Berlin"),
}
IBAN = {
    "SE": "SE45 5000 0000 0583 9825 7466",
    "NO": "NO93 8601 1117 947",
    "DK": "DK50 0040 0440 1162 43",
    "FI": "FI21 1234 5600 0007 85",
    "DE": "DE89 3704 0044 0532 0130 00",
}


def seller_of(institute: Institute, country: str, vat_number: str | None = None, **arranged: object) -> Institute:
    """A new organiser of that country, paid to an IBAN."""
    home, services = HOMES[country], institute.services
    number = home.vat_number if vat_number is None else vat_number
    command = FoundOrganiser("Selger", "selger", home.org_number, number, home.currency, country=country)
    organiser = services.organisers.found(SYSTEM, command).answer.organiser_id
    admin = Actor("admin", organiser, frozenset({Role.ADMIN, Role.FINANCE}))
    details = GivePaymentDetails(organiser, home.address, "", iban=IBAN[country], bic="DEUTDEFF")
    services.organisers.give_payment_details(admin, details)
    told = {"contact": "Ekonomi", "phone": "08-123 45 67", "email": "e@example.org", "registered_office": "Lund"}
    services.organisers.arrange_invoicing(admin, ArrangeInvoicing(organiser, **{**told, **arranged}))  # type: ignore[arg-type]  # a test's own words
    return replace(institute, organiser=organiser, admin=admin, finance=admin)


def buyer_of(institute: Institute, country: str) -> OrganisationId:
    """An organisation of that country that the seller knows."""
    home, organisations = HOMES[country], institute.services.organisations
    registered = organisations.register(institute.admin, RegisterOrganisation("Kund", home.org_number, country=country))
    buyer = registered.answer.organisation_id
    details = GiveBillingDetails(buyer, home.address, home.vat_number)
    organisations.give_billing_details(institute.admin, details)
    return buyer


def at_rates(seller: str, *rates: VatRate) -> PriceList:
    return PriceList(0, tuple(Price(Money(100_000, HOMES[seller].currency), vat=rate) for rate in rates))


@pytest.mark.parametrize("seller", HOMES)
@pytest.mark.parametrize("buyer", HOMES)
def test_invoices_and_credit_notes_keep_every_rule_of_peppol(institute: Institute, seller: str, buyer: str) -> None:
    sells = seller_of(institute, seller)
    season = sells.season("Konferens", 20, at_rates(seller, VatRate(HOMES[seller].rate)), FREELY)
    book(sells, season, buyer_of(sells, buyer), None)
    [row] = documents(sells)
    sells.services.crediting.credit(sells.finance, CreditInvoice(InvoiceId(row.document_id), "Fel"))

    found = {each.kind: e_invoice(sells, each) for each in (row, *documents(sells, "credit_note"))}

    assert {kind: broken_rules(xml) for kind, xml in found.items()} == {"invoice": [], "credit_note": []}
    [country] = texts(found["invoice"], "AccountingSupplierParty/Party/PostalAddress/Country/IdentificationCode")
    assert country == seller


@pytest.mark.parametrize("rate", [EXEMPT, NO_VAT])
@pytest.mark.parametrize("country", HOMES)
def test_what_has_no_vat_keeps_them_too(institute: Institute, country: str, rate: VatRate) -> None:
    sells = seller_of(institute, country)
    season = sells.season("Årsmöte", 20, at_rates(country, rate), FREELY)
    book(sells, season, buyer_of(sells, country), None)
    [row] = documents(sells)

    assert broken_rules(e_invoice(sells, row)) == []


@pytest.mark.parametrize("buyer", HOMES)
def test_mixed_rates_and_reasons_on_one_document_keep_them_as_well(institute: Institute, buyer: str) -> None:
    """Seats at 25 %, exempt and outside VAT on the collective invoice of a month."""
    payer = buyer_of(institute, buyer) if buyer != "SE" else institute.delta
    details = GiveBillingDetails(payer, HOMES[buyer].address, HOMES[buyer].vat_number, is_collective=True)
    institute.services.organisations.give_billing_details(institute.admin, details)
    for rate in (VAT_25, EXEMPT, NO_VAT):
        season = institute.season(f"Säsong {rate.kind}", 20, at_rates("SE", rate), FREELY)
        book(institute, season, payer, None)
    close_the_month(institute)

    [row] = documents(institute)

    xml = e_invoice(institute, row)
    assert broken_rules(xml) == []
    assert sorted(texts(xml, "TaxTotal/TaxSubtotal/TaxCategory/ID")) == ["E", "S"]


def test_a_seller_says_its_seat_its_accounts_and_whom_to_ask(institute: Institute) -> None:
    """ABL 28:5: on paper and in the e-invoice, each account by its own means."""
    services, organiser = institute.services, institute.organiser
    told = GivePaymentDetails(
        organiser, "Gatan 2, 111 30 Stockholm", "991-2346", 30, "902003-3", "se4550000000058398257466", "essesess"
    )
    services.organisers.give_payment_details(SYSTEM, told)
    arranged = ArrangeInvoicing(organiser, contact="Eva", phone="08-1234567", registered_office="Uppsala")
    services.organisers.arrange_invoicing(institute.finance, arranged)
    book(institute, institute.conference(), institute.bolt, None)
    [row] = documents(institute)

    xml = e_invoice(institute, row)
    view = services.invoice_questions.one(institute.finance, row.document_id)
    paper = str(PaperWords(read_phrases()).facts(view, is_copy=False))

    assert broken_rules(xml) == []
    assert texts(xml, "PaymentMeans/PaymentMeansCode") == ["30", "30", "30"]
    assert texts(xml, "PaymentMeans/PayeeFinancialAccount/ID") == ["9912346", "9020033", "SE4550000000058398257466"]
    branches = texts(xml, "PaymentMeans/PayeeFinancialAccount/FinancialInstitutionBranch/ID")
    assert branches == ["SE:BANKGIRO", "SE:PLUSGIRO", "ESSESESS"]
    assert texts(xml, "AccountingSupplierParty/Party/PartyLegalEntity/CompanyLegalForm") == ["Säte: Uppsala"]
    assert texts(xml, "AccountingSupplierParty/Party/Contact/Telephone") == ["08-1234567"]
    for sentence in ("Säte", "Uppsala", "Plusgiro", "902003-3", "SE4550000000058398257466", "ESSESESS", "08-1234567"):
        assert sentence in paper


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        *(({"bankgiro": ""}, "bankgiro"), ({"bankgiro": "991-2347"}, "bankgiro"), ({"plusgiro": "1"}, "plusgiro")),
        *(({"iban": "SE45"}, "iban"), ({"bic": "ESSESESS"}, "iban")),
    ],
)
def test_an_account_that_cannot_be_paid_to_is_refused(
    institute: Institute, changed: dict[str, str], field: str
) -> None:
    told = {"bankgiro": "991-2346", "plusgiro": "", "iban": "", "bic": "", **changed}
    details = GivePaymentDetails(institute.organiser, "Gatan 1", payment_days=30, **told)
    with pytest.raises(BadValue) as refused:
        institute.services.organisers.give_payment_details(SYSTEM, details)
    assert refused.value.facts["field"] == field


def test_a_seller_without_a_vat_number_sells_nothing_with_vat(institute: Institute) -> None:
    """ML 17:24: refused when the price is agreed, before anything is booked or issued; without VAT it may sell."""
    sells = seller_of(institute, "SE", vat_number="")
    with pytest.raises(NoVatNumber):
        sells.season("Konferens", 20, at_rates("SE", VAT_25), FREELY)
    with pytest.raises(NoVatNumber):
        sells.services.goods.offer(sells.admin, OfferGoods("Bok", kronor(125), kronor(0), VAT_6))
    season = sells.season("Årsmöte", 20, at_rates("SE", NO_VAT), FREELY)
    with pytest.raises(NoVatNumber):
        sells.services.seasons.agree_prices(sells.admin, AgreePrices(season, at_rates("SE", VAT_25).prices))


def test_booking_is_not_opened_once_the_vat_number_is_gone(institute: Institute) -> None:
    sells = seller_of(institute, "SE")
    season = sells.season("Konferens", 20, at_rates("SE", VAT_25), FREELY)
    sells.services.organisers.arrange_invoicing(sells.admin, ArrangeInvoicing(sells.organiser, vat_number=""))
    with pytest.raises(NoVatNumber):
        sells.services.seasons.open_booking(sells.admin, OpenBooking(season))


@pytest.mark.parametrize(
    ("exemption", "words"), [(VatExemption.SMALL, "18 kap."), (VatExemption.ASSOCIATION, "4 kap. 6 §")]
)
def test_an_exempt_seller_says_so(institute: Institute, exemption: VatExemption, words: str) -> None:
    """ML 17:28 p. 6: no VAT on anything, and the ground on the invoice."""
    sells = seller_of(institute, "SE", vat_number="", vat_exemption=exemption)
    with pytest.raises(NoVatNumber):
        sells.season("Konferens", 20, at_rates("SE", VAT_25), FREELY)
    season = sells.season("Konferens", 20, at_rates("SE", EXEMPT), FREELY)
    book(sells, season, buyer_of(sells, "SE"), None)
    [row] = documents(sells)

    xml = e_invoice(sells, row)
    view = sells.services.invoice_questions.one(sells.finance, row.document_id)

    assert broken_rules(xml) == []
    assert words in texts(xml, "TaxTotal/TaxSubtotal/TaxCategory/TaxExemptionReason")[0]
    assert words in str(PaperWords(read_phrases()).facts(view, is_copy=False)["notes"])


@pytest.mark.parametrize("rate", [800, 2_000, 1, 10_000, 0])
def test_a_rate_that_sweden_has_not_is_refused(institute: Institute, rate: int) -> None:
    """ML 9 kap.: 25, 12 and 6 %; none at all only with its reason."""
    with pytest.raises(BadValue) as refused:
        institute.season("Konferens", 20, at_rates("SE", VatRate(rate)), FREELY)
    assert refused.value.facts["field"] == "vat"


def test_a_rate_is_that_of_the_day(institute: Institute) -> None:
    """Finland: 14 % until 2025, 13.5 % from 2026-01-01."""
    sells = seller_of(institute, "FI")
    with pytest.raises(BadValue):
        sells.season("Middag", 20, at_rates("FI", VatRate(1_400)), FREELY)
    sells.season("Middag", 20, at_rates("FI", VatRate(1_350)), FREELY)
