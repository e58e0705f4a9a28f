"""An entry of the bank's account as it is told, and what one below zero comes to: the bank took money back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.billing.allotment import pending_refunds_of
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for
from domain.billing.invoice import Invoice
from domain.billing.invoice_payment import fresh_reference, reverse
from domain.kernel.errors import BadValue
from domain.kernel.ids import InvoiceId, OrganiserId
from domain.kernel.money import Means, Money
from domain.payments.origin import Origin
from domain.payments.payment import Payment

_REVERSED = "taken-back"


@dataclass(frozen=True)
class Part:
    """An amount (öre) for one invoice: of the payment, or of what was paid too much on another of the same payer."""

    invoice_id: InvoiceId
    amount: int
    from_invoice_id: InvoiceId | None = None


@dataclass(frozen=True)
class RecordEntry:
    """An entry of the bank's account. `source` names it: the same again changes nothing. `payer`: what the bank says.

    Below zero: a reversal; then `parts` names the one invoice that had been paid, or `payment_id` the payment in
    suspense that it was.
    """

    source: str
    amount: int
    currency: str
    reference: str
    arrived_on: date
    payer: str
    parts: tuple[Part, ...] = ()
    payment_id: UUID | None = None
    origin: Origin | None = None


@dataclass(frozen=True)
class PaymentRef:
    """What it was about, and what is left of it: of the payment, or of what an invoice asks for (öre)."""

    id: UUID
    left: int


def reverse_entry(work: UnitOfWork, organiser: OrganiserId, command: RecordEntry) -> PaymentRef:
    """What the bank took back is owed again, or is not in suspense any longer; once for each entry."""
    if len(command.parts) != (0 if command.payment_id else 1):
        raise BadValue(field="parts", why="says which invoice the bank has taken the money back from")
    amount, source = Money(-command.amount, command.currency), command.source
    is_known = reversed_by(work, organiser, source) is not None
    if command.payment_id is None:
        invoice = load_for(work, Invoice, command.parts[0].invoice_id)
        if not is_known:
            reverse(invoice, amount, fresh_reference(invoice, source[:190]), command.arrived_on, Means.BANK)
            _remember(work, organiser, source, invoice.id)
        return PaymentRef(invoice.id, invoice.balance.amount)
    payment = load_for(work, Payment, command.payment_id)
    if payment.means is not Means.BANK:
        raise BadValue(field="parts", why="the bank takes back only what came by bank")
    if not is_known:
        payment.refund(amount, source[:200], command.arrived_on, Means.BANK, pending_refunds_of(work, payment))
        _remember(work, organiser, source, payment.id)
    return PaymentRef(payment.id, payment.left.amount)


def reversed_by(work: UnitOfWork, organiser: OrganiserId, source: str) -> UUID | None:
    """The invoice or the payment that the bank took money back from by this entry, if it did."""
    return work.unique_key_owner(_REVERSED, str(Payment.create_id(organiser, source)))


def _remember(work: UnitOfWork, organiser: OrganiserId, source: str, subject: UUID) -> None:
    work.take_unique_key(_REVERSED, str(Payment.create_id(organiser, source)), subject)
