"""What the bank takes back by itself: from an invoice that it had paid, or from a payment that belonged nowhere."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.billing.under_way import fresh_reference, on_its_way
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import load_for
from domain.billing.invoice import Invoice
from domain.kernel.errors import BadValue
from domain.kernel.ids import InvoiceId, OrganiserId
from domain.kernel.money import Money
from domain.payments.payment import Payment

_KNOWN = "taken-back"


def is_taken_back(work: UnitOfWork, organiser: OrganiserId, source: str) -> bool:
    """Whether an entry of the account by which money was taken back has been recorded."""
    return _recorded_on(work, organiser, source) is not None


def take_back_invoiced(
    work: UnitOfWork, organiser: OrganiserId, source: str, amount: Money, on: date, invoice_id: InvoiceId
) -> int:
    """It is owed again, once for each entry; what is owed then (öre). Raises NothingToRefund, NotFound."""
    invoice = load_for(work, Invoice, invoice_id)
    if _recorded_on(work, organiser, source) is None:
        invoice.reverse(amount, fresh_reference(invoice, source[:190]), on, "bank")
        _remember(work, organiser, source, invoice.id)
    return invoice.balance.amount


def take_back_suspended(
    work: UnitOfWork, organiser: OrganiserId, source: str, amount: Money, on: date, payment_id: UUID
) -> int:
    """It is not here any longer, once for each entry; what is left (öre). Raises PaymentSpent, NotFound, BadValue."""
    payment = load_for(work, Payment, payment_id)
    if payment.means != "bank":
        raise BadValue(field="parts", why="the bank takes back only what came by bank")
    if _recorded_on(work, organiser, source) is None:
        payment.give_back(amount, source[:200], on, "bank", on_its_way(work, payment))
        _remember(work, organiser, source, payment.id)
    return payment.left.amount


def _named(organiser: OrganiserId, source: str) -> str:
    return str(Payment.create_id(organiser, source))


def _recorded_on(work: UnitOfWork, organiser: OrganiserId, source: str) -> UUID | None:
    return work.unique_key_owner(_KNOWN, _named(organiser, source))


def _remember(work: UnitOfWork, organiser: OrganiserId, source: str, thing: UUID) -> None:
    work.take_unique_key(_KNOWN, _named(organiser, source), thing)
