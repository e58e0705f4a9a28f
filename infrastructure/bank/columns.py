"""A bank's file of columns: entries, and rows that are none (balances, reservations, trailers)."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Literal

from application.payments.bank_entry import BankCellUnreadable, BankEntry, NotABankFile, PassedRow
from domain.payments.origin import Statement
from infrastructure.bank.amounts import Ambiguous, decimals_by_threes, written_in_ore
from infrastructure.bank.columns_statement import ColumnsStatement
from infrastructure.bank.days import day_written
from infrastructure.bank.decoding import readings
from infrastructure.bank.layouts import MOST_BEFORE, PENDING, Columns, columns_of, columns_without_headings

Rows = list[tuple[int, list[str]]]
"""Rows with the number of the line they end at, from 1."""

_END, _FEWEST_MARKS = "\x1e", 2
"""After the last row, so that it shows whether that row ends; as many marks as a row of entries has at least."""


def read_columns(content: bytes) -> Iterator[BankEntry | PassedRow | Statement]:
    """The entries of a file with `;`, tab or comma between columns. Raises NotABankFile, BankCellUnreadable."""
    for text in readings(content):
        rows = _rows(text)
        if not rows:
            raise NotABankFile(why="empty")
        found = _below_headings(rows)
        if found is not None:
            yield from _Reading(*found).told()
            return
    raise NotABankFile(why="columns")


def _rows(text: str) -> Rows:
    told, _, rest = text.partition("\n")
    if told.strip().casefold().startswith("sep="):
        text = rest
    mark = max(";\t,|", key=lambda each: max(line.count(each) for line in text.split("\n")[:MOST_BEFORE]))
    rows = _split(text, mark, csv.QUOTE_MINIMAL)
    if _has_stray_quote(rows, mark):
        rows = [(no, [_unquoted(cell) for cell in row]) for no, row in _split(text, mark, csv.QUOTE_NONE)]
    return [(no, row) for no, row in rows[:-1] if any(cell.strip() for cell in row)]


def _split(text: str, mark: str, quoting: Literal[0, 3]) -> Rows:
    """All rows, and one at the end that holds nothing but `_END`."""
    reader = csv.reader(io.StringIO(f"{text}\n{_END}"), delimiter=mark, quoting=quoting)
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise NotABankFile(why="columns") from error


def _unquoted(cell: str) -> str:
    is_quoted = len(cell) > 1 and cell.startswith('"') and cell.endswith('"')
    return cell[1:-1].replace('""', '"') if is_quoted else cell


def _has_stray_quote(rows: Rows, mark: str) -> bool:
    """Whether a quotation mark in a text, which nothing ends in its row, has made one cell of rows that follow."""
    is_open = rows[-1][1] != [_END]
    lines = (line for _, row in rows for cell in row if "\n" in cell for line in cell.split("\n")[1:])
    return is_open or any(line.count(mark) >= _FEWEST_MARKS for line in lines)


def _below_headings(rows: Rows) -> tuple[Columns, Rows] | None:
    for place, (_, row) in enumerate(rows[:MOST_BEFORE]):
        columns = columns_of(row)
        if columns is not None:
            return columns, rows[place + 1 :]
    bare = columns_without_headings(rows[0][1])
    return None if bare is None else (bare, rows)


_SUMMED = re.compile(r"\b(?:summa|totalt?|sum)\b")
"""At the end of some exports, without a day."""


class _Reading:
    """One file, being read."""

    def __init__(self, columns: Columns, rows: Rows) -> None:
        self._columns, self._rows = columns, rows
        pairs = [(self._amount_of(row), columns.cell(row, "balance")) for _, row in rows]
        self._are_decimals = columns.has_three_decimals or decimals_by_threes([pair for pair in pairs if all(pair)])
        self._seen: Counter[str] = Counter()

    def told(self) -> Iterator[BankEntry | PassedRow | Statement]:
        """All of it, and what it says of the account."""
        statement = ColumnsStatement()
        for no, row in self._rows:
            why = self._passed_for(row)
            if why:
                yield PassedRow(no, why, " ".join(cell for cell in row if cell.strip())[:200])
                continue
            entry = self._entry(no, row)
            if not entry.amount:
                yield PassedRow(no, "other", entry.text[:200])
                continue
            statement.count(entry)
            yield entry
        yield statement.told()

    def _passed_for(self, row: Sequence[str]) -> str:
        """Why a row is no entry of the account: nothing booked yet, a balance, a line at the end; "" for an entry."""
        told = [self._columns.cell(row, name).casefold() for name in ("day", "status")]
        words = self._columns.text(row).casefold()
        if any(each.startswith(PENDING) for each in told) or words.startswith("prel "):
            return "pending"
        if not self._amount_of(row):
            return "balance" if self._columns.cell(row, "balance") else "other"
        if told[0] and not _SUMMED.fullmatch(told[0]):
            return ""
        said = " ".join((words, self._columns.cell(row, "reference").casefold(), *(cell.casefold() for cell in row)))
        return "balance" if "saldo" in said else "other" if _SUMMED.search(said) else ""

    def _amount_of(self, row: Sequence[str]) -> str:
        """What came in, or went out below zero, as it is written."""
        cell = self._columns.cell
        if "amount" in self._columns.places:
            return cell(row, "amount")
        out = cell(row, "debit")
        return cell(row, "credit") or (out if not out or out.startswith(("-", "\N{MINUS SIGN}")) else f"-{out}")

    def _entry(self, no: int, row: list[str]) -> BankEntry:
        cell = self._columns.cell
        with _told(no, "amount", "12 500,00"):
            amount = written_in_ore(self._amount_of(row), are_decimals=self._are_decimals)
        with _told(no, "day", "2026-11-27"):
            day = day_written(cell(row, "day"))
        with _told(no, "currency", "SEK"):
            currency = _currency(cell(row, "currency"))
        return BankEntry(
            source=self._named(row, day, amount),
            amount=amount,
            currency=currency,
            reference=cell(row, "reference"),
            text=self._columns.text(row),
            payer=cell(row, "payer"),
            arrived_on=day,
            is_reversal=False,
            also=(self._earlier(row),),
            account=self._account(row),
            kind="columns",
            balance=self._balance(row),
        )

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


@contextmanager
def _told(no: int, column: str, expected: str) -> Iterator[None]:
    """What cannot be read is refused with its row and column, and what was expected there."""
    try:
        yield
    except Ambiguous as error:
        raise BankCellUnreadable(row=no, written=str(error)) from error
    except (ValueError, ArithmeticError) as error:
        raise BankCellUnreadable(row=no, column=column, expected=expected) from error


def _currency(told: str) -> str:
    currency = told.upper() or "SEK"
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha()):
        raise ValueError(told)
    return currency
