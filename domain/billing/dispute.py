"""A card payment of an invoice that the payer's bank disputes, until it is won or lost."""

from __future__ import annotations

from datetime import date

from domain.billing.invoice import Invoice
from domain.kernel.money import Money


def open_dispute(invoice: Invoice, reference: str, amount: Money, on: date) -> None:
    """The payer's bank disputes a card payment; told again it changes nothing."""
    if reference not in invoice.references:
        invoice.record(Invoice.Disputed(reference=reference, amount=amount, opened_on=on))


def win_dispute(invoice: Invoice, reference: str, on: date) -> None:
    """The dispute was decided for the seller: all as before."""
    if reference in invoice.disputes:
        invoice.record(Invoice.DisputeWon(reference=reference, on=on))


def lose_dispute(invoice: Invoice, reference: str, on: date) -> None:
    """The dispute was lost: the money is a loss, neither a refund nor a credit note (S53)."""
    if reference in invoice.disputes:
        invoice.record(Invoice.DisputeLost(reference=reference, amount=invoice.disputes[reference], on=on))
        invoice.undo_losses(on)
