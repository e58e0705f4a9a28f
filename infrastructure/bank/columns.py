"""A bank's file of columns: which column is which is told by their headings, in Swedish or English."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from datetime import date

from application.payments.bank_entry import BankEntry, NotABankFile
from infrastructure.bank.amounts import in_ore

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "arrived_on": ("bokföringsdag", "bokföringsdatum", "datum", "date", "booking date"),
    "amount": ("belopp", "amount"),
    "reference": ("ocr", "referens", "reference"),
    "text": ("text", "meddelande", "message"),
    "payer": ("betalare", "avsändare", "payer", "name"),
    "currency": ("valuta", "currency"),
}
"""What a column is, by its possible headings in small letters."""

_NEEDED = ("arrived_on", "amount")


def read_columns(content: bytes) -> tuple[BankEntry, ...]:
    """The entries of a file with `;`, tab or comma between columns. Raises NotABankFile."""
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    mark = max(";\t,", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error as error:
        raise NotABankFile(why="columns") from error
    if not rows:
        raise NotABankFile(why="empty")
    places = _places(rows[0])
    if any(name not in places for name in _NEEDED):
        raise NotABankFile(why="columns")
    seen: dict[str, int] = {}
    try:
        return tuple(_entry(row, places, seen) for row in rows[1:] if any(cell.strip() for cell in row))
    except (ValueError, ArithmeticError, IndexError) as error:
        raise NotABankFile(why="columns") from error


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _places(header: list[str]) -> dict[str, int]:
    told = [cell.strip().lower() for cell in header]
    return {
        name: next(told.index(each) for each in headings if each in told)
        for name, headings in HEADINGS.items()
        if any(each in told for each in headings)
    }


def _entry(row: list[str], places: Mapping[str, int], seen: dict[str, int]) -> BankEntry:
    def cell(name: str) -> str:
        return row[places[name]].strip() if name in places and places[name] < len(row) else ""

    amount = in_ore("".join(cell("amount").replace("\N{MINUS SIGN}", "-").split()).replace(",", "."))
    same = hashlib.sha256("\x1f".join(each.strip() for each in row).encode()).hexdigest()[:24]
    seen[same] = seen.get(same, 0) + 1  # two alike on one day are two
    return BankEntry(
        source=f"csv/{same}/{seen[same]}",  # a voucher's number alone may stand for a whole day, or for every year
        amount=amount,
        currency=_currency(cell("currency")),
        reference=cell("reference"),
        text=cell("text"),
        payer=cell("payer"),
        arrived_on=date.fromisoformat(cell("arrived_on").replace("/", "-")),
        is_reversal=False,
    )


def _currency(told: str) -> str:
    currency = told.upper() or "SEK"
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha()):
        raise ValueError(told)
    return currency
