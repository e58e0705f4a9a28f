"""Fees, interest and compensation are asked of whom the invoice is made out to; a paper is in their language."""

from __future__ import annotations

from datetime import date

from application.booking.booking import MakeBooking
from application.kernel.payer import TypedBuyer
from application.payments.interest import ClaimInterest
from application.payments.payment_rules import AgreePaymentRules
from domain.kernel.ids import InvoiceId
from domain.kernel.terms import free_before
from domain.programme.price import Price, PriceList
from tests.samples import Institute, kronor
from tests.scenarios.payments.test_reminders import on
from tests.scenarios.story import documents, seated, whole

FIRM = TypedBuyer("Annas Firma", "556999-8007", "Åvägen 7, 111 11 Byn")


def booked(institute: Institute, billing: TypedBuyer | None) -> None:
    """A private person's invoice that is due on 2026-10-01; she reads English."""
    anna = institute.member("Anna")
    institute.services.people.read_in(anna, "en")
    season = institute.season("Höst", 10, PriceList(0, (Price(kronor(12_000)),)), free_before(date(2027, 1, 3)))
    seats = seated(anna.person_id)
    made = MakeBooking(season, seats, reference="Ref 17", order_number="PO 4711", billing=billing)
    institute.services.bookings.make(anna, made)
    institute.catch_up()


def asked(institute: Institute) -> list[tuple[str | None, ...]]:
    """Of each invoice its buyer: name, number, address, reference and order."""
    views = [whole(institute, row) for row in documents(institute, "invoice")]
    return [
        (each.row.buyer, each.buyer_org_number, each.buyer_address, each.row.reference, each.terms.order_number)
        for each in views
    ]


def test_a_fee_and_interest_are_asked_of_the_buyer_that_was_typed(institute: Institute) -> None:
    institute.services.payment_rules.agree(institute.finance, AgreePaymentRules(reminder_fee=60_00))
    booked(institute, FIRM)
    on(institute, "2026-10-05")
    [first, *_] = documents(institute, "invoice")
    institute.services.interests.claim(institute.finance, ClaimInterest(InvoiceId(first.document_id)))
    assert asked(institute) == [("Annas Firma", "5569998007", "Åvägen 7, 111 11 Byn", "Ref 17", "PO 4711")] * 3


def test_a_private_persons_paper_is_in_the_language_they_read(institute: Institute) -> None:
    booked(institute, None)
    [row] = documents(institute, "invoice")
    assert (whole(institute, row).terms.language, row.buyer) == ("en", "Anna")
