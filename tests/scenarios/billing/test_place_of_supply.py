"""What crosses a border: seats online and in a room, goods, to businesses and people, in and out of the Union."""

from __future__ import annotations

from datetime import date

import pytest

from application.accounting.queries.ledger import Period
from application.booking.booking import MakeBooking
from application.booking.purchase import MakePurchase
from application.people.organisation import GiveBillingDetails, RegisterOrganisation
from application.programme.goods import OfferGoods
from application.programme.meeting import PlannedMeeting
from domain.kernel.errors import BadValue
from domain.kernel.ids import OrganisationId, SeasonId
from domain.kernel.place_of_supply import GoodsNotSentThere, VatNumberNeeded
from domain.kernel.terms import free_before
from domain.kernel.vat import VAT_6, VAT_25, VatKind, VatRate
from domain.programme.meeting import Format, Place
from domain.programme.price import Price, PriceList
from tests.samples import Institute, full_day, kronor
from tests.scenarios.e_invoice_rules import broken_rules, texts
from tests.scenarios.paper_trail import e_invoice
from tests.scenarios.story import book, cancel, documents, seated
from web.words.language import read_phrases
from web.words.paper_words import PaperWords

ABROAD = {
    "DK": ("13585628", "DK13585628"),
    "FI": ("2077474-0", "FI20774740"),
    "DE": ("HRB 12345", "DE136695976"),
    "NO": ("974760673", "NO974760673MVA"),
    "US": ("12-3456789", ""),
}
ONLINE = Place(Format.ONLINE, venue="")


def company(institute: Institute, country: str, *, is_registered: bool = True) -> OrganisationId:
    number, vat_number = ABROAD[country]
    organisations = institute.services.organisations
    made = organisations.register(institute.admin, RegisterOrganisation("Kund", number, country=country)).answer
    details = GiveBillingDetails(made.organisation_id, "Gade 1, 1050 By", vat_number if is_registered else "")
    organisations.give_billing_details(institute.admin, details)
    return made.organisation_id


def season(institute: Institute, *formats: Format, includes_vat: bool = False) -> SeasonId:
    meetings = tuple(
        PlannedMeeting(f"Träff {no}", full_day("", 2027, no, 3).time, _place(each))
        for no, each in enumerate(formats, 1)
    )
    prices = PriceList(0, (Price(kronor(12_500 if includes_vat else 10_000), includes_vat=includes_vat),))
    return institute.season("Nätverk", 20, prices, free_before(meetings[0].time.start_at.date()), meetings=meetings)  # type: ignore[union-attr]  # they have a start


def _place(how: Format) -> Place:
    return Place(how, venue="" if how is Format.ONLINE else "Salen")


@pytest.mark.parametrize("country", ["DK", "FI", "DE"])
@pytest.mark.parametrize("includes_vat", [False, True])
def test_an_online_seat_for_a_company_in_the_union_is_reverse_charged(
    institute: Institute, country: str, *, includes_vat: bool
) -> None:
    """Art. 44, 53 and 54: the same net, no VAT, AE with its note on paper and in the e-invoice."""
    online = season(institute, Format.ONLINE, Format.ONLINE, includes_vat=includes_vat)
    book(institute, online, company(institute, country), None, None)
    [row] = documents(institute)

    assert (row.net, row.vat, row.gross) == (20_000_00, 0, 20_000_00)
    xml = e_invoice(institute, row)
    assert broken_rules(xml) == []
    category = "TaxTotal/TaxSubtotal/TaxCategory"
    assert (texts(xml, f"{category}/ID"), texts(xml, f"{category}/TaxExemptionReasonCode")) == (["AE"], ["VATEX-EU-AE"])
    assert texts(xml, "AccountingCustomerParty/Party/PartyTaxScheme/CompanyID") == [ABROAD[country][1]]
    view = institute.services.invoice_questions.one(institute.finance, row.document_id)
    assert "Omvänd betalningsskyldighet / Reverse charge" in str(PaperWords(read_phrases()).facts(view, is_copy=False))


@pytest.mark.parametrize("formats", [(Format.ON_SITE,), (Format.HYBRID,), (Format.ONLINE, Format.ON_SITE)])
@pytest.mark.parametrize("country", ["DK", "US"])
def test_admission_here_has_swedish_vat_whoever_buys(
    institute: Institute, country: str, formats: tuple[Format, ...]
) -> None:
    book(institute, season(institute, *formats), company(institute, country), None)
    [row] = documents(institute)

    assert (row.net, row.vat) == (10_000_00, 2_500_00)
    assert broken_rules(e_invoice(institute, row)) == [] or country == "US"


@pytest.mark.parametrize("country", ["NO", "US"])
def test_an_online_seat_for_a_business_outside_the_union_has_no_swedish_vat(institute: Institute, country: str) -> None:
    book(institute, season(institute, Format.ONLINE), company(institute, country), None)
    [row] = documents(institute)

    assert (row.net, row.vat) == (10_000_00, 0)
    view = institute.services.invoice_questions.one(institute.finance, row.document_id)
    assert view.lines[0].rate == VatRate(0, VatKind.ABROAD)
    assert texts(e_invoice(institute, row), "TaxTotal/TaxSubtotal/TaxCategory/ID") == ["O"]


