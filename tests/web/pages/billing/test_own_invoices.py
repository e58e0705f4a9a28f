"""A member's own invoices: the list, the invoice and the booking say alike how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from application.billing.invoice import RecordPayment
from application.billing.queries.invoice import DocumentRow
from application.booking.booking import MakeBooking
from application.kernel.actor import SYSTEM
from application.kernel.ports import CommandContext, UnitOfWork
from application.payments.account_entry import PaymentRef
from application.payments.payment_rules import AgreePaymentRules
from application.people.participant import Participant
from domain.billing.dispute import open_dispute
from domain.billing.invoice import Invoice
from domain.billing.invoice_payment import receive
from domain.kernel.ids import BookingId, InvoiceId
from domain.kernel.money import Means, Money
from tests.scenarios.story import cancel, documents
from tests.web.stage import SLUG, Stage, stage

MINUS = "\N{MINUS SIGN}"


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def invoiced(acted: Stage) -> DocumentRow:
    """Acme, whose contact Anna is, has booked a seat for 7 500 kr and been invoiced."""
    made = acted.institute
    made.services.bookings.make(made.admin, MakeBooking(acted.conference, (Participant(),), made.acme))
    return documents(made, "invoice")[-1]


def read(acted: Stage, row: DocumentRow, words: str) -> None:
    """Anna reads the words in the list, on the invoice and at the booking."""
    anna = acted.browser("anna")
    for address in ("invoices", f"invoices/{row.document_id}", f"bookings/{row.source_id}"):
        page = anna.open(f"/{SLUG}/{address}").words.lower()
        assert words in page, f"{address}: {page}"


def test_a_member_reads_that_a_reminder_has_been_sent(acted: Stage) -> None:
    row, made = invoiced(acted), acted.institute
    made.services.payment_rules.agree(made.finance, AgreePaymentRules())
    made.clock.instant = datetime(2027, 3, 1, 6, tzinfo=UTC)
    for _ in range(2):
        made.catch_up()
        made.house.worker.jobs.finish()

    read(acted, row, "förfallen, påmind")


def test_a_member_reads_that_a_payment_is_disputed(acted: Stage) -> None:
    row, made = invoiced(acted), acted.institute

    def dispute(work: UnitOfWork) -> PaymentRef:
        invoice = work.load(Invoice, row.document_id)
        receive(invoice, Money(row.gross), "card", date(2026, 9, 1), Means.CARD)
        open_dispute(invoice, "dp_1", Money(row.gross), date(2026, 9, 2))
        return PaymentRef(invoice.id, 0)

    made.house.store.decisions.execute(CommandContext(SYSTEM), PaymentRef, dispute)
    made.catch_up()

    read(acted, row, "bestridd")
    assert "betald" not in acted.browser("anna").open(f"/{SLUG}/invoices").words.partition("bestridd")[0].lower()


def test_a_member_reads_that_money_is_to_come_back(acted: Stage) -> None:
    row, made = invoiced(acted), acted.institute
    paid = RecordPayment(InvoiceId(row.document_id), row.gross, "BG 1", date(2026, 9, 1))
    made.services.invoices.record_payment(made.finance, paid)
    made.catch_up()
    anna = acted.browser("anna")
    assert "ska betalas tillbaka" not in anna.open(f"/{SLUG}/invoices").words
    cancel(made, made.admin, BookingId(row.source_id))

    anna.open(f"/{SLUG}/invoices").says("ska betalas tillbaka", f"{MINUS}7 500,00")
    assert "to be paid back" in acted.browser("anna", "en").open(f"/{SLUG}/invoices").words
