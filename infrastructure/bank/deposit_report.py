"""Bankgirot's report of a day's deposits (Insättningsuppgifter, Detaljer) as a workbook: who paid what of one sum.

The account's own file tells the sum of them; the two are the same money, in whichever order they come.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from application.payments.bank_entry import BankEntry, BankFileSumsDisagree, NotABankFile, UnreadRow
from infrastructure.bank.amounts import written_in_ore
from infrastructure.bank.rows import Rows

_DEPOSIT = ("datum", "bankgironummer")
_PAYMENT = ("avsändare", "referens", "belopp")
_TOTAL, _END = "totalt", "\N{COPYRIGHT SIGN}"


def is_deposit_report(sheets: Sequence[Rows]) -> bool:
    """Whether it is such a report: its payments stand below headings without a day, which stands above them."""
    return any(_find(rows, _DEPOSIT) is not None and _find(rows, _PAYMENT) is not None for rows in sheets)


def read_deposit_report(sheets: Sequence[Rows]) -> Iterator[BankEntry | UnreadRow]:
    """Its payments. Raises NotABankFile, BankFileSumsDisagree."""
    for rows in sheets:
        if _find(rows, _DEPOSIT) is not None and _find(rows, _PAYMENT) is not None:
            yield from _of_sheet(rows)


def _of_sheet(rows: Rows) -> Iterator[BankEntry | UnreadRow]:
    day, bankgiro = _deposit(rows)
    told = list(_payments(rows))
    entries = [each for each in told if isinstance(each, BankEntry)]
    total = sum(each.amount for each in entries)
    if len(entries) == len(told):
        _must_come_to(rows, total)
    whole, seen = f"bgreport/{bankgiro}/{day}/{total}", Counter[str]()
    for each in told:
        if isinstance(each, UnreadRow):
            yield each
            continue
        seen[each.source] += 1  # two alike are two
        yield replace(
            each,
            source=f"bgreport/{bankgiro}/{day}/{each.source}/{seen[each.source]}",
            arrived_on=day,
            account_entry=whole,
            lump=f"{whole}/lump" if len(entries) > 1 else "",
            lump_amount=total if len(entries) > 1 else 0,
        )


def _deposit(rows: Rows) -> tuple[date, str]:
    """The day, and the bankgiro that was paid to; a report of several is not known here, and refused."""
    if sum({*_DEPOSIT} <= _places(row).keys() for _, row in rows) > 1:
        raise NotABankFile(why="columns")
    place = _find(rows, _DEPOSIT) or 0
    columns, values = _places(rows[place][1]), rows[place + 1][1] if place + 1 < len(rows) else []
    try:
        day = date.fromisoformat(_cell(values, columns["datum"])[:10])
    except ValueError as error:
        raise NotABankFile(why="columns") from error
    return day, "".join(filter(str.isdecimal, _cell(values, columns["bankgironummer"])))


def _payments(rows: Rows) -> Iterator[BankEntry | UnreadRow]:
    """Below their headings, to the end or the line that ends them; each named by what stands in it."""
    place = _find(rows, _PAYMENT) or 0
    columns = _places(rows[place][1])
    for no, row in rows[place + 1 :]:
        told = {name: _cell(row, at) for name, at in columns.items()}
        if row[0].startswith(_END) or _is_total(row) or not told["belopp"]:
            continue
        try:
            amount = written_in_ore(told["belopp"])
        except (ValueError, ArithmeticError):
            yield UnreadRow(no, "amount", "12 500,00")
            continue
        yield _entry(told, amount)


def _entry(told: Mapping[str, str], amount: int) -> BankEntry:
    reference, message = told["referens"], told.get("meddelande", "")
    is_number = "".join(reference.split()).isdecimal()
    what = "\x1f".join((told["avsändare"], reference, message, str(amount)))
    return BankEntry(
        source=hashlib.sha256(what.encode()).hexdigest()[:24],
        amount=amount,
        currency="SEK",
        reference=reference if is_number else "",
        text=message if is_number else f"{reference} {message}".strip(),
        payer=told["avsändare"],
        arrived_on=date.max,
        is_reversal=False,
        kind="columns",
    )


def _must_come_to(rows: Rows, total: int) -> None:
    """Where the report tells its total, it is what the payments come to. Raises BankFileSumsDisagree."""
    for _, row in rows:
        if _is_total(row) and not any(_is_sum(cell, total) for cell in row):
            raise BankFileSumsDisagree


def _is_total(row: Sequence[str]) -> bool:
    return _TOTAL in (cell.strip().casefold() for cell in row)


def _is_sum(cell: str, total: int) -> bool:
    try:
        return written_in_ore(cell) == total
    except (ValueError, ArithmeticError):
        return False


def _find(rows: Rows, headings: Sequence[str]) -> int | None:
    """Where the row of such headings is."""
    return next((place for place, (_, row) in enumerate(rows) if {*headings} <= _places(row).keys()), None)


def _places(row: Sequence[str]) -> dict[str, int]:
    return {name: place for place, cell in enumerate(row) if (name := cell.strip().casefold())}


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""
