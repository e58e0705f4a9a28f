"""`application.payments.bank_entry.BankFileReader`: XML, BgMax or columns, also of a workbook, whichever it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from application.payments.bank_entry import BankEntry, BankFile, PassedRow, Told, UnreadRow
from domain.payments.origin import Statement
from infrastructure.bank.bgmax import is_bgmax, read_bgmax
from infrastructure.bank.camt import read_camt
from infrastructure.bank.columns import read_columns
from infrastructure.bank.decoding import decoded, is_wide, readings
from infrastructure.bank.deposit_report import is_deposit_report, read_deposit_report
from infrastructure.bank.rows import sections_of, sections_of_sheets
from infrastructure.bank.workbook import is_workbook, sheets_of


class BankFiles:
    """Reads what banks send."""

    def read(self, content: bytes, today: date) -> BankFile:
        """The entries of a file, and what else stands there. Raises NotABankFile."""
        told = tuple(self.told(content, today))
        return BankFile(
            tuple(each for each in told if isinstance(each, BankEntry)),
            tuple(each for each in told if isinstance(each, PassedRow)),
            tuple(each for each in told if isinstance(each, UnreadRow)),
            tuple(each for each in told if isinstance(each, Statement)),
        )

    def told(self, content: bytes, today: date) -> Iterator[Told]:
        """The same one after another. Raises NotABankFile on the way."""
        told = _told(content, today)
        return (_tidied(each) if isinstance(each, BankEntry) else each for each in _understood(told))


def _told(content: bytes, today: date) -> Iterator[Told]:
    if is_workbook(content):
        sheets = sheets_of(content)
        is_report = is_deposit_report(sheets)
        return read_deposit_report(sheets) if is_report else read_columns([sections_of_sheets(sheets)], today)
    start = decoded(content[:400]).lstrip()
    if start.startswith("<"):
        return read_camt(_as_utf8(content), today)
    if is_bgmax(start):
        return read_bgmax(decoded(content))
    return read_columns(map(sections_of, readings(content)), today)


def _understood(told: Iterator[Told]) -> Iterator[Told]:
    """The same, where rows that cannot be read are an exception; else the file is not as it was taken to be."""
    read, unread = 0, list[UnreadRow]()
    for each in told:
        read += isinstance(each, BankEntry)
        if isinstance(each, UnreadRow):
            unread.append(each)
        yield each
    if unread and len(unread) >= read:
        raise unread[0].fault


def _as_utf8(content: bytes) -> bytes:
    """XML by its own declaration; what is UTF-16 without saying so, without its declaration."""
    if not is_wide(content):
        return content.strip(b"\xef\xbb\xbf \t\r\n\0\x1a")
    text = decoded(content).lstrip()
    return (text.partition("?>")[2] if text.startswith("<?xml") else text).encode()


def _tidied(entry: BankEntry) -> BankEntry:
    """What people wrote, on one line and no longer than is kept."""
    told = entry.reference, entry.text, entry.payer
    tidy = _line(entry.reference, 140), _line(entry.text, 300), _line(entry.payer, 200)
    if tidy != told:
        entry = replace(entry, reference=tidy[0], text=tidy[1], payer=tidy[2])
    if not entry.referred:
        return entry
    return replace(
        entry, referred=tuple(replace(each, reference=_line(each.reference, 140)) for each in entry.referred)
    )


def _line(text: str, longest: int) -> str:
    if not text.isprintable():
        text = "".join(mark if mark.isprintable() else " " for mark in text)
    return " ".join(text.split())[:longest].strip()
