"""What is one invoice's OCR by chance is another's number: the sum tells which is meant, or finance does (S54)."""

from __future__ import annotations

from uuid import uuid4

import pytest

from application.billing.invoicing import InvoiceRef
from application.billing.queries.invoice import DocumentRow
from application.kernel.actor import SYSTEM
from application.kernel.ports import CommandContext, UnitOfWork
from application.payments.bank_outcome import Certainty
from domain.billing.number_series import NumberSeries
from domain.kernel.ids import OrganisationId, series_of
from tests.samples import Institute
from tests.scenarios.payments.test_bank_certainty import paying, shown, structured
from tests.scenarios.payments.test_bank_file import invoiced, statement, take_in
from tests.scenarios.story import book, documents

Two = tuple[DocumentRow, DocumentRow]


def first_and_133(institute: Institute, second: OrganisationId) -> Two:
    """Invoice 1, whose OCR is 133, of Bolt's 15 000.00; and invoice 133."""
    [one] = invoiced(institute, institute.bolt)

    def decide(work: UnitOfWork) -> InvoiceRef:
        series = work.load(NumberSeries, series_of(institute.organiser, "invoice"))
        while series.next < int(one.ocr):
            series.draw(uuid4())
        return InvoiceRef(None, None)

    institute.house.store.decisions.execute(CommandContext(SYSTEM), InvoiceRef, decide)
    book(institute, institute.conference(), second, None)
    other = documents(institute, "invoice")[-1]
    assert (one.ocr, other.number) == ("133", 133)
    return one, other


def owed(institute: Institute) -> dict[int, int]:
    return {row.number: row.balance for row in documents(institute, "invoice")}


REMITTANCES = (
    structured(("133", "")),
    "<Strd><RfrdDocInf><Nb>133</Nb></RfrdDocInf></Strd>",
    "<Ustrd>Faktura 133</Ustrd>",
)


@pytest.mark.parametrize("remittance", REMITTANCES)
@pytest.mark.parametrize(("amount", "pays"), [("7500.00", 133), ("15000.00", 1)])
def test_the_sum_tells_which_of_them_is_paid(institute: Institute, remittance: str, amount: str, pays: int) -> None:
    first_and_133(institute, institute.acme)
    take_in(institute, statement(paying("A1", amount, remittance)))
    assert [number for number, left in owed(institute).items() if not left] == [pays]


@pytest.mark.parametrize("remittance", REMITTANCES)
def test_where_both_owe_the_sum_nothing_is_paid_until_finance_says_which(institute: Institute, remittance: str) -> None:
    first_and_133(institute, institute.bolt)
    file = statement(paying("A1", "15000.00", remittance))
    assert shown(institute, file) == [("named", Certainty.UNSAID, [15_000_00])]
    assert take_in(institute, file) == (1, 0, 1)
    assert owed(institute) == {1: 15_000_00, 133: 15_000_00}


def test_a_part_of_a_sum_that_may_be_either_is_suggested_alone(institute: Institute) -> None:
    """Until now it was taken for the OCR, and part-paid a stranger's invoice."""
    first_and_133(institute, institute.acme)
    assert shown(institute, statement(paying("A1", "7400.00", structured(("133", "")))))[0][0] == "named"
    rows = "Datum;OCR;Belopp\n2026-08-31;133;{}\n"
    assert shown(institute, rows.format("7400,00").encode())[0][0] == "named"
    assert shown(institute, rows.format("7500,00").encode()) == [("exact", Certainty.REFERENCE_AND_SUM, [7_500_00])]


def test_of_several_references_each_goes_where_its_own_sum_is_owed(institute: Institute) -> None:
    first_and_133(institute, institute.acme)
    book(institute, institute.conference(), institute.bolt, None)
    third = documents(institute, "invoice")[-1]
    told = structured(("133", "7500.00"), (third.ocr, "15000.00"))
    assert take_in(institute, statement(paying("A1", "22500.00", told))) == (1, 1, 0)
    assert owed(institute) == {1: 15_000_00, 133: 0, 134: 0}


def test_a_number_that_finance_types_is_the_invoice_with_that_number(institute: Institute) -> None:
    one, other = first_and_133(institute, institute.acme)
    named = institute.services.bank.invoice_named
    assert named(institute.finance, "133").invoice_id == other.document_id
    assert named(institute.finance, "1").invoice_id == one.document_id
    assert named(institute.finance, other.ocr).invoice_id == other.document_id
