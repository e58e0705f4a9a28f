"""Paying by card: a page for an invoice, the money taken in exactly once, given back exactly once, and disputes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from application.billing.under_way import checkouts_of, fresh_reference, on_its_way, under_way
from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.ports import Committed, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of
from application.payments.card import CardDispute, CardPayment, CardRefund, Cards, CardState, NoCards, PageWanted
from domain.billing.invoice import Invoice, InvoiceSettled
from domain.kernel.errors import NotFound
from domain.kernel.ids import CreditNoteId, InvoiceId, OrganiserId, derived
from domain.kernel.money import Money
from domain.kernel.terms import day_in
from domain.payments.checkout import Checkout, NotPaidByCard
from domain.payments.payment import CARD, Payment
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser

PAGE_OPEN = timedelta(minutes=60)


@dataclass(frozen=True)
class PayByCard:
    """Pay what is left of an invoice by card. The card company sends the payer back to one of the two addresses."""

    invoice_id: InvoiceId
    paid_url: str
    back_url: str


@dataclass(frozen=True)
class CheckoutRef:
    """Which checkout it was about."""

    checkout_id: UUID


@dataclass(frozen=True)
class CardPageOpened:
    """Where to pay, and which checkout it is."""

    checkout_id: UUID
    address: str
    position: int


@dataclass(frozen=True)
class _ToPay:
    checkout_id: UUID
    amount: Money
    number: int


class Checkouts(UseCases):
    """Open a page, take in what was paid, give back. `cards` is None where the installation takes no cards.

    `is_seller` tells whose account with the card company it is: nobody else's money may land there.
    """

    def __init__(
        self, decisions: Decisions, cards: Cards | None, is_seller: Callable[[UUID], bool] = lambda _: True
    ) -> None:
        super().__init__(decisions)
        self._cards, self._is_seller = cards, is_seller

    @property
    def takes_cards(self) -> bool:
        """Whether anything can be paid by card here."""
        return self._cards is not None

    def takes_cards_for(self, organiser_id: UUID) -> bool:
        """Whether this organiser is paid by card."""
        return self.takes_cards and self._is_seller(organiser_id)

    def cards_for(self, organiser_id: UUID) -> Cards:
        """The card company of an organiser. Raises NoCards where it has none."""
        if not self.takes_cards_for(organiser_id):
            raise NoCards
        return self.cards

    @property
    def cards(self) -> Cards:
        """The card company. Raises NoCards."""
        if self._cards is None:
            raise NoCards
        return self._cards

    def pay(self, actor: Actor, command: PayByCard, key: str | None = None) -> CardPageOpened:
        """A page on which the payer, a contact of the organisation that pays, or staff pays an invoice.

        The checkout is recorded first, so that money can never arrive for one that nobody knows of. Raises NotFound for
        another's invoice, InvoiceSettled, CardsUnavailable, NoCards.
        """
        cards = self.cards_for(organiser_of(actor))

        def decide(work: UnitOfWork) -> _ToPay:
            invoice = load_for(work, Invoice, command.invoice_id)
            _must_pay(work, invoice)
            if invoice.balance.amount <= 0:
                raise InvoiceSettled
            checkout_id = work.new_id()
            work.add(
                Checkout(
                    id=checkout_id,
                    organiser_id=invoice.organiser_id,
                    invoice_id=invoice.invoice_id,
                    amount=invoice.balance,
                    opened_at=work.now,
                )
            )
            return _ToPay(checkout_id, invoice.balance, invoice.number)

        recorded = self._record(actor, command, _ToPay, decide, key)
        due = recorded.answer
        until = self._decisions.dry_run(SYSTEM, lambda work: work.load(Checkout, due.checkout_id).opened_at) + PAGE_OPEN
        text = f"Faktura {due.number}"
        page = cards.open(PageWanted(due.checkout_id, due.amount, text, command.paid_url, command.back_url, until))
        position = self.started(due.checkout_id, page.session).position
        return CardPageOpened(due.checkout_id, page.address, max(position, recorded.position))

    def started(self, checkout_id: UUID, session: str) -> Committed[CheckoutRef]:
        """The card company's name of the page."""
        return self._about(checkout_id, lambda _, checkout: checkout.start(session))

    def take_in(self, told: CardPayment) -> None:
        """What the card company tells about a payment: paid once, whatever is told and in whatever order."""
        if told.checkout_id is None or told.state is CardState.OPEN:
            return
        if told.state is CardState.EXPIRED:
            self._about(told.checkout_id, lambda work, checkout: checkout.expire(_today(work, checkout.organiser_id)))
            return
        self._about(told.checkout_id, lambda work, checkout: _paid(work, checkout, told))

    def refund_credited(self, invoice_id: InvoiceId, credit_note_id: CreditNoteId) -> None:
        """What was paid by card and is no longer owed is asked back, once for each credit note (S27, S32)."""

        def decide(work: UnitOfWork) -> CheckoutRef:
            invoice = work.load(Invoice, invoice_id)
            left = invoice.refundable(under_way(work, invoice))
            for checkout in checkouts_of(work, invoice):
                amount = min(left, checkout.refundable.amount)
                if amount > 0:
                    refund_id = derived(credit_note_id, "refund", checkout.id)
                    checkout.ask_refund(refund_id, Money(amount, invoice.currency), invoice_id)
                    left -= amount
            return CheckoutRef(invoice_id)

        self._record(SYSTEM, ("refund", credit_note_id), CheckoutRef, decide, f"card-refund/{credit_note_id}")

    def give_back(self, checkout_id: UUID, refund_id: UUID) -> CardRefund:
        """Let the card company give back what was asked; the same refund again is the same. Raises CardsUnavailable."""
        checkout = self._decisions.dry_run(SYSTEM, lambda work: work.load(Checkout, checkout_id))
        amount, _ = checkout.asked[refund_id]
        return self.cards.refund(checkout_id, refund_id, checkout.intent, amount)

    def refunded(self, checkout_id: UUID, refund_id: UUID, told: CardRefund) -> None:
        """The card company has given money back, or will not; told again it changes nothing."""

        def decide(work: UnitOfWork, checkout: Checkout) -> None:
            today = _today(work, checkout.organiser_id)
            if told.state == "failed":
                checkout.fail_refund(refund_id, told.why or "failed")
                if checkout.take_back_refund(refund_id, told.why or "failed", today):
                    _came_back(work, checkout, refund_id, told.reference, today)
                return
            if told.state != "succeeded" or not checkout.refund(refund_id, told.reference, today):
                return
            amount, invoice_id = checkout.asked[refund_id]
            if invoice_id is not None:
                work.load(Invoice, invoice_id).refunded(amount, told.reference, today, CARD)
            elif checkout.payment_id is not None:
                work.load(Payment, checkout.payment_id).give_back(amount, told.reference, today)

        self._about(checkout_id, decide)

    def disputed(self, told: CardDispute) -> None:
        """A dispute was opened, won or lost, in whatever order it is told (S53)."""
        if told.checkout_id is None:
            return

        def decide(work: UnitOfWork, checkout: Checkout) -> None:
            if checkout.payment_id is None:
                raise NotFound(what="payment")
            today = _today(work, checkout.organiser_id)
            for invoice_id in work.load(Payment, checkout.payment_id).allotted:
                invoice = work.load(Invoice, invoice_id)
                part = work.load(Payment, checkout.payment_id).allotted[invoice_id]
                invoice.dispute(told.reference, min(told.amount, part, key=lambda each: each.amount), today)
                if told.state == "won":
                    invoice.win_dispute(told.reference, today)
                elif told.state == "lost":
                    invoice.lose_dispute(told.reference, today)

        self._about(told.checkout_id, decide)

    def return_left(self, actor: Actor, checkout_id: UUID, key: str | None = None) -> Committed[CheckoutRef]:
        """Give back to the card what is left of its payment. Raises NotPaidByCard, NotAllowed."""
        actor.must_be(organiser_of(actor), Role.FINANCE)

        def decide(work: UnitOfWork) -> CheckoutRef:
            checkout = load_for(work, Checkout, checkout_id)
            if checkout.payment_id is None:
                raise NotPaidByCard(open=0)
            payment = work.load(Payment, checkout.payment_id)
            left = payment.left - Money(on_its_way(work, payment), payment.amount.currency)
            checkout.ask_refund(derived(checkout_id, "left", len(checkout.asked)), left, None)
            return CheckoutRef(checkout_id)

        return self._record(actor, ("return", checkout_id), CheckoutRef, decide, key)

    def _about(self, checkout_id: UUID, act: Callable[[UnitOfWork, Checkout], object]) -> Committed[CheckoutRef]:
        def decide(work: UnitOfWork) -> CheckoutRef:
            act(work, work.load(Checkout, checkout_id))
            return CheckoutRef(checkout_id)

        return self._record(SYSTEM, ("checkout", checkout_id), CheckoutRef, decide)


