"""Invoices and credit notes: facts that stay, never more credited than invoiced, each payment once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.billing.invoice import CreditedMoreThanInvoiced, Invoice
from domain.billing.invoice_payment import PaymentKnown, receive
from domain.billing.number_series import NumberSeries
from domain.kernel.documents import Buyer, LineKind, Seller, Supply, line
from domain.kernel.errors import BadValue
from domain.kernel.ids import CreditNoteId
from domain.kernel.money import Money
from domain.kernel.personal import Encrypted
from domain.kernel.vat import VAT_25
from tests.domain.vocabulary import ACME, ORGANISER, fact, given, kronor

NOTE = CreditNoteId(UUID(int=5))
DAY = date(2026, 12, 15)


def invoice() -> Invoice:
    return Invoice(
        id=UUID(int=4),
        organiser_id=ORGANISER,
        number=1,
        source_id=UUID(int=41),
        seller=Seller("Institutet", "5560360793", "", "Lilla gatan 2", "991-2346"),
        buyer=Buyer(ACME, None, "5569990004", "", "", Encrypted("ledger", ORGANISER, "2026", "buyer", b"...")),
        issued_on=date(2026, 12, 1),
        due_on=date(2026, 12, 31),
        supply=(Supply("Dag 1", "2027-02-03"),),
        lines=(line(LineKind.SEAT, "Konferens", 3, kronor(6_000), VAT_25),),
        currency="SEK",
        ocr="133",
    )


def test_a_credit_note_lowers_what_is_owed() -> None:
    issued = invoice()

    given(issued).when(Invoice.credit, NOTE, kronor(7_500), date(2026, 12, 15)).then(
        fact(Invoice.Credited, credit_note_id=NOTE, amount=kronor(7_500))
    )
    assert issued.balance == kronor(15_000)
    assert issued.sums.gross == kronor(22_500)


def test_never_more_is_credited_than_was_invoiced() -> None:
    issued = invoice()
    issued.credit(NOTE, kronor(22_500), date(2026, 12, 15))

    given(issued).when(Invoice.credit, NOTE, Money(1), date(2026, 12, 15)).refused(CreditedMoreThanInvoiced, open=0)


def test_a_payment_is_recorded_once_for_each_reference() -> None:
    issued = invoice()

    given(issued).when(receive, kronor(7_400), " BG 1 ", DAY).then(
        fact(
            Invoice.PaymentReceived,
            amount=kronor(7_400),
            reference="BG 1",
            received_on=DAY,
            means="bank",
            payment_id=None,
            arrived_on=None,
        )
    )
    given(issued).when(receive, kronor(7_400), "BG 1", DAY).refused(PaymentKnown, reference="BG 1")
    assert issued.balance == kronor(15_100)


@pytest.mark.parametrize("amount", [Money(0), Money(-1), Money(100, "EUR")])
def test_a_payment_is_money_in_the_invoices_currency(amount: Money) -> None:
    given(invoice()).when(receive, amount, "BG 1", DAY).refused(BadValue, field="amount")


def test_a_series_has_no_gaps() -> None:
    series = NumberSeries(organiser_id=ORGANISER, documents="invoice", first=1)

    given(series).when(NumberSeries.draw, UUID(int=4)).then(fact(NumberSeries.Drawn, number=1, document_id=UUID(int=4)))
    assert [series.draw(UUID(int=no)) for no in range(5, 9)] == [2, 3, 4, 5]
