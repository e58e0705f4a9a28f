"""Money goes back once: not by bank what is on its way to the card, not what was never paid, not what a bank took."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from application.automation.card_jobs import CardJobs
from application.billing.crediting import CreditInvoice
from application.billing.invoice import RecordPayment
from application.billing.queries.invoice import DocumentRow
from application.kernel.actor import SYSTEM
from application.kernel.ports import CommandContext, UnitOfWork
from application.payments.card import CardRefund, RefundOutcome
from application.payments.checkout import CheckoutRef
from application.payments.payment import RefundPayment
from application.payments.receivable import RecordRefund, SetOff, WriteOff
from domain.billing.invoice import Invoice, NothingToRefund
from domain.billing.invoice_payment import reverse
from domain.kernel.errors import BadValue
from domain.kernel.ids import BookingId, InvoiceId
from domain.kernel.money import Means, Money
from domain.payments.payment import Payment, PaymentSpent
from infrastructure.subscriptions.verify import Verification
from tests.samples import Institute
from tests.scenarios.billing.test_money_adds_up import everything_adds_up
from tests.scenarios.cards import Cards, cards, session_of, signed_now
from tests.scenarios.story import book, cancel, documents

DAY = date(2026, 9, 1)


@pytest.fixture
def shop(database_url: str) -> Iterator[Cards]:
    with cards(database_url) as made:
        yield made
        made.settle()
        everything_holds(made.institute)


def everything_holds(made: Institute) -> None:
    made.catch_up()
    assert [check for check in Verification(made.house.store).run().checks if not check.ok] == []
    ledger = {row.account: row.amount for row in made.services.ledger.balances(made.finance)}
    assert sum(ledger.values()) == 0
    assert ledger.get("receivable", 0) == sum(row.balance for row in documents(made, "invoice"))


def keep_notices(shop: Cards) -> None:
    """They have arrived, and nothing has been done about them."""
    services = shop.institute.services
    assert services.card_signatures is not None
    for told in list(shop.company.notices):
        body, signature = signed_now(shop.company, told)
        services.card_notices.keep(services.card_signatures.read(body, signature), body)


def invoices(shop: Cards) -> list[DocumentRow]:
    return sorted(documents(shop.institute, "invoice"), key=lambda row: row.number)


def paid_by_card(shop: Cards, seats: int = 1) -> InvoiceId:
    """Acme's invoice of 7 500.00 a seat, paid by card."""
    made = shop.institute
    book(made, made.conference(), made.acme, *[None] * seats)
    row = invoices(shop)[-1]
    shop.pay(shop.open(row.document_id))
    shop.hear()
    return InvoiceId(row.document_id)


def refund(shop: Cards, invoice: InvoiceId, amount: int) -> None:
    command = RecordRefund(invoice, amount, f"UT {amount}", DAY)
    shop.institute.services.receivables.refund(shop.institute.finance, command)


def credit(made: Institute, invoice: InvoiceId) -> None:
    made.services.crediting.credit(made.finance, CreditInvoice(invoice, "Avdrag"))
    made.catch_up()


@pytest.mark.parametrize("seats", [1, 3])
def test_what_is_on_its_way_to_the_card_is_not_paid_by_bank_too(shop: Cards, seats: int) -> None:
    """The card company does not answer for a while; finance meanwhile finds nothing to pay back or to set off."""
    made = shop.institute
    invoice = paid_by_card(shop, seats)
    book(made, made.conference(), made.acme, None)
    cancel(made, made.admin, BookingId(invoices(shop)[0].source_id), 1)
    made.catch_up()

    other = InvoiceId(next(row for row in invoices(shop) if row.document_id != invoice).document_id)
    with pytest.raises(NothingToRefund):
        refund(shop, invoice, 7_500_00)
    with pytest.raises(NothingToRefund):
        made.services.receivables.set_off(made.finance, SetOff(invoice, other))
    shop.settle()

    assert [each["amount"] for each in shop.company.of("refund")] == [7_500_00]
    assert next(row for row in invoices(shop) if row.document_id == invoice).balance == 0


def test_what_was_paid_by_bank_before_the_card_was_asked_is_not_asked_of_it(shop: Cards) -> None:
    made = shop.institute
    invoice = paid_by_card(shop)
    made.services.crediting.credit(made.finance, CreditInvoice(invoice, "Avdrag"))
    refund(shop, invoice, 7_500_00)  # before the worker has seen the credit note
    shop.settle()
    assert shop.company.of("refund") == []
    assert invoices(shop)[0].balance == 0


def test_what_is_left_of_a_card_payment_goes_one_way(shop: Cards) -> None:
    made = shop.institute
    book(made, made.conference(), made.acme, None)
    pages = [shop.open(invoices(shop)[0].document_id) for _ in range(2)]
    for page in pages:
        shop.pay(page)
    keep_notices(shop)
    card_work = next(each for each in made.house.worker.jobs.jobs if isinstance(each, CardJobs))
    card_work.turn()
    made.catch_up()
    assert made.services.payment_questions.suspense(made.finance) == ()
    [asked] = made.services.payment_questions.card_refunds(made.finance)
    payment_id = Payment.create_id(made.organiser, f"card/{asked.checkout_id}")
    with pytest.raises(PaymentSpent):
        made.services.payments.refund(made.finance, RefundPayment(payment_id, 7_500_00, "UT", DAY))
    shop.settle()
    assert [each["amount"] for each in shop.company.of("refund")] == [7_500_00]


