"""Payments: bank files, what belongs nowhere yet, refunds, disputes, reminders, write-offs, and paying by card."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from application.kernel.use_case import organiser_of
from application.payments.account_entry import PaymentRef
from application.payments.bank_entry import UnreadRow
from application.payments.bank_following import StatementCheck, TakenStatement
from application.payments.bank_outcome import Matched, Suggestion, TakenIn
from application.payments.card import CardDifference
from application.payments.card_refund import checkout_of
from application.payments.checkout import CardPageOpened, CheckoutRef, PayByCard
from application.payments.compensation import ClaimCompensation, CompensationClaim, CompensationDue
from application.payments.interest import ClaimInterest, InterestClaim, InterestDue
from application.payments.other_money import Payout, UndoOther
from application.payments.payment import AllotPayment, BookElsewhere, MoveAllotment, RefundPayment
from application.payments.payment_rules import AgreePaymentRules
from application.payments.queries.other_money import OtherMoneyRow
from application.payments.queries.payment import AllotmentRow, RefundDueRow, SuspenseRow
from application.payments.queries.receivable import CardRefundRow, DisputeRow, LateRow
from application.payments.receivable import ForwardToCollection, RecordRefund, SetOff, WriteOff
from domain.kernel.ids import InvoiceId
from domain.kernel.terms import day_in
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.payments import payment_schema as bodies

payments = ApiBlueprint(
    "payments", "Payments by bank and by card: taken in, allotted, given back, reminded of, given up."
)
ONE = "/invoices/<uuid:invoice_id>"


@dataclass(frozen=True)
class SuspendedPayment:
    """A payment that belongs nowhere yet, what it may be for, and the card payments that it may be the payout of."""

    payment: SuspenseRow
    suggested: tuple[Suggestion, ...]
    payout: Payout | None


@payments.look("/bank-files/preview", Who.FINANCE, tuple[Matched, ...], bodies.BankFileBody)
def preview_bank_file(call: Call) -> tuple[Matched, ...]:
    """Every entry of a file and what would become of it."""
    return call.services.bank.preview(call.actor, call.content())


@payments.look("/bank-files/check", Who.FINANCE, tuple[StatementCheck, ...], bodies.BankFileBody)
def check_bank_file(call: Call) -> tuple[StatementCheck, ...]:
    """What a file says of its accounts: its balances, and whether they follow from the files before it."""
    return call.services.bank.statements(call.actor, call.content())


@payments.look("/bank-files/unread", Who.FINANCE, tuple[UnreadRow, ...], bodies.BankFileBody)
def list_unread_rows(call: Call) -> tuple[UnreadRow, ...]:
    """The rows of a file that are left out, since a cell of each cannot be read; the rest is taken in."""
    return call.services.bank.unread(call.actor, call.content())


@payments.read("/other-money", Who.FINANCE, tuple[OtherMoneyRow, ...])
def list_other_money(call: Call) -> tuple[OtherMoneyRow, ...]:
    """Entries that were booked to an account of choice, or left out; latest first, fifty at most."""
    return call.services.bank.other_money(call.actor)


@payments.write("POST", "/other-money/<uuid:other_id>/undo", Who.FINANCE, PaymentRef, body=bodies.UndoOtherBody)
def undo_other_money(call: Call, other_id: UUID) -> Written:
    """Booked wrong, it is taken back by a voucher of today: a payment waits in suspense again, an entry is unknown."""
    return call.execute(call.services.other_money.undo, UndoOther(other_id, **call.body))


@payments.read("/bank-statements", Who.FINANCE, tuple[TakenStatement, ...])
def list_bank_statements(call: Call) -> tuple[TakenStatement, ...]:
    """The statements that have been taken in, latest days first, and where something misses between them."""
    return call.services.bank.taken_files(call.actor)


@payments.write("POST", "/bank-files", Who.FINANCE, TakenIn, body=bodies.TakeInBody, status=201)
def take_in_bank_file(call: Call) -> Written:
    """Take in every entry, each once; what would be split between invoices waits for a confirmation.

    `taken_back`: of what unclear entries were taken back, by their number in the preview. `new`: which of those that
    are perhaps known are payments of their own. `elsewhere`: entries that are no payments, and where they are booked.
    """
    decided, new, name = call.body["taken_back"], tuple(call.body["new"]), call.body["name"]
    taken = call.services.bank.import_file(
        call.actor, call.content(), tuple(decided), new, name, tuple(call.body["elsewhere"])
    )
    return Written(taken, taken.position, is_repeated=False)


@payments.read("/payments/suspense", Who.STAFF, tuple[SuspenseRow, ...])
def list_suspense(call: Call) -> tuple[SuspenseRow, ...]:
    """Money that belongs nowhere yet."""
    return call.services.payment_questions.suspense(call.actor)


@payments.read("/payments/<uuid:payment_id>", Who.FINANCE, SuspendedPayment)
def read_payment(call: Call, payment_id: UUID) -> SuspendedPayment:
    """One payment, and what it may be for."""
    bank = call.services.bank
    return SuspendedPayment(*bank.suggest(call.actor, payment_id), bank.payout(call.actor, payment_id))


@payments.write("POST", "/payments/<uuid:payment_id>/allotments", Who.FINANCE, PaymentRef, body=bodies.AllotBody)
def allot_payment(call: Call, payment_id: UUID) -> Written:
    """Let it pay invoices, never more than each owes."""
    return call.execute(call.services.payments.allot, AllotPayment(payment_id, **call.body))


@payments.read("/payments/<uuid:payment_id>/allotments", Who.FINANCE, tuple[AllotmentRow, ...])
def list_allotments(call: Call, payment_id: UUID) -> tuple[AllotmentRow, ...]:
    """What has become of its parts, in order: allotted, and (below zero) taken from an invoice again, and why."""
    return call.services.bank.allotments(call.actor, payment_id)


@payments.write("POST", "/payments/<uuid:payment_id>/moves", Who.FINANCE, PaymentRef, body=bodies.MoveBody)
def move_allotment(call: Call, payment_id: UUID) -> Written:
    """A part was allotted to the wrong invoice: it goes to another or waits in suspense, with a voucher of today."""
    return call.execute(call.services.payments.move, MoveAllotment(payment_id, **call.body))


@payments.write("POST", "/payments/<uuid:payment_id>/elsewhere", Who.FINANCE, PaymentRef, body=bodies.BookElsewhereBody)
def book_elsewhere(call: Call, payment_id: UUID) -> Written:
    """What is left of it was no payment of a customer: to an account of choice, or out of these books."""
    return call.execute(call.services.payments.book_elsewhere, BookElsewhere(payment_id, **call.body))


@payments.write("POST", "/payments/<uuid:payment_id>/returns", Who.FINANCE, PaymentRef, body=bodies.ReturnBody)
def return_payment(call: Call, payment_id: UUID) -> Written:
    """What is left of it was paid back by bank."""
    return call.execute(call.services.payments.refund, RefundPayment(payment_id, **call.body))


@payments.write("POST", "/payments/<uuid:payment_id>/return-to-card", Who.FINANCE, CheckoutRef)
def return_to_card(call: Call, payment_id: UUID) -> Written:
    """What is left of a card payment goes back to its card."""
    row, _ = call.services.bank.suggest(call.actor, payment_id)
    return call.execute(call.services.card_refunds.ask_left, checkout_of(row))


@payments.read("/refunds-due", Who.STAFF, tuple[RefundDueRow, ...])
def list_refunds_due(call: Call) -> tuple[RefundDueRow, ...]:
    """What must be paid back by bank or set off."""
    return call.services.payment_questions.refunds_due(call.actor)


@payments.read("/card-refunds", Who.STAFF, tuple[CardRefundRow, ...])
def list_card_refunds(call: Call) -> tuple[CardRefundRow, ...]:
    """Refunds to cards that are under way or were refused."""
    return call.services.payment_questions.card_refunds(call.actor)


@payments.read("/disputes", Who.STAFF, tuple[DisputeRow, ...])
def list_disputes(call: Call) -> tuple[DisputeRow, ...]:
    """Disputed card payments, open ones first."""
    return call.services.payment_questions.disputes(call.actor)


@payments.read("/late-invoices", Who.STAFF, tuple[LateRow, ...])
def list_late_invoices(call: Call) -> tuple[LateRow, ...]:
    """Invoices that are late, and how often their payers were reminded."""
    zone = call.services.programme.organiser(organiser_of(call.actor)).zone
    return call.services.payment_questions.late(call.actor, day_in(call.services.clock.now(), zone))


@payments.read("/card-differences", Who.STAFF, tuple[CardDifference, ...])
def list_card_differences(call: Call) -> tuple[CardDifference, ...]:
    """What our books and the card company's did not agree on last night."""
    return call.services.payment_questions.differences(call.actor)


