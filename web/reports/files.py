"""Reports as files: each list of finance as rows of cells, whichever file they become."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, cast

from flask import Response

from application.accounting.queries.ageing import NOW, AgeingBucket, AsOf, MatchRow, OpenItem
from application.accounting.queries.ledger import (
    EVER,
    AccountBalance,
    DeferredRow,
    Period,
    PostingFilter,
    PostingRow,
    RevenueRow,
    VatDocument,
    VatRow,
)
from application.billing.queries.invoice import DocumentFilter, DocumentRow
from application.kernel.actor import Actor
from application.kernel.page import MOST, Page
from application.services import Services
from web.reports.spreadsheet import Kronor, Plain, list_file, streamed

AMOUNTS = frozenset(
    {"amount", "net", "vat", "gross", "credited", "paid", "balance", "revenue", "earned", "deferred"}
    | {"agreed", "invoiced"}
)
"""Columns that are öre, wherever they stand."""


@dataclass(frozen=True)
class Asked:
    """What a file is asked for: a day, a period, a rate, a kind of match, documents."""

    as_of: AsOf = NOW
    period: Period = EVER
    basis_points: int = 2500
    kind: str = ""
    documents: DocumentFilter = field(default_factory=DocumentFilter)


Rows = Callable[[Services, Actor, Asked], Iterator[object]]


def _every(page: Callable[[str | None], Page[Any]]) -> Iterator[object]:
    """The rows of all pages of a list."""
    cursor: str | None = None
    while True:
        found = page(cursor)
        yield from found.items
        cursor = found.next_cursor
        if cursor is None:
            return


def _open(services: Services, actor: Actor, asked: Asked) -> Iterator[object]:
    return _every(lambda after: services.ledger.open_items(actor, asked.as_of, None, after, MOST))


def _posted(services: Services, actor: Actor, asked: Asked) -> Iterator[object]:
    return _every(lambda after: services.ledger.postings(actor, _postings(asked), after, MOST))


def _taxed(services: Services, actor: Actor, asked: Asked) -> Iterator[object]:
    rate, kind = asked.basis_points, asked.kind or "standard"
    return _every(lambda after: services.ledger.vat_documents(actor, asked.period, rate, kind, after, MOST))


def _matched(services: Services, actor: Actor, asked: Asked) -> Iterator[object]:
    return _every(lambda after: services.ledger.matches(actor, asked.kind, after, MOST))


REPORTS: dict[str, tuple[type[Any], Rows]] = {
    "balances": (AccountBalance, lambda at, actor, asked: iter(at.ledger.balances(actor, asked.as_of))),
    "ageing": (AgeingBucket, lambda at, actor, asked: iter(at.ledger.ageing(actor, asked.as_of).buckets)),
    "open-invoices": (OpenItem, _open),
    "revenue": (RevenueRow, lambda at, actor, asked: iter(at.ledger.revenue(actor, asked.period))),
    "deferred": (DeferredRow, lambda at, actor, asked: iter(at.ledger.deferred(actor, asked.as_of))),
    "vat": (VatRow, lambda at, actor, asked: iter(at.ledger.vat(actor, asked.period))),
    "vat-documents": (VatDocument, _taxed),
    "matches": (MatchRow, _matched),
    "postings": (PostingRow, _posted),
    "documents": (DocumentRow, lambda at, actor, asked: at.invoice_questions.every(actor, asked.documents)),
}
"""By name: what a row is, and where the rows come from."""


def report_file(
    services: Services,
    actor: Actor,
    report: str,
    form: str,
    asked: Asked,
    name: str = "",
    header: Sequence[str] | None = None,
) -> Response:
    """A report as "csv" or "xlsx", under a name; `header`: its columns in words, in the order of the row's fields."""
    if report == "postings" and form == "csv":
        return streamed(name or report, services.ledger.journal(actor, _postings(asked)))
    kind, source = REPORTS[report]
    titles = header or [each.name for each in fields(kind)]
    return list_file(form, name or report, titles, (cells(row) for row in source(services, actor, asked)))


def cells(row: object) -> list[Plain]:
    """A row's fields as cells, in order: amounts as kronor, instants in ISO 8601, what is missing as nothing."""
    return [_cell(name, value) for name, value in vars(row).items()]


def _postings(asked: Asked) -> PostingFilter:
    return PostingFilter(from_on=asked.period.from_on, until_on=asked.period.until_on)


def _cell(name: str, value: object) -> Plain:
    if value is None:
        return ""
    if name in AMOUNTS:
        return Kronor(cast(int, value))
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, int | date) else str(value)
