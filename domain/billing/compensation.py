"""Compensation for late payment between businesses, or by a public body to one (lag 1981:739 4 a §).

It is due with the interest, without having been agreed, in place of what reminders cost; never by a consumer.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from domain.billing.demand import InvoiceDisputed
from domain.billing.invoice import Invoice
from domain.kernel.documents import LineKind
from domain.kernel.errors import RuleBroken
from domain.kernel.money import Money

BY_LAW = 450_00
"""What it comes to for each invoice, in öre."""


class NotDue(StrEnum):
    """Why no compensation is due for an invoice."""

    CONSUMER = "consumer"
    ABROAD = "abroad"
    OF_FEES = "of_fees"
    NOT_LATE = "not_late"
    CLAIMED = "claimed"


class NoCompensation(RuleBroken):
    """No compensation is due (`reason`: see `NotDue`)."""


def why_not_due(invoice: Invoice, today: date) -> NotDue | None:
    """Why none is due on a day; None where it is. What was paid after its day was late as well."""
    if invoice.buyer.organisation_id is None:
        return NotDue.CONSUMER
    if invoice.buyer.country != "SE" or invoice.currency != "SEK":
        return NotDue.ABROAD
    if all(each.kind in (LineKind.FEE, LineKind.INTEREST) for each in invoice.lines):
        return NotDue.OF_FEES
    if invoice.compensated_on is not None:
        return NotDue.CLAIMED
    in_time = sum(amount for on, amount in invoice.moves if on <= invoice.due_on)
    is_late = today > invoice.due_on and invoice.payable.amount - invoice.credited.amount > in_time
    return None if is_late else NotDue.NOT_LATE


def compensation_due(invoice: Invoice, today: date) -> Money:
    """What may be claimed: what a reminder has asked for is a part of it. Raises NoCompensation, InvoiceDisputed."""
    if invoice.disputes:
        raise InvoiceDisputed
    if (why := why_not_due(invoice, today)) is not None:
        raise NoCompensation(reason=why)
    return Money(BY_LAW, invoice.currency) - invoice.fee


def claim_compensation(invoice: Invoice, on: date) -> Money:
    """It is claimed, once, on a document of its own. Raises as `compensation_due`."""
    amount = compensation_due(invoice, on)
    invoice.record(Invoice.CompensationClaimed(on=on, amount=amount))
    return amount
