"""What the stories about documents say again and again: who is invoiced how, what is bought, the e-invoice of it."""

from __future__ import annotations

from application.billing.queries.invoice import DocumentRow
from application.booking.agreement import GoodsBeside
from application.booking.booking import MakeBooking
from application.booking.purchase import MakePurchase, PurchaseMade
from application.people.organisation import GiveBillingDetails, RegisterOrganisation
from application.programme.goods import OfferGoods
from domain.kernel.eligibility import Sector
from domain.kernel.ids import BookingId, OrganisationId, SeasonId
from domain.kernel.vat import VAT_6
from tests.samples import Institute, kronor
from tests.scenarios.story import seated


def kommunen(institute: Institute) -> OrganisationId:
    """A municipality that takes e-invoices only, with a reference."""
    command = RegisterOrganisation("Kommunen K", "212000-9903", Sector.MUNICIPALITY)
    k = institute.services.organisations.register(institute.admin, command).answer.organisation_id
    billed(institute, k, "0007:2120009903", needs_reference=True)
    return k


def billed(
    institute: Institute, organisation: OrganisationId, peppol_id: str = "", *, needs_reference: bool = False
) -> None:
    """How an organisation wants its invoices."""
    details = GiveBillingDetails(organisation, "Rådhuset, 111 11 K", "", peppol_id, needs_reference)
    institute.services.organisations.give_billing_details(institute.admin, details)


def collective(institute: Institute, organisation: OrganisationId) -> None:
    """An organisation that is invoiced once a month."""
    details = GiveBillingDetails(organisation, "Storgatan 1, 111 22 Stockholm", is_collective=True)
    institute.services.organisations.give_billing_details(institute.admin, details)


def close_the_month(institute: Institute) -> None:
    """It is October: what was bought in September is invoiced."""
    institute.catch_up()
    institute.at(2026, 10, 1)
    institute.house.worker.jobs.finish()


def book_with_order(institute: Institute, season: SeasonId, organisation: OrganisationId, order_number: str) -> None:
    """A seat, ordered with the buyer's own number."""
    command = MakeBooking(season, seated(None), organisation, order_number=order_number)
    institute.services.bookings.make(institute.admin, command)


def buy(
    institute: Institute, organisation: OrganisationId, copies: int, *, price: int = 125, postage: int = 0
) -> PurchaseMade:
    """Copies of the book for an organisation."""
    offered = OfferGoods("Boken", kronor(price), kronor(postage), VAT_6)
    goods_id = institute.services.goods.offer(institute.admin, offered).answer.goods_id
    command = MakePurchase(goods_id, copies, "Storgatan 1", "Eva", "eva@example.org", organisation)
    return institute.services.purchases.make(institute.admin, command).answer


def e_invoice(institute: Institute, row: DocumentRow) -> bytes:
    """A document as XML."""
    return institute.services.papers.xml(institute.finance, row.document_id).content


def book_with_a_book(institute: Institute, season: SeasonId) -> BookingId:
    """A seat for Anna at Acme, and one copy of the book, without postage."""
    offered = OfferGoods("Boken", kronor(125), kronor(0), VAT_6)
    goods_id = institute.services.goods.offer(institute.admin, offered).answer.goods_id
    goods = GoodsBeside(goods_id, 1, "Storgatan 1, 111 22 Stockholm")
    anna = institute.person("Anna", institute.acme)
    command = MakeBooking(season, seated(anna), institute.acme, goods=goods)
    return institute.services.bookings.make(institute.admin, command).answer.booking_id
