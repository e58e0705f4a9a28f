"""What payers owe, and what they are owed: refunded, set off, written off, or forwarded to debt collection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.billing.allotment import pending_refunds_on
from application.billing.offsetting import must_have_same_payer, set_off
from application.kernel.command import command, finance
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for, today_of
from application.payments.account_entry import PaymentRef
from domain.billing import demand
from domain.billing.credit_note import CreditNote
from domain.billing.invoice import Invoice, NothingToRefund
from domain.billing.invoice_payment import refund
from domain.kernel.ids import InvoiceId
from domain.kernel.money import Means, Money
from domain.kernel.money_day import money_day


@dataclass(frozen=True)
class RecordRefund:
    """What was paid too much on an invoice was paid back by bank."""

    invoice_id: InvoiceId
    amount: int
    reference: str
    refunded_on: date


@dataclass(frozen=True)
class SetOff:
    """What was paid too much on one invoice pays another of the same payer."""

    from_invoice_id: InvoiceId
    to_invoice_id: InvoiceId


@dataclass(frozen=True)
class WriteOff:
    """Give up what is still owed. `takes_vat_back`: the loss is established, and the VAT in it is owed no longer."""

    invoice_id: InvoiceId
    reason: str
    takes_vat_back: bool = False


@dataclass(frozen=True)
class ForwardToCollection:
    """An invoice goes to debt collection."""

    invoice_id: InvoiceId


class Receivables(UseCases):
    """Finance's work with what is owed. All of it raises NotAllowed unless finance."""

    @command(by=finance)
    def refund(self, work: UnitOfWork, command: RecordRefund) -> PaymentRef:
        """What was paid too much on an invoice has been paid back by bank. Raises NothingToRefund, PaymentKnown."""
        invoice = load_for(work, Invoice, command.invoice_id)
        amount = Money(command.amount, invoice.currency)
        on = money_day("refunded_on", command.refunded_on, today_of(work, invoice.organiser_id))
        refund(invoice, amount, command.reference, on, Means.BANK, pending_refunds_on(work, invoice))
        return _left(invoice)

    @command(by=finance)
    def set_off(self, work: UnitOfWork, command: SetOff) -> PaymentRef:
        """What was paid too much on one invoice pays another of the same payer. Raises NothingToRefund, BadValue."""
        source = load_for(work, Invoice, command.from_invoice_id)
        target = load_for(work, Invoice, command.to_invoice_id)
        must_have_same_payer(source, target)
        if not set_off(work, source, target, today_of(work, source.organiser_id)):
            raise NothingToRefund(open=source.refundable(pending_refunds_on(work, source)))
        return _left(target)

    @command(by=finance)
    def write_off(self, work: UnitOfWork, command: WriteOff) -> PaymentRef:
        """Give up what is still owed. Raises InvoiceSettled, InvoiceDisputed."""
        invoice = load_for(work, Invoice, command.invoice_id)
        today = today_of(work, invoice.organiser_id)
        credited = tuple(line for each in invoice.credit_notes for line in work.load(CreditNote, each).lines)
        back = command.takes_vat_back
        demand.write_off(invoice, today, command.reason, takes_vat_back=back, credited=credited)
        return _left(invoice)

    @command(by=finance)
    def forward_to_collection(self, work: UnitOfWork, command: ForwardToCollection) -> PaymentRef:
        """Finance has given an invoice to debt collection. Raises InvoiceSettled, InvoiceDisputed, ReminderSent."""
        invoice = load_for(work, Invoice, command.invoice_id)
        demand.forward_to_collection(invoice, today_of(work, invoice.organiser_id))
        return _left(invoice)


def _left(invoice: Invoice) -> PaymentRef:
    return PaymentRef(invoice.id, invoice.balance.amount)
