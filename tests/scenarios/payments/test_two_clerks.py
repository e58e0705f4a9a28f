"""Finance at two desks at once, and what a card, a bank and a clerk do to the same invoice: once is once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from application.accounting.queries.ageing import AsOf
from application.billing.crediting import CreditInvoice
from application.billing.invoice import RecordPayment
from application.payments.account_entry import Part, RecordEntry
from application.payments.payment import AllotPayment, RefundPayment
from application.payments.receivable import RecordRefund, SetOff, WriteOff
from domain.kernel.errors import PlatsError
from domain.kernel.ids import InvoiceId
from tests.samples import Institute
from tests.scenarios.billing.test_money_adds_up import everything_adds_up, past_days_add_up
from tests.scenarios.story import book, documents

DAY = date(2026, 9, 1)
Act = Callable[[Institute, InvoiceId, int], object]


def invoiced(institute: Institute, count: int = 1) -> list[InvoiceId]:
    """15 000 kr each, to Bolt."""
    conference = institute.conference()
    for _ in range(count):
        book(institute, conference, institute.bolt, None)
    return [InvoiceId(row.document_id) for row in documents(institute, "invoice")]


def pay(institute: Institute, invoice_id: InvoiceId, amount: int, name: str = "BG 1") -> None:
    institute.services.invoices.record_payment(institute.finance, RecordPayment(invoice_id, amount, name, DAY))


def at_once(institute: Institute, act: Act, invoice_id: InvoiceId, clerks: int = 4) -> Counter[str]:
    """Each clerk has a page of their own open, so that nothing but the rules tells them apart."""

    def one(clerk: int) -> str:
        try:
            act(institute, invoice_id, clerk)
        except PlatsError as error:
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor(clerks) as pool:
        return Counter(pool.map(one, range(clerks)))


def credit(institute: Institute, invoice_id: InvoiceId, _: int) -> None:
    institute.services.crediting.credit(institute.finance, CreditInvoice(invoice_id, "Prisavdrag"))


def refund(institute: Institute, invoice_id: InvoiceId, clerk: int) -> None:
    command = RecordRefund(invoice_id, 5_000_00, f"UT {clerk}", DAY)
    institute.services.receivables.refund(institute.finance, command)


def write_off(institute: Institute, invoice_id: InvoiceId, _: int) -> None:
    institute.services.receivables.write_off(institute.finance, WriteOff(invoice_id, "Konkurs"))


def allot(institute: Institute, invoice_id: InvoiceId, _: int) -> None:
    [waiting] = institute.services.payment_questions.suspense(institute.finance)
    command = AllotPayment(waiting.payment_id, (Part(invoice_id, 15_000_00),))
    institute.services.payments.allot(institute.finance, command)


def give_back(institute: Institute, _: InvoiceId, clerk: int) -> None:
    [waiting] = institute.services.payment_questions.suspense(institute.finance)
    command = RefundPayment(waiting.payment_id, 15_000_00, f"UT {clerk}", DAY)
    institute.services.payments.refund(institute.finance, command)


@pytest.mark.parametrize(
    ("paid", "suspended", "act", "refused"),
    [
        (0, 0, credit, "NothingToCredit"),
        (20_000_00, 0, refund, "NothingToRefund"),
        (0, 0, write_off, "InvoiceSettled"),
        (0, 15_000_00, allot, "BadValue"),
        (0, 15_000_00, give_back, "PaymentSpent"),
    ],
)
def test_what_four_clerks_do_at_once_happens_once(
    institute: Institute, paid: int, suspended: int, act: Act, refused: str
) -> None:
    [invoice_id] = invoiced(institute)
    if paid:
        pay(institute, invoice_id, paid)
    if suspended:
        entry = RecordEntry("bank/1", suspended, "SEK", "OCR", DAY, "Bolt AB")
        institute.services.payments.record_entry(institute.finance, entry)
    institute.catch_up()
    assert at_once(institute, act, invoice_id) == {"done": 1, refused: 3}
    institute.catch_up()
    everything_adds_up(institute)
    past_days_add_up(institute)


def test_one_overpayment_is_set_off_and_paid_back_only_once(institute: Institute) -> None:
    """One clerk sets it off against another invoice while the other pays it back."""
    first, second = invoiced(institute, 2)
    pay(institute, first, 20_000_00)

    def either(made: Institute, invoice_id: InvoiceId, clerk: int) -> None:
        if clerk % 2:
            made.services.receivables.set_off(made.finance, SetOff(invoice_id, second))
        else:
            refund(made, invoice_id, clerk)

    assert at_once(institute, either, first)["done"] == 1
    balances = sorted(row.balance for row in documents(institute, "invoice"))
    assert balances in ([0, 10_000_00], [0, 15_000_00])
    everything_adds_up(institute)


def test_lists_reports_ledger_and_sums_say_the_same_also_of_a_past_day(institute: Institute) -> None:
    """An auditor adds up: whatever a figure is read from, and whenever."""
    first, second = invoiced(institute, 2)
    pay(institute, first, 15_200_00)
    institute.at(2026, 9, 20)
    credit(institute, second, 0)
    refund_day = date(2026, 9, 20)
    command = RecordRefund(first, 200_00, "UT 1", refund_day)
    institute.services.receivables.refund(institute.finance, command)
    institute.catch_up()
    for day, owed, net in ((DAY, 14_800_00, 24_000_00), (refund_day, 0, 12_000_00), (None, 0, 12_000_00)):
        asked = AsOf(day)
        ledger = {row.account: row.amount for row in institute.services.ledger.balances(institute.finance, asked)}
        ageing = institute.services.ledger.ageing(institute.finance, asked)
        deferred = institute.services.ledger.deferred(institute.finance, asked)
        assert ledger.get("receivable", 0) == ageing.total == ageing.receivable == owed
        assert -ledger["revenue"] == sum(row.revenue for row in deferred) == net
        assert -ledger["vat_2500"] == net // 4
