"""Payments: recorded once for each entry of the account, allotted to invoices, refunded; and what the bank reverses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.billing.allotment import allot, pending_refunds_of, pending_refunds_on
from application.billing.offsetting import set_off_whole
from application.kernel.actor import Actor, Role
from application.kernel.command import command, dry_run, finance
from application.kernel.payer import sealed_for_ledger
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of, today_of
from application.payments.account_entry import Part, PaymentRef, RecordEntry, reverse_entry, reversed_by
from application.payments.account_of_choice import must_be_of_choice
from application.payments.other_money import payout_of
from application.payments.queries.payment import PaymentRecords
from domain.billing.invoice import Invoice
from domain.billing.invoice_payment import undo_allotment
from domain.kernel.errors import BadValue
from domain.kernel.ids import InvoiceId, OrganiserId
from domain.kernel.money import Means, Money
from domain.kernel.money_day import money_day
from domain.kernel.terms import day_in
from domain.kernel.text import clean_line
from domain.payments.bank_file import BankFile
from domain.payments.origin import Statement
from domain.payments.other_money import CARD_CLEARING
from domain.payments.payment import Payment
from domain.people.organiser import Organiser


@dataclass(frozen=True)
class RecordEntries:
    """Many entries at once, each above zero; all or none."""

    entries: tuple[RecordEntry, ...]


@dataclass(frozen=True)
class EntriesRecorded:
    """How many of them were not here before."""

    new: int


@dataclass(frozen=True)
class RecordFile:
    """A bank's file by the SHA-256 of its content: what it is called and what it says of accounts."""

    digest: str
    name: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class AllotPayment:
    """Let a payment pay these invoices."""

    payment_id: UUID
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class MoveAllotment:
    """A part (öre) of a payment was not for this invoice: it goes to another, or (None) waits in suspense again."""

    payment_id: UUID
    invoice_id: InvoiceId
    amount: int
    to_invoice_id: InvoiceId | None
    reason: str


@dataclass(frozen=True)
class BookElsewhere:
    """What is left of a payment was none: to an account ("1630", card_clearing, fees), or ("") left out."""

    payment_id: UUID
    account: str
    text: str = ""


@dataclass(frozen=True)
class RefundPayment:
    """What is left of a payment was paid back by bank."""

    payment_id: UUID
    amount: int
    reference: str
    returned_on: date


