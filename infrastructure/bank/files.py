"""`application.payments.bank_file.BankFileReader`: XML or columns, whichever it is."""

from __future__ import annotations

from dataclasses import replace

from application.payments.bank_entry import BankEntry
from infrastructure.bank.camt import read_camt
from infrastructure.bank.columns import read_columns


class BankFiles:
    """Reads what banks send."""

    def read(self, content: bytes) -> tuple[BankEntry, ...]:
        """The entries of a file. Raises NotABankFile."""
        start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
        entries = read_camt(start) if start.startswith(b"<") else read_columns(content)
        return tuple(_tidied(each) for each in entries)


def _tidied(entry: BankEntry) -> BankEntry:
    """What people wrote, on one line and no longer than is kept."""
    return replace(
        entry, reference=_line(entry.reference, 140), text=_line(entry.text, 300), payer=_line(entry.payer, 200)
    )


def _line(text: str, longest: int) -> str:
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())[:longest].strip()
