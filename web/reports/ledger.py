"""Reports of the ledger: ageing, VAT, revenue, what is earned, balances, the journal; and what is behind each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from application.accounting.queries.ageing import Ageing, AgeingBucket, OpenItem
from application.accounting.queries.ledger import (
    AccountBalance,
    DeferredRow,
    PostingRow,
    RevenueRow,
    VatDocument,
    VatRow,
)
from web.reports.names import account_name, bucket_name, rate_name, voucher_name
from web.reports.report import Column, Days, Kind, Reader, Report, Value


@dataclass(frozen=True)
class _Age:
    """A line of the ageing: one of its buckets by number, or (None) what was paid too much."""

    no: int | None
    bucket: AgeingBucket | None
    amount: int

    def name(self, reader: Reader) -> str:
        """What the line is called."""
        return bucket_name(self.bucket, reader.say) if self.bucket else reader.say("report.overpaid")

    def behind(self, reader: Reader) -> str:
        """The address of its invoices, or of what is to be refunded."""
        if self.bucket is None:
            return url_for("payment.index", _anchor="refunds")
        return reader.report("open", bucket=self.no) if self.bucket.documents else ""


def _ages(ageing: Ageing) -> Iterator[_Age]:
    for no, bucket in enumerate(ageing.buckets):
        yield _Age(no, bucket, bucket.amount)
    if ageing.overpaid:
        yield _Age(None, None, ageing.overpaid)


AGEING = Report[_Age](
    name="ageing",
    path="/reports/ageing",
    operation="read_ageing",
    about="Open invoices by how many days late they are.",
    days=Days.AS_OF,
    row=AgeingBucket,
    answer=Ageing,
    read=lambda services, actor, query: services.ledger.ageing(actor, query.as_of),
    items=lambda ageing: ageing.buckets,
    lines=_ages,
    columns=(
        Column("age", _Age.name, leads_to=_Age.behind),
        Column("documents", lambda row, _: row.bucket.documents if row.bucket else None, Kind.COUNT),
        Column("amount", lambda row, _: row.amount, Kind.SUM, _Age.behind),
    ),
    drawn=("amount",),
)

OPEN = Report[OpenItem](
    name="open",
    path="/reports/open-invoices",
    operation="list_open_invoices",
    about="The invoices behind the ageing, longest overdue first.",
    under="ageing",
    days=Days.AS_OF,
    filters=("bucket",),
    row=OpenItem,
    is_paged=True,
    read=lambda services, actor, query: services.ledger.open_items(
        actor, query.as_of, query.bucket, query.after, query.limit
    ),
    columns=(
        Column(
            "document",
            lambda row, reader: reader.say("invoice.named_invoice", number=row.number),
            leads_to=lambda row, reader: reader.document(row.document_id),
        ),
        Column("buyer", lambda row, reader: row.buyer or reader.say("frame.erased")),
        Column("issued", lambda row, _: row.issued_on, Kind.DAY),
        Column("due", lambda row, _: row.due_on, Kind.DAY),
        Column("days", lambda row, _: max(row.days_late, 0) or None, Kind.COUNT),
        Column("gross", lambda row, _: row.gross, Kind.SUM),
        Column("balance", lambda row, _: row.balance, Kind.SUM),
    ),
)

VAT = Report[VatRow](
    name="vat",
    path="/reports/vat",
    operation="list_vat",
    about="Base and VAT of each rate in a period.",
    days=Days.PERIOD,
    row=VatRow,
    read=lambda services, actor, query: services.ledger.vat(actor, query.period),
    columns=(
        Column(
            "rate",
            lambda row, reader: rate_name(row.basis_points, row.kind, reader.say),
            leads_to=lambda row, reader: reader.report("vat-documents", rate=row.basis_points, kind=row.kind),
        ),
        Column("base", lambda row, _: row.net, Kind.SUM),
        Column("vat", lambda row, _: row.vat, Kind.SUM),
    ),
)

VAT_DOCUMENTS = Report[VatDocument](
    name="vat-documents",
    path="/reports/vat-documents",
    operation="list_vat_documents",
    about="The documents behind one rate of the VAT report, latest first.",
    under="vat",
    days=Days.PERIOD,
    filters=("rate",),
    row=VatDocument,
    is_paged=True,
    read=lambda services, actor, query: services.ledger.vat_documents(
        actor, query.period, query.basis_points, query.vat_kind, query.after, query.limit
    ),
    caption=lambda query, reader: reader.say(
        "report.caption_at_rate", rate=rate_name(query.basis_points, query.vat_kind, reader.say)
    ),
    columns=(
        Column(
            "document",
            lambda row, reader: reader.say(f"invoice.named_{row.kind}", number=row.number),
            leads_to=lambda row, reader: reader.document(row.document_id),
        ),
        Column("buyer", lambda row, reader: row.buyer or reader.say("frame.erased")),
        Column("issued", lambda row, _: row.day, Kind.DAY),
        Column("base", lambda row, _: row.net, Kind.SUM),
        Column("vat", lambda row, _: row.vat, Kind.SUM),
    ),
)

REVENUE = Report[RevenueRow](
    name="revenue",
    path="/reports/revenue",
    operation="list_revenue",
    about="What each season was invoiced in a period, credit notes taken off, by network.",
    days=Days.PERIOD,
    row=RevenueRow,
    read=lambda services, actor, query: services.ledger.revenue(actor, query.period),
    columns=(
        Column("network", lambda row, _: row.network or "–"),
        Column(
            "season",
            lambda row, reader: row.season or reader.say("report.no_season"),
            leads_to=lambda row, reader: reader.season(row.season_id),
        ),
        Column("net", lambda row, _: row.net, Kind.SUM, lambda row, reader: reader.documents(row.season_id)),
        Column("vat", lambda row, _: row.vat, Kind.SUM),
        Column("gross", lambda row, _: row.gross, Kind.SUM),
    ),
)

DEFERRED = Report[DeferredRow](
    name="deferred",
    path="/reports/deferred",
    operation="list_deferred",
    about="What of each season's revenue is earned by meetings held, and what is deferred.",
    days=Days.AS_OF,
    row=DeferredRow,
    read=lambda services, actor, query: services.ledger.deferred(actor, query.as_of),
    columns=(
        Column("season", lambda row, _: row.season, leads_to=lambda row, reader: reader.season(row.season_id)),
        Column("network", lambda row, _: row.network),
        Column("held", lambda row, reader: reader.say("report.held", held=row.held, meetings=row.meetings)),
        Column("net", lambda row, _: row.revenue, Kind.SUM, lambda row, reader: reader.documents(row.season_id)),
        Column("earned", lambda row, _: row.earned, Kind.SUM),
        Column("deferred", lambda row, _: row.deferred, Kind.SUM),
    ),
    drawn=("earned", "deferred"),
)


def _postings_until(row: AccountBalance, reader: Reader) -> str:
    days: dict[str, Value] = {"until": reader.days.get("on")}
    return reader.report("journal", account=row.account, **days)


ACCOUNTS = Report[AccountBalance](
    name="accounts",
    path="/ledger/balances",
    operation="list_balances",
    about="What each account of the ledger amounts to; together: nothing.",
    days=Days.AS_OF,
    row=AccountBalance,
    read=lambda services, actor, query: services.ledger.balances(actor, query.as_of),
    columns=(
        Column("account", lambda row, reader: account_name(row.account, reader.say), leads_to=_postings_until),
        Column("debit", lambda row, _: max(row.amount, 0), Kind.SUM),
        Column("credit", lambda row, _: max(-row.amount, 0), Kind.SUM),
    ),
)

JOURNAL = Report[PostingRow](
    name="journal",
    path="/ledger/postings",
    operation="list_postings",
    about="The journal, latest day first.",
    under="accounts",
    days=Days.DATED,
    filters=("posting",),
    row=PostingRow,
    is_paged=True,
    read=lambda services, actor, query: services.ledger.postings(actor, query.postings, query.after, query.limit),
    whole_csv=lambda services, actor, query: services.ledger.journal(actor, query.postings),
    columns=(
        Column("day", lambda row, _: row.day, Kind.DAY),
        Column(
            "voucher",
            lambda row, reader: voucher_name(row, reader.say),
            leads_to=lambda row, reader: reader.document(row.document_id) if row.document_id and row.number else "",
        ),
        Column("account", lambda row, reader: account_name(row.account, reader.say)),
        Column("season", lambda row, _: row.season or "–"),
        Column("debit", lambda row, _: max(row.amount, 0), Kind.SUM),
        Column("credit", lambda row, _: max(-row.amount, 0), Kind.SUM),
    ),
)
