"""Payments: taken in once each, allotted to invoices, given back, set off, written off; and by which rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.billing.offsetting import have_same_payer, move
from application.billing.under_way import on_its_way, under_way
from application.kernel.actor import Actor, Role
from application.kernel.ports import Committed, UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of
from application.payments.checkout import allot
from application.payments.reversal import is_taken_back, take_back_invoiced, take_back_suspended
from domain.billing.crediting.difference import DifferenceBy, LowerPrice, TransferRule
from domain.billing.invoice import Invoice, NothingToRefund
from domain.kernel.errors import BadValue
from domain.kernel.ids import InvoiceId, OrganiserId
from domain.kernel.money import Money
from domain.kernel.money_day import money_day
from domain.kernel.terms import day_in
from domain.kernel.text import clean_line
from domain.payments.payment import Payment
from domain.payments.payment_rules import PaymentRules
from domain.people.organiser import Organiser


@dataclass(frozen=True)
class Part:
    """An amount (öre) for one invoice."""

    invoice_id: InvoiceId
    amount: int


@dataclass(frozen=True)
class TakeIn:
    """An entry of the bank's account. `source` names it: the same again changes nothing. `payer`: what the bank says.

    Below zero: the bank took it back again; then `parts` names the one invoice that it had paid, or `payment_id` the
    payment in suspense that it was.
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
class ReturnPayment:
    """What is left of a payment was paid back by bank."""

    payment_id: UUID
    amount: int
    reference: str
    returned_on: date


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
    """Give up what is still owed."""

    invoice_id: InvoiceId
    reason: str


@dataclass(frozen=True)
class HandOver:
    """An invoice goes to debt collection."""

    invoice_id: InvoiceId


@dataclass(frozen=True)
class AgreePaymentRules:
    """How the organiser gets its money. `reminder_days` after the due date; `reminder_fee` in öre, 0 for none.

    `lower_price`: what comes of it when a seat goes to somebody whose price is lower. `difference_by`: whether a
    difference is reckoned by whole prices, or by what remains of the season.
    """

    reminder_days: tuple[int, ...] = PaymentRules.REMINDER_DAYS
    reminder_fee: int = 0
    hold_minutes: int = PaymentRules.HOLD_MINUTES
    suspends_disputed: bool = False
    lower_price: LowerPrice = LowerPrice.NOTHING
    difference_by: DifferenceBy = DifferenceBy.WHOLE


@dataclass(frozen=True)
class PaymentRef:
    """What it was about, and what is left of it: of the payment, or of what an invoice asks for (öre)."""

    id: UUID
    left: int


