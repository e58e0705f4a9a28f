"""An entry of a bank's account, what it may be for, and what is read of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeAlias
from uuid import UUID

from application.payments.queries.other_money import Came
from application.payments.queries.payment import SuspenseRow
from domain.kernel.errors import RuleBroken
from domain.payments.origin import Statement


class NotABankFile(RuleBroken):
    """The file is no account statement that can be read (`why`: empty, xml, doctype, camt, columns, bgmax)."""


class BankCellUnreadable(NotABankFile):
    """A cell is not what its column holds (`row` or `entry`, `column`, `expected`), or stands below no heading.

    The latter with `headings`: how many there are. Of few rows it leaves out the row alone (see `UnreadRow`).
    """


class BankCellAmbiguous(NotABankFile):
    """A cell may be two sums (`row`, `written`) or two days (`either_day`): so may those of other rows be."""


class BankWorkbookUnreadable(NotABankFile):
    """A workbook that is none, is of before 2007, has a password, or would unpack to more than a bank's export."""


class BankHeadingTwice(NotABankFile):
    """Two columns of sums have the same `heading`, and nothing in the file tells which is the account's own."""


class BankFileCutShort(NotABankFile):
    """The file holds less than it says, or has no end."""


class BankFileOfTests(NotABankFile):
    """The file is one that a bank sends to try its customers' programs."""


class BankFileSumsDisagree(NotABankFile):
    """The payments of a file do not come to what the file itself says."""


class BankDayUnlikely(NotABankFile):
    """No entry has a day that has come and lies at most ten years back: the first (from 1) is dated `arrived_on`."""


class BankFileTooLarge(RuleBroken):
    """The file is larger than is read at once (`most`, bytes): nothing of it was taken in."""


@dataclass(frozen=True)
class Referred:
    """What a payment refers to in its structured part, and how much of it is for that (öre; None: it does not say).

    Below zero: a credit note that the payer has set off.
    """

    reference: str
    amount: int | None = None


@dataclass(frozen=True)
class BankEntry:
    """One entry of an account, in öre; below zero money that left it. `source` names it for ever.

    `reference`: the only one that it refers to in its structured part; `referred`: all of them. `also`: other names by
    which the same entry may have been taken in; `account_entry`: the name of the entry of the account that it
    is, or is a part of; `lump`: what that whole sum (`lump_amount`) is called where another file tells it alone.
    `account`: the account's number as the file has it; `bank_reference`: the bank's own name of the entry; `kind`: of
    the file (see `Statement`); `code`: what kind of entry the bank says it is; `balance`: of the account after it.
    """

    source: str
    amount: int
    currency: str
    reference: str
    text: str
    payer: str
    arrived_on: date
    is_reversal: bool
    referred: tuple[Referred, ...] = ()
    also: tuple[str, ...] = ()
    account_entry: str = ""
    lump: str = ""
    lump_amount: int = 0
    account: str = ""
    bank_reference: str = ""
    kind: str = ""
    code: str = ""
    balance: int | None = None


@dataclass(frozen=True)
class PassedRow:
    """A row of a file that is no entry of the account: `why` pending, balance or other."""

    row: int
    why: str
    text: str


@dataclass(frozen=True)
class UnreadRow:
    """A row that is left out, since a cell of it is not what its `column` holds: amount, day, way, currency, headings.

    `expected`: what such a cell looks like; of headings how many there are. `is_entry`: `row` counts entries of XML.
    """

    row: int
    column: str
    expected: str
    is_entry: bool = False

    @property
    def fault(self) -> BankCellUnreadable:
        """By which a file is refused where such rows are no exception."""
        if self.column == "headings":
            return BankCellUnreadable(row=self.row, headings=int(self.expected))
        if self.is_entry:
            return BankCellUnreadable(entry=self.row, column=self.column, expected=self.expected)
        return BankCellUnreadable(row=self.row, column=self.column, expected=self.expected)


Told: TypeAlias = BankEntry | PassedRow | UnreadRow | Statement
"""What is read of a file, one after another."""


@dataclass(frozen=True)
class BankFile:
    """What stands in a file."""

    entries: tuple[BankEntry, ...]
    passed: tuple[PassedRow, ...] = ()
    unread: tuple[UnreadRow, ...] = ()
    statements: tuple[Statement, ...] = ()


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
    REFERENCE_AND_SUM = "reference_and_sum"
    REFERENCE = "reference"
    WORDS_AND_SUM = "words_and_sum"
    """Its number stands in words, and its sum is the payment's."""


@dataclass(frozen=True)
class Matched:
    """An entry and what would become of it.

    `outcome`: exact, part (less than is owed), over (more; the rest stays in suspense), split (several invoices: to be
    confirmed), given_up (of an invoice that was written off: to be confirmed), unknown (suspense), known (taken in
    before), perhaps_known (something here has its day and sum: recorded once somebody says that it is another, see
    `came`), reversal (a payment taken back), returned (taken back of a payment in suspense: the first of `payments`),
    unclear (taken back, and it is not known of what: recorded once finance has chosen, perhaps among `payments`),
    other_currency (not recorded), outgoing (not ours), named (in words, with another sum: to be confirmed),
    within (a part of the sum that is recorded already as the first of `payments`, which pays the invoice by it),
    unlikely_day (its day has not come, or lies more than ten years back: not recorded before it can be believed).
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


class BankFileReader(Protocol):
    """Reads what banks send."""

    def read(self, content: bytes, today: date) -> BankFile:
        """The entries of a file, and what else stands there. Raises NotABankFile."""

    def told(self, content: bytes, today: date) -> Iterator[Told]:
        """The same one after another, so that nothing of a long file is held. Raises NotABankFile on the way."""
