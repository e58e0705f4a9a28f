"""Money that comes and goes in every way there is: by bank and by card, too much, disputed, late, given up."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from application.kernel.actor import SYSTEM
from application.kernel.ports import CommandContext, UnitOfWork
from application.payments.account_entry import Part, RecordEntry
from application.payments.bank_outcome import Elsewhere
from application.payments.card import CardDispute, CardPayment, CardRefund, CardState, DisputeState, RefundOutcome
from application.payments.checkout import CheckoutRef
from application.payments.other_money import UndoOther
from application.payments.payment import AllotPayment, BookElsewhere, MoveAllotment, RecordFile, RefundPayment
from application.payments.payment_rules import AgreePaymentRules
from application.payments.receivable import ForwardToCollection, RecordRefund, WriteOff
from domain.billing.crediting.difference import LowerPrice
from domain.billing.demand import claim_interest, remind
from domain.billing.interest import Span
from domain.billing.invoice import Invoice
from domain.billing.invoice_payment import receive, refund_came_back, reverse
from domain.booking.seating import Seating
from domain.kernel.ids import BookingId, InvoiceId, SeasonId, derived, seating_of
from domain.kernel.money import Means, Money
from domain.payments.checkout import Checkout
from domain.payments.origin import Origin, Statement
from domain.payments.payment import Payment
from tests.samples import Institute
from tests.scenarios.story import book, cancel, documents

DAY = date(2026, 12, 30)


def pay_in_every_way(institute: Institute) -> None:
    """Four invoices: paid too much by bank, paid by card and disputed, given up; and seats held meanwhile."""
    conference = institute.conference(seats=9)
    made = [book(institute, conference, institute.bolt, None) for _ in range(3)]
    rows = {row.source_id: row for row in documents(institute, "invoice")}
    by_bank, by_card, never = (InvoiceId(rows[each.booking_id].document_id) for each in made)
    rules = AgreePaymentRules(
        reminder_fee=60_00, lower_price=LowerPrice.CREDIT, interest=1_000, claims_compensation=True
    )
    institute.services.payment_rules.agree(institute.finance, rules)
    _by_bank(institute, by_bank)
    checkout_id = _by_card(institute, by_card)
    for each in made[:2]:
        cancel(institute, institute.admin, each.booking_id)
    institute.catch_up()
    _give_back(institute, by_bank, checkout_id)
    _give_up(institute, never)
    _hold(institute, conference)


def _by_bank(institute: Institute, invoice_id: InvoiceId) -> None:
    services, finance = institute.services, institute.finance
    statement = Statement("statement", "SE35", "SEK", 0, 15_200_00, 15_200_00, DAY, DAY)
    file_id = services.payments.record_file(finance, RecordFile("d1", "december.xml", (statement,))).answer.id
    origin = Origin(file_id, "SE35", "bank/1", "1", "statement", 15_200_00)
    part = Part(invoice_id, 15_000_00)
    entry = RecordEntry("bank/1", 15_200_00, "SEK", "OCR 1", DAY, "Bolt AB", (part,), origin=origin)
    services.payments.record_entry(finance, entry)
    payment_id = Payment.create_id(institute.organiser, "bank/1")
    services.payments.record_entry(finance, RecordEntry("bank/3", 1_00, "SEK", "", DAY, "Skatteverket"))
    none = BookElsewhere(Payment.create_id(institute.organiser, "bank/3"), "1630", "Skattekonto")
    services.payments.book_elsewhere(finance, none)
    services.other_money.undo(finance, UndoOther(none.payment_id, "Fel konto"))
    services.payments.book_elsewhere(finance, none)
    tax = b"Datum;Text;Belopp\n2026-12-30;SKATTEVERKET;5000,00\n"
    for _ in range(2):
        services.bank.import_file(finance, tax, elsewhere=(Elsewhere(1, "1630", "Skattekonto"),))
        institute.catch_up()
        [placed] = [each for each in services.bank.other_money(finance) if each.amount == 5_000_00]
        services.other_money.undo(finance, UndoOther(placed.other_id, "Fel konto"))
        institute.catch_up()
    services.payments.move(finance, MoveAllotment(payment_id, invoice_id, 1_00, None, "Fel faktura"))
    services.payments.allot(finance, AllotPayment(payment_id, (Part(invoice_id, 1_00),)))
    services.payments.refund(finance, RefundPayment(payment_id, 200_00, "UT 1", DAY))

    def decide(work: UnitOfWork) -> CheckoutRef:
        work.load(Payment, payment_id).refund_came_back(Money(200_00), "UT 1", DAY)
        return CheckoutRef(payment_id)

    institute.house.store.decisions.execute(CommandContext(SYSTEM), CheckoutRef, decide)


def _by_card(institute: Institute, invoice_id: InvoiceId) -> UUID:
    checkouts, amount = institute.services.checkouts, Money(15_000_00)
    paid, closed = (_opened(institute, invoice_id, amount) for _ in range(2))
    checkouts.started(paid, "cs_1")
    told = CardPayment("cs_1", paid, CardState.PAID, amount, "pi_1", Money(2_50), None)
    checkouts.receive(told)
    checkouts.receive(CardPayment("cs_2", closed, CardState.EXPIRED, amount, "", Money(0), None))
    for reference, part, verdict in (("dp_1", amount, DisputeState.WON), ("dp_2", Money(1_000_00), DisputeState.LOST)):
        checkouts.disputed(CardDispute(reference, paid, part, DisputeState.OPEN))
        checkouts.disputed(CardDispute(reference, paid, part, verdict))
    return paid


def _opened(institute: Institute, invoice_id: InvoiceId, amount: Money) -> UUID:
    def decide(work: UnitOfWork) -> CheckoutRef:
        checkout_id, organiser = work.new_id(), institute.organiser
        work.add(
            Checkout(id=checkout_id, organiser_id=organiser, invoice_id=invoice_id, amount=amount, opened_at=work.now)
        )
        return CheckoutRef(checkout_id)

    return institute.house.store.decisions.execute(CommandContext(SYSTEM), CheckoutRef, decide).answer.checkout_id


def _give_back(institute: Institute, by_bank: InvoiceId, checkout_id: UUID) -> None:
    services = institute.services
    for due in services.payment_questions.refunds_due(institute.finance):
        if due.invoice_id == by_bank:
            refund = RecordRefund(by_bank, due.due, "UT 2", DAY)
            services.receivables.refund(institute.finance, refund)
            _bounce(institute, by_bank)
    for asked in services.payment_questions.card_refunds(institute.finance):
        if asked.checkout_id == checkout_id:
            told = CardRefund("re_1", checkout_id, asked.refund_id, RefundOutcome.SUCCEEDED)
            services.card_refunds.settle(checkout_id, asked.refund_id, told)
    _refuse(institute)


def _bounce(institute: Institute, invoice_id: InvoiceId) -> None:
    """Money that was paid back and did not reach the payer."""

    def decide(work: UnitOfWork) -> CheckoutRef:
        invoice = work.load(Invoice, invoice_id)
        refund_came_back(invoice, Money(1_00), "UT 2 åter", DAY, Means.BANK)
        reverse(invoice, Money(1_00), "Banken 1", DAY, Means.BANK)
        receive(invoice, Money(1_00), "BG 1 igen", DAY)
        return CheckoutRef(invoice_id)

    institute.house.store.decisions.execute(CommandContext(SYSTEM), CheckoutRef, decide)


def _refuse(institute: Institute) -> None:
    """A refund that the card company will not carry out."""

    def decide(work: UnitOfWork) -> CheckoutRef:
        checkout_id = work.new_id()
        known = Checkout(
            id=checkout_id,
            organiser_id=institute.organiser,
            invoice_id=None,
            amount=Money(100_00),
            opened_at=work.now,
        )
        refund_id = derived(checkout_id, "refund")
        known.pay(Money(100_00), "pi_2", DAY, derived(checkout_id, "payment"), Money(0))
        known.tell_fee(Money(1_50), DAY)
        known.ask_refund(refund_id, Money(100_00), None)
        known.fail_refund(refund_id, "expired_or_canceled_card")
        again = derived(checkout_id, "again")
        known.ask_refund(again, Money(100_00), None)
        known.refund(again, "re_2", DAY)
        known.refund_came_back(again, "lost_or_stolen_card", DAY)
        work.add(known)
        return CheckoutRef(checkout_id)

    institute.house.store.decisions.execute(CommandContext(SYSTEM), CheckoutRef, decide)


def _give_up(institute: Institute, invoice_id: InvoiceId) -> None:
    def decide(work: UnitOfWork) -> CheckoutRef:
        remind(work.load(Invoice, invoice_id), 1, DAY, Money(0))
        invoice = work.load(Invoice, invoice_id)
        invoice.record(Invoice.CompensationClaimed(on=DAY, amount=Money(450_00)))
        claim_interest(work.load(Invoice, invoice_id), DAY, (Span(DAY, DAY, Money(15_000_00), 1_000),))
        return CheckoutRef(invoice_id)

    institute.house.store.decisions.execute(CommandContext(SYSTEM), CheckoutRef, decide)
    receivables = institute.services.receivables
    receivables.forward_to_collection(institute.finance, ForwardToCollection(invoice_id))
    receivables.write_off(institute.finance, WriteOff(invoice_id, "Konkurs"))


def _hold(institute: Institute, conference: SeasonId) -> None:
    person = institute.person("Hanna")

    def decide(work: UnitOfWork) -> CheckoutRef:
        seating, hold_id = work.load(Seating, seating_of(conference)), work.new_id()
        seating.hold(hold_id, 1, work.now + timedelta(minutes=30))
        seating.end_hold(hold_id, work.now)
        seating.join_queue_first(work.new_id(), person, 1)
        held = Checkout(
            id=hold_id,
            organiser_id=institute.organiser,
            invoice_id=None,
            amount=Money(15_000_00),
            opened_at=work.now,
            season_id=conference,
            person_id=person,
            participants=(person,),
            held_until=work.now + timedelta(minutes=30),
            reference="Kst 4711",
            billing=work.encrypt(person, "billing", "{}"),
        )
        held.book(BookingId(work.new_id()))
        work.add(held)
        return CheckoutRef(hold_id)

    institute.house.store.decisions.execute(CommandContext(SYSTEM), CheckoutRef, decide)
