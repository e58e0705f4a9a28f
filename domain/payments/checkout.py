"""A checkout: one attempt to pay by card, from the card company's page to money, and back again by refund."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate, event
from domain.kernel.documents import Line, Sums, sums
from domain.kernel.errors import HoldLapsed, RuleBroken
from domain.kernel.ids import BookingId, InvoiceId, OrganisationId, OrganiserId, PersonId, SeasonId
from domain.kernel.money import Money
from domain.kernel.payer import Payer
from domain.kernel.personal import Encrypted
from domain.kernel.terms import Terms
from domain.programme.price import Quote


class NotPaidByCard(RuleBroken):
    """There is no card payment to give back, or not that much of it (`open`, öre)."""


@dataclass(frozen=True)
class GoodsToBuy:
    """Goods that are bought with the seats once the money has come: how many, and sent where (sealed for the payer)."""

    goods_id: UUID
    quantity: int
    address: Encrypted
    with_postage: bool


@dataclass(frozen=True)
class Agreed:
    """What was agreed when seats began to be held, and is booked when the money comes in time.

    `employers`: where each participant worked, seat by seat; `beside`: what the goods beside the seats cost.
    """

    payer: Payer
    employers: tuple[OrganisationId | None, ...]
    quote: Quote
    terms: Terms | None
    beside: tuple[Line, ...] = ()

    @property
    def sums(self) -> Sums:
        """What it all comes to."""
        return sums((*self.quote.lines, *self.beside), self.quote.price.amount.currency)


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

    class Started(Aggregate.Event):
        session: str

    class Paid(Aggregate.Event):
        amount: Money
        intent: str
        paid_on: date
        payment_id: UUID
        fee: Money

    class FeeTold(Aggregate.Event):
        fee: Money
        on: date

    class Booked(Aggregate.Event):
        booking_id: BookingId

    class Expired(Aggregate.Event):
        on: date

    class RefundAsked(Aggregate.Event):
        refund_id: UUID
        amount: Money
        invoice_id: InvoiceId | None

    class Refunded(Aggregate.Event):
        refund_id: UUID
        amount: Money
        reference: str
        on: date

    class RefundFailed(Aggregate.Event):
        refund_id: UUID
        why: str

    class RefundCameBack(Aggregate.Event):
        refund_id: UUID
        amount: Money
        why: str
        on: date

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
        self.asked: dict[UUID, tuple[Money, InvoiceId | None]] = {}
        self.settled: set[UUID] = set()
        self.given_back: set[UUID] = set()
        self.refunded = Money(0, amount.currency)

    @property
    def is_paid(self) -> bool:
        """Whether the money has come."""
        return self.payment_id is not None

    @property
    def refundable(self) -> Money:
        """What may still be asked back."""
        nothing = Money(0, self.amount.currency)
        under_way = sum(amount.amount for key, (amount, _) in self.asked.items() if key not in self.settled)
        return self.amount - self.refunded - Money(under_way, nothing.currency) if self.is_paid else nothing

    def under_way(self, invoice_id: InvoiceId | None) -> int:
        """What has been asked back of an invoice (None: of what belongs nowhere), and is not settled yet (öre)."""
        waiting = [asked for key, asked in self.asked.items() if key not in self.settled]
        return sum(amount.amount for amount, about in waiting if about == invoice_id)

    def promised(self, now: datetime) -> Agreed | None:
        """What is promised for the seats still (S12); None once the hold is over, and for what was held before this."""
        return self.agreed if self.held_until is not None and now < self.held_until else None

    def start(self, session: str) -> None:
        """The card company has opened its page under this name."""
        if session != self.session:
            self._start(session=session)

    @event(Started)
    def _start(self, session: str) -> None:
        self.session = session

    def pay(self, amount: Money, intent: str, paid_on: date, payment_id: UUID, fee: Money) -> bool:
        """The money has come (on a local day); told again it changes nothing. Says whether this was the first time."""
        if self.is_paid:
            return False
        self._pay(amount=amount, intent=intent, paid_on=paid_on, payment_id=payment_id, fee=fee)
        return True

    @event(Paid)
    def _pay(self, amount: Money, intent: str, paid_on: date, payment_id: UUID, fee: Money) -> None:
        self.amount, self.intent, self.payment_id = amount, intent, payment_id
        self.fee = fee

    def tell_fee(self, fee: Money, on: date) -> None:
        """What the card company keeps, where it was not known when the money came; once."""
        if self.is_paid and fee.amount and not self.fee.amount:
            self._tell_fee(fee=fee, on=on)

    @event(FeeTold)
    def _tell_fee(self, fee: Money, on: date) -> None:
        self.fee = fee

    def book(self, booking_id: BookingId) -> None:
        """The seats that were held are booked. Raises HoldLapsed where the money is on its way back already."""
        if self.asked:
            raise HoldLapsed
        self._book(booking_id=booking_id)

    @event(Booked)
    def _book(self, booking_id: BookingId) -> None:
        self.booking_id = booking_id

    def expire(self, on: date) -> None:
        """The page was closed without a payment."""
        if not self.is_paid and not self.is_expired:
            self._expire(on=on)

    @event(Expired)
    def _expire(self, on: date) -> None:
        self.is_expired = True

    def ask_refund(self, refund_id: UUID, amount: Money, invoice_id: InvoiceId | None) -> None:
        """Ask for money back, once for each refund. Raises NotPaidByCard for more than is left of the payment."""
        if refund_id in self.asked:
            return
        if not 0 < amount.amount <= self.refundable.amount:
            raise NotPaidByCard(open=self.refundable.amount)
        self._ask_refund(refund_id=refund_id, amount=amount, invoice_id=invoice_id)

    @event(RefundAsked)
    def _ask_refund(self, refund_id: UUID, amount: Money, invoice_id: InvoiceId | None) -> None:
        self.asked[refund_id] = (amount, invoice_id)

    def refund(self, refund_id: UUID, reference: str, on: date) -> bool:
        """The card company has paid a refund back. Says whether this was the first time it was told."""
        if refund_id in self.settled or refund_id not in self.asked:
            return False
        self._refund(refund_id=refund_id, amount=self.asked[refund_id][0], reference=reference, on=on)
        return True

    @event(Refunded)
    def _refund(self, refund_id: UUID, amount: Money, reference: str, on: date) -> None:
        self.settled.add(refund_id)
        self.given_back.add(refund_id)
        self.refunded += amount

    def fail_refund(self, refund_id: UUID, why: str) -> None:
        """The card company will not; finance pays it back in another way."""
        if refund_id in self.asked and refund_id not in self.settled:
            self._fail_refund(refund_id=refund_id, why=why)

    @event(RefundFailed)
    def _fail_refund(self, refund_id: UUID, why: str) -> None:
        self.settled.add(refund_id)

    def take_back_refund(self, refund_id: UUID, why: str, on: date) -> bool:
        """A refund that had succeeded came back from the payer's bank. Says whether this was the first time."""
        if refund_id not in self.given_back:
            return False
        self._take_back_refund(refund_id=refund_id, amount=self.asked[refund_id][0], why=why, on=on)
        return True

    @event(RefundCameBack)
    def _take_back_refund(self, refund_id: UUID, amount: Money, why: str, on: date) -> None:
        self.given_back.discard(refund_id)
        self.refunded -= amount
