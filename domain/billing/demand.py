"""What is done about an invoice that is not paid: reminders, debt collection, and writing it off."""

from __future__ import annotations

from datetime import date

from domain.billing.invoice import Invoice
from domain.kernel.errors import RuleBroken
from domain.kernel.money import Money
from domain.kernel.text import clean_line


class InvoiceSettled(RuleBroken):
    """Nothing is left to pay on the invoice."""


class InvoiceDisputed(RuleBroken):
    """The payment of the invoice is disputed; nothing is demanded until that has been decided."""


class ReminderSent(RuleBroken):
    """That reminder, or a later one, has been sent already (`level`)."""


def remind(invoice: Invoice, level: int, on: date, fee: Money) -> None:
    """Reminder 1, 2 …; raises InvoiceSettled, InvoiceDisputed, ReminderSent."""
    _must_be_owed(invoice)
    if level != invoice.reminded + 1:
        raise ReminderSent(level=invoice.reminded)
    invoice.record(Invoice.Reminded(level=level, on=on, fee=fee))


def forward_to_collection(invoice: Invoice, on: date) -> None:
    """Reminders have not helped: put it on the list for debt collection. Raises as `remind`."""
    _must_be_owed(invoice)
    if invoice.is_handed_over:
        raise ReminderSent(level=invoice.reminded)
    invoice.record(Invoice.HandedOver(on=on))


def write_off(invoice: Invoice, on: date, reason: str) -> None:
    """Give up what is still owed, with a reason. Raises InvoiceSettled, InvoiceDisputed."""
    _must_be_owed(invoice)
    invoice.record(Invoice.WrittenOff(amount=invoice.balance, on=on, reason=clean_line("reason", reason, 300)))


def _must_be_owed(invoice: Invoice) -> None:
    if invoice.balance.amount <= 0:
        raise InvoiceSettled
    if invoice.disputes:
        raise InvoiceDisputed