def test_an_online_seat_for_a_company_without_a_vat_number_is_refused(institute: Institute) -> None:
    online, buyer = season(institute, Format.ONLINE), company(institute, "DK", is_registered=False)
    with pytest.raises(VatNumberNeeded) as refused:
        book(institute, online, buyer, None)
    assert refused.value.facts == {"country": "DK"}
    assert documents(institute) == []


def test_an_online_seat_here_and_for_people_has_swedish_vat(institute: Institute) -> None:
    online = season(institute, Format.ONLINE)
    book(institute, online, institute.bolt, None)
    member = institute.member("Eva")
    institute.services.bookings.make(member, MakeBooking(online, seated(member.person_id)))
    institute.catch_up()
    assert [row.vat for row in documents(institute)] == [2_500_00, 2_500_00]


def buy(institute: Institute, address: str, buyer: OrganisationId | None = None, country: str = "") -> None:
    offer = OfferGoods("Boken", kronor(106), kronor(53), VAT_6)
    goods_id = institute.services.goods.offer(institute.admin, offer).answer.goods_id
    eva = ("Eva", "eva@example.org")
    command = MakePurchase(goods_id, 2, address, *eva, organisation_id=buyer, country=country)
    institute.services.purchases.make(institute.admin, command)
    institute.catch_up()


@pytest.mark.parametrize(
    ("address", "buyer", "country", "kind", "code"),
    [
        *(
            ("Gade 1, 1050 København", "DK", "", VatKind.EU_GOODS, "K"),
            ("Gate 1, 0150 Oslo", "NO", "", VatKind.EXPORT, "G"),
        ),
        *(
            ("Gate 1, 0150 Oslo, Norge", "", "", VatKind.EXPORT, "G"),
            ("Gate 1, 0150 Oslo", "", "NO", VatKind.EXPORT, "G"),
        ),
        *(("1 Main St, Boston, USA", "DK", "", VatKind.EXPORT, "G"),),
    ],
)
def test_goods_sent_abroad_have_no_vat(
    institute: Institute, address: str, buyer: str, country: str, kind: VatKind, code: str
) -> None:
    """ML 10:42 and 10:64: two books of 106 and postage of 53 incl. 6 % are 250 without."""
    buy(institute, address, company(institute, buyer) if buyer else None, country)
    [row] = documents(institute)
    view = institute.services.invoice_questions.one(institute.finance, row.document_id)

    assert (row.net, row.vat, {each.rate.kind for each in view.lines}) == (250_00, 0, {kind})
    if buyer:
        xml = e_invoice(institute, row)
        assert (broken_rules(xml), texts(xml, "TaxTotal/TaxSubtotal/TaxCategory/ID")) == ([], [code])


@pytest.mark.parametrize(("address", "country"), [("Gade 1, 1050 København, Danmark", ""), ("Straße 1, Berlin", "DE")])
def test_goods_for_a_person_in_the_union_are_refused_with_a_sentence(
    institute: Institute, address: str, country: str
) -> None:
    with pytest.raises(GoodsNotSentThere):
        buy(institute, address, country=country)


def test_an_address_and_a_country_that_differ_are_refused(institute: Institute) -> None:
    with pytest.raises(BadValue) as refused:
        buy(institute, "Gade 1, 1050 København, Danmark", country="NO")
    assert refused.value.facts["field"] == "country"


@pytest.mark.parametrize("address", ["Gatan 1, 111 22 Stockholm", "Gatan 1, 111 22 Stockholm, Sverige"])
def test_goods_sent_within_sweden_have_swedish_vat(institute: Institute, address: str) -> None:
    buy(institute, address)
    [row] = documents(institute)
    assert (row.net, row.vat) == (250_00, 15_00)


def test_a_price_list_says_nothing_of_where_the_buyer_is(institute: Institute) -> None:
    prices = PriceList(0, (Price(kronor(100), vat=VatRate(0, VatKind.REVERSE)), Price(kronor(100), vat=VAT_25)))
    with pytest.raises(BadValue) as refused:
        institute.season("Nätverk", 20, prices)
    assert refused.value.facts["field"] == "vat"


def test_a_buyer_whose_goods_and_credited_services_come_to_nothing_stands_in_the_ec_sales_list(
    institute: Institute,
) -> None:
    """Goods for 250 and services of 250 taken back in October: boxes 35 and 39 have both, and so has the list."""
    buyer, meetings = company(institute, "DK"), (PlannedMeeting("Träff", full_day("", 2027, 2, 3).time, ONLINE),)
    prices = PriceList(0, (Price(kronor(250)),))
    online = institute.season("Nätverk", 20, prices, free_before(date(2027, 1, 3)), meetings=meetings)
    booking = book(institute, online, buyer, None).booking_id
    institute.catch_up()
    institute.at(2026, 10, 5)
    cancel(institute, institute.admin, booking)
    buy(institute, "Gade 1, 1050 København", buyer)
    october = Period(date(2026, 10, 1), date(2026, 10, 31))
    listed = institute.services.vat_return_questions.ec_sales(institute.finance, october)
    assert [(row.vat_number, row.goods, row.services) for row in listed] == [("DK13585628", 250_00, -250_00)]
