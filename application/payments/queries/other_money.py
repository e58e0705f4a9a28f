"""What is here already of a bank's file, money that is no payment, and card payments that wait for their payout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Came:
    """What is here already: in which file it came ("": not known), on which local day that was taken in.

    `is_payment`: a payment with a page of its own; else an entry that was booked elsewhere.
    """

    payment_id: UUID
    file: str
    taken_on: date | None
    arrived_on: date
    is_payment: bool = True


@dataclass(frozen=True)
class OtherMoneyRow:
    """An entry that was booked to an account, or ("") left out; öre, below zero where it went out."""

    other_id: UUID
    amount: int
    currency: str
    account: str
    text: str
    booked_on: date
    card_payments: int


@dataclass(frozen=True)
class PaidByCard:
    """A card payment that no payout is known to be of: what was paid, kept by the card company and given back (öre)."""

    checkout_id: UUID
    paid_on: date
    amount: int
    fee: int
    refunded: int

    @property
    def net(self) -> int:
        """What of it the card company pays out."""
        return self.amount - self.fee - self.refunded