@payments.write("POST", f"{ONE}/refunds", Who.FINANCE, PaymentRef, body=bodies.RefundBody)
def record_refund(call: Call, invoice_id: InvoiceId) -> Written:
    """What was paid too much was paid back by bank."""
    return call.execute(call.services.receivables.refund, RecordRefund(invoice_id, **call.body))


@payments.write("POST", f"{ONE}/set-off", Who.FINANCE, PaymentRef, body=bodies.SetOffBody)
def set_off(call: Call, invoice_id: InvoiceId) -> Written:
    """What was paid too much pays another invoice of the same payer."""
    return call.execute(call.services.receivables.set_off, SetOff(invoice_id, **call.body))


@payments.write("POST", f"{ONE}/write-off", Who.FINANCE, PaymentRef, body=bodies.WriteOffBody)
def write_off(call: Call, invoice_id: InvoiceId) -> Written:
    """Give up what is still owed."""
    return call.execute(call.services.receivables.write_off, WriteOff(invoice_id, **call.body))


@payments.read(f"{ONE}/interest", Who.FINANCE, InterestDue)
def read_interest(call: Call, invoice_id: InvoiceId) -> InterestDue:
    """What interest on late payment comes to until today, and has not been claimed yet; nothing is recorded."""
    return call.services.interests.due(call.actor, invoice_id)


