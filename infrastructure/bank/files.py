"""`application.bank_file.BankFileReader`: XML or columns, whichever it is."""

from __future__ import annotations

from application.bank_file import BankEntry
from infrastructure.bank.camt import read_camt
from infrastructure.bank.columns import read_columns


class BankFiles:
    """Reads what banks send."""

    def read(self, content: bytes) -> tuple[BankEntry, ...]:
        """The entries of a file. Raises NotABankFile."""
        start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
        return read_camt(start) if start.startswith(b"<") else read_columns(content)
