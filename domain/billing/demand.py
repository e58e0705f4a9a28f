"""What is done about an invoice that is not paid: reminders, interest, debt collection, and writing it off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.billing.demanded import vat_in
from domain.billing.interest import NoInterest, Span, amounts, spans
from domain.billing.invoice import Invoice
from domain.kernel.documents import Line, LineKind
from domain.kernel.errors import RuleBroken
from domain.kernel.money import Money
from domain.kernel.text import clean_line


class InvoiceSettled(RuleBroken):
    """Nothing is left to pay on the invoice."""


class InvoiceDisputed(RuleBroken):
    """The payment of the invoice is disputed; nothing is demanded until that has been decided."""


class ReminderSent(RuleBroken):
    """That reminder, or a later one, has been sent already (`level`)."""


def fee_of_reminder(invoice: Invoice) -> Money:
    """What the next reminder may cost: what the invoice said beforehand, once (lag 1981:739 2 and 4 §§).

    Where compensation has been claimed, which covers it (4 a §), nothing.
    """
    is_asked = invoice.fee.amount or invoice.compensated_on
    return Money(0 if is_asked else invoice.late.reminder_fee, invoice.currency)


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


def write_off(
    invoice: Invoice, on: date, reason: str, *, takes_vat_back: bool = False, credited: tuple[Line, ...] = ()
) -> None:
    """Give up what is still owed, with a reason. Raises InvoiceSettled, InvoiceDisputed.

    `takes_vat_back`: the loss is established (bankruptcy, fruitless enforcement), so the VAT in it is owed no longer
    (mervärdesskattelagen 8:16); a mere doubt, or a dispute about the supply, is no such loss. `credited`: the lines of
    its credit notes, whose VAT has gone back already.
    """
    _must_be_owed(invoice)
    amount, asked = invoice.balance, invoice.payable - invoice.credited
    back = vat_in((*invoice.lines, *credited), amount.amount, asked.amount) if takes_vat_back else ()
    reason = clean_line("reason", reason, 300)
    invoice.record(Invoice.WrittenOff(amount=amount, on=on, reason=reason, vat_back=back))


def interest_due(invoice: Invoice, until: date, told: Mapping[date, int]) -> tuple[Span, ...]:
    """What bears interest until a day and has not been claimed: none of what fees and interest come to.

    Where the invoice says nothing of interest, the law's holds from its due date. Raises NoInterest, InvoiceDisputed,
    ReferenceRateUnknown.
    """
    if invoice.disputes:
        raise InvoiceDisputed
    if all(each.kind in (LineKind.FEE, LineKind.INTEREST) for each in invoice.lines):
        raise NoInterest
    since = invoice.interest_until or invoice.due_on
    found = spans(invoice.payable - invoice.credited, invoice.moves, since, until, invoice.late.interest, told)
    if not sum(each.weight for each in found):
        raise NoInterest
    return found


def claim_interest(invoice: Invoice, until: date, found: tuple[Span, ...]) -> None:
    """It is claimed until that day, on a document of its own."""
    total_of = sum(each.amount for each in amounts(found))
    invoice.record(Invoice.InterestClaimed(until=until, amount=Money(total_of, invoice.currency)))


def _must_be_owed(invoice: Invoice) -> None:
    if invoice.balance.amount <= 0:
        raise InvoiceSettled
    if invoice.disputes:
        raise InvoiceDisputed
