"""Interest on late payment: printed on the invoice, worked out to a day, claimed on a document of its own."""

from __future__ import annotations

from datetime import date

import pytest

from application.accounting.queries.ledger import PostingFilter
from application.billing.invoice import RecordPayment
from application.billing.queries.invoice import DocumentRow
from application.kernel.actor import Actor
from application.payments.account_entry import Part
from application.payments.interest import ClaimInterest
from application.payments.payment import AllotPayment
from application.payments.payment_rules import AgreePaymentRules
from application.people.organisation import AppointContact
from domain.billing.interest import NoInterest, ReferenceRateUnknown
from domain.kernel.documents import LineKind
from domain.kernel.errors import NotAllowed, OutcomeChanged
from domain.kernel.ids import InvoiceId
from domain.kernel.terms import free_before
from domain.payments.payment_rules import ReferenceRate
from domain.programme.price import Price, PriceList
from tests.samples import Institute, kronor
from tests.scenarios.e_invoice_rules import broken_rules, texts
from tests.scenarios.paper_trail import e_invoice
from tests.scenarios.payments.test_bank_file import entry, statement, take_in
from tests.scenarios.programme.test_season_letters import letters
from tests.scenarios.story import book, documents
from web.words.language import read_phrases
from web.words.paper_words import PaperWords


def late(institute: Institute, rules: AgreePaymentRules) -> DocumentRow:
    """An invoice of 37 500 kr that is due on 2026-10-01."""
    institute.services.payment_rules.agree(institute.finance, rules)
    season = institute.season("Höst", 10, PriceList(0, (Price(kronor(30_000)),)), free_before(date(2027, 1, 3)))
    book(institute, season, institute.bolt, None)
    [row] = documents(institute)
    assert (row.due_on, row.payable) == (date(2026, 10, 1), 37_500_00)
    return row


def claim(institute: Institute, row: DocumentRow, **more: object) -> DocumentRow:
    asked = ClaimInterest(InvoiceId(row.document_id), **more)  # type: ignore[arg-type]  # a test's own words
    institute.services.interests.claim(institute.finance, asked)
    return documents(institute, "invoice")[-1]


def paper(institute: Institute, row: DocumentRow) -> str:
    view = institute.services.invoice_questions.one(institute.finance, row.document_id)
    notes = PaperWords(read_phrases()).facts(view, is_copy=False)["notes"]
    return str(notes).replace("\\xa0", " ")


def test_interest_by_law_is_said_on_the_invoice_and_claimed_when_finance_asks(institute: Institute) -> None:
    """Räntelagen 6 §: 47 days at 2 + 8 % on 37 500 kr are 482.88, in the ledger, without VAT."""
    row = late(institute, AgreePaymentRules(reminder_fee=60_00))
    assert "referensräntan plus 8 procentenheter" in paper(institute, row) and "60 kr" in paper(institute, row)
    [note] = texts(e_invoice(institute, row), "PaymentTerms/Note")
    assert note == "30 dagar netto, dröjsmålsränta: räntelagen, påminnelseavgift: 60.00"
    paid = RecordPayment(InvoiceId(row.document_id), row.payable, "BG 1", date(2026, 11, 17))
    institute.at(2026, 12, 1)
    institute.services.invoices.record_payment(institute.finance, paid)

    due = institute.services.interests.due(institute.finance, InvoiceId(row.document_id))
    assert [(each.days, each.rate, each.interest) for each in due.spans] == [(47, 1_000, 482_88)]
    claimed = claim(institute, row, shown=482_88)

    assert (claimed.net, claimed.vat, claimed.gross) == (482_88, 0, 482_88)
    view = institute.services.invoice_questions.one(institute.finance, claimed.document_id)
    assert [(each.kind, each.text) for each in view.lines] == [
        (LineKind.INTEREST, "Dröjsmålsränta, faktura 1, 2026-10-02–2026-11-17, 10,00 %")
    ]
    assert "Vid försenad" not in paper(institute, claimed)
    assert broken_rules(e_invoice(institute, claimed)) == []
    balances = {each.account: each.amount for each in institute.services.ledger.balances(institute.finance)}
    assert (balances["interest"], balances["receivable"]) == (-482_88, 482_88)


