"""Sales of every kind of VAT there is, so that reports and files of it have something of each to name."""

from __future__ import annotations

from datetime import date

from application.booking.booking import MakeBooking
from application.booking.purchase import MakePurchase
from application.people.organisation import GiveBillingDetails, RegisterOrganisation
from application.people.participant import Participant
from application.programme.goods import OfferGoods
from application.programme.meeting import PlannedMeeting
from domain.kernel.ids import OrganisationId
from domain.kernel.money import Money
from domain.kernel.terms import free_before
from domain.kernel.vat import EXEMPT, NO_VAT, VAT_6, VAT_12
from domain.programme.meeting import Format, Place
from domain.programme.price import Price, PriceList
from tests.samples import Institute, full_day, kronor

COMPANIES = {"DK": ("13585628", "DK13585628"), "US": ("12-3456789", "")}
HERE = (VAT_12, EXEMPT, NO_VAT)


def sold_abroad(made: Institute) -> None:
    """A seat and goods for companies within the Union and outside it, and seats here at every other rate."""
    where = (PlannedMeeting("Träff", full_day("", 2027, 4, 3).time, Place(Format.ONLINE)),)
    prices = PriceList(0, (Price(kronor(10_000)),))
    online = made.season("På nätet", 20, prices, free_before(date(2027, 4, 3)), meetings=where)
    book = OfferGoods(made.dress("Boken"), kronor(106), Money(0), VAT_6)
    sold = made.services.goods.offer(made.admin, book).answer.goods_id
    for country in COMPANIES:
        buyer = _company(made, country)
        made.services.bookings.make(made.admin, MakeBooking(online, (Participant(),), buyer))
        address, email = made.dress("Gade 1"), f"kund.{country.lower()}@example.org"
        to = MakePurchase(sold, 1, address, made.dress("Kund"), email, organisation_id=buyer, country=country)
        made.services.purchases.make(made.admin, to)
    for rate in HERE:
        season = made.season("Här", 5, PriceList(0, (Price(kronor(500), vat=rate),)), free_before(date(2027, 1, 3)))
        made.services.bookings.make(made.admin, MakeBooking(season, (Participant(),), made.acme))
    made.catch_up()


def _company(made: Institute, country: str) -> OrganisationId:
    """A company there, which is known if the pages have been gone through before."""
    known = made.services.people_questions.every_organisation(made.admin)
    if found := next((each for each in known if each.country == country), None):
        return found.organisation_id
    number, vat_number = COMPANIES[country]
    command = RegisterOrganisation(made.dress("Kund"), number, country=country)
    organisations = made.services.organisations
    organisation_id = organisations.register(made.admin, command).answer.organisation_id
    details = GiveBillingDetails(organisation_id, made.dress("Gade 1, 1050 By"), vat_number)
    organisations.give_billing_details(made.admin, details)
    return organisation_id
