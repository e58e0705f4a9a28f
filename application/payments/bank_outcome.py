"""What becomes of an entry of a bank's account: what it may be for, what finance says of it, and what was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from application.payments.bank_entry import BankEntry
from application.payments.queries.other_money import Came
from application.payments.queries.payment import SuspenseRow


@dataclass(frozen=True)
class Suggestion:
    """An amount (öre) for an invoice, with what it is owed.

    `from_invoice_id`: paid with what was paid too much on that one, by a credit note (its number) that the payer has
    deducted; else by the payment.
    """

    invoice_id: UUID
    number: int
    amount: int
    balance: int
    buyer: str | None
    from_invoice_id: UUID | None = None
    credit_note: int | None = None


class Outcome(StrEnum):
    """What would become of an entry (see `Matched`)."""

    EXACT = "exact"
    PART = "part"
    OVER = "over"
    SPLIT = "split"
    GIVEN_UP = "given_up"
    UNKNOWN = "unknown"
    KNOWN = "known"
    PERHAPS_KNOWN = "perhaps_known"
    REVERSAL = "reversal"
    RETURNED = "returned"
    UNCLEAR = "unclear"
    OTHER_CURRENCY = "other_currency"
    OUTGOING = "outgoing"
    NAMED = "named"
    WITHIN = "within"
    UNLIKELY_DAY = "unlikely_day"


class Certainty(StrEnum):
    """By what it is certain what an entry pays."""

    UNSAID = ""
    OWN_SUMS = "own_sums"
    """Each reference says how much of the payment is for it."""
    REFERENCES = "references"
    """The invoices that it refers to come to the payment."""
    CREDIT_NOTES = "credit_notes"
    """The invoices that it refers to, less the credit notes that its payer has deducted, come to the payment."""
    REFERENCE_AND_SUM = "reference_and_sum"
    REFERENCE = "reference"
    WORDS_AND_SUM = "words_and_sum"
    """Its number stands in words, and its sum is the payment's."""


@dataclass(frozen=True)
class Matched:
    """An entry and what would become of it.

    `outcome`: exact, part (less than is owed), over (more; the rest stays in suspense), split (several invoices: to
    be confirmed), given_up (of an invoice that was written off: to be confirmed), unknown (suspense), known (taken in
    before), perhaps_known (something here has its day and sum: recorded once somebody says that it is another, see
    `came`), reversal (a payment taken back; the first of `payments`: what of it waits in suspense), returned (taken
    back of a payment in suspense: the first of `payments`), unclear (taken back, and it is not known of what:
    recorded once finance has chosen, perhaps among `payments`), other_currency (not recorded), outgoing (not ours),
    named (in words, with another sum: to be confirmed), within (a part of the sum that is recorded already as the
    first of `payments`, which pays the invoice by it), unlikely_day (its day has not come, or lies more than ten
    years back: not recorded before it can be believed).
    """

    entry: BankEntry
    outcome: Outcome
    parts: tuple[Suggestion, ...] = ()
    payments: tuple[SuspenseRow, ...] = ()
    why: Certainty = Certainty.UNSAID
    came: Came | None = None


@dataclass(frozen=True)
class TakenBack:
    """What finance says that an unclear entry (`entry`, from 1) took back: a payment in suspense, or an invoice."""

    entry: int
    payment_id: UUID | None = None
    invoice_id: UUID | None = None


@dataclass(frozen=True)
class Elsewhere:
    """What finance says of an entry (from 1) that is no payment: its account ("1630", card_clearing, fees).

    `account` "": it is left out, since it is booked elsewhere.
    """

    entry: int
    account: str = ""
    text: str = ""


@dataclass(frozen=True)
class TakenIn:
    """How many entries were new, how many of them pay something, and how many stand in suspense.

    `elsewhere`: how many were booked to an account of choice, or left out.
    `unclear`: how many are not recorded: taken back by the bank of something that nobody knows, or in another currency.
    `left_out`: how many rows were left out, since a cell cannot be read or their day cannot be believed.
    """

    new: int
    matched: int
    suspended: int
    position: int
    unclear: int = 0
    elsewhere: int = 0
    left_out: int = 0