def test_what_was_paid_before_the_invoice_was_written_bears_no_interest(institute: Institute) -> None:
    row = late(institute, AgreePaymentRules())
    early = RecordPayment(InvoiceId(row.document_id), 10_000_00, "BG 1", date(2026, 8, 20))
    institute.services.invoices.record_payment(institute.finance, early)
    institute.at(2026, 10, 11)
    due = institute.services.interests.due(institute.finance, InvoiceId(row.document_id))
    assert [(each.days, each.rate, each.interest) for each in due.spans] == [(10, 1_000, 75_34)]


def test_a_rate_of_ones_own_stands_on_the_invoice_and_counts(institute: Institute) -> None:
    row = late(institute, AgreePaymentRules(interest=1_200))
    institute.services.payment_rules.agree(institute.finance, AgreePaymentRules(interest=600))
    institute.at(2026, 10, 11)
    assert "12 % per år" in paper(institute, row)
    assert claim(institute, row).gross == round(37_500_00 * 0.12 * 10 / 365)


def test_interest_is_claimed_once_for_each_day(institute: Institute) -> None:
    row = late(institute, AgreePaymentRules())
    institute.at(2026, 10, 11)
    first = claim(institute, row)
    with pytest.raises(NoInterest):
        claim(institute, row)
    institute.at(2026, 10, 21)
    again = claim(institute, row)
    assert (first.gross, again.gross) == (102_74, 102_74)
    with pytest.raises(NoInterest):
        claim(institute, first)


def test_another_sum_than_was_shown_is_not_claimed(institute: Institute) -> None:
    row = late(institute, AgreePaymentRules())
    institute.at(2026, 10, 11)
    with pytest.raises(OutcomeChanged):
        claim(institute, row, shown=1)
    assert len(documents(institute)) == 1


def test_nobody_but_finance_claims_interest(institute: Institute) -> None:
    row = late(institute, AgreePaymentRules())
    nobody: Actor = institute.member("Eva")
    with pytest.raises(NotAllowed):
        institute.services.interests.claim(nobody, ClaimInterest(InvoiceId(row.document_id)))


def test_a_reference_rate_that_was_told_counts_from_its_half_year(institute: Institute) -> None:
    row = late(institute, AgreePaymentRules())
    institute.at(2027, 1, 10)
    with pytest.raises(ReferenceRateUnknown):
        claim(institute, row)
    told = AgreePaymentRules(reference_rates=(ReferenceRate(date(2027, 1, 1), 250),))
    institute.services.payment_rules.agree(institute.finance, told)
    due = institute.services.interests.due(institute.finance, InvoiceId(row.document_id))
    assert [(each.days, each.rate) for each in due.spans] == [(91, 1_000), (10, 1_050)]


def test_a_payment_that_came_in_time_and_waited_to_be_allotted_was_not_late(institute: Institute) -> None:
    """The payer paid on 25 September; finance finds out for what on 10 November, and books it then."""
    row = late(institute, AgreePaymentRules())
    invoice_id, bo = InvoiceId(row.document_id), institute.person("Bo", institute.bolt)
    institute.services.organisations.appoint_contact(institute.admin, AppointContact(institute.bolt, bo))
    institute.at(2026, 9, 26)
    take_in(institute, statement(entry("A1", "37500.00", text="Tack")).replace(b"2026-08-31", b"2026-09-25"))
    institute.at(2026, 11, 10)
    [waiting] = institute.services.payment_questions.suspense(institute.finance)
    allotted = AllotPayment(waiting.payment_id, (Part(invoice_id, waiting.left),))
    institute.services.payments.allot(institute.finance, allotted)

    assert institute.services.interests.due(institute.finance, invoice_id).amount == 0
    assert institute.services.compensations.due(institute.finance, invoice_id).why == "not_late"
    [(_, text)] = letters(institute, "payment_received")
    assert "Pengarna kom fredag 25 september 2026." in text.replace("\u00a0", " ")
    view = institute.services.ledger.postings(institute.finance, PostingFilter(account="receivable")).items
    assert [(str(each.day), each.amount) for each in view] == [("2026-11-10", -37_500_00), ("2026-09-01", 37_500_00)]
