"""Payments by card as the service sees them: a page to pay on, the state of a payment, money back, disputes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from domain.kernel.errors import PlatsError
from domain.kernel.money import Money


class CardsUnavailable(PlatsError):
    """The card company cannot be reached, or refuses; nothing has been paid. Try again."""


class NoCards(PlatsError):
    """This installation takes no payments by card."""


@dataclass(frozen=True)
class PageWanted:
    """A page to pay on. The same checkout gives the same page; it closes at `until`."""

    checkout_id: UUID
    amount: Money
    text: str
    paid_url: str
    back_url: str
    until: datetime


@dataclass(frozen=True)
class CardPage:
    """Where to pay."""

    session: str
    address: str


class CardState(StrEnum):
    """How far a card payment has come."""

    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"


@dataclass(frozen=True)
class CardPayment:
    """A payment as the card company tells it now. `fee`: what it keeps, where known; `paid_at` is when it was paid."""

    session: str
    checkout_id: UUID | None
    state: CardState
    amount: Money
    intent: str
    fee: Money
    paid_at: datetime | None


class RefundOutcome(StrEnum):
    """What the card company says of a refund."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True)
class CardRefund:
    """Money on its way back."""

    reference: str
    checkout_id: UUID | None
    refund_id: UUID | None
    state: RefundOutcome
    why: str = ""


class DisputeState(StrEnum):
    """How far a dispute has come."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True)
class CardDispute:
    """The payer's bank disputes a payment."""

    reference: str
    checkout_id: UUID | None
    amount: Money
    state: DisputeState


Told = CardPayment | CardRefund | CardDispute | None


class Cards(Protocol):
    """The card company. All of it raises CardsUnavailable. `pages_at`: the origin of its pages."""

    @property
    def pages_at(self) -> str:
        """Where its pages are, such as https://checkout.stripe.com."""

    def open(self, wanted: PageWanted) -> CardPage:
        """A page to pay on."""

    def close(self, session: str) -> None:
        """Nobody can pay on the page any longer. Refused where somebody has."""

    def look_up(self, session: str) -> CardPayment:
        """How a payment stands now."""

    def refund(self, checkout_id: UUID, refund_id: UUID, intent: str, amount: Money) -> CardRefund:
        """Give money back, once for each `refund_id`, however often and however much later it is asked."""

    def told(self, kind: str, object_id: str) -> Told:
        """What a notice of a kind is about, as it stands now; None for what does not concern us."""

    def payments_since(self, instant: datetime) -> Iterable[CardPayment]:
        """Every paid page that was opened at or after an instant."""


@dataclass(frozen=True)
class Notice:
    """What the card company has told, signed: its own id, a kind, and the object it is about."""

    notice_id: str
    kind: str
    object_id: str
    received_at: datetime | None = None


class Notices(Protocol):
    """Notices are kept before anything is done about them."""

    def keep(self, notice: Notice, body: bytes) -> bool:
        """Keep one; False when it is known already."""

    def waiting(self, limit: int) -> tuple[Notice, ...]:
        """Those that nothing has been done about, oldest first."""

    def done(self, notice_id: str, outcome: str) -> None:
        """It has had its effect, or has none."""

    def later(self, notice_id: str, why: str) -> None:
        """It could not be dealt with now."""


class BadSignature(PlatsError):
    """A notice is not signed by the card company, or was signed too long ago."""


class Signatures(Protocol):
    """Tells whether a notice comes from the card company."""

    def read(self, body: bytes, signature: str) -> Notice:
        """The notice. Raises BadSignature."""


@dataclass(frozen=True)
class CardDifference:
    """What our books and the card company's do not agree on. `kind`: missing_here, missing_there, amount."""

    kind: str
    reference: str
    checkout_id: UUID | None
    ours: int
    theirs: int
    on: date | None
