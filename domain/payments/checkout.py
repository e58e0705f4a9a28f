"""A checkout: one attempt to pay by card, from the card company's page to money, and back again by refund."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, event
from domain.kernel.errors import HoldLapsed, RuleBroken
from domain.kernel.ids import BookingId, InvoiceId, OrganiserId, PersonId, SeasonId
from domain.kernel.money import Money
from domain.kernel.personal import Encrypted
from domain.payments.agreed import Agreed, GoodsToBuy


class NotPaidByCard(RuleBroken):
    """There is no card payment to give back, or not that much of it (`open`, öre)."""


class RefundState(StrEnum):
    """How far a refund has come."""

    ASKED = "asked"
    PAID = "paid"
    FAILED = "failed"


@dataclass(frozen=True)
class Refund:
    """Money asked back to the card: of an invoice, or (None) of what belongs nowhere."""

    amount: Money
    invoice_id: InvoiceId | None
    state: RefundState = RefundState.ASKED


class Checkout(Aggregate):
    """Pays an invoice, or, with a hold, seats that become a booking when the money comes in time (S12)."""

    class Opened(Aggregate.Created):
        organiser_id: OrganiserId
        invoice_id: InvoiceId | None
        amount: Money
        opened_at: datetime
        season_id: SeasonId | None = None
        person_id: PersonId | None = None
        organisation_id: UUID | None = None
        participants: tuple[PersonId | None, ...] = ()
        held_until: datetime | None = None
        reference: str = ""
        order_number: str = ""
        billing: Encrypted | None = None
        place_id: UUID | None = None
        goods: GoodsToBuy | None = None
        agreed: Agreed | None = None

    class Started(Change):
        session: str

    class Paid(Change):
        amount: Money
        intent: str
        paid_on: date
        payment_id: UUID
        fee: Money

    class FeeTold(Change):
        fee: Money
        on: date

    class Booked(Change):
        booking_id: BookingId

    class Expired(Aggregate.Event):
        on: date

        def apply(self, checkout: Checkout) -> None:
            checkout.is_expired = True

    class RefundAsked(Aggregate.Event):
        refund_id: UUID
        amount: Money
        invoice_id: InvoiceId | None

        def apply(self, checkout: Checkout) -> None:
            checkout.refunds[self.refund_id] = Refund(self.amount, self.invoice_id)

    class Refunded(Aggregate.Event):
        refund_id: UUID
        amount: Money
        reference: str
        on: date

        def apply(self, checkout: Checkout) -> None:
            checkout.settle(self.refund_id, RefundState.PAID)

    class RefundFailed(Aggregate.Event):
        refund_id: UUID
        why: str

        def apply(self, checkout: Checkout) -> None:
            checkout.settle(self.refund_id, RefundState.FAILED)

    class RefundCameBack(Aggregate.Event):
        refund_id: UUID
        amount: Money
        why: str
        on: date

        def apply(self, checkout: Checkout) -> None:
            checkout.settle(self.refund_id, RefundState.FAILED)

    @event(Opened)
    def __init__(
        self,
        id: UUID,
        organiser_id: OrganiserId,
        invoice_id: InvoiceId | None,
        amount: Money,
        opened_at: datetime,
        season_id: SeasonId | None = None,
        person_id: PersonId | None = None,
        organisation_id: UUID | None = None,
        participants: tuple[PersonId | None, ...] = (),
        held_until: datetime | None = None,
        reference: str = "",
        order_number: str = "",
        billing: Encrypted | None = None,
        place_id: UUID | None = None,
        goods: GoodsToBuy | None = None,
        agreed: Agreed | None = None,
    ) -> None:
        self.organiser_id, self.invoice_id, self.amount, self.opened_at = organiser_id, invoice_id, amount, opened_at
        self.season_id, self.person_id, self.organisation_id = season_id, person_id, organisation_id
        self.participants, self.held_until, self.place_id = participants, held_until, place_id
        self.reference, self.order_number, self.billing, self.goods = reference, order_number, billing, goods
        self.agreed = agreed
        self.booking_id: BookingId | None = None
        self.session = self.intent = ""
        self.fee = Money(0, amount.currency)
        self.payment_id: UUID | None = None
        self.is_expired = False
        self.refunds: dict[UUID, Refund] = {}

    @property
    def is_paid(self) -> bool:
        """Whether the money has come."""
        return self.payment_id is not None

    @property
    def refundable(self) -> Money:
        """What may still be asked back."""
        gone = sum(each.amount.amount for each in self.refunds.values() if each.state is not RefundState.FAILED)
        return Money(self.amount.amount - gone if self.is_paid else 0, self.amount.currency)

    def pending(self, invoice_id: InvoiceId | None) -> int:
        """What has been asked back of an invoice (None: of what belongs nowhere), and is not settled yet (öre)."""
        return sum(
            each.amount.amount
            for each in self.refunds.values()
            if each.state is RefundState.ASKED and each.invoice_id == invoice_id
        )

    def promised(self, now: datetime) -> Agreed | None:
        """What is promised for the seats still (S12); None once the hold is over, and for what was held before this."""
        return self.agreed if self.held_until is not None and now < self.held_until else None

    def settle(self, refund_id: UUID, state: RefundState) -> None:
        """Remember what became of a refund."""
        self.refunds[refund_id] = replace(self.refunds[refund_id], state=state)

    def start(self, session: str) -> None:
        """The card company has opened its page under this name."""
        if session != self.session:
            self.record(Checkout.Started(session=session))

    def pay(self, amount: Money, intent: str, paid_on: date, payment_id: UUID, fee: Money) -> bool:
        """The money has come (on a local day); told again it changes nothing. Says whether this was the first time."""
        if self.is_paid:
            return False
        self.record(Checkout.Paid(amount=amount, intent=intent, paid_on=paid_on, payment_id=payment_id, fee=fee))
        return True

    def tell_fee(self, fee: Money, on: date) -> None:
        """What the card company keeps, where it was not known when the money came; once."""
        if self.is_paid and fee.amount and not self.fee.amount:
            self.record(Checkout.FeeTold(fee=fee, on=on))

    def book(self, booking_id: BookingId) -> None:
        """The seats that were held are booked. Raises HoldLapsed where the money is on its way back already."""
        if self.refunds:
            raise HoldLapsed
        self.record(Checkout.Booked(booking_id=booking_id))

    def expire(self, on: date) -> None:
        """The page was closed without a payment."""
        if not self.is_paid and not self.is_expired:
            self.record(Checkout.Expired(on=on))

    def ask_refund(self, refund_id: UUID, amount: Money, invoice_id: InvoiceId | None) -> None:
        """Ask for money back, once for each refund. Raises NotPaidByCard for more than is left of the payment."""
        if refund_id in self.refunds:
            return
        if not 0 < amount.amount <= self.refundable.amount:
            raise NotPaidByCard(open=self.refundable.amount)
        self.record(Checkout.RefundAsked(refund_id=refund_id, amount=amount, invoice_id=invoice_id))

    def refund(self, refund_id: UUID, reference: str, on: date) -> bool:
        """The card company has paid a refund back. Says whether this was the first time it was told."""
        if not self._is_in(refund_id, RefundState.ASKED):
            return False
        amount = self.refunds[refund_id].amount
        self.record(Checkout.Refunded(refund_id=refund_id, amount=amount, reference=reference, on=on))
        return True

    def fail_refund(self, refund_id: UUID, why: str) -> None:
        """The card company will not; finance pays it back in another way."""
        if self._is_in(refund_id, RefundState.ASKED):
            self.record(Checkout.RefundFailed(refund_id=refund_id, why=why))

    def refund_came_back(self, refund_id: UUID, why: str, on: date) -> bool:
        """A refund that had succeeded came back from the payer's bank. Says whether this was the first time."""
        if not self._is_in(refund_id, RefundState.PAID):
            return False
        amount = self.refunds[refund_id].amount
        self.record(Checkout.RefundCameBack(refund_id=refund_id, amount=amount, why=why, on=on))
        return True

    def _is_in(self, refund_id: UUID, state: RefundState) -> bool:
        return refund_id in self.refunds and self.refunds[refund_id].state is state
