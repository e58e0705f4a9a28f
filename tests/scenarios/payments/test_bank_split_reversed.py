"""The bank takes back a payment that paid several invoices, or more than its invoice: each is owed again at once."""

from __future__ import annotations

from datetime import date

import pytest

from application.payments.payment import MoveAllotment, RefundPayment
from domain.kernel.ids import InvoiceId
from tests.samples import Institute
from tests.scenarios.payments.test_bank_certainty import paying, shown, structured
from tests.scenarios.payments.test_bank_file import balances, entry, invoiced, statement, suspended, take_in


def back(name: str, amount: str, remittance: str) -> str:
    """The same in the other direction."""
    taken = paying(name, amount, remittance)
    return taken.replace("<CdtDbtInd>CRDT</CdtDbtInd>", "<CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd>")


def test_a_split_payment_that_is_taken_back_is_owed_again_on_each_invoice(institute: Institute) -> None:
    bolts, acmes = invoiced(institute, institute.bolt, institute.acme)
    told = structured((bolts.ocr, "15000.00"), (acmes.ocr, "4000.00"))
    take_in(institute, statement(paying("A1", "19000.00", told)))
    assert balances(institute) == [0, 3_500_00]
    file = statement(back("A2", "19000.00", told))
    assert [each[0] for each in shown(institute, file)] == ["reversal"]
    take_in(institute, file)
    assert balances(institute) == [15_000_00, 7_500_00]
    assert take_in(institute, file) == (0, 0, 0) and suspended(institute) == []


def test_a_payment_of_too_much_that_is_taken_back_leaves_nothing_in_suspense(institute: Institute) -> None:
    [row] = invoiced(institute, institute.acme)
    take_in(institute, statement(entry("A1", "8000.00", row.ocr)))
    assert (balances(institute), suspended(institute)) == ([0], [500_00])
    file = statement(entry("A2", "8000.00", row.ocr, way="DBIT", reversal=True))
    take_in(institute, file)
    assert (balances(institute), suspended(institute)) == ([7_500_00], [])


def test_a_moved_payment_is_taken_back_from_where_it_was_moved(institute: Institute) -> None:
    """It names the invoice that it was not for."""
    mine, acmes = invoiced(institute, institute.acme, institute.acme)
    take_in(institute, statement(entry("A1", "7500.00", mine.ocr)))
    [row] = institute.services.bank.allotments_to(institute.finance, mine.document_id)
    to = MoveAllotment(row.payment_id, InvoiceId(mine.document_id), 7_500_00, InvoiceId(acmes.document_id), "Fel")
    institute.services.payments.move(institute.finance, to)
    assert balances(institute) == [7_500_00, 0]
    take_in(institute, statement(entry("A3", "7500.00", mine.ocr, way="DBIT", reversal=True)))
    assert balances(institute) == [7_500_00, 7_500_00]


@pytest.mark.parametrize("is_gone", [True, False])
def test_what_has_gone_on_from_a_payment_is_for_finance_to_say(institute: Institute, is_gone: bool) -> None:
    """What was too much was refunded, or the rest of the sum is another: nothing is taken back by half."""
    [row] = invoiced(institute, institute.acme)
    take_in(institute, statement(entry("A1", "8000.00", row.ocr)))
    [waiting] = institute.services.payment_questions.suspense(institute.finance)
    if is_gone:
        back_out = RefundPayment(waiting.payment_id, 500_00, "UT 1", date(2026, 9, 1))
        institute.services.payments.refund(institute.finance, back_out)
    amount = "8000.00" if is_gone else "7999.00"
    take_in(institute, statement(entry("A2", amount, row.ocr, way="DBIT", reversal=True)))
    assert balances(institute) == [0] and suspended(institute) == ([] if is_gone else [500_00])
