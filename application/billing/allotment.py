"""Which payments pay which invoices, and what the card company has been asked to refund of them and has not yet."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for
from domain.billing.invoice import Invoice
from domain.billing.invoice_payment import fresh_reference, receive
from domain.kernel.ids import InvoiceId
from domain.kernel.money import Means, Money
from domain.payments.checkout import Checkout
from domain.payments.payment import Payment


def allot(work: UnitOfWork, payment: Payment, invoice_id: InvoiceId, most: Money, on: date) -> Money:
    """Pay an invoice with a part of a payment, never more than may still be paid on it; what was allotted."""
    invoice = load_for(work, Invoice, invoice_id)
    pending = pending_refunds_of(work, payment)
    amount = Money(min(most.amount, payment.left.amount - pending, invoice.payable_still.amount), invoice.currency)
    if amount.amount > 0:
        counts_from = max(on, payment.arrived_on, invoice.issued_on)  # a month that has been reported stays as it was
        reference = fresh_reference(invoice, f"{payment.means} {payment.reference}")
        receive(invoice, amount, reference, counts_from, payment.means, payment.id, payment.arrived_on)
        payment.allot(invoice_id, amount, on, pending)
    return amount


def checkouts_of(work: UnitOfWork, invoice: Invoice) -> list[Checkout]:
    """The card payments that were allotted to an invoice."""
    payments = [work.load(Payment, payment_id) for payment_id in dict.fromkeys(invoice.payments)]
    return [work.load(Checkout, UUID(each.reference)) for each in payments if each.means is Means.CARD]


def pending_refunds_on(work: UnitOfWork, invoice: Invoice) -> int:
    """What the card company has been asked to refund of an invoice, and has not yet (öre)."""
    return sum(checkout.pending(invoice.invoice_id) for checkout in checkouts_of(work, invoice))


def pending_refunds_of(work: UnitOfWork, payment: Payment) -> int:
    """What the card company has been asked to refund of what belongs nowhere, and has not yet (öre)."""
    return work.load(Checkout, UUID(payment.reference)).pending(None) if payment.means is Means.CARD else 0
