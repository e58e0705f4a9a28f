"""A checkout: one attempt to pay by card, from the card company's page to money, and back again by refund."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from domain.aggregate import Aggregate, event
from domain.errors import RuleBroken
from domain.ids import InvoiceId, OrganiserId, PersonId, SeasonId
from domain.money import Money


class NotPaidByCard(RuleBroken):
    """There is no card payment to give back, or not that much of it (`open`, öre)."""


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

    class Started(Aggregate.Event):
        session: str

    class Paid(Aggregate.Event):
        amount: Money
        intent: str
        paid_on: date
        payment_id: UUID
        fee: Money

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
    ) -> None:
        self.organiser_id, self.invoice_id, self.amount, self.opened_at = organiser_id, invoice_id, amount, opened_at
        self.season_id, self.person_id, self.organisation_id = season_id, person_id, organisation_id
        self.participants, self.held_until = participants, held_until
        self.session = self.intent = ""
        self.payment_id: UUID | None = None
        self.is_expired = False
        self.asked: dict[UUID, tuple[Money, InvoiceId | None]] = {}
        self.settled: set[UUID] = set()
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
        self.refunded += amount

    def fail_refund(self, refund_id: UUID, why: str) -> None:
        """The card company will not; finance pays it back in another way."""
        if refund_id in self.asked and refund_id not in self.settled:
            self._fail_refund(refund_id=refund_id, why=why)

    @event(RefundFailed)
    def _fail_refund(self, refund_id: UUID, why: str) -> None:
        self.settled.add(refund_id)
