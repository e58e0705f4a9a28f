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

    Below zero: a reversal; then `parts` names the invoices that had been paid, and `payment_id` the payment in
    suspense that the rest of it was.
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
    rest = -command.amount - sum(each.amount for each in command.parts)
    if rest < 0 or (rest > 0) != (command.payment_id is not None):
        raise BadValue(field="parts", why="says which invoice the bank has taken the money back from")
    if (known := reversed_by(work, organiser, command.source)) is None:
        for each in command.parts:
            invoice, amount = load_for(work, Invoice, each.invoice_id), Money(each.amount, command.currency)
            reference = fresh_reference(invoice, command.source[:190])
            reverse(invoice, amount, reference, command.arrived_on, Means.BANK)
        subjects: list[UUID] = [each.invoice_id for each in command.parts]
        if command.payment_id is not None:
            _take_out(work, command, command.payment_id, Money(rest, command.currency))
            subjects.append(command.payment_id)
        known = subjects[0]
        _remember(work, organiser, command.source, known)
    return _left(work, known)


def _take_out(work: UnitOfWork, command: RecordEntry, payment_id: UUID, amount: Money) -> None:
    """What of a payment belonged nowhere is not here any longer."""
    payment = load_for(work, Payment, payment_id)
    if payment.means is not Means.BANK:
        raise BadValue(field="parts", why="the bank takes back only what came by bank")
    payment.refund(amount, command.source[:200], command.arrived_on, Means.BANK, pending_refunds_of(work, payment))


def _left(work: UnitOfWork, subject: UUID) -> PaymentRef:
    invoice = work.find(Invoice, subject)
    left = work.load(Payment, subject).left if invoice is None else invoice.balance
    return PaymentRef(subject, left.amount)


def reversed_by(work: UnitOfWork, organiser: OrganiserId, source: str) -> UUID | None:
    """The invoice or the payment that the bank took money back from by this entry, if it did."""
    return work.unique_key_owner(_REVERSED, str(Payment.create_id(organiser, source)))


def _remember(work: UnitOfWork, organiser: OrganiserId, source: str, subject: UUID) -> None:
    work.take_unique_key(_REVERSED, str(Payment.create_id(organiser, source)), subject)
