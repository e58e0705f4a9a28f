"""A bank's file of columns: entries, and rows that are none (balances, reservations, trailers)."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from application.payments.bank_entry import BankCellAmbiguous, BankEntry, NotABankFile, PassedRow, Told, UnreadRow
from infrastructure.bank.amounts import Ambiguous, decimals_by_threes, written_in_ore
from infrastructure.bank.columns_statement import ColumnsStatement
from infrastructure.bank.days import AmbiguousDay, DaysOfFile
from infrastructure.bank.passing import why_passed
from infrastructure.bank.rows import Section
from infrastructure.bank.twice import settled

_OUT = ("d", "db", "dr", "dbit", "debet", "debit", "uttag", "ut", "out", "-", "\N{MINUS SIGN}")
_IN = ("k", "c", "cr", "crdt", "kredit", "credit", "insättning", "in", "+")
"""What stands in a column that says which way money went."""


def read_columns(tables: Iterable[list[Section]], today: date) -> Iterator[Told]:
    """The entries of a file with `;`, tab or comma between columns, or of a workbook: by the first way that has any.

    Raises NotABankFile, BankCellAmbiguous, BankHeadingTwice.
    """
    for sections in tables:
        if sections:
            seen, statements = Counter[str](), dict[tuple[str, str, int], ColumnsStatement]()
            for no, section in enumerate(sections):
                for each in _Reading(section, seen, today).told():
                    if isinstance(each, BankEntry):
                        of = each.account, each.currency, 0 if each.account else no
                        statements.setdefault(of, ColumnsStatement(today)).count(each)
                    yield each
            yield from (each.told() for each in statements.values() or (ColumnsStatement(today),))
            return
    raise NotABankFile(why="columns")


class _Reading:
    """What stands below one line of headings, being read. `seen`: names of entries of the whole file."""

    def __init__(self, section: Section, seen: Counter[str], today: date) -> None:
        columns, self._rows = section
        self._columns = settled(columns, [row for _, row in self._rows])
        pairs = [(self._columns.amount(row), self._columns.cell(row, "balance")) for _, row in self._rows]
        told = decimals_by_threes([pair for pair in pairs if all(pair)])
        self._are_decimals = self._columns.has_three_decimals or told
        self._days = DaysOfFile((self._columns.cell(row, "day") for _, row in self._rows), today)
        self._seen = seen

    def told(self) -> Iterator[BankEntry | PassedRow | UnreadRow]:
        """All of it."""
        for no, row in self._rows:
            why = why_passed(self._columns, row, self._columns.amount(row))
            if why:
                yield PassedRow(no, why, " ".join(cell for cell in row if cell.strip())[:200])
                continue
            try:
                entry = self._entry(no, row)
            except _Unreadable as fault:
                yield UnreadRow(no, fault.column, fault.expected)
                continue
            yield entry if entry.amount else PassedRow(no, "other", entry.text[:200])

    def _entry(self, no: int, row: list[str]) -> BankEntry:
        cell = self._columns.cell
        if any(each.strip() for each in row[len(self._columns.headings) :]):
            raise _Unreadable("headings", str(len(self._columns.headings)))
        with _told(no, "amount", "12 500,00"):
            amount = written_in_ore(self._columns.amount(row), are_decimals=self._are_decimals)
        with _told(no, "way", "D"):
            amount = self._directed(row, amount)
        with _told(no, "day", "2026-11-27"):
            day = self._days.day(cell(row, "day"))
        with _told(no, "currency", "SEK"):
            currency = self._columns.currency or _currency(cell(row, "currency"))
        return BankEntry(
            source=self._named(row, day, amount),
            amount=amount,
            currency=currency,
            reference=_unspread(cell(row, "reference")),
            text=self._columns.text(row),
            payer=cell(row, "payer"),
            arrived_on=day,
            is_reversal=False,
            also=(self._earlier(row),),
            account=self._account(row),
            kind="columns",
            balance=self._balance(row),
        )

    def _directed(self, row: Sequence[str], amount: int) -> int:
        """Below zero where a column of its own says that money went out. Raises ValueError where it says neither."""
        if "way" not in self._columns.places or amount < 0:
            return amount
        told = self._columns.cell(row, "way").casefold()
        if told not in (*_OUT, *_IN):
            raise ValueError(told)
        return -amount if told in _OUT else amount

    def _named(self, row: Sequence[str], day: date, amount: int) -> str:
        """By account, day, sum and the balance after it; rows are numbered anew in each export, so never by that."""
        cell = self._columns.cell
        account = self._account(row)
        after = cell(row, "balance")
        what = "".join(after.split()) or "\x1f".join((cell(row, "reference"), self._columns.text(row).casefold()))
        same = _digest(f"{account}\x1f{day}\x1f{amount}\x1f{what}")
        return f"csv/2/{same}/{self._counted(same)}"

    def _account(self, row: Sequence[str]) -> str:
        told = self._columns.cell(row, "clearing") + self._columns.cell(row, "account")
        return "".join(mark for mark in told if mark.isalnum())

    def _balance(self, row: Sequence[str]) -> int | None:
        """Of the account after an entry; None where nothing, or nothing to be understood, is said."""
        try:
            return written_in_ore(self._columns.cell(row, "balance"), are_decimals=self._are_decimals)
        except (ValueError, ArithmeticError):
            return None

    def _earlier(self, row: Sequence[str]) -> str:
        """How it was named until 2026-11: by all that stands in its row."""
        same = _digest("\x1f".join(each.strip() for each in row))
        return f"csv/{same}/{self._counted(same)}"

    def _counted(self, same: str) -> int:
        self._seen[same] += 1  # two alike are two
        return self._seen[same]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


class _Unreadable(Exception):
    """A cell is not what its column holds."""

    def __init__(self, column: str, expected: str) -> None:
        super().__init__(column, expected)
        self.column, self.expected = column, expected


@contextmanager
def _told(no: int, column: str, expected: str) -> Iterator[None]:
    """What cannot be read is told with its column and what was expected there; what may be two refuses the file."""
    try:
        yield
    except Ambiguous as error:
        raise BankCellAmbiguous(row=no, written=str(error)) from error
    except AmbiguousDay as error:
        raise BankCellAmbiguous(row=no, either_day=str(error)) from error
    except (ValueError, ArithmeticError) as error:
        raise _Unreadable(column, expected) from error


def _currency(told: str) -> str:
    currency = told.upper() or "SEK"
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha()):
        raise ValueError(told)
    return currency


_SPREAD = re.compile(r"(?:'|=\"?)?(\d[\d \u00a0]*)(?:[.,]0+)?\"?")


def _unspread(reference: str) -> str:
    """A number as it was before a spreadsheet made it a sum or a formula: "3244,00", "'3244" and '="3244"' are 3244."""
    found = _SPREAD.fullmatch(reference)
    return found[1] if found else reference
