"""Paying by card: a page for an invoice, the money received exactly once, and disputes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from application.billing.allotment import allot
from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.command import by_system, command
from application.kernel.ports import Decisions, UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of, today_of
from application.payments.card import CardDispute, CardPayment, Cards, CardState, DisputeState, NoCards, PageWanted
from domain.billing import dispute
from domain.billing.demand import InvoiceSettled
from domain.billing.invoice import Invoice
from domain.kernel.errors import NotFound
from domain.kernel.ids import InvoiceId, derived
from domain.kernel.money import Means, Money
from domain.kernel.terms import day_in
from domain.payments.checkout import Checkout
from domain.payments.payment import Payment
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
    """Open a page, receive what was paid. `cards` is None where the installation takes no cards.

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
        recorded = self._begin(actor, command, key)
        due = recorded.answer
        until = self._decisions.dry_run(SYSTEM, lambda work: work.load(Checkout, due.checkout_id).opened_at) + PAGE_OPEN
        text = f"Faktura {due.number}"
        page = cards.open(PageWanted(due.checkout_id, due.amount, text, command.paid_url, command.back_url, until))
        position = self.started(due.checkout_id, page.session)
        return CardPageOpened(due.checkout_id, page.address, max(position, recorded.position))

    @command
    def _begin(self, work: UnitOfWork, command: PayByCard) -> _ToPay:
        invoice = load_for(work, Invoice, command.invoice_id)
        _must_pay(work, invoice)
        if invoice.balance.amount <= 0:
            raise InvoiceSettled
        checkout = Checkout(
            id=work.new_id(),
            organiser_id=invoice.organiser_id,
            invoice_id=invoice.invoice_id,
            amount=invoice.balance,
            opened_at=work.now,
        )
        work.add(checkout)
        return _ToPay(checkout.id, invoice.balance, invoice.number)

    @by_system
    def started(self, work: UnitOfWork, checkout_id: UUID, session: str) -> None:
        """The card company's name of the page."""
        work.load(Checkout, checkout_id).start(session)

    @by_system
    def receive(self, work: UnitOfWork, payment: CardPayment) -> None:
        """What the card company tells about a payment: paid once, whatever is told and in whatever order."""
        if payment.checkout_id is None or payment.state is CardState.OPEN:
            return
        checkout = work.load(Checkout, payment.checkout_id)
        if payment.state is CardState.EXPIRED:
            checkout.expire(today_of(work, checkout.organiser_id))
        else:
            _receive(work, checkout, payment)

    @by_system
    def disputed(self, work: UnitOfWork, notice: CardDispute) -> None:
        """A dispute was opened, won or lost, in whatever order it is told (S53)."""
        if notice.checkout_id is None:
            return
        checkout = work.load(Checkout, notice.checkout_id)
        if checkout.payment_id is None:
            raise NotFound(what="payment")
        today = today_of(work, checkout.organiser_id)
        for invoice_id, part in work.load(Payment, checkout.payment_id).allotted.items():
            invoice = work.load(Invoice, invoice_id)
            amount = min(notice.amount, part, key=lambda each: each.amount)
            dispute.open_dispute(invoice, notice.reference, amount, today)
            if notice.state == DisputeState.WON:
                dispute.win_dispute(invoice, notice.reference, today)
            elif notice.state == DisputeState.LOST:
                dispute.lose_dispute(invoice, notice.reference, today)


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


def _receive(work: UnitOfWork, checkout: Checkout, paid: CardPayment) -> None:
    organiser_id = checkout.organiser_id
    zone = work.load(Organiser, organiser_id).zone
    day = day_in(paid.paid_at or work.now, zone)
    source = f"card/{checkout.id}"
    payment_id = Payment.create_id(organiser_id, source)
    if not checkout.pay(paid.amount, paid.intent, day, payment_id, paid.fee):
        checkout.tell_fee(paid.fee, day_in(work.now, zone))
        return
    payment = Payment(
        organiser_id=organiser_id,
        means=Means.CARD,
        amount=paid.amount,
        reference=str(checkout.id),
        arrived_on=day,
        payer=None,
        source=source,
    )
    work.add(payment)
    if checkout.invoice_id is not None:
        allot(work, payment, checkout.invoice_id, payment.left, day)
    if payment.left.amount and checkout.season_id is None:
        checkout.ask_refund(derived(checkout.id, "left", payment.left.amount), payment.left, None)
