"""What the card company has been asked to give back and has not yet, and references that tell payments apart."""

from __future__ import annotations

from uuid import UUID

from application.kernel.ports import UnitOfWork
from domain.billing.invoice import Invoice
from domain.payments.checkout import Checkout
from domain.payments.payment import CARD, Payment


def checkouts_of(work: UnitOfWork, invoice: Invoice) -> list[Checkout]:
    """The card payments that were allotted to an invoice."""
    payments = [work.load(Payment, payment_id) for payment_id in dict.fromkeys(invoice.payments)]
    return [work.load(Checkout, UUID(each.reference)) for each in payments if each.means == CARD]


def under_way(work: UnitOfWork, invoice: Invoice) -> int:
    """What the card company has been asked to give back of an invoice, and has not yet (öre)."""
    return sum(checkout.under_way(invoice.invoice_id) for checkout in checkouts_of(work, invoice))


def on_its_way(work: UnitOfWork, payment: Payment) -> int:
    """What the card company has been asked to give back of what belongs nowhere, and has not yet (öre)."""
    return work.load(Checkout, UUID(payment.reference)).under_way(None) if payment.means == CARD else 0


def fresh_reference(invoice: Invoice, first: str) -> str:
    """A reference of its own on the invoice, also where somebody pays twice with the same OCR."""
    named, nth = first, 1
    while named in invoice.references:
        nth += 1
        named = f"{first} ({nth})"
    return named
