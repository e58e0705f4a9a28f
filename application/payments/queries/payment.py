"""Payments as finance reads them: what belongs nowhere yet, what must be paid back, disputes, reminders, cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.queries import Queries, for_staff
from application.payments.card import CardDifference


@dataclass(frozen=True)
class SuspenseRow:
    """Money that has arrived, and what of it (`left`, öre) belongs nowhere yet. `payer`: what the bank says."""

    payment_id: UUID
    means: str
    amount: int
    left: int
    currency: str
    reference: str
    arrived_on: date
    payer: str | None


@dataclass(frozen=True)
class OwedRow:
    """An invoice as payments are matched with it. `given_up`: written off or lost; it may be paid after all (öre)."""

    invoice_id: UUID
    number: int
    ocr: str
    balance: int
    currency: str
    due_on: date
    organisation_id: UUID | None
    person_id: UUID | None
    buyer: str | None
    given_up: int = 0

    @property
    def payable(self) -> int:
        """What a payment may still pay of it: what is owed, or else what was given up."""
        return self.balance if self.balance > 0 else max(0, self.balance + self.given_up)


@dataclass(frozen=True)
class RefundDueRow:
    """What was paid too much on an invoice and is not under way back to a card (`due`, öre)."""

    invoice_id: UUID
    number: int
    due: int
    currency: str
    buyer: str | None


@dataclass(frozen=True)
class CardRefundRow:
    """Money asked back to a card. `state`: asked, refunded or failed (`why`)."""

    refund_id: UUID
    checkout_id: UUID
    invoice_id: UUID | None
    number: int | None
    amount: int
    currency: str
    intent: str
    state: str
    reference: str
    why: str


@dataclass(frozen=True)
class DisputeRow:
    """A disputed card payment. `state`: open, won or lost."""

    reference: str
    invoice_id: UUID
    number: int
    amount: int
    currency: str
    opened_on: date
    state: str
    decided_on: date | None
    buyer: str | None

    @property
    def is_open(self) -> bool:
        """Whether it is not decided yet."""
        return self.state == "open"


@dataclass(frozen=True)
class LateRow:
    """An invoice that is late: how much, how often its payer was reminded, whether it has been handed over."""

    invoice_id: UUID
    number: int
    balance: int
    currency: str
    due_on: date
    days_late: int
    reminded: int
    reminded_on: date | None
    is_disputed: bool
    handed_over_on: date | None
    buyer: str | None
    only_fees: bool


@dataclass(frozen=True)
class CheckoutRow:
    """A card payment as our books have it, in öre."""

    checkout_id: UUID
    organiser_id: UUID
    session: str
    amount: int
    currency: str
    state: str
    paid_on: date | None
    opened_at: datetime
    fee: int = 0


@dataclass(frozen=True)
class DemandView:
    """What has become of the demand of one invoice, for its page. `checkouts`: card payments under way or done."""

    reminded: int
    reminded_on: date | None
    handed_over_on: date | None
    written_off: int
    reason: str
    disputes: tuple[DisputeRow, ...]
    refunds: tuple[CardRefundRow, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether a dispute is not decided yet."""
        return any(each.is_open for each in self.disputes)


@dataclass(frozen=True)
class DemandState:
    """How it stands with the demand of one invoice among others: how often its payer was reminded."""

    reminded: int
    is_disputed: bool


class PaymentRecords(Protocol):
    """What other use cases and programs ask of payments."""

    def suspense_of(self, organiser_id: UUID) -> tuple[SuspenseRow, ...]:
        """Payments with something left, oldest first."""

    def payment(self, organiser_id: UUID, payment_id: UUID) -> SuspenseRow | None:
        """One payment of an organiser."""

    def owed(self, organiser_id: UUID, numbers: tuple[int, ...], amount: int | None = None) -> tuple[OwedRow, ...]:
        """Invoices of these numbers; or, without, those whose balance is an amount."""

    def owed_by(self, organisation_id: UUID | None, person_id: UUID | None) -> tuple[OwedRow, ...]:
        """Everything that one payer owes, oldest first."""

    def refunds_asked(self) -> tuple[CardRefundRow, ...]:
        """Refunds to cards that are to be carried out, of everybody."""

    def late_of(self, organiser_id: UUID, today: date) -> tuple[LateRow, ...]:
        """Invoices past their due date with something left, oldest first."""

    def checkouts(self, since: datetime) -> tuple[CheckoutRow, ...]:
        """Card payments of everybody that were opened at or after an instant."""

    def lapsed(self, now: datetime) -> tuple[UUID, ...]:
        """Open card payments whose hold has ended."""


class PaymentQuestions(Queries, Protocol):
    """Finance alone. Admins may read."""

    @for_staff
    def suspense(self, actor: Actor) -> tuple[SuspenseRow, ...]:
        """Money that belongs nowhere yet, oldest first."""

    @for_staff
    def refunds_due(self, actor: Actor) -> tuple[RefundDueRow, ...]:
        """What must be paid back by bank or set off."""

    @for_staff
    def card_refunds(self, actor: Actor) -> tuple[CardRefundRow, ...]:
        """Refunds to cards under way, and those that failed."""

    @for_staff
    def disputes(self, actor: Actor) -> tuple[DisputeRow, ...]:
        """Disputed card payments, open ones first."""

    @for_staff
    def late(self, actor: Actor, today: date) -> tuple[LateRow, ...]:
        """Invoices past their due date with something left, oldest first."""

    @for_staff
    def differences(self, actor: Actor) -> tuple[CardDifference, ...]:
        """What our books and the card company's did not agree on last night."""

    def demand(self, invoice_id: UUID) -> DemandView | None:
        """What has become of the demand of an invoice that the reader may see (ask `InvoiceQuestions.one` first)."""

    def demand_states(self, invoice_ids: tuple[UUID, ...]) -> Mapping[UUID, DemandState]:
        """The same in short, of all documents on a page that the reader may see; those without one are left out."""
