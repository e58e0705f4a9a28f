"""The reports of the ledger, one function each: put a question, and make a table whose figures lead further."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from application.accounting.queries.ageing import AgeingBucket
from application.accounting.queries.bookkeeping import LateVoucher
from application.accounting.queries.ledger import PostingFilter, PostingRow
from web.pages.kernel.asked_day import as_of, period
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Visit, say, services
from web.reports.table import COUNT, DAY, SUM, Cell, Column, ReportTable, Value, summed
from web.words import formats

RATE_KINDS = ("standard", "exempt", "outside")


@dataclass(frozen=True)
class Asked:
    """What a report is asked for: by whom, its fields, after which row, and how many rows."""

    visit: Visit
    form: Form
    after: str | None
    limit: int


def ageing(asked: Asked) -> ReportTable:
    """Open invoices by how late they are; what was paid too much apart."""
    visit, form = asked.visit, asked.form
    found = services().ledger.ageing(visit.actor, as_of(form, visit.zone))
    columns = (report_column("age"), report_column("documents", COUNT), report_column("amount", SUM))
    rows: list[tuple[Cell, ...]] = []
    for no, each in enumerate(found.buckets):
        behind = to_report("open", form, bucket=no) if each.documents else ""
        rows.append((Cell(bucket_name(each), behind), Cell(each.documents), Cell(each.amount, behind)))
    if found.overpaid:
        back = url_for("payment.index", _anchor="refunds")
        rows.append((Cell(say()("report.overpaid"), back), Cell(None), Cell(found.overpaid, back)))
    return ReportTable(say()("report.in_kronor"), columns, tuple(rows), summed(rows, columns, say()("report.total")))


def bucket_name(bucket: AgeingBucket) -> str:
    """How old: not due, 1–30 days late, more than 90 days late."""
    if bucket.from_days is None:
        return say()("report.not_due")
    if bucket.until_days is None:
        return say()("report.later_than", days=bucket.from_days - 1)
    return say()("report.days_late", first=bucket.from_days, last=bucket.until_days)


def open_items(asked: Asked) -> ReportTable:
    """The invoices behind the ageing, or behind one age of it."""
    visit, form = asked.visit, asked.form
    bucket = form.whole("bucket") if form.text("bucket") else None
    found = services().ledger.open_items(visit.actor, as_of(form, visit.zone), bucket, asked.after, asked.limit)
    columns = (
        *(report_column("document"), report_column("buyer"), report_column("issued", DAY), report_column("due", DAY)),
        *(report_column("days", COUNT), report_column("gross", SUM), report_column("balance", SUM)),
    )
    rows = tuple(
        (
            Cell(say()("invoice.named_invoice", number=each.number), _document(each.document_id)),
            Cell(each.buyer or say()("frame.erased")),
            *(Cell(each.issued_on), Cell(each.due_on), Cell(max(each.days_late, 0) or None)),
            *(Cell(each.gross), Cell(each.balance)),
        )
        for each in found.items
    )
    return ReportTable(say()("report.in_kronor"), columns, rows, next_cursor=found.next_cursor)


def vat(asked: Asked) -> ReportTable:
    """Base and VAT of each rate in a period."""
    visit, form = asked.visit, asked.form
    found = services().ledger.vat(visit.actor, period(form, visit.zone))
    columns = (report_column("rate"), report_column("base", SUM), report_column("vat", SUM))
    rows = tuple(
        (
            Cell(
                rate_name(each.basis_points, each.kind),
                to_report("vat-documents", form, rate=each.basis_points, kind=each.kind),
            ),
            Cell(each.net),
            Cell(each.vat),
        )
        for each in found
    )
    return ReportTable(say()("report.in_kronor"), columns, rows, summed(rows, columns, say()("report.total")))


def rate_name(basis_points: int, kind: str) -> str:
    """A rate as it is called: "25 %", "momsfritt"."""
    return formats.share(basis_points, say().language) if kind == "standard" else say()(f"report.rate_{kind}")


def vat_documents(asked: Asked) -> ReportTable:
    """The documents behind one rate."""
    visit, form = asked.visit, asked.form
    rate = form.whole("rate") or 0
    kind = form.text("kind") if form.text("kind") in RATE_KINDS else "standard"
    found = services().ledger.vat_documents(visit.actor, period(form, visit.zone), rate, kind, asked.after, asked.limit)
    columns = (
        *(report_column("document"), report_column("buyer"), report_column("issued", DAY)),
        *(report_column("base", SUM), report_column("vat", SUM)),
    )
    rows = tuple(
        (
            Cell(say()(f"invoice.named_{each.kind}", number=each.number), _document(each.document_id)),
            *(Cell(each.buyer or say()("frame.erased")), Cell(each.day), Cell(each.net), Cell(each.vat)),
        )
        for each in found.items
    )
    caption = say()("report.caption_at_rate", rate=rate_name(rate, kind))
    return ReportTable(caption, columns, rows, next_cursor=found.next_cursor)


def revenue(asked: Asked) -> ReportTable:
    """What each season was invoiced in a period."""
    visit, form = asked.visit, asked.form
    found = services().ledger.revenue(visit.actor, period(form, visit.zone))
    columns = (
        report_column("network"),
        report_column("season"),
        report_column("net", SUM),
        report_column("vat", SUM),
        report_column("gross", SUM),
    )
    rows = tuple(
        (
            Cell(each.network or "–"),
            Cell(each.season or say()("report.no_season"), to_season(each.season_id)),
            Cell(each.net, _documents(each.season_id, form)),
            Cell(each.vat),
            Cell(each.gross),
        )
        for each in found
    )
    return ReportTable(say()("report.in_kronor"), columns, rows, summed(rows, columns, say()("report.total")))


def deferred(asked: Asked) -> ReportTable:
    """What of each season's revenue is earned by meetings held, and what is deferred."""
    visit, form = asked.visit, asked.form
    found = services().ledger.deferred(visit.actor, as_of(form, visit.zone))
    columns = (
        *(report_column("season"), report_column("network"), report_column("held")),
        *(report_column("net", SUM), report_column("earned", SUM), report_column("deferred", SUM)),
    )
    rows = tuple(
        (
            Cell(each.season, to_season(each.season_id)),
            Cell(each.network),
            Cell(say()("report.held", held=each.held, meetings=each.meetings)),
            *(Cell(each.revenue, _documents(each.season_id, form)), Cell(each.earned), Cell(each.deferred)),
        )
        for each in found
    )
    return ReportTable(say()("report.in_kronor"), columns, rows, summed(rows, columns, say()("report.total")))


