"""Refunds to cards: asked for once each, carried out by the card company, and recorded as it tells of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.billing.allotment import checkouts_of, pending_refunds_of
from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.command import by_system
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of, today_of
from application.payments.card import CardRefund, RefundOutcome
from application.payments.checkout import CheckoutRef, Checkouts
from application.payments.queries.payment import SuspenseRow
from domain.billing.invoice import Invoice
from domain.billing.invoice_payment import complete_refund, fresh_reference, refund_came_back
from domain.kernel.ids import CreditNoteId, InvoiceId, derived
from domain.kernel.money import Means, Money
from domain.payments.checkout import Checkout, NotPaidByCard
from domain.payments.payment import Payment


class CardRefunds(UseCases):
    """What was paid by card goes back to the card."""

    def __init__(self, decisions: Decisions, checkouts: Checkouts) -> None:
        super().__init__(decisions)
        self._checkouts = checkouts

    def ask_credited(self, invoice_id: InvoiceId, credit_note_id: CreditNoteId) -> None:
        """What was paid by card and is no longer owed is asked back, once for each credit note (S27, S32)."""

        def decide(work: UnitOfWork) -> CheckoutRef:
            invoice = work.load(Invoice, invoice_id)
            over = invoice.refundable()
            checkouts = checkouts_of(work, invoice) if over else []
            left = over - sum(checkout.pending(invoice_id) for checkout in checkouts)
            for checkout in checkouts:
                amount = min(left, checkout.refundable.amount)
                if amount > 0:
                    refund_id = derived(credit_note_id, "refund", checkout.id)
                    checkout.ask_refund(refund_id, Money(amount, invoice.currency), invoice_id)
                    left -= amount
            return CheckoutRef(invoice_id)

        self._record(SYSTEM, ("refund", credit_note_id), CheckoutRef, decide, f"card-refund/{credit_note_id}")

    def ask_left(self, actor: Actor, checkout_id: UUID, key: str | None = None) -> Committed[CheckoutRef]:
        """Refund to the card what is left of its payment. Raises NotPaidByCard, NotAllowed."""
        actor.must_be(organiser_of(actor), Role.FINANCE)

        def decide(work: UnitOfWork) -> CheckoutRef:
            checkout = load_for(work, Checkout, checkout_id)
            if checkout.payment_id is None:
                raise NotPaidByCard(open=0)
            payment = work.load(Payment, checkout.payment_id)
            left = payment.left - Money(pending_refunds_of(work, payment), payment.amount.currency)
            checkout.ask_refund(derived(checkout_id, "left", len(checkout.refunds)), left, None)
            return CheckoutRef(checkout_id)

        return self._record(actor, ("return", checkout_id), CheckoutRef, decide, key)

    def carry_out(self, checkout_id: UUID, refund_id: UUID) -> CardRefund:
        """Let the card company refund what was asked; the same refund again is the same. Raises CardsUnavailable."""
        checkout = self._decisions.dry_run(SYSTEM, lambda work: work.load(Checkout, checkout_id))
        amount = checkout.refunds[refund_id].amount
        return self._checkouts.cards.refund(checkout_id, refund_id, checkout.intent, amount)

    @by_system
    def settle(self, work: UnitOfWork, checkout_id: UUID, refund_id: UUID, refund: CardRefund) -> None:
        """The card company has refunded the money, or will not; told again it changes nothing."""
        checkout = work.load(Checkout, checkout_id)
        today = today_of(work, checkout.organiser_id)
        if refund.state == RefundOutcome.FAILED:
            checkout.fail_refund(refund_id, refund.why or "failed")
            if checkout.refund_came_back(refund_id, refund.why or "failed", today):
                _came_back(work, checkout, refund_id, refund.reference, today)
        elif refund.state == RefundOutcome.SUCCEEDED and checkout.refund(refund_id, refund.reference, today):
            _went(work, checkout, refund_id, refund.reference, today)


def _went(work: UnitOfWork, checkout: Checkout, refund_id: UUID, reference: str, on: date) -> None:
    asked = checkout.refunds[refund_id]
    if asked.invoice_id is not None:
        complete_refund(work.load(Invoice, asked.invoice_id), asked.amount, reference, on, Means.CARD)
    elif checkout.payment_id is not None:
        work.load(Payment, checkout.payment_id).refund(asked.amount, reference, on)


def _came_back(work: UnitOfWork, checkout: Checkout, refund_id: UUID, reference: str, on: date) -> None:
    """The money is here again, and is due to be refunded by bank."""
    asked = checkout.refunds[refund_id]
    if asked.invoice_id is not None:
        invoice = work.load(Invoice, asked.invoice_id)
        refund_came_back(invoice, asked.amount, fresh_reference(invoice, reference), on, Means.CARD)
    elif checkout.payment_id is not None:
        work.load(Payment, checkout.payment_id).refund_came_back(asked.amount, reference, on)


def checkout_of(row: SuspenseRow) -> UUID:
    """The checkout that some money came from. Raises NotPaidByCard."""
    if row.means != Means.CARD:
        raise NotPaidByCard(open=0)
    return UUID(row.reference)