@payments.write("POST", f"{ONE}/interest", Who.FINANCE, InterestClaim, body=bodies.InterestBody, status=201)
def claim_interest(call: Call, invoice_id: InvoiceId) -> Written:
    """Claim interest on late payment, on an invoice of its own without VAT."""
    return call.execute(call.services.interests.claim, ClaimInterest(invoice_id, **call.body), "/invoices/{invoice_id}")


@payments.read(f"{ONE}/compensation", Who.FINANCE, CompensationDue)
def read_compensation(call: Call, invoice_id: InvoiceId) -> CompensationDue:
    """Compensation for late payment that may be claimed of a business or a public body; nothing is recorded."""
    return call.services.compensations.due(call.actor, invoice_id)


@payments.write("POST", f"{ONE}/compensation", Who.FINANCE, CompensationClaim, body=bodies.CompensationBody, status=201)
def claim_compensation(call: Call, invoice_id: InvoiceId) -> Written:
    """Claim compensation for late payment (lag 1981:739 4 a §), on an invoice of its own without VAT, once."""
    command = ClaimCompensation(invoice_id, **call.body)
    return call.execute(call.services.compensations.claim, command, "/invoices/{invoice_id}")


@payments.write("POST", f"{ONE}/hand-over", Who.FINANCE, PaymentRef)
def hand_over(call: Call, invoice_id: InvoiceId) -> Written:
    """An invoice has gone to debt collection."""
    return call.execute(call.services.receivables.forward_to_collection, ForwardToCollection(invoice_id))


@payments.write("POST", f"{ONE}/checkouts", Who.SIGNED_IN, CardPageOpened, body=bodies.PayByCardBody)
def pay_by_card(call: Call, invoice_id: InvoiceId) -> Written:
    """Open a page of the card company to pay what is left of an invoice; the payer's, or staff's."""
    command = PayByCard(invoice_id, **call.body)
    opened = call.services.checkouts.pay(call.actor, command, call.key)
    return Written(opened, opened.position, is_repeated=False, location=opened.address)


@payments.read("/payment-rules", Who.STAFF, AgreePaymentRules)
def read_payment_rules(call: Call) -> AgreePaymentRules:
    """Reminders, their fee, holds, disputes."""
    return call.services.payment_rules.current(call.actor)


@payments.write("PUT", "/payment-rules", Who.FINANCE, PaymentRef, body=bodies.PaymentRulesBody)
def agree_payment_rules(call: Call) -> Written:
    """Other rules from now on."""
    return call.execute(call.services.payment_rules.agree, AgreePaymentRules(**call.body))