def accounts(asked: Asked) -> ReportTable:
    """What each account of the ledger amounts to."""
    visit, form = asked.visit, asked.form
    found = services().ledger.balances(visit.actor, as_of(form, visit.zone))
    columns = (report_column("account"), report_column("debit", SUM), report_column("credit", SUM))
    rows = tuple(
        (
            Cell(
                account_name(each.account),
                to_report("journal", form, account=each.account, until=form.text("on")),
            ),
            *(Cell(max(each.amount, 0)), Cell(max(-each.amount, 0))),
        )
        for each in found
    )
    return ReportTable(say()("report.in_kronor"), columns, rows, summed(rows, columns, say()("report.total")))


def account_name(account: str) -> str:
    """An account as it is called."""
    kind, _, rate = account.partition("_")
    if kind in ("vat", "revenue") and rate.isdigit():
        return say()(f"report.account_{kind}_at", rate=formats.share(int(rate), say().language))
    named = f"report.account_{account}"
    return say()(named) if named in say().phrases else account


def journal(asked: Asked) -> ReportTable:
    """The postings behind the accounts, latest day first."""
    visit, form = asked.visit, asked.form
    wanted = PostingFilter(form.text("account"), form.day("from"), form.day("until"), form.choice("season"))
    found = services().ledger.postings(visit.actor, wanted, asked.after, asked.limit)
    columns = (
        *(report_column("day", DAY), report_column("voucher"), report_column("account"), report_column("season")),
        *(report_column("debit", SUM), report_column("credit", SUM)),
    )
    rows = tuple(
        (
            *(Cell(each.day), voucher_cell(each), Cell(account_name(each.account)), Cell(each.season or "–")),
            *(Cell(max(each.amount, 0)), Cell(max(-each.amount, 0))),
        )
        for each in found.items
    )
    return ReportTable(say()("report.in_kronor"), columns, rows, next_cursor=found.next_cursor)


def voucher_cell(posting: PostingRow | LateVoucher) -> Cell:
    """A voucher as it is called, and the document behind it."""
    if posting.document_id is None or posting.number is None:
        return Cell(say()(f"report.voucher_{posting.voucher}"))
    kind = "credit_note" if posting.voucher == "credit_note" else "invoice"
    words = say()(f"invoice.named_{kind}", number=posting.number)
    if posting.voucher not in ("invoice", "credit_note"):
        words = f"{say()(f'report.voucher_{posting.voucher}')}, {words}"
    return Cell(words, _document(posting.document_id))


def report_column(name: str, kind: str = "text") -> Column:
    """A column by the word for its title."""
    return Column(say()(f"report.column_{name}"), kind)


def to_report(report: str, form: Form, **more: Value) -> str:
    """Another report of the same days."""
    same = {name: form.text(name) for name in ("on", "known", "from", "until") if form.text(name)}
    asked = {**same, **{name: str(value) for name, value in more.items() if value not in (None, "")}}
    return url_for("report.page", report=report, **asked)  # type: ignore[arg-type]  # names of the query


def _document(document_id: UUID) -> str:
    return url_for("invoice.page", document_id=document_id)


def to_season(season_id: UUID | None) -> str:
    """Where a season's seats and money are shown."""
    return url_for("report.season", season_id=season_id) if season_id else ""


def _documents(season_id: UUID | None, form: Form) -> str:
    """The documents of a season, issued in the days that the report is about."""
    if season_id is None:
        return ""
    days = {"from": form.text("from"), "until": form.text("until") or form.text("on")}
    told = {name: each for name, each in days.items() if each}
    return url_for("invoice.index", season=season_id, **told)  # type: ignore[arg-type]  # names of the query
