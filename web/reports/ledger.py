"""Reports of the ledger: ageing, revenue, what is earned, balances, the journal; and what is behind each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from flask import url_for

from application.accounting.queries.ageing import Ageing, AgeingBucket, OpenItem
from application.accounting.queries.ledger import (
    AccountBalance,
    DeferredRow,
    EarnedRow,
    PostingRow,
    RevenueRow,
)
from domain.kernel.season_name import season_name
from web.reports.names import bucket_name, buyer_name, document_behind, voucher_name
from web.reports.query import Days, Reader
from web.reports.report import Column, Kind, Report
from web.words.accounts import account_name

DAY, SUM, COUNT = Kind.DAY, Kind.SUM, Kind.COUNT


@dataclass(frozen=True)
class _Age:
    """A line of the ageing: one of its buckets by number, or (without) what was paid too much."""

    amount: int
    no: int = 0
    bucket: AgeingBucket | None = None

    @property
    def documents(self) -> int | None:
        """How many invoices."""
        return self.bucket.documents if self.bucket else None

    def name(self, reader: Reader) -> str:
        """What the line is called."""
        return bucket_name(self.bucket, reader.say) if self.bucket else reader.say("report.overpaid")

    def behind(self, reader: Reader) -> str:
        """The address of its invoices, or of what is to be refunded."""
        if self.bucket is None:
            return url_for("payment.index", _anchor="refunds")
        return reader.report("open", bucket=self.no) if self.bucket.documents else ""


def _ages(ageing: Ageing) -> Iterator[_Age]:
    yield from (_Age(each.amount, no, each) for no, each in enumerate(ageing.buckets))
    if ageing.overpaid:
        yield _Age(ageing.overpaid)


def _season(row: RevenueRow | DeferredRow, reader: Reader) -> str:
    return reader.season(row.season_id)


def _documents(row: RevenueRow | DeferredRow, reader: Reader) -> str:
    return reader.documents(row.season_id)


def _deferred_then(row: EarnedRow, reader: Reader) -> str:
    """The seasons behind a month: what each had earned and deferred at its end, as far as the period goes."""
    last = (row.month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    asked = reader.days.get("until", "")
    return reader.report("deferred", on=min(str(last), asked) if asked else last)


AGEING = Report[_Age](
    "ageing",
    AgeingBucket,
    "Open invoices by how many days late they are.",
    lambda at, actor, query: at.ledger.ageing(actor, query.as_of),
    (
        Column("age", value=_Age.name, leads_to=_Age.behind),
        Column("documents", COUNT),
        Column("amount", SUM, leads_to=_Age.behind),
    ),
    Days.AS_OF,
    drawn=("amount",),
    operation="read_ageing",
    answer=Ageing,
    items=lambda ageing: ageing.buckets,
    lines=_ages,
)
OPEN = Report[OpenItem](
    "open",
    OpenItem,
    "The invoices behind the ageing, longest overdue first.",
    lambda at, actor, query: at.ledger.open_items(actor, query.as_of, query.bucket, query.after, query.limit),
    (
        Column(
            "document",
            value=lambda row, to: to.say("invoice.named_invoice", number=row.number),
            leads_to=document_behind,
        ),
        Column("buyer", value=buyer_name),
        Column("issued", DAY, lambda row, _: row.issued_on),
        Column("due", DAY, lambda row, _: row.due_on),
        Column("days", COUNT, lambda row, _: max(row.days_late, 0) or None),
        Column("gross", SUM),
        Column("balance", SUM),
    ),
    Days.AS_OF,
    ("bucket",),
    under="ageing",
    is_paged=True,
    path="/reports/open-invoices",
    operation="list_open_invoices",
)
REVENUE = Report[RevenueRow](
    "revenue",
    RevenueRow,
    "What each season was invoiced in a period, credit notes taken off, by network.",
    lambda at, actor, query: at.ledger.revenue(actor, query.period),
    (
        Column("network", value=lambda row, _: row.network or "–"),
        Column("season", value=lambda row, to: row.season or to.say("report.no_season"), leads_to=_season),
        Column("net", SUM, leads_to=_documents),
        Column("vat", SUM),
        Column("gross", SUM),
    ),
    Days.PERIOD,
)
DEFERRED = Report[DeferredRow](
    "deferred",
    DeferredRow,
    "What of each season's revenue is earned by meetings held, and what is deferred.",
    lambda at, actor, query: at.ledger.deferred(actor, query.as_of),
    (
        Column("network"),
        Column("season", leads_to=_season),
        Column("held", value=lambda row, to: to.say("report.held", held=row.held, meetings=row.meetings)),
        Column("net", SUM, lambda row, _: row.revenue, _documents),
        Column("earned", SUM),
        Column("deferred", SUM),
    ),
    Days.AS_OF,
    drawn=("earned", "deferred"),
    named_by=2,
)
EARNED = Report[EarnedRow](
    "earned",
    EarnedRow,
    "What meetings held earned in each month of a period, and what stood deferred at its end.",
    lambda at, actor, query: at.ledger.earned(actor, query.period),
    (
        Column("month", Kind.MONTH, leads_to=_deferred_then),
        Column("earned", SUM),
        Column("deferred", SUM),
    ),
    Days.PERIOD,
    drawn=("earned", "deferred"),
    is_totalled=False,
)
ACCOUNTS = Report[AccountBalance](
    "accounts",
    AccountBalance,
    "What each account of the ledger amounts to; together: nothing.",
    lambda at, actor, query: at.ledger.balances(actor, query.as_of),
    (
        Column(
            "account",
            value=lambda row, to: account_name(row.account, to.say),
            leads_to=lambda row, to: to.report("journal", account=row.account, until=to.days.get("on")),
        ),
        Column("debit", SUM, lambda row, _: max(row.amount, 0)),
        Column("credit", SUM, lambda row, _: max(-row.amount, 0)),
    ),
    Days.AS_OF,
    path="/ledger/balances",
    operation="list_balances",
)
JOURNAL = Report[PostingRow](
    "journal",
    PostingRow,
    "The journal, latest day first.",
    lambda at, actor, query: at.ledger.postings(actor, query.postings, query.after, query.limit),
    (
        Column("day", DAY),
        Column("voucher", value=lambda row, to: voucher_name(row, to.say), leads_to=document_behind),
        Column("account", value=lambda row, to: account_name(row.account, to.say)),
        Column("season", value=lambda row, _: season_name(row.network or "", row.season or "") or "–"),
        Column("debit", SUM, lambda row, _: max(row.amount, 0)),
        Column("credit", SUM, lambda row, _: max(-row.amount, 0)),
    ),
    Days.DATED,
    ("posting",),
    under="accounts",
    is_paged=True,
    path="/ledger/postings",
    operation="list_postings",
    whole_csv=lambda at, actor, query: at.ledger.journal(actor, query.postings),
)
