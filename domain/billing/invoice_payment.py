"""Money that comes and goes on an invoice: payments, refunds, reversals; each by a reference of its own."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.billing.invoice import Invoice, NothingToRefund
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.money import Means, Money
from domain.kernel.text import clean_line


class MoneyGoneBack(RuleBroken):
    """No more than `open` (öre) is still here of what was paid: the rest was refunded, set off or disputed."""


class PaymentKnown(RuleBroken):
    """A payment with that reference has been recorded already (`reference`)."""


def receive(
    invoice: Invoice,
    amount: Money,
    reference: str,
    on: date,
    means: Means = Means.BANK,
    payment_id: UUID | None = None,
    came_on: date | None = None,
) -> None:
    """A payment counts from a local day; the same reference again raises PaymentKnown.

    `came_on`: when it was here, if it has waited to be allotted, for which its payer was not late. What had
    been given up or lost, and has come after all, is no loss any longer.
    """
    if amount.amount <= 0 or amount.currency != invoice.currency:
        raise BadValue(field="amount", why="a payment is more than nothing, in the currency of the invoice")
    reference = _unknown(invoice, reference)
    invoice.record(
        Invoice.PaymentReceived(
            amount=amount, reference=reference, received_on=on, means=means, payment_id=payment_id, arrived_on=came_on
        )
    )
    invoice.undo_losses(on)


def refund(invoice: Invoice, amount: Money, reference: str, on: date, means: Means, pending: int = 0) -> None:
    """Pay back what was paid too much. Raises NothingToRefund for more than `refundable`, PaymentKnown."""
    if amount.amount <= 0 or amount.amount > invoice.refundable(pending):
        raise NothingToRefund(open=invoice.refundable(pending))
    _refund(invoice, amount, reference, on, means)


def complete_refund(invoice: Invoice, amount: Money, reference: str, on: date, means: Means) -> None:
    """Money that was to go back has gone, whatever happened meanwhile. Raises NothingToRefund, PaymentKnown."""
    _must_have_been_paid(invoice, amount)
    _refund(invoice, amount, reference, on, means)


def _refund(invoice: Invoice, amount: Money, reference: str, on: date, means: Means) -> None:
    reference = _unknown(invoice, reference)
    invoice.record(Invoice.PaymentRefunded(amount=amount, reference=reference, refunded_on=on, means=means))


def reverse(invoice: Invoice, amount: Money, reference: str, on: date, means: Means) -> None:
    """The bank took a payment back (a reversal): it is owed again. Raises NothingToRefund, PaymentKnown."""
    _must_have_been_paid(invoice, amount)
    reference = _unknown(invoice, reference)
    invoice.record(Invoice.PaymentReversed(amount=amount, reference=reference, on=on, means=means))


def undo_allotment(invoice: Invoice, payment_id: UUID, amount: Money, on: date, reason: str, pending: int = 0) -> None:
    """A payment was not for this invoice: it is owed again. What is to go back to a card (`pending`) is not moved.

    Raises MoneyGoneBack, BadValue without a reason.
    """
    disputed = sum(each.amount for each in invoice.disputes.values())
    here = invoice.paid.amount - invoice.lost.amount - disputed - pending
    if amount.amount > here:
        raise MoneyGoneBack(open=max(0, here))
    invoice.record(
        Invoice.AllotmentUndone(
            payment_id=payment_id,
            amount=amount,
            reference=fresh_reference(invoice, f"undone {payment_id}"),
            on=on,
            reason=clean_line("reason", reason, 300),
        )
    )


def refund_came_back(invoice: Invoice, amount: Money, reference: str, on: date, means: Means) -> None:
    """Money that had been paid back did not reach the payer: it is here again. Raises PaymentKnown."""
    reference = _unknown(invoice, reference)
    invoice.record(Invoice.RefundCameBack(amount=amount, reference=reference, on=on, means=means))
    invoice.undo_losses(on)


def fresh_reference(invoice: Invoice, wanted: str) -> str:
    """A reference of its own on the invoice, also where somebody pays twice with the same OCR."""
    reference, nth = wanted, 1
    while reference in invoice.references:
        nth += 1
        reference = f"{wanted} ({nth})"
    return reference


def _must_have_been_paid(invoice: Invoice, amount: Money) -> None:
    if amount.amount <= 0 or amount.amount > invoice.paid.amount:
        raise NothingToRefund(open=invoice.paid.amount)


def _unknown(invoice: Invoice, reference: str) -> str:
    """A reference, tidied, that is not known on the invoice yet."""
    reference = clean_line("reference", reference, 200)
    if reference in invoice.references:
        raise PaymentKnown(reference=reference)
    return reference
