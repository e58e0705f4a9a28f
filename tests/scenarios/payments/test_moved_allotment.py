"""A payment that was allotted to the wrong invoice is moved in the open; nothing booked before is changed (S54)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from application.accounting.bookkeeping import ExportPeriod
from application.accounting.queries.ledger import PostingFilter
from application.billing.queries.invoice import DocumentRow
from application.payments.payment import MoveAllotment
from application.payments.receivable import RecordRefund
from domain.billing.invoice_payment import MoneyGoneBack
from domain.kernel.errors import BadValue, NotAllowed
from domain.kernel.ids import BookingId, InvoiceId
from domain.payments.payment import NotAllottedThere, Payment
from tests.samples import Institute
from tests.scenarios.payments.test_bank_file import entry, invoiced, statement, suspended, take_in
from tests.scenarios.story import cancel, documents

WHY = "Betalaren skrev fel nummer"


def paid_wrongly(institute: Institute, amount: str = "7500.00") -> tuple[UUID, DocumentRow, DocumentRow]:
    """Two invoices of 7 500.00; the first has got a payment that is for the second."""
    first, second = invoiced(institute, institute.acme, institute.acme)
    file = statement(entry("A1", amount, first.ocr))
    [shown] = institute.services.bank.preview(institute.finance, file)
    take_in(institute, file)
    source = shown.entry.source
    return Payment.create_id(institute.organiser, source), first, second


def move(
    institute: Institute, payment_id: UUID, of: DocumentRow, to: DocumentRow | None, amount: int = 7_500_00
) -> int:
    target = InvoiceId(to.document_id) if to else None
    command = MoveAllotment(payment_id, InvoiceId(of.document_id), amount, target, WHY)
    left = institute.services.payments.move(institute.finance, command).answer.left
    institute.catch_up()
    return left


def owed(institute: Institute) -> dict[int, int]:
    return {row.number: row.balance for row in documents(institute, "invoice")}


def test_it_goes_to_the_invoice_that_it_was_for(institute: Institute) -> None:
    payment_id, first, second = paid_wrongly(institute)
    institute.at(2027, 1, 20)
    assert move(institute, payment_id, first, second) == 0
    assert owed(institute) == {first.number: 7_500_00, second.number: 0}
    told = institute.services.bank.allotments(institute.finance, payment_id)
    assert [(row.number, row.amount, row.reason) for row in told] == [
        (first.number, 7_500_00, ""),
        (first.number, -7_500_00, WHY),
        (second.number, 7_500_00, ""),
    ]
    late = institute.services.payment_questions.late(institute.finance, date(2027, 6, 1))
    assert [row.number for row in late] == [first.number]


def test_or_to_nobody_yet(institute: Institute) -> None:
    payment_id, first, second = paid_wrongly(institute)
    assert move(institute, payment_id, first, None, 2_500_00) == 2_500_00
    assert owed(institute) == {first.number: 2_500_00, second.number: 7_500_00}
    assert suspended(institute) == [2_500_00]


def test_the_books_get_a_voucher_of_today_and_keep_those_of_before(institute: Institute) -> None:
    """Bokföringslagen 5:5: a correction says when it was made; a month that was handed over stays to the byte."""
    payment_id, first, second = paid_wrongly(institute)
    institute.at(2027, 1, 5)
    institute.services.bookkeeping.export(institute.finance, ExportPeriod(date(2026, 1, 1), date(2026, 12, 31)))
    institute.catch_up()
    before = institute.services.bookkeeping_questions.file(institute.finance, 1).content
    institute.at(2027, 1, 20)
    move(institute, payment_id, first, second)
    asked = PostingFilter(from_on=date(2027, 1, 1))
    rows = institute.services.ledger.postings(institute.finance, asked).items
    assert sorted((str(row.day), row.account, row.amount) for row in rows) == [
        ("2027-01-20", "receivable", -7_500_00),
        ("2027-01-20", "receivable", 7_500_00),
        ("2027-01-20", "unallotted", -7_500_00),
        ("2027-01-20", "unallotted", 7_500_00),
    ]
    assert institute.services.bookkeeping_questions.file(institute.finance, 1).content == before
    institute.at(2027, 2, 3)
    institute.services.bookkeeping.export(institute.finance, ExportPeriod(date(2027, 1, 1), date(2027, 1, 31)))
    institute.catch_up()
    assert "Rättad fördelning" in institute.services.bookkeeping_questions.file(institute.finance, 2).content.decode(
        "cp437"
    )


def test_what_has_gone_back_is_not_there_to_be_moved(institute: Institute) -> None:
    payment_id, first, second = paid_wrongly(institute)
    cancel(institute, institute.admin, BookingId(first.source_id))
    institute.catch_up()
    [due] = institute.services.payment_questions.refunds_due(institute.finance)
    institute.at(2027, 1, 20)
    back = RecordRefund(InvoiceId(first.document_id), due.due, "UT 1", date(2027, 1, 20))
    institute.services.receivables.refund(institute.finance, back)
    with pytest.raises(MoneyGoneBack):
        move(institute, payment_id, first, second)


@pytest.mark.parametrize("amount", [0, 7_500_01])
def test_no_more_is_moved_than_was_allotted(institute: Institute, amount: int) -> None:
    payment_id, first, second = paid_wrongly(institute)
    with pytest.raises(NotAllottedThere):
        move(institute, payment_id, first, second, amount)
    with pytest.raises(NotAllottedThere):
        move(institute, payment_id, second, first)


def test_it_needs_finance_a_reason_and_another_invoice(institute: Institute) -> None:
    payment_id, first, _ = paid_wrongly(institute)
    silent = MoveAllotment(payment_id, InvoiceId(first.document_id), 1_00, None, " ")
    with pytest.raises(BadValue):
        institute.services.payments.move(institute.finance, silent)
    with pytest.raises(BadValue):
        move(institute, payment_id, first, first)
    with pytest.raises(NotAllowed):
        institute.services.payments.move(institute.member("Anna"), silent)


def test_the_same_press_moves_once(institute: Institute) -> None:
    payment_id, first, _ = paid_wrongly(institute)
    command = MoveAllotment(payment_id, InvoiceId(first.document_id), 7_500_00, None, WHY)
    for _ in range(2):
        institute.services.payments.move(institute.finance, command, "press")
    institute.catch_up()
    assert suspended(institute) == [7_500_00]