def test_a_refund_that_cannot_be_recorded_holds_nothing_else_up(shop: Cards) -> None:
    """The bank has taken the card's money back by itself: that refund waits and is said, all others go on."""
    made = shop.institute
    invoice, other = paid_by_card(shop), paid_by_card(shop)
    for each in (invoice, other):
        credit(made, each)

    def taken(work: UnitOfWork) -> CheckoutRef:
        reverse(work.load(Invoice, invoice), Money(7_500_00), "bank 1", DAY, Means.CARD)
        return CheckoutRef(invoice)

    made.house.store.decisions.execute(CommandContext(SYSTEM), CheckoutRef, taken)
    shop.settle()
    assert len(shop.company.of("refund")) == 2
    assert [row.balance for row in invoices(shop)] == [0, 0]
    assert [row.state for row in made.services.payment_questions.card_refunds(made.finance)] == ["asked"]
    book(made, made.conference(), made.bolt, None)
    shop.pay(shop.open(invoices(shop)[-1].document_id))
    shop.hear()
    assert invoices(shop)[-1].balance == 0


def test_what_was_written_off_and_credited_was_never_paid(shop: Cards) -> None:
    """Nothing was paid, so nothing goes back; what was credited is no loss any longer."""
    made = shop.institute
    book(made, made.conference(), made.acme, None)
    invoice = InvoiceId(invoices(shop)[0].document_id)
    made.services.receivables.write_off(made.finance, WriteOff(invoice, "Konkurs"))
    credit(made, invoice)
    with pytest.raises(NothingToRefund):
        refund(shop, invoice, 7_500_00)
    assert made.services.payment_questions.refunds_due(made.finance) == ()
    assert invoices(shop)[0].balance == 0
    assert {row.account: row.amount for row in made.services.ledger.balances(made.finance)}.get("losses", 0) == 0
    everything_adds_up(made)


def test_of_a_part_that_was_written_off_only_what_was_paid_goes_back(shop: Cards) -> None:
    made = shop.institute
    book(made, made.conference(), made.acme, None)
    invoice = InvoiceId(invoices(shop)[0].document_id)
    made.services.invoices.record_payment(made.finance, RecordPayment(invoice, 3_000_00, "BG 1", DAY))
    made.services.receivables.write_off(made.finance, WriteOff(invoice, "Konkurs"))
    credit(made, invoice)
    assert [each.due for each in made.services.payment_questions.refunds_due(made.finance)] == [3_000_00]
    refund(shop, invoice, 3_000_00)
    assert invoices(shop)[0].balance == 0


@pytest.mark.parametrize("credited_first", [False, True])
def test_what_a_dispute_took_is_not_paid_back_a_second_time(shop: Cards, *, credited_first: bool) -> None:
    """The payer has the money already: neither the card nor the bank gives it again, and it is no loss."""
    made = shop.institute
    book(made, made.conference(), made.acme, None)
    opened = shop.open(invoices(shop)[0].document_id)
    invoice = InvoiceId(invoices(shop)[0].document_id)
    shop.pay(opened)
    shop.hear()
    dispute = shop.company.dispute(session_of(opened), 7_500_00)
    shop.hear()
    if credited_first:
        credit(made, invoice)
    shop.company.decide(dispute, "lost")
    shop.hear()
    if not credited_first:
        credit(made, invoice)
    shop.settle()

    assert shop.company.of("refund") == []
    assert made.services.payment_questions.refunds_due(made.finance) == ()
    with pytest.raises(NothingToRefund):
        refund(shop, invoice, 7_500_00)
    assert invoices(shop)[0].balance == 0
    ledger = {row.account: row.amount for row in made.services.ledger.balances(made.finance)}
    assert (ledger.get("losses", 0), ledger.get("receivable", 0)) == (0, 0)


def test_a_dispute_that_is_won_leaves_what_was_credited_to_be_paid_back(shop: Cards) -> None:
    made = shop.institute
    book(made, made.conference(), made.acme, None)
    opened = shop.open(invoices(shop)[0].document_id)
    invoice = InvoiceId(invoices(shop)[0].document_id)
    shop.pay(opened)
    shop.hear()
    dispute = shop.company.dispute(session_of(opened), 7_500_00)
    shop.hear()
    credit(made, invoice)
    assert made.services.payment_questions.refunds_due(made.finance) == ()
    shop.company.decide(dispute, "won")
    shop.hear()
    assert [each.due for each in made.services.payment_questions.refunds_due(made.finance)] == [7_500_00]