def _must_pay(work: UnitOfWork, invoice: Invoice) -> None:
    actor, buyer = work.actor, invoice.buyer
    if actor.has(invoice.organiser_id, Role.FINANCE, Role.ADMIN):
        return
    if actor.person_id is not None:
        if actor.is_person(buyer.person_id):
            return
        if buyer.organisation_id and actor.person_id in work.load(Organisation, buyer.organisation_id).contacts:
            return
    raise NotFound(what="invoice")


def _paid(work: UnitOfWork, checkout: Checkout, told: CardPayment) -> None:
    organiser = checkout.organiser_id
    zone = work.load(Organiser, organiser).zone
    day = day_in(told.paid_at or work.now, zone)
    payment_id = Payment.create_id(organiser, f"card/{checkout.id}")
    if not checkout.pay(told.amount, told.intent, day, payment_id, told.fee):
        checkout.tell_fee(told.fee, day_in(work.now, zone))
        return
    payment = Payment(
        organiser_id=organiser,
        means=CARD,
        amount=told.amount,
        reference=str(checkout.id),
        arrived_on=day,
        payer=None,
        source=f"card/{checkout.id}",
    )
    work.add(payment)
    if checkout.invoice_id is not None:
        allot(work, payment, checkout.invoice_id, payment.left, day)
    if payment.left.amount and checkout.season_id is None:
        checkout.ask_refund(derived(checkout.id, "left", payment.left.amount), payment.left, None)


