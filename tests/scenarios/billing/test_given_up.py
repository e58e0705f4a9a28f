"""Money that comes although nobody expected it any longer: what was given up is no loss, and nothing is owed back."""

from __future__ import annotations

from datetime import date

from application.accounting.queries.ageing import AsOf
from application.accounting.queries.ledger import Period
from application.billing.crediting import CreditInvoice
from application.billing.invoice import RecordPayment
from application.billing.queries.invoice import DocumentRow
from application.payments.account_entry import Part, RecordEntry
from application.payments.payment import AllotPayment
from application.payments.receivable import RecordRefund, WriteOff
from application.people.organiser import ArrangeInvoicing
from domain.kernel.ids import InvoiceId
from domain.kernel.money import Money
from domain.kernel.terms import free_before
from domain.programme.price import Price, PriceList
from tests.samples import Institute
from tests.scenarios.billing.test_money_adds_up import everything_adds_up, past_days_add_up
from tests.scenarios.paper_trail import book_with_a_book
from tests.scenarios.payments.test_bank_file import entry, statement
from tests.scenarios.story import book, cancel, documents

DAY = date(2026, 9, 1)


def written_off(institute: Institute) -> DocumentRow:
    """15 000 kr that finance has given up."""
    book(institute, institute.conference(), institute.bolt, None)
    [row] = documents(institute, "invoice")
    institute.services.receivables.write_off(institute.finance, WriteOff(InvoiceId(row.document_id), "Konkurs"))
    institute.catch_up()
    return row


def ledger(institute: Institute) -> dict[str, int]:
    institute.catch_up()
    return {row.account: row.amount for row in institute.services.ledger.balances(institute.finance)}


def test_what_is_paid_after_a_write_off_is_no_loss_and_no_overpayment(institute: Institute) -> None:
    row = written_off(institute)
    assert ledger(institute)["losses"] == 15_000_00
    command = RecordPayment(InvoiceId(row.document_id), 5_000_00, "BG 1", DAY)
    institute.services.invoices.record_payment(institute.finance, command)
    told = ledger(institute)
    assert (told["losses"], told["cash_bank"], told.get("receivable", 0)) == (10_000_00, 5_000_00, 0)
    assert institute.services.payment_questions.refunds_due(institute.finance) == ()
    assert [each.status for each in documents(institute, "invoice")] == ["written_off"]

    rest = RecordPayment(InvoiceId(row.document_id), 10_200_00, "BG 2", DAY)
    institute.services.invoices.record_payment(institute.finance, rest)
    assert "losses" not in ledger(institute)
    assert [(each.status, each.balance) for each in documents(institute, "invoice")] == [("paid", -200_00)]
    [due] = institute.services.payment_questions.refunds_due(institute.finance)
    assert due.due == 200_00
    institute.services.receivables.refund(
        institute.finance, RecordRefund(InvoiceId(row.document_id), 200_00, "UT 1", DAY)
    )
    institute.catch_up()
    everything_adds_up(institute)
    past_days_add_up(institute)


def test_a_bank_file_finds_what_was_written_off_and_finance_confirms_it(institute: Institute) -> None:
    row = written_off(institute)
    file = statement(entry("A1", "15000.00", row.ocr))
    [shown] = institute.services.bank.preview(institute.finance, file)
    assert (shown.outcome, [(part.number, part.amount) for part in shown.parts]) == ("given_up", [(1, 15_000_00)])
    institute.services.bank.import_file(institute.finance, file)
    institute.catch_up()
    [waiting] = institute.services.payment_questions.suspense(institute.finance)
    _, suggested = institute.services.bank.suggest(institute.finance, waiting.payment_id)
    parts = tuple(Part(InvoiceId(each.invoice_id), each.amount) for each in suggested)
    institute.services.payments.allot(institute.finance, AllotPayment(waiting.payment_id, parts))
    assert ledger(institute) == {"cash_bank": 15_000_00, "revenue": -12_000_00, "vat_2500": -3_000_00}
    assert institute.services.payment_questions.suspense(institute.finance) == ()
    everything_adds_up(institute)