class Payments(UseCases):
    """Finance's work with money that arrives. All of it raises NotAllowed unless finance."""

    def __init__(self, decisions: Decisions, records: PaymentRecords) -> None:
        super().__init__(decisions)
        self._records = records

    @command(by=finance)
    def record_entry(self, work: UnitOfWork, command: RecordEntry) -> PaymentRef:
        """An entry of the account, once, with the invoices it pays; what is too much stays in suspense (S54).

        Raises OtherCurrency; of a reversal BadValue, NothingToRefund, PaymentSpent, NotFound.
        """
        organiser = organiser_of(work.actor)
        if command.amount < 0:
            return reverse_entry(work, organiser, command)
        payment, _ = _recorded(work, organiser, command)
        return PaymentRef(payment.id, payment.left.amount)

    @command(by=finance)
    def record_entries(self, work: UnitOfWork, command: RecordEntries) -> EntriesRecorded:
        """Many entries in one decision. Raises OtherCurrency, DecisionTooLarge, BadValue for one below zero."""
        organiser = organiser_of(work.actor)
        if any(each.amount < 0 for each in command.entries):
            raise BadValue(field="amount", why="what the bank takes back is recorded by itself")
        payments = [(Payment, Payment.create_id(organiser, each.source)) for each in command.entries]
        parts = [part for each in command.entries for part in each.parts]
        invoices = {one for each in parts for one in (each.invoice_id, each.from_invoice_id) if one}
        work.fetch(*payments, *((Invoice, each) for each in invoices))
        return EntriesRecorded(sum(_recorded(work, organiser, each)[1] for each in command.entries))

    @command(by=finance)
    def record_file(self, work: UnitOfWork, command: RecordFile) -> PaymentRef:
        """A file is taken in; the same content again changes nothing."""
        organiser = organiser_of(work.actor)
        file_id = BankFile.create_id(organiser, command.digest)
        if work.find(BankFile, file_id) is None:
            name = clean_line("name", command.name[:200], 200, may_be_empty=True)
            today = today_of(work, organiser)
            work.add(
                BankFile(id=file_id, organiser_id=organiser, name=name, taken_on=today, statements=command.statements)
            )
        return PaymentRef(file_id, 0)

    @dry_run
    def is_reversed(self, work: UnitOfWork, source: str) -> bool:
        """Whether an entry by which the bank took money back has been recorded."""
        finance(work.actor, None)
        return reversed_by(work, organiser_of(work.actor), source) is not None

    @dry_run
    def books(self, work: UnitOfWork) -> tuple[str, date]:
        """The currency in which the books are kept, and the organiser's local day."""
        finance(work.actor, None)
        organiser = work.load(Organiser, organiser_of(work.actor))
        return organiser.currency, day_in(work.now, organiser.zone)

    @command(by=finance)
    def allot(self, work: UnitOfWork, command: AllotPayment) -> PaymentRef:
        """Let what is left of a payment pay invoices; never more than each owes. Raises PaymentSpent."""
        payment = load_for(work, Payment, command.payment_id)
        today = today_of(work, payment.organiser_id)
        for part in command.parts:
            if not _paid(work, payment, part, today):
                raise BadValue(field="parts", why="nothing is left of the payment, or nothing to pay on the invoice")
        return PaymentRef(payment.id, payment.left.amount)

    @command(by=finance)
    def move(self, work: UnitOfWork, command: MoveAllotment) -> PaymentRef:
        """Undo a wrong allotment in the open, by facts of today (bokföringslagen 5:5); allot it anew if that is told.

        What the other invoice does not need stays in suspense. Raises NotAllottedThere, MoneyGoneBack, BadValue.
        """
        payment = load_for(work, Payment, command.payment_id)
        invoice = load_for(work, Invoice, command.invoice_id)
        today, amount = today_of(work, payment.organiser_id), Money(command.amount, payment.amount.currency)
        if command.to_invoice_id == command.invoice_id:
            raise BadValue(field="parts", why="is where it is already")
        reason = clean_line("reason", command.reason, 300)
        payment.undo_allotment(invoice.invoice_id, amount, today, reason)
        undo_allotment(invoice, payment.id, amount, today, reason, pending_refunds_on(work, invoice))
        if command.to_invoice_id is not None and not allot(work, payment, command.to_invoice_id, amount, today).amount:
            raise BadValue(field="parts", why="nothing to pay on the invoice")
        return PaymentRef(payment.id, payment.left.amount)

    def book_elsewhere(self, actor: Actor, command: BookElsewhere, key: str | None = None) -> Committed[PaymentRef]:
        """What is left of a payment goes to an account of choice; a payout closes the card payments that it is of.

        Raises PaymentSpent, NotAllottedThere, BadValue, AccountKept.
        """
        organiser = organiser_of(actor)
        actor.must_be(organiser, Role.FINANCE)
        waiting = self._records.paid_by_card(organiser) if command.account == CARD_CLEARING else ()

        def decide(work: UnitOfWork) -> PaymentRef:
            payment = load_for(work, Payment, command.payment_id)
            must_be_of_choice(work, organiser, command.account)
            payout = payout_of(payment.left.amount, waiting)
            checkouts = payout.checkouts if payout else ()
            payment.book_elsewhere(command.account, command.text, today_of(work, organiser), checkouts)
            return PaymentRef(payment.id, payment.left.amount)

        return self._record(actor, command, PaymentRef, decide, key)

    @command(by=finance)
    def refund(self, work: UnitOfWork, command: RefundPayment) -> PaymentRef:
        """What was left of a payment has been paid back by bank. Raises PaymentSpent."""
        payment = load_for(work, Payment, command.payment_id)
        reference = clean_line("reference", command.reference, 140)
        on = money_day("returned_on", command.returned_on, today_of(work, payment.organiser_id))
        amount = Money(command.amount, payment.amount.currency)
        payment.refund(amount, reference, on, Means.BANK, pending_refunds_of(work, payment))
        return PaymentRef(payment.id, payment.left.amount)


def _recorded(work: UnitOfWork, organiser: OrganiserId, command: RecordEntry) -> tuple[Payment, bool]:
    """The payment of an entry, and whether it is new; a new one pays its invoices."""
    payment = work.find(Payment, Payment.create_id(organiser, command.source))
    if payment is not None:
        return payment, False
    payment = _arrived(work, organiser, command)
    for part in command.parts:
        _paid(work, payment, part, command.arrived_on)
    return payment, True


def _paid(work: UnitOfWork, payment: Payment, part: Part, on: date) -> int:
    """What (öre) of a part was paid: of the payment as far as it goes, or by setting off, which is all of it."""
    amount = Money(part.amount, payment.amount.currency)
    if part.from_invoice_id is None:
        return allot(work, payment, part.invoice_id, amount, on).amount
    set_off_whole(work, part.from_invoice_id, part.invoice_id, amount, on)
    return amount.amount


def _arrived(work: UnitOfWork, organiser: OrganiserId, command: RecordEntry) -> Payment:
    work.load(Organiser, organiser).must_sell_in(command.currency)
    payer = clean_line("payer", command.payer, 300, may_be_empty=True)
    payment = Payment(
        organiser_id=organiser,
        means=Means.BANK,
        amount=Money(command.amount, command.currency),
        reference=clean_line("reference", (command.reference or command.source)[:140], 140),
        arrived_on=command.arrived_on,
        payer=sealed_for_ledger(work, organiser, command.arrived_on, "payer", payer) if payer else None,
        source=command.source,
        origin=command.origin,
    )
    work.add(payment)
    return payment