def test_a_notice_that_cannot_be_dealt_with_holds_no_other_up(shop: Cards) -> None:
    """It waits, oldest of all; payments told after it are taken in all the same."""
    made = shop.institute
    paid_by_card(shop)
    shop.company.tell("refund.updated", alien_refund(shop))
    book(made, made.conference(), made.bolt, None)
    shop.pay(shop.open(invoices(shop)[-1].document_id))
    shop.hear()
    assert invoices(shop)[-1].balance == 0
    made.clock.pass_by(timedelta(hours=1))
    assert [notice.kind for notice in made.services.card_notices.waiting(10)] == ["refund.updated"]


def alien_refund(shop: Cards) -> dict[str, Any]:
    """The company says that it gave back what the invoice does not have: its money was taken back by the bank."""
    made = shop.institute
    invoice = InvoiceId(invoices(shop)[0].document_id)
    credit(made, invoice)
    [asked] = made.services.payment_questions.card_refunds(made.finance)

    def taken(work: UnitOfWork) -> CheckoutRef:
        reverse(work.load(Invoice, invoice), Money(7_500_00), "bank 1", DAY, Means.CARD)
        return CheckoutRef(invoice)

    made.house.store.decisions.execute(CommandContext(SYSTEM), CheckoutRef, taken)
    told = {"checkout_id": str(asked.checkout_id), "refund_id": str(asked.refund_id)}
    return shop.company.make("re", "refund", metadata=told, status="succeeded", payment_intent="pi_elsewhere")


def test_a_fee_that_is_known_later_is_booked_then(shop: Cards) -> None:
    """The company says what it keeps some days after; until then nothing is booked, afterwards once."""
    made = shop.institute
    book(made, made.conference(), made.acme, None)
    shop.pay(shop.open(invoices(shop)[0].document_id))
    [kept] = shop.company.of("balance_transaction")
    fee, kept["fee"] = kept["fee"], 0
    shop.hear()
    card_work = next(each for each in made.house.worker.jobs.jobs if isinstance(each, CardJobs))

    def booked() -> int:
        card_work.compare()
        made.catch_up()
        return {row.account: row.amount for row in made.services.ledger.balances(made.finance)}.get("fees", 0)

    assert booked() == 0
    kept["fee"] = fee
    assert [booked(), booked()] == [fee, fee]


def test_the_same_two_invoices_may_be_set_off_again(shop: Cards) -> None:
    made = shop.institute
    conference = made.conference()
    for _ in range(2):
        book(made, conference, made.acme, None)
    one, other = (InvoiceId(row.document_id) for row in invoices(shop))
    made.services.invoices.record_payment(made.finance, RecordPayment(one, 10_000_00, "BG 1", DAY))
    made.services.receivables.set_off(made.finance, SetOff(one, other))
    made.services.invoices.record_payment(made.finance, RecordPayment(one, 1_000_00, "BG 2", DAY))
    made.services.receivables.set_off(made.finance, SetOff(one, other))
    assert [row.balance for row in invoices(shop)] == [0, 4_000_00]


@pytest.mark.parametrize("day", [date(2026, 9, 2), date(2999, 1, 1), date(1026, 12, 15)])
def test_a_day_that_no_books_have_is_refused(shop: Cards, day: date) -> None:
    made = shop.institute
    book(made, made.conference(), made.acme, None)
    invoice = InvoiceId(invoices(shop)[0].document_id)
    with pytest.raises(BadValue):
        made.services.invoices.record_payment(made.finance, RecordPayment(invoice, 8_000_00, "BG 1", day))
    made.services.invoices.record_payment(made.finance, RecordPayment(invoice, 8_000_00, "BG 1", DAY))
    with pytest.raises(BadValue):
        made.services.receivables.refund(made.finance, RecordRefund(invoice, 500_00, "UT 1", day))


def test_what_went_back_by_bank_left_the_bank(shop: Cards) -> None:
    """A card payment that belongs nowhere is paid back by bank: the account it came on is not touched."""
    made = shop.institute
    book(made, made.conference(), made.acme, None)
    page = shop.open(invoices(shop)[0].document_id)
    made.services.invoices.record_payment(
        made.finance, RecordPayment(InvoiceId(invoices(shop)[0].document_id), 7_500_00, "BG 1", DAY)
    )
    shop.pay(page)
    keep_notices(shop)
    card_work = next(each for each in made.house.worker.jobs.jobs if isinstance(each, CardJobs))
    card_work.turn()
    made.catch_up()
    [asked] = made.services.payment_questions.card_refunds(made.finance)
    told = CardRefund("", asked.checkout_id, asked.refund_id, RefundOutcome.FAILED, "expired_card")
    made.services.card_refunds.settle(asked.checkout_id, asked.refund_id, told)
    made.catch_up()
    [left] = made.services.payment_questions.suspense(made.finance)
    made.services.payments.refund(made.finance, RefundPayment(left.payment_id, left.left, "UT 1", DAY))
    made.catch_up()
    ledger = {row.account: row.amount for row in made.services.ledger.balances(made.finance)}
    assert (ledger.get("unallotted", 0), ledger.get("cash_bank", 0)) == (0, 0)
    assert ledger["card_clearing"] == 7_500_00 - ledger["fees"]
