"""A payer deducts credit notes from what is paid, as the bank's file says: both are settled to the öre, in one step."""

from __future__ import annotations

import pytest

from application.billing.queries.invoice import DocumentRow
from application.payments.account_entry import Part
from application.payments.payment import AllotPayment
from domain.billing.invoice import NothingToRefund
from domain.kernel.errors import BadValue
from domain.kernel.ids import BookingId, InvoiceId, OrganisationId
from tests.samples import Institute
from tests.scenarios.payments.test_bank_certainty import paying, shown, structured
from tests.scenarios.payments.test_bank_file import balances, entry, statement, suspended, take_in
from tests.scenarios.story import book, cancel, documents

CREDIT_NOTES = "credit_notes"


def two_invoices(institute: Institute, second: OrganisationId | None = None) -> list[DocumentRow]:
    """One of a seat, paid and credited in full (credit note 1, 7 500.00), and one of two seats (15 000.00)."""
    conference = institute.conference()
    book(institute, conference, institute.acme, None)
    book(institute, conference, second or institute.acme, None, None)
    rows = documents(institute, "invoice")
    take_in(institute, statement(entry("A0", "7500.00", rows[0].ocr)))
    cancel(institute, institute.admin, BookingId(rows[0].source_id))
    institute.catch_up()
    return rows


def deducting(name: str, amount: str, invoice: tuple[str, str], note: tuple[str, str]) -> str:
    return paying(name, amount, structured(invoice, credit=note))


@pytest.mark.parametrize(("said", "of_note"), [("15000.00", "7500.00"), ("15000.00", ""), ("", "7500.00"), ("", "")])
def test_a_credit_note_of_an_invoice_paid_before_is_set_off(institute: Institute, said: str, of_note: str) -> None:
    _, due = two_invoices(institute)
    file = statement(deducting("A1", "7500.00", (due.ocr, said), ("1", of_note)))
    assert shown(institute, file) == [("exact", CREDIT_NOTES, [7_500_00, 7_500_00])]
    assert take_in(institute, file) == (1, 1, 0) and take_in(institute, file) == (0, 0, 0)
    assert balances(institute) == [0, 0] and suspended(institute) == []
    assert institute.services.payment_questions.refunds_due(institute.finance) == ()


def test_a_credit_note_of_the_invoice_that_is_paid_has_lowered_it_already(institute: Institute) -> None:
    made = book(institute, institute.conference(), institute.acme, None, None)
    [due] = documents(institute, "invoice")
    cancel(institute, institute.admin, made.booking_id, 1)
    institute.catch_up()
    file = statement(deducting("A1", "7500.00", (due.ocr, "15000.00"), ("1", "7500.00")))
    assert shown(institute, file) == [("exact", CREDIT_NOTES, [7_500_00])]
    assert take_in(institute, file) == (1, 1, 0)
    assert balances(institute) == [0] and suspended(institute) == []


@pytest.mark.parametrize(
    ("amount", "said", "note"),
    [("7500.01", "15000.00", ("1", "7499.99")), ("7400.00", "15000.00", ("1", "7600.00")),
     ("7500.00", "15000.00", ("2", "7500.00")), ("7400.00", "15000.00", ("1", ""))],
)  # fmt: skip
def test_what_does_not_come_to_the_payment_is_left_to_finance(
    institute: Institute, amount: str, said: str, note: tuple[str, str]
) -> None:
    """A part of a credit note may be deducted; more than it comes to, one that is none, or another sum may not."""
    _, due = two_invoices(institute)
    file = statement(deducting("A1", amount, (due.ocr, said), note))
    is_part = note[1] == "7499.99"
    assert shown(institute, file)[0][0] == ("exact" if is_part else "split")
    take_in(institute, file)
    assert balances(institute) == ([-1, 0] if is_part else [-7_500_00, 15_000_00])


def test_nobody_pays_with_another_s_credit_note(institute: Institute) -> None:
    """Nor is its number that of an invoice: invoice 1 is Acme's, and Bolt deducts its own credit note 1."""
    _, bolts = two_invoices(institute, institute.bolt)
    file = statement(deducting("A1", "22500.00", (bolts.ocr, "30000.00"), ("1", "7500.00")))
    rows = institute.services.bank.preview(institute.finance, file)
    assert [(each.outcome, [part.number for part in each.parts]) for each in rows] == [("split", [bolts.number])]
    take_in(institute, file)
    assert balances(institute) == [-7_500_00, 30_000_00]


def test_a_credit_note_is_deducted_once_also_by_two_payments_of_a_file(institute: Institute) -> None:
    _, due = two_invoices(institute)
    book(institute, institute.conference(), institute.acme, None)
    other = documents(institute, "invoice")[-1]
    first = deducting("A1", "7500.00", (due.ocr, "15000.00"), ("1", "7500.00"))
    second = deducting("A2", "100.00", (other.ocr, "7500.00"), ("1", "7400.00"))
    file = statement(first, second)
    assert [each[0] for each in shown(institute, file)] == ["exact", "split"]
    assert take_in(institute, file) == (2, 1, 1)
    assert balances(institute) == [0, 0, 7_500_00]


def test_finance_lets_a_payment_and_what_was_paid_too_much_pay_an_invoice_at_once(institute: Institute) -> None:
    """All of it or nothing: less than is said to be set off is refused, and so is another payer's."""
    credited, due = (InvoiceId(each.document_id) for each in two_invoices(institute))
    take_in(institute, statement(entry("A1", "7500.00", text="Tack")))
    [waiting] = institute.services.payment_questions.suspense(institute.finance)
    paid = Part(due, 7_500_00)
    allot = institute.services.payments.allot
    with pytest.raises(NothingToRefund):
        allot(institute.finance, AllotPayment(waiting.payment_id, (paid, Part(due, 7_500_01, credited))))
    book(institute, institute.conference(), institute.bolt, None)
    bolts = InvoiceId(documents(institute, "invoice")[-1].document_id)
    with pytest.raises(BadValue):
        allot(institute.finance, AllotPayment(waiting.payment_id, (Part(bolts, 1_00, credited),)))
    assert suspended(institute) == [7_500_00]
    allot(institute.finance, AllotPayment(waiting.payment_id, (paid, Part(due, 7_500_00, credited))))
    institute.catch_up()
    assert balances(institute) == [0, 0, 15_000_00] and suspended(institute) == []
