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
from application.kernel.actor import Actor, Role
from application.kernel.page import Page
from application.kernel.use_case import organiser_of

SEAT_WITHOUT_MONEY, MONEY_WITHOUT_SEAT, FREE_BY_RULE = "seat_without_money", "money_without_seat", "free_by_rule"
MATCHES = (SEAT_WITHOUT_MONEY, MONEY_WITHOUT_SEAT, FREE_BY_RULE)
NOW, EVER = AsOf(), Period()


class LedgerModel(Protocol):
    """The read model behind the ledger."""

    def balances(self, organiser_id: UUID, asked: AsOf) -> tuple[AccountBalance, ...]:
        """What each account amounts to, those that amount to nothing left out."""
        ...

    def postings(self, organiser_id: UUID, asked: PostingFilter, after: str | None, limit: int) -> Page[PostingRow]:
        """Postings, latest day first."""
        ...

    def journal(self, organiser_id: UUID, asked: PostingFilter) -> Iterator[bytes]:
        """All postings as lines of CSV, earliest day first, in parts."""
        ...

    def ageing(self, organiser_id: UUID, asked: AsOf) -> Ageing:
        """Open invoices by age."""
        ...

    def open_items(
        self, organiser_id: UUID, asked: AsOf, bucket: int | None, after: str | None, limit: int
    ) -> Page[OpenItem]:
        """Open invoices, longest overdue first."""
        ...

    def revenue(self, organiser_id: UUID, asked: Period) -> tuple[RevenueRow, ...]:
        """What each season was invoiced."""
        ...

    def deferred(self, organiser_id: UUID, asked: AsOf) -> tuple[DeferredRow, ...]:
        """What of each season's revenue is earned."""
        ...

    def vat(self, organiser_id: UUID, asked: Period) -> tuple[VatRow, ...]:
        """Base and VAT of each rate."""
        ...

    def vat_documents(
        self, organiser_id: UUID, asked: Period, rate: VatRow, after: str | None, limit: int
    ) -> Page[VatDocument]:
        """The documents behind one rate."""
        ...

    def reconciliation(self, organiser_id: UUID) -> Reconciliation:
        """Seats against lines against payments."""
        ...

    def matches(self, organiser_id: UUID, kind: str, after: str | None, limit: int) -> Page[MatchRow]:
        """What does not match, or is free by rule."""
        ...


class LedgerQuestions:
    """For finance and admins of an organiser; everybody else: NotAllowed."""

    def __init__(self, model: LedgerModel) -> None:
        self._model = model

    def balances(self, actor: Actor, asked: AsOf = NOW) -> tuple[AccountBalance, ...]:
        """What each account of the ledger amounts to; all of them add up to nothing."""
        return self._model.balances(_staff(actor), asked)

    def postings(
        self, actor: Actor, asked: PostingFilter, after: str | None = None, limit: int = 50
    ) -> Page[PostingRow]:
        """The journal, latest day first."""
        return self._model.postings(_staff(actor), asked, after, limit)

    def journal(self, actor: Actor, asked: PostingFilter) -> Iterator[bytes]:
        """The whole journal as CSV (semicolons, decimal comma, UTF-8), earliest day first, in parts, header first.

        However many postings there are, no more of them are held at once than one part has.
        """
        return self._model.journal(_staff(actor), asked)

    def ageing(self, actor: Actor, asked: AsOf = NOW) -> Ageing:
        """Open invoices by age on a day (today, in the organiser's zone)."""
        return self._model.ageing(_staff(actor), asked)

    def open_items(
        self, actor: Actor, asked: AsOf = NOW, bucket: int | None = None, after: str | None = None, limit: int = 50
    ) -> Page[OpenItem]:
        """The invoices behind the ageing, longest overdue first; `bucket`: those of one bucket, counted from 0."""
        return self._model.open_items(_staff(actor), asked, bucket, after, limit)

    def revenue(self, actor: Actor, asked: Period = EVER) -> tuple[RevenueRow, ...]:
        """What each season was invoiced in a period, by network."""
        return self._model.revenue(_staff(actor), asked)

    def deferred(self, actor: Actor, asked: AsOf = NOW) -> tuple[DeferredRow, ...]:
        """What of each season's revenue is earned on a day (today) and what is deferred."""
        return self._model.deferred(_staff(actor), asked)

    def vat(self, actor: Actor, asked: Period = EVER) -> tuple[VatRow, ...]:
        """Base and VAT of each rate in a period, highest rate first."""
        return self._model.vat(_staff(actor), asked)

    def vat_documents(
        self, actor: Actor, asked: Period, basis_points: int, kind: str, after: str | None = None, limit: int = 50
    ) -> Page[VatDocument]:
        """The documents behind one rate's sums, latest first."""
        return self._model.vat_documents(_staff(actor), asked, VatRow(basis_points, kind, 0, 0), after, limit)

    def reconciliation(self, actor: Actor) -> Reconciliation:
        """Seats against lines against payments, as they are now."""
        return self._model.reconciliation(_staff(actor))

    def matches(self, actor: Actor, kind: str, after: str | None = None, limit: int = 50) -> Page[MatchRow]:
        """What does not match (seat_without_money, money_without_seat), or is free by rule. Raises BadValue."""
        return self._model.matches(_staff(actor), kind, after, limit)


def _staff(actor: Actor) -> UUID:
    organiser = organiser_of(actor)
    actor.must_be(organiser, Role.FINANCE, Role.ADMIN)
    return organiser