class Payments(UseCases):
    """Finance's work with money that comes and goes."""

    def take_in(self, actor: Actor, command: TakeIn) -> Committed[PaymentRef]:
        """An entry of the account, once, with the invoices it pays; what is too much stays in suspense (S54).

        Raises OtherCurrency.
        """
        organiser = _finance_of(actor)
        payment_id = Payment.create_id(organiser, command.source)
        if command.amount < 0:
            return self._take_back(actor, organiser, command)

        def decide(work: UnitOfWork) -> PaymentRef:
            known = work.find(Payment, payment_id)
            if known is not None:
                return PaymentRef(payment_id, known.left.amount)
            work.load(Organiser, organiser).must_sell_in(command.currency)
            payer = clean_line("payer", command.payer, 300, may_be_empty=True)
            payment = Payment(
                organiser_id=organiser,
                means="bank",
                amount=Money(command.amount, command.currency),
                reference=clean_line("reference", (command.reference or command.source)[:140], 140),
                arrived_on=command.arrived_on,
                payer=work.encrypt_for_ledger(organiser, command.arrived_on.year, "payer", payer) if payer else None,
                source=command.source,
            )
            work.add(payment)
            for part in command.parts:
                allot(work, payment, part.invoice_id, Money(part.amount, command.currency), command.arrived_on)
            return PaymentRef(payment_id, payment.left.amount)

        return self._record(actor, command, PaymentRef, decide)

    def _take_back(self, actor: Actor, organiser: OrganiserId, command: TakeIn) -> Committed[PaymentRef]:
        if len(command.parts) != (0 if command.payment_id else 1):
            raise BadValue(field="parts", why="says which invoice the bank has taken the money back from")
        amount = Money(-command.amount, command.currency)
        about = (organiser, command.source, amount, command.arrived_on)

        def decide(work: UnitOfWork) -> PaymentRef:
            if command.payment_id is not None:
                return PaymentRef(command.payment_id, take_back_suspended(work, *about, command.payment_id))
            invoice_id = command.parts[0].invoice_id
            return PaymentRef(invoice_id, take_back_invoiced(work, *about, invoice_id))

        return self._record(actor, command, PaymentRef, decide)

    def is_taken_back(self, actor: Actor, source: str) -> bool:
        """Whether an entry by which the bank took money back has been recorded. Raises NotAllowed unless finance."""
        organiser = _finance_of(actor)
        return self._decisions.dry_run(actor, lambda work: is_taken_back(work, organiser, source))

    def currency(self, actor: Actor) -> str:
        """The one in which the books are kept. Raises NotAllowed unless finance."""
        organiser = _finance_of(actor)
        return self._decisions.dry_run(actor, lambda work: work.load(Organiser, organiser).currency)

    def allot(self, actor: Actor, command: AllotPayment, key: str | None = None) -> Committed[PaymentRef]:
        """Let what is left of a payment pay invoices; never more than each owes. Raises PaymentSpent."""
        _finance_of(actor)

        def decide(work: UnitOfWork) -> PaymentRef:
            payment = load_for(work, Payment, command.payment_id)
            today = self._today(work, payment.organiser_id)
            for part in command.parts:
                if not allot(work, payment, part.invoice_id, Money(part.amount, payment.amount.currency), today).amount:
                    raise BadValue(
                        field="parts", why="nothing is left of the payment, or nothing to pay on the invoice"
                    )
            return PaymentRef(payment.id, payment.left.amount)

        return self._record(actor, command, PaymentRef, decide, key)

    def give_back(self, actor: Actor, command: ReturnPayment, key: str | None = None) -> Committed[PaymentRef]:
        """What was left of a payment has been paid back by bank. Raises PaymentSpent."""
        _finance_of(actor)

        def decide(work: UnitOfWork) -> PaymentRef:
            payment = load_for(work, Payment, command.payment_id)
            reference = clean_line("reference", command.reference, 140)
            amount = Money(command.amount, payment.amount.currency)
            on = money_day("returned_on", command.returned_on, self._today(work, payment.organiser_id))
            payment.give_back(amount, reference, on, "bank", on_its_way(work, payment))
            return PaymentRef(payment.id, payment.left.amount)

        return self._record(actor, command, PaymentRef, decide, key)

    def refund(self, actor: Actor, command: RecordRefund, key: str | None = None) -> Committed[PaymentRef]:
        """What was paid too much on an invoice has been paid back by bank. Raises NothingToRefund, PaymentKnown."""
        _finance_of(actor)

        def decide(work: UnitOfWork) -> PaymentRef:
            invoice = load_for(work, Invoice, command.invoice_id)
            amount = Money(command.amount, invoice.currency)
            on = money_day("refunded_on", command.refunded_on, self._today(work, invoice.organiser_id))
            invoice.refund(amount, command.reference, on, "bank", under_way(work, invoice))
            return PaymentRef(invoice.id, invoice.balance.amount)

        return self._record(actor, command, PaymentRef, decide, key)

    def set_off(self, actor: Actor, command: SetOff, key: str | None = None) -> Committed[PaymentRef]:
        """What was paid too much on one invoice pays another of the same payer. Raises NothingToRefund, BadValue."""
        _finance_of(actor)

        def decide(work: UnitOfWork) -> PaymentRef:
            source = load_for(work, Invoice, command.from_invoice_id)
            target = load_for(work, Invoice, command.to_invoice_id)
            if not have_same_payer(source, target):
                raise BadValue(field="invoice", why="another payer's invoice cannot be paid with it")
            if not move(work, source, target, self._today(work, source.organiser_id)):
                raise NothingToRefund(open=source.refundable(under_way(work, source)))
            return PaymentRef(target.id, target.balance.amount)

        return self._record(actor, command, PaymentRef, decide, key)

    def write_off(self, actor: Actor, command: WriteOff, key: str | None = None) -> Committed[PaymentRef]:
        """Give up what is still owed. Raises InvoiceSettled, InvoiceDisputed."""
        _finance_of(actor)

        def decide(work: UnitOfWork) -> PaymentRef:
            invoice = load_for(work, Invoice, command.invoice_id)
            invoice.write_off(self._today(work, invoice.organiser_id), command.reason)
            return PaymentRef(invoice.id, invoice.balance.amount)

        return self._record(actor, command, PaymentRef, decide, key)

    def hand_over(self, actor: Actor, command: HandOver, key: str | None = None) -> Committed[PaymentRef]:
        """Finance has given an invoice to debt collection. Raises InvoiceSettled, InvoiceDisputed, ReminderSent."""
        _finance_of(actor)

        def decide(work: UnitOfWork) -> PaymentRef:
            invoice = load_for(work, Invoice, command.invoice_id)
            invoice.hand_over(self._today(work, invoice.organiser_id))
            return PaymentRef(invoice.id, invoice.balance.amount)

        return self._record(actor, command, PaymentRef, decide, key)

    def agree_rules(self, actor: Actor, command: AgreePaymentRules, key: str | None = None) -> Committed[PaymentRef]:
        """Other rules from now on. Raises BadValue."""
        organiser = _finance_of(actor)

        def decide(work: UnitOfWork) -> PaymentRef:
            rules = work.find(PaymentRules, PaymentRules.create_id(organiser))
            if rules is None:
                rules = PaymentRules(organiser_id=organiser)
                work.add(rules)
            fee = Money(command.reminder_fee, work.load(Organiser, organiser).currency)
            rules.change(command.reminder_days, fee, command.hold_minutes, command.suspends_disputed)
            rules.price_transfers(TransferRule(command.lower_price, command.difference_by))
            return PaymentRef(rules.id, 0)

        return self._record(actor, command, PaymentRef, decide, key)

    def rules(self, actor: Actor) -> AgreePaymentRules:
        """The rules as they are now. Raises NotAllowed unless staff."""
        organiser = organiser_of(actor)
        actor.must_be(organiser, Role.FINANCE, Role.ADMIN)

        def look(work: UnitOfWork) -> AgreePaymentRules:
            rules = rules_of(work, organiser)
            return AgreePaymentRules(
                rules.reminder_days,
                rules.reminder_fee.amount,
                rules.hold_minutes,
                rules.suspends_disputed,
                rules.transfer.lower_price,
                rules.transfer.by,
            )

        return self._decisions.dry_run(actor, look)

    def _today(self, work: UnitOfWork, organiser: OrganiserId) -> date:
        return day_in(work.now, work.load(Organiser, organiser).zone)


def rules_of(work: UnitOfWork, organiser: OrganiserId) -> PaymentRules:
    """An organiser's rules, or the usual ones."""
    return work.find(PaymentRules, PaymentRules.create_id(organiser)) or PaymentRules(organiser_id=organiser)


def _finance_of(actor: Actor) -> OrganiserId:
    organiser = organiser_of(actor)
    actor.must_be(organiser, Role.FINANCE)
    return organiser
