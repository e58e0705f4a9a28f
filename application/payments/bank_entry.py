"""An entry of a bank's account, what it may be for, and what is read of a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from application.payments.queries.payment import SuspenseRow
from domain.kernel.errors import RuleBroken


class NotABankFile(RuleBroken):
    """The file is no account statement that can be read (`why`)."""


class BankFileTooLarge(RuleBroken):
    """The file is larger than is read at once (`most`, bytes): nothing of it was taken in."""


@dataclass(frozen=True)
class BankEntry:
    """One entry of an account, in öre; below zero money that left it. `source` names it for ever."""

    source: str
    amount: int
    currency: str
    reference: str
    text: str
    payer: str
    arrived_on: date
    is_reversal: bool


@dataclass(frozen=True)
class Suggestion:
    """An amount (öre) for an invoice, with what it is owed."""

    invoice_id: UUID
    number: int
    amount: int
    balance: int
    buyer: str | None


class Outcome(StrEnum):
    """What would become of an entry (see `Matched`)."""

    EXACT = "exact"
    PART = "part"
    OVER = "over"
    SPLIT = "split"
    GIVEN_UP = "given_up"
    UNKNOWN = "unknown"
    KNOWN = "known"
    REVERSAL = "reversal"
    RETURNED = "returned"
    UNCLEAR = "unclear"
    OTHER_CURRENCY = "other_currency"
    OUTGOING = "outgoing"


@dataclass(frozen=True)
class Matched:
    """An entry and what would become of it.

    `outcome`: exact, part (less than is owed), over (more; the rest stays in suspense), split (several invoices: to be
    confirmed), given_up (of an invoice that was written off: to be confirmed), unknown (suspense), known (taken in
    before), reversal (a payment taken back), returned (taken back of a payment in suspense: the first of `payments`),
    unclear (taken back, and it is not known of what: recorded once finance has chosen, perhaps among `payments`),
    other_currency (not recorded), outgoing (not ours).
    """

    entry: BankEntry
    outcome: Outcome
    parts: tuple[Suggestion, ...] = ()
    payments: tuple[SuspenseRow, ...] = ()


@dataclass(frozen=True)
class TakenBack:
    """What finance says that an unclear entry (`entry`, from 1) took back: a payment in suspense, or an invoice."""

    entry: int
    payment_id: UUID | None = None
    invoice_id: UUID | None = None


@dataclass(frozen=True)
class TakenIn:
    """How many entries were new, how many of them pay something, and how many stand in suspense.

    `unclear`: how many are not recorded: taken back by the bank of something that nobody knows, or in another currency.
    """

    new: int
    matched: int
    suspended: int
    position: int
    unclear: int = 0


class BankFileReader(Protocol):
    """Reads what banks send."""

    def read(self, content: bytes) -> tuple[BankEntry, ...]:
        """The entries of a file. Raises NotABankFile."""
