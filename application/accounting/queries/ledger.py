"""The ledger's questions: what finance and admins ask of their own organiser's money, now or as of any day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from application.accounting.queries.ageing import NOW, AgeingQuestions, AsOf
from application.accounting.queries.dormant_vat import DormantQuestions
from application.kernel.actor import Actor
from application.kernel.page import Page
from application.kernel.queries import for_staff
from domain.accounting.closing import Deferred


@dataclass(frozen=True)
class Period:
    """From a first until a last local day, both included; None: open at that end. `known_at` as in AsOf."""

    from_on: date | None = None
    until_on: date | None = None
    known_at: datetime | None = None


EVER = Period()


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
    network: str | None
    recorded_at: datetime


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
class EarnedRow:
    """What meetings held in a month earned, and what stood deferred at its end (or today), without VAT, in öre."""

    month: date
    earned: int
    deferred: int


@dataclass(frozen=True)
class ClosingRow:
    """Revenue of meetings to come that was posted as deferred at the end of a day, and back the day after (öre)."""

    on: date
    amount: int
    position: int


@dataclass(frozen=True)
class VatRow:
    """Base and VAT of one rate in a period, in öre (S59). `kind`: standard, exempt or outside."""

    basis_points: int
    kind: str
    net: int
    vat: int


@dataclass(frozen=True)
class VatDocument:
    """A document's part of one rate's base and VAT. `kind`: invoice, credit_note, or write_off (of an invoice)."""

    document_id: UUID
    kind: str
    number: int
    day: date
    buyer: str | None
    net: int
    vat: int


class LedgerQuestions(AgeingQuestions, DormantQuestions, Protocol):
    """For finance and admins of an organiser; everybody else: NotAllowed."""

    @for_staff
    def balances(self, actor: Actor, as_of: AsOf = NOW) -> tuple[AccountBalance, ...]:
        """What each account of the ledger amounts to; all of them add up to nothing."""

    @for_staff
    def postings(
        self, actor: Actor, which: PostingFilter, after: str | None = None, limit: int = 50
    ) -> Page[PostingRow]:
        """The journal, latest day first."""

    @for_staff
    def journal(self, actor: Actor, which: PostingFilter) -> Iterator[bytes]:
        """The whole journal as CSV (semicolons, decimal comma, UTF-8), earliest day first, in parts, header first.

        However many postings there are, no more of them are held at once than one part has.
        """

    @for_staff
    def revenue(self, actor: Actor, period: Period = EVER) -> tuple[RevenueRow, ...]:
        """What each season was invoiced in a period, by network."""

    @for_staff
    def deferred(self, actor: Actor, as_of: AsOf = NOW) -> tuple[DeferredRow, ...]:
        """What of each season's revenue is earned on a day (today) and what is deferred."""

    @for_staff
    def to_defer(self, actor: Actor, on: date) -> tuple[Deferred, ...]:
        """What `deferred` says of a day, by season, rate and sort."""

    @for_staff
    def closings(self, actor: Actor) -> tuple[ClosingRow, ...]:
        """The days closed with deferred revenue, latest first; those on which nothing was deferred are not told."""

    @for_staff
    def earned(self, actor: Actor, period: Period = EVER) -> tuple[EarnedRow, ...]:
        """What was earned month by month until a day (today), and what was deferred: the year's, or those asked for.

        The last five years of them at most. As `deferred` says of each month's last day.
        """

    @for_staff
    def vat(self, actor: Actor, period: Period = EVER) -> tuple[VatRow, ...]:
        """Base and VAT of each rate in a period as it is owed, highest rate first."""

    @for_staff
    def vat_documents(
        self, actor: Actor, period: Period, basis_points: int, kind: str, after: str | None = None, limit: int = 50
    ) -> Page[VatDocument]:
        """The documents behind one rate's sums, latest first."""