def _came_back(work: UnitOfWork, checkout: Checkout, refund_id: UUID, reference: str, on: date) -> None:
    """The money is here again, and is due to be paid back by bank."""
    amount, invoice_id = checkout.asked[refund_id]
    if invoice_id is not None:
        invoice = work.load(Invoice, invoice_id)
        invoice.refund_came_back(amount, fresh_reference(invoice, reference), on, CARD)
    elif checkout.payment_id is not None:
        work.load(Payment, checkout.payment_id).take_back(amount, reference, on)


def allot(work: UnitOfWork, payment: Payment, invoice_id: InvoiceId, most: Money, on: date) -> Money:
    """Pay an invoice with a part of a payment, never more than may still be paid on it; what was allotted."""
    invoice = load_for(work, Invoice, invoice_id)
    reserved = on_its_way(work, payment)
    free = payment.left.amount - reserved
    amount = Money(min(most.amount, free, invoice.payable_still.amount), invoice.currency)
    if amount.amount > 0:
        counts_from = max(on, payment.arrived_on, invoice.issued_on)  # a month that has been reported stays as it was
        reference = fresh_reference(invoice, f"{payment.means} {payment.reference}")
        invoice.receive(amount, reference, counts_from, payment.means, payment.id)
        payment.allot(invoice_id, amount, on, reserved)
    return amount


def _today(work: UnitOfWork, organiser: OrganiserId) -> date:
    return day_in(work.now, work.load(Organiser, organiser).zone)