def test_credited_after_it_was_given_up_and_partly_paid_only_the_payment_goes_back(institute: Institute) -> None:
    row = written_off(institute)
    invoice_id = InvoiceId(row.document_id)
    institute.services.invoices.record_payment(institute.finance, RecordPayment(invoice_id, 5_000_00, "BG 1", DAY))
    institute.services.crediting.credit(institute.finance, CreditInvoice(invoice_id, "Ångrad"))
    assert ledger(institute) == {"cash_bank": 5_000_00, "receivable": -5_000_00}
    [due] = institute.services.payment_questions.refunds_due(institute.finance)
    assert due.due == 5_000_00
    everything_adds_up(institute)
    past_days_add_up(institute)


def test_what_was_paid_before_the_invoice_is_too_much_until_its_day(institute: Institute) -> None:
    """An advance: on the days between the open items are what the ledger has."""
    book(institute, institute.conference(), institute.bolt, None)
    [row] = documents(institute, "invoice")
    command = RecordPayment(InvoiceId(row.document_id), 15_000_00, "BG 1", date(2026, 8, 20))
    institute.services.invoices.record_payment(institute.finance, command)
    institute.catch_up()
    between = institute.services.ledger.ageing(institute.finance, AsOf(date(2026, 8, 25)))
    assert (between.total, between.receivable, between.overpaid) == (-15_000_00, -15_000_00, -15_000_00)
    known = AsOf(date(2026, 8, 25), institute.clock.instant)
    assert institute.services.ledger.ageing(institute.finance, known) == between
    assert institute.services.ledger.ageing(institute.finance, AsOf(date(2026, 8, 19))).total == 0


def test_an_established_loss_takes_its_vat_back_and_what_comes_later_owes_it_again(institute: Institute) -> None:
    """ML 8:16, 7:43–44: 12 000 lost and 3 000 VAT back of 15 000; of 5 000 paid later 1 000 is VAT again."""
    book(institute, institute.conference(), institute.bolt, None)
    [row] = documents(institute, "invoice")
    lost = WriteOff(InvoiceId(row.document_id), "Konkurs", takes_vat_back=True)
    institute.services.receivables.write_off(institute.finance, lost)
    told = ledger(institute)
    assert (told["losses"], told.get("vat_2500", 0), told.get("receivable", 0)) == (12_000_00, 0, 0)

    some = RecordPayment(InvoiceId(row.document_id), 5_000_00, "BG 1", DAY)
    institute.services.invoices.record_payment(institute.finance, some)
    told = ledger(institute)
    assert (told["losses"], told["vat_2500"], told["cash_bank"]) == (8_000_00, -1_000_00, 5_000_00)

    rest = RecordPayment(InvoiceId(row.document_id), 10_000_00, "BG 2", DAY)
    institute.services.invoices.record_payment(institute.finance, rest)
    told = ledger(institute)
    assert (told.get("losses", 0), told["vat_2500"], told["cash_bank"]) == (0, -3_000_00, 15_000_00)


def test_of_what_was_credited_before_no_vat_goes_back_twice(institute: Institute) -> None:
    """A seat at 25 % and a book at 6 % on one invoice; the seat is credited, and what is lost is the book alone."""
    made = book_with_a_book(institute, institute.conference())
    cancel(institute, institute.admin, made)
    [row] = documents(institute, "invoice")
    told = ledger(institute)
    assert (told.get("vat_2500", 0), told["vat_600"]) == (0, -7_08)

    institute.services.receivables.write_off(
        institute.finance, WriteOff(InvoiceId(row.document_id), "Konkurs", takes_vat_back=True)
    )
    told = ledger(institute)
    assert (told["losses"], told.get("vat_2500", 0), told.get("vat_600", 0)) == (117_92, 0, 0)
    assert told.get("receivable", 0) == 0


