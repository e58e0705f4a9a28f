"""The ledger's questions: what finance and admins ask of their own organiser's money, now or as of any day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol
from uuid import UUID

from application.accounting.queries.ledger_rows import (
    AccountBalance,
    Ageing,
    AsOf,
    DeferredRow,
    MatchRow,
    OpenItem,
    Period,
    PostingFilter,
    PostingRow,
    Reconciliation,
    RevenueRow,
    VatDocument,
    VatRow,
)
from application.kernel.actor import Actor
from application.kernel.page import Page
from application.kernel.queries import Queries, for_staff

SEAT_WITHOUT_MONEY, MONEY_WITHOUT_SEAT, FREE_BY_RULE = "seat_without_money", "money_without_seat", "free_by_rule"
MATCHES = (SEAT_WITHOUT_MONEY, MONEY_WITHOUT_SEAT, FREE_BY_RULE)
NOW, EVER = AsOf(), Period()


class LedgerQuestions(Queries, Protocol):
    """For finance and admins of an organiser; everybody else: NotAllowed."""

    @for_staff
    def balances(self, actor: Actor, asked: AsOf = NOW) -> tuple[AccountBalance, ...]:
        """What each account of the ledger amounts to; all of them add up to nothing."""

    @for_staff
    def postings(
        self, actor: Actor, asked: PostingFilter, after: str | None = None, limit: int = 50
    ) -> Page[PostingRow]:
        """The journal, latest day first."""

    @for_staff
    def journal(self, actor: Actor, asked: PostingFilter) -> Iterator[bytes]:
        """The whole journal as CSV (semicolons, decimal comma, UTF-8), earliest day first, in parts, header first.

        However many postings there are, no more of them are held at once than one part has.
        """

    @for_staff
    def ageing(self, actor: Actor, asked: AsOf = NOW) -> Ageing:
        """Open invoices by age on a day (today, in the organiser's zone)."""

    @for_staff
    def open_items(
        self, actor: Actor, asked: AsOf = NOW, bucket: int | None = None, after: str | None = None, limit: int = 50
    ) -> Page[OpenItem]:
        """The invoices behind the ageing, longest overdue first; `bucket`: those of one bucket, counted from 0."""

    @for_staff
    def revenue(self, actor: Actor, asked: Period = EVER) -> tuple[RevenueRow, ...]:
        """What each season was invoiced in a period, by network."""

    @for_staff
    def deferred(self, actor: Actor, asked: AsOf = NOW) -> tuple[DeferredRow, ...]:
        """What of each season's revenue is earned on a day (today) and what is deferred."""

    @for_staff
    def vat(self, actor: Actor, asked: Period = EVER) -> tuple[VatRow, ...]:
        """Base and VAT of each rate in a period, highest rate first."""

    @for_staff
    def vat_documents(
        self, actor: Actor, asked: Period, basis_points: int, kind: str, after: str | None = None, limit: int = 50
    ) -> Page[VatDocument]:
        """The documents behind one rate's sums, latest first."""

    @for_staff
    def reconciliation(self, actor: Actor) -> Reconciliation:
        """Seats against lines against payments, as they are now."""

    @for_staff
    def matches(self, actor: Actor, kind: str, after: str | None = None, limit: int = 50) -> Page[MatchRow]:
        """What does not match (seat_without_money, money_without_seat), or is free by rule. Raises BadValue."""
