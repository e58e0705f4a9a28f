"""What finance reads of the ledger, as rows: balances, ageing, revenue, VAT, and what does not match."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class AsOf:
    """`on`: what counts from that local day or earlier (None: everything). `known_at`: only what had been recorded

    by that instant, so that a report of a past day says what it said then, whatever has been recorded since.
    """

    on: date | None = None
    known_at: datetime | None = None


@dataclass(frozen=True)
class Period:
    """From a first until a last local day, both included; None: open at that end. `known_at` as in AsOf."""

    from_on: date | None = None
    until_on: date | None = None
    known_at: datetime | None = None


@dataclass(frozen=True)
class AccountBalance:
    """What an account of the ledger amounts to in öre: above zero debit, below zero credit.

    `account`: receivable, revenue, vat_<basis points>, cash_bank, card_clearing, unallotted, rounding, fees, losses …
    """

    account: str
    amount: int


@dataclass(frozen=True)
class PostingFilter:
    """Which postings: of an account, a period, a season, a document."""

    account: str = ""
    from_on: date | None = None
    until_on: date | None = None
    season_id: UUID | None = None
    document_id: UUID | None = None


@dataclass(frozen=True)
class PostingRow:
    """One posting: an amount in öre on an account and a local day, above zero debit. `position` names its voucher.

    `voucher`: invoice, credit_note, payment … `subject_id`: the booking, purchase or transfer that the line is for.
    """

    position: int
    no: int
    day: date
    account: str
    amount: int
    voucher: str
    document_id: UUID | None
    number: int | None
    subject_id: UUID | None
    season_id: UUID | None
    season: str | None
    recorded_at: datetime


@dataclass(frozen=True)
class AgeingBucket:
    """Open invoices by how many days late they are: `from_days` to `until_days`, both included (None: no end).

    The first bucket is what is not yet due (until 0 days late). `amount` in öre.
    """

    from_days: int | None
    until_days: int | None
    documents: int
    amount: int


@dataclass(frozen=True)
class Ageing:
    """Open invoices on a day by age. `overpaid` (below zero) is what is owed back on invoices paid or credited too far.

    `total` is all buckets together with `overpaid`, and equals `receivable`, which is what the ledger says (S58).
    """

    on: date
    buckets: tuple[AgeingBucket, ...]
    overpaid: int
    total: int
    receivable: int


@dataclass(frozen=True)
class OpenItem:
    """An invoice open on a day: what was still owed in öre, and how many days late it was (below zero: left)."""

    document_id: UUID
    number: int
    organisation_id: UUID | None
    buyer: str | None
    issued_on: date
    due_on: date
    gross: int
    balance: int
    days_late: int


@dataclass(frozen=True)
class RevenueRow:
    """What a season (None: goods and the like) was invoiced in a period, credit notes taken off, in öre (S04)."""

    network_id: UUID | None
    network: str | None
    season_id: UUID | None
    season: str | None
    net: int
    vat: int
    gross: int


@dataclass(frozen=True)
class DeferredRow:
    """A season's revenue without VAT on a day, in öre: earned in equal parts by meetings held, else deferred (S57)."""

    season_id: UUID
    season: str
    network: str
    meetings: int
    held: int
    revenue: int
    earned: int
    deferred: int


@dataclass(frozen=True)
class VatRow:
    """Base and VAT of one rate in a period, in öre (S59). `kind`: standard, exempt or outside."""

    basis_points: int
    kind: str
    net: int
    vat: int


@dataclass(frozen=True)
class VatDocument:
    """A document's part of one rate's base and VAT. `kind`: invoice or credit_note."""

    document_id: UUID
    kind: str
    number: int
    day: date
    buyer: str | None
    net: int
    vat: int


@dataclass(frozen=True)
class Reconciliation:
    """Seats against lines against payments (S60). Amounts in öre.

    `seats`: held now, of which `free_seats` by rule. `agreed` is what bookings and purchases come to by their price and
    terms, `invoiced` what their lines say; every difference is an alarm: seats without money, money without a seat.
    `waiting`: agreed too, but waits for a collective invoice of the month, so `agreed` = `invoiced` + `waiting`.
    `receivable` of the ledger equals `open_invoices`; `unallotted` has arrived and belongs nowhere yet.
    """

    seats: int
    free_seats: int
    agreed: int
    invoiced: int
    seats_without_money: int
    money_without_seat: int
    receivable: int
    open_invoices: int
    unallotted: int
    waiting: int = 0


@dataclass(frozen=True)
class MatchRow:
    """A booking, purchase or transfer: what it comes to, and what its lines say. `ground`: why a seat is free."""

    subject_id: UUID
    kind: str
    season_id: UUID | None
    season: str | None
    organisation_id: UUID | None
    organisation: str | None
    seats: int
    agreed: int
    invoiced: int
    ground: str