def test_a_loss_that_is_only_feared_keeps_its_vat(institute: Institute) -> None:
    written_off(institute)
    told = ledger(institute)
    assert (told["losses"], told["vat_2500"]) == (15_000_00, -3_000_00)


def test_of_a_rounded_sum_no_more_vat_goes_back_than_was_sold_with(institute: Institute) -> None:
    """799.68 and 199.92 of VAT are asked for as 1 000 kr; the 40 öre of rounding are lost without any VAT."""
    institute.services.organisers.arrange_invoicing(
        institute.admin, ArrangeInvoicing(institute.organiser, is_rounded=True)
    )
    season = institute.season("Liten", 5, PriceList(0, (Price(Money(799_68)),)), free_before(date(2027, 1, 3)))
    book(institute, season, institute.bolt, None)
    [row] = documents(institute, "invoice")
    assert (row.net, row.vat, row.payable) == (799_68, 199_92, 1_000_00)
    lost = WriteOff(InvoiceId(row.document_id), "Konkurs", takes_vat_back=True)
    institute.services.receivables.write_off(institute.finance, lost)
    told = ledger(institute)
    assert (told["losses"], told.get("vat_2500", 0), told.get("receivable", 0)) == (800_08, 0, 0)


def test_what_is_given_up_twice_owes_all_its_vat_again_once_it_is_paid(institute: Institute) -> None:
    """6 000 are paid and 9 000 lost; the bank takes the payment back, and that is lost as well. Then all is paid."""
    book(institute, institute.conference(), institute.bolt, None)
    [row] = documents(institute, "invoice")
    invoice_id, services = InvoiceId(row.document_id), institute.services
    lost = WriteOff(invoice_id, "Konkurs", takes_vat_back=True)
    services.invoices.record_payment(institute.finance, RecordPayment(invoice_id, 6_000_00, "BG 1", DAY))
    services.receivables.write_off(institute.finance, lost)
    back = RecordEntry("bank/1", -6_000_00, "SEK", "", DAY, "Bolt AB", (Part(invoice_id, 6_000_00),))
    services.payments.record_entry(institute.finance, back)
    services.receivables.write_off(institute.finance, lost)
    told = ledger(institute)
    assert (told["losses"], told.get("vat_2500", 0)) == (12_000_00, 0)

    services.invoices.record_payment(institute.finance, RecordPayment(invoice_id, 15_000_00, "BG 2", DAY))
    told = ledger(institute)
    assert (told.get("losses", 0), told["vat_2500"]) == (0, -3_000_00)


def test_the_vat_report_and_its_documents_say_of_a_loss_what_the_return_says(institute: Institute) -> None:
    """12 000 were sold in September and lost in October: the base goes down with the VAT; what was invoiced stays."""
    book(institute, institute.conference(), institute.bolt, None)
    [row] = documents(institute, "invoice")
    institute.at(2026, 10, 5)
    lost = WriteOff(InvoiceId(row.document_id), "Konkurs", takes_vat_back=True)
    institute.services.receivables.write_off(institute.finance, lost)
    institute.catch_up()
    autumn = Period(date(2026, 10, 1), date(2026, 12, 31))
    asked, questions = institute.finance, institute.services.ledger
    boxes = institute.services.vat_return_questions.vat_view(asked, date(2026, 10, 1)).boxes
    assert {each.no: each.exact for each in boxes} == {"05": -12_000_00, "10": -3_000_00}
    assert [(each.net, each.vat) for each in questions.vat(asked, autumn)] == [(-12_000_00, -3_000_00)]
    behind = questions.vat_documents(asked, Period(), 2_500, "standard").items
    assert [(each.kind, each.number, each.net, each.vat) for each in behind] == [
        ("write_off", 1, -12_000_00, -3_000_00),
        ("invoice", 1, 12_000_00, 3_000_00),
    ]
    known = Period(known_at=institute.clock.instant)
    assert questions.vat(asked, known) == questions.vat(asked) == ()
    assert [(each.net, each.vat) for each in questions.revenue(asked)] == [(12_000_00, 3_000_00)]
