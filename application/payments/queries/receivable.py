"""What is owed as finance reads it: late invoices, reminders, disputes, and refunds to cards under way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


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
