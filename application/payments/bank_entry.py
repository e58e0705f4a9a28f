"""An entry of a bank's account, and what is read of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeAlias

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

    `is_credit`: a credit note that the payer has deducted; its amount is below zero.
    """

    reference: str
    amount: int | None = None
    is_credit: bool = False


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


class BankFileReader(Protocol):
    """Reads what banks send."""

    def read(self, content: bytes, today: date) -> BankFile:
        """The entries of a file, and what else stands there. Raises NotABankFile."""

    def told(self, content: bytes, today: date) -> Iterator[Told]:
        """The same one after another, so that nothing of a long file is held. Raises NotABankFile on the way."""
