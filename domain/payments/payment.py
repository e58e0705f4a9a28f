"""A payment: money that has arrived and may not yet belong anywhere; what is not allotted stands in suspense."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.ids import InvoiceId, OrganiserId, derived
from domain.kernel.money import Means, Money
from domain.kernel.personal import Encrypted
from domain.kernel.text import clean_line
from domain.payments.origin import Origin
from domain.payments.other_money import CARD_CLEARING, NotBookedElsewhere, account_of


class PaymentSpent(RuleBroken):
    """No more can be allotted or returned than is left of the payment (`left`, öre)."""


class NotAllottedThere(RuleBroken):
    """No more can be moved from an invoice than is allotted to it (`open`, öre), and only what came by bank."""


class Payment(Aggregate):
    """Its allotted and returned parts never exceed it; the rest is the payer's balance until somebody decides."""

    class Arrived(Aggregate.Created):
        organiser_id: OrganiserId
        means: Means
        amount: Money
        reference: str
        arrived_on: date
        payer: Encrypted | None
        source: str
        origin: Origin | None = None

    class Allotted(Aggregate.Event):
        invoice_id: InvoiceId
        amount: Money
        on: date

        def apply(self, payment: Payment) -> None:
            nothing = Money(0, self.amount.currency)
            payment.allotted[self.invoice_id] = payment.allotted.get(self.invoice_id, nothing) + self.amount
            payment.left -= self.amount

    class AllotmentUndone(Aggregate.Event):
        invoice_id: InvoiceId
        amount: Money
        on: date
        reason: str

        def apply(self, payment: Payment) -> None:
            payment.allotted[self.invoice_id] -= self.amount
            payment.left += self.amount

    class BookedElsewhere(Aggregate.Event):
        organiser_id: OrganiserId
        amount: Money
        account: str
        text: str
        on: date
        checkouts: tuple[UUID, ...] = ()

        def apply(self, payment: Payment) -> None:
            payment.left -= self.amount
            payment.elsewhere.append((self.account, self.amount, self.checkouts))

    class ElsewhereUndone(Aggregate.Event):
        organiser_id: OrganiserId
        amount: Money
        account: str
        on: date
        reason: str
        checkouts: tuple[UUID, ...] = ()

        def apply(self, payment: Payment) -> None:
            payment.left += self.amount
            payment.elsewhere.remove((self.account, self.amount, self.checkouts))

    class Returned(Aggregate.Event):
        amount: Money
        reference: str
        on: date
        means: str = ""

        def apply(self, payment: Payment) -> None:
            payment.left -= self.amount
            payment.refunds.add(self.reference)

    class CameBack(Aggregate.Event):
        amount: Money
        reference: str
        on: date

        def apply(self, payment: Payment) -> None:
            payment.left += self.amount
            payment.refunds.add(f"back {self.reference}")

    @staticmethod
    def create_id(organiser_id: OrganiserId, source: str) -> UUID:
        """One payment for each entry of a bank's account or each card payment, however often it is told."""
        return derived(organiser_id, "payment", source)

    @event(Arrived)
    def __init__(
        self,
        organiser_id: OrganiserId,
        means: Means,
        amount: Money,
        reference: str,
        arrived_on: date,
        payer: Encrypted | None,
        source: str,
        origin: Origin | None = None,
    ) -> None:
        self.organiser_id, self.means, self.amount, self.reference = organiser_id, means, amount, reference
        self.arrived_on, self.payer, self.source, self.origin, self.left = arrived_on, payer, source, origin, amount
        self.allotted: dict[InvoiceId, Money] = {}
        self.elsewhere: list[tuple[str, Money, tuple[UUID, ...]]] = []
        self.refunds: set[str] = set()

    def allot(self, invoice_id: InvoiceId, amount: Money, on: date, pending: int = 0) -> None:
        """A part pays an invoice; not what is to be refunded (`pending`, öre). Raises PaymentSpent, BadValue."""
        self._must_have_left(amount, pending)
        self.record(Payment.Allotted(invoice_id=invoice_id, amount=amount, on=on))

    def undo_allotment(self, invoice_id: InvoiceId, amount: Money, on: date, reason: str) -> None:
        """A part was allotted to the wrong invoice, and belongs nowhere again. Raises NotAllottedThere."""
        allotted = self.allotted.get(invoice_id, Money(0, self.amount.currency))
        if self.means is not Means.BANK or not 0 < amount.amount <= allotted.amount:
            raise NotAllottedThere(open=allotted.amount if self.means is Means.BANK else 0)
        self.record(Payment.AllotmentUndone(invoice_id=invoice_id, amount=amount, on=on, reason=reason))

    def book_elsewhere(self, account: str, text: str, on: date, checkouts: tuple[UUID, ...] = ()) -> None:
        """What is left was no payment of a customer: to an account of choice, or ("") out of these books.

        `checkouts`: the card payments that it is the payout of, where it goes to the card clearing account.
        Raises PaymentSpent where nothing is left, NotAllottedThere for what came by card, BadValue.
        """
        if self.means is not Means.BANK:
            raise NotAllottedThere(open=0)
        if self.left.amount <= 0:
            raise PaymentSpent(left=0)
        told = account_of(account), clean_line("text", text[:100], 100, may_be_empty=True)
        self.record(
            Payment.BookedElsewhere(
                organiser_id=self.organiser_id,
                amount=self.left,
                account=told[0],
                text=told[1],
                on=on,
                checkouts=checkouts if told[0] == CARD_CLEARING else (),
            )
        )

    def undo_elsewhere(self, on: date, reason: str) -> None:
        """All that was booked to accounts of choice belongs nowhere again. Raises NotBookedElsewhere."""
        if not self.elsewhere:
            raise NotBookedElsewhere
        for account, amount, checkouts in tuple(self.elsewhere):
            self.record(
                Payment.ElsewhereUndone(
                    organiser_id=self.organiser_id,
                    amount=amount,
                    account=account,
                    on=on,
                    reason=reason,
                    checkouts=checkouts,
                )
            )

    def refund(self, amount: Money, reference: str, on: date, means: str = "", pending: int = 0) -> None:
        """A part that belongs nowhere went back to the payer; the same reference again changes nothing.

        `means` where it did not go the way it came. Raises PaymentSpent also for what is on its way already.
        """
        if reference in self.refunds:
            return
        self._must_have_left(amount, pending)
        self.record(Payment.Returned(amount=amount, reference=reference, on=on, means=means or self.means))

    def refund_came_back(self, amount: Money, reference: str, on: date) -> None:
        """What went back did not reach the payer: it belongs nowhere again. The same reference changes nothing."""
        if reference in self.refunds and f"back {reference}" not in self.refunds:
            self.record(Payment.CameBack(amount=amount, reference=reference, on=on))

    def _must_have_left(self, amount: Money, pending: int) -> None:
        if amount.amount <= 0:
            raise BadValue(field="amount", why="more than nothing")
        if amount.amount > self.left.amount - pending:
            raise PaymentSpent(left=max(0, self.left.amount - pending))
