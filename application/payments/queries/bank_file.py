"""Bank files as finance reads them: what was taken in, and the payments that a file's entries are compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.payments.origin import Statement


@dataclass(frozen=True)
class KnownPayment:
    """A payment by bank that is here, as money that a file tells of is compared with it (see `Origin`).

    `file`: what the file was called that it came in ("": not known), `taken_on`: the local day of that.
    """

    payment_id: UUID
    source: str
    amount: int
    left: int
    currency: str
    reference: str
    arrived_on: date
    payer: str | None
    account: str
    entry: str
    bank_reference: str
    kind: str
    account_balance: int | None
    file: str
    taken_on: date | None


@dataclass(frozen=True)
class ArrivedTogether:
    """What has arrived on a day of one entry of the account: how many payments, and what they come to (öre)."""

    entry: str
    arrived_on: date
    payments: int
    amount: int
    payment_id: UUID
    bank_reference: str
    account: str
    file: str
    taken_on: date | None


@dataclass(frozen=True)
class BankFileRow:
    """A bank's file that has been taken in, and what it said of each account."""

    file_id: UUID
    name: str
    taken_on: date
    statements: tuple[Statement, ...]
