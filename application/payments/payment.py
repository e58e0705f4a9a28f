"""Payments: recorded once for each entry of the account, allotted to invoices, refunded; and what the bank reverses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.billing.allotment import allot, pending_refunds_of
from application.kernel.command import command, dry_run, finance
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of, today_of
from domain.billing.invoice import Invoice
from domain.billing.invoice_payment import fresh_reference, reverse
from domain.kernel.errors import BadValue
from domain.kernel.ids import InvoiceId, OrganiserId
from domain.kernel.money import Means, Money
from domain.kernel.money_day import money_day
from domain.kernel.text import clean_line
from domain.payments.payment import Payment
from domain.people.organiser import Organiser

_REVERSED = "taken-back"


@dataclass(frozen=True)
class Part:
    """An amount (öre) for one invoice."""

    invoice_id: InvoiceId
    amount: int


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


@dataclass(frozen=True)
class AllotPayment:
    """Let a payment pay these invoices."""

    payment_id: UUID
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class RefundPayment:
    """What is left of a payment was paid back by bank."""

    payment_id: UUID
    amount: int
    reference: str
    returned_on: date


@dataclass(frozen=True)
class PaymentRef:
    """What it was about, and what is left of it: of the payment, or of what an invoice asks for (öre)."""

    id: UUID
    left: int


class Payments(UseCases):
    """Finance's work with money that arrives. All of it raises NotAllowed unless finance."""

    @command(by=finance)
    def record_entry(self, work: UnitOfWork, command: RecordEntry) -> PaymentRef:
        """An entry of the account, once, with the invoices it pays; what is too much stays in suspense (S54).

        Raises OtherCurrency; of a reversal BadValue, NothingToRefund, PaymentSpent, NotFound.
        """
        organiser = organiser_of(work.actor)
        if command.amount < 0:
            return _reverse(work, organiser, command)
        payment = work.find(Payment, Payment.create_id(organiser, command.source))
        if payment is None:
            payment = _arrived(work, organiser, command)
            for part in command.parts:
                allot(work, payment, part.invoice_id, Money(part.amount, command.currency), command.arrived_on)
        return PaymentRef(payment.id, payment.left.amount)

    @dry_run
    def is_reversed(self, work: UnitOfWork, source: str) -> bool:
        """Whether an entry by which the bank took money back has been recorded."""
        finance(work.actor, None)
        return _reversed_by(work, organiser_of(work.actor), source) is not None

    @dry_run
    def currency(self, work: UnitOfWork) -> str:
        """The one in which the books are kept."""
        finance(work.actor, None)
        return work.load(Organiser, organiser_of(work.actor)).currency

    @command(by=finance)
    def allot(self, work: UnitOfWork, command: AllotPayment) -> PaymentRef:
        """Let what is left of a payment pay invoices; never more than each owes. Raises PaymentSpent."""
        payment = load_for(work, Payment, command.payment_id)
        today = today_of(work, payment.organiser_id)
        for part in command.parts:
            if not allot(work, payment, part.invoice_id, Money(part.amount, payment.amount.currency), today).amount:
                raise BadValue(field="parts", why="nothing is left of the payment, or nothing to pay on the invoice")
        return PaymentRef(payment.id, payment.left.amount)

    @command(by=finance)
    def refund(self, work: UnitOfWork, command: RefundPayment) -> PaymentRef:
        """What was left of a payment has been paid back by bank. Raises PaymentSpent."""
        payment = load_for(work, Payment, command.payment_id)
        reference = clean_line("reference", command.reference, 140)
        on = money_day("returned_on", command.returned_on, today_of(work, payment.organiser_id))
        amount = Money(command.amount, payment.amount.currency)
        payment.refund(amount, reference, on, Means.BANK, pending_refunds_of(work, payment))
        return PaymentRef(payment.id, payment.left.amount)


def _arrived(work: UnitOfWork, organiser: OrganiserId, command: RecordEntry) -> Payment:
    work.load(Organiser, organiser).must_sell_in(command.currency)
    payer = clean_line("payer", command.payer, 300, may_be_empty=True)
    payment = Payment(
        organiser_id=organiser,
        means=Means.BANK,
        amount=Money(command.amount, command.currency),
        reference=clean_line("reference", (command.reference or command.source)[:140], 140),
        arrived_on=command.arrived_on,
        payer=work.encrypt_for_ledger(organiser, command.arrived_on.year, "payer", payer) if payer else None,
        source=command.source,
    )
    work.add(payment)
    return payment


def _reverse(work: UnitOfWork, organiser: OrganiserId, command: RecordEntry) -> PaymentRef:
    """What the bank took back is owed again, or is not in suspense any longer; once for each entry."""
    if len(command.parts) != (0 if command.payment_id else 1):
        raise BadValue(field="parts", why="says which invoice the bank has taken the money back from")
    amount, source = Money(-command.amount, command.currency), command.source
    is_known = _reversed_by(work, organiser, source) is not None
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


def _reversed_by(work: UnitOfWork, organiser: OrganiserId, source: str) -> UUID | None:
    return work.unique_key_owner(_REVERSED, str(Payment.create_id(organiser, source)))


def _remember(work: UnitOfWork, organiser: OrganiserId, source: str, subject: UUID) -> None:
    work.take_unique_key(_REVERSED, str(Payment.create_id(organiser, source)), subject)
