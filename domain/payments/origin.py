"""What a bank's file says of its account, and where a payment is known from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Statement:
    """What a file says of an account: its balances (öre; None: it does not say) beside what its entries come to.

    `kind`: statement (booked days), report (so far of a day), notification (some entries), columns or bgmax.
    `from_on`, `until_on`: the days that it says it is about, or else of its entries.
    """

    kind: str
    account: str
    currency: str
    opening: int | None
    closing: int | None
    booked: int
    from_on: date | None
    until_on: date | None

    @property
    def difference(self) -> int:
        """By how much its closing balance is not what its opening balance and its entries come to (öre)."""
        return 0 if self.opening is None or self.closing is None else self.closing - self.opening - self.booked


@dataclass(frozen=True)
class Origin:
    """Where a payment is known from: the account, the entry of it, and what the bank itself calls the payment.

    `kind`: of the file; `balance`: of the account after it, where the file says it; `file_id`: which file.
    """

    file_id: UUID | None = None
    account: str = ""
    entry: str = ""
    bank_reference: str = ""
    kind: str = ""
    balance: int | None = None
