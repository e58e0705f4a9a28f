"""Finance: the ledger, reports as of any day, files of them, and what goes to the bookkeeping."""

from __future__ import annotations

from flask import Response

from application.accounting.bookkeeping import BookkeepingRef, ChooseAccounts, ExportPeriod, ExportRef
from application.accounting.queries.ageing import Ageing, AsOf, MatchRow, OpenItem, Reconciliation
from application.accounting.queries.bookkeeping import AccountsView, ExportRow, LateVoucher
from application.accounting.queries.ledger import (
    AccountBalance,
    DeferredRow,
    Period,
    PostingFilter,
    PostingRow,
    RevenueRow,
    VatDocument,
    VatRow,
)
from application.billing.queries.invoice import DocumentFilter, DocumentTotals
from application.kernel.page import Page
from domain.kernel.errors import NotFound
from web.api.accounting.report_schema import (
    AccountsBody,
    AsOfQuery,
    ExportBody,
    FileQuery,
    ListedDocumentsQuery,
    MatchesQuery,
    OpenInvoicesQuery,
    PeriodQuery,
    PostingsQuery,
    VatDocumentsQuery,
)
from web.api.kernel.call import Call, FileAnswer, Written, written
from web.api.kernel.noun import PREFIX, ApiBlueprint
from web.api.kernel.who import Who
from web.reports.files import Asked, report_file
from web.reports.spreadsheet import CSV, XLSX

reports = ApiBlueprint("reports", "The ledger, reports of it as of any day, files, and the way to the bookkeeping.")
SIE = "application/octet-stream"


@reports.read("/ledger/balances", Who.STAFF, tuple[AccountBalance, ...], AsOfQuery)
def list_balances(call: Call) -> tuple[AccountBalance, ...]:
    """What each account of the ledger amounts to; together: nothing."""
    return call.services.ledger.balances(call.actor, AsOf(**call.query))


@reports.read("/ledger/postings", Who.STAFF, Page[PostingRow], PostingsQuery)
def list_postings(call: Call) -> Page[PostingRow]:
    """The journal, latest day first."""
    asked = dict(call.query)
    after, limit = asked.pop("cursor"), asked.pop("limit")
    return call.services.ledger.postings(call.actor, PostingFilter(**asked), after, limit)


@reports.read("/reports/totals", Who.STAFF, DocumentTotals, ListedDocumentsQuery)
def read_totals(call: Call) -> DocumentTotals:
    """What the documents of a list add up to, however many pages it has."""
    asked = {name: value for name, value in call.query.items() if name not in ("cursor", "limit")}
    return call.services.invoice_questions.totals(call.actor, DocumentFilter(**asked))


@reports.read("/reports/ageing", Who.STAFF, Ageing, AsOfQuery)
def read_ageing(call: Call) -> Ageing:
    """Open invoices by how many days late they are."""
    return call.services.ledger.ageing(call.actor, AsOf(**call.query))


@reports.read("/reports/open-invoices", Who.STAFF, Page[OpenItem], OpenInvoicesQuery)
def list_open_invoices(call: Call) -> Page[OpenItem]:
    """The invoices behind the ageing, longest overdue first."""
    asked = call.query
    as_of = AsOf(asked["on"], asked["known_at"])
    return call.services.ledger.open_items(call.actor, as_of, asked["bucket"], asked["cursor"], asked["limit"])


@reports.read("/reports/revenue", Who.STAFF, tuple[RevenueRow, ...], PeriodQuery)
def list_revenue(call: Call) -> tuple[RevenueRow, ...]:
    """What each season was invoiced in a period, credit notes taken off, by network."""
    return call.services.ledger.revenue(call.actor, Period(**call.query))


@reports.read("/reports/deferred", Who.STAFF, tuple[DeferredRow, ...], AsOfQuery)
def list_deferred(call: Call) -> tuple[DeferredRow, ...]:
    """What of each season's revenue is earned by meetings held, and what is deferred."""
    return call.services.ledger.deferred(call.actor, AsOf(**call.query))


@reports.read("/reports/vat", Who.STAFF, tuple[VatRow, ...], PeriodQuery)
def list_vat(call: Call) -> tuple[VatRow, ...]:
    """Base and VAT of each rate in a period."""
    return call.services.ledger.vat(call.actor, Period(**call.query))


@reports.read("/reports/vat-documents", Who.STAFF, Page[VatDocument], VatDocumentsQuery)
def list_vat_documents(call: Call) -> Page[VatDocument]:
    """The documents behind one rate of the VAT report, latest first."""
    asked = call.query
    period = Period(asked["from_on"], asked["until_on"], asked["known_at"])
    return call.services.ledger.vat_documents(
        call.actor, period, asked["basis_points"], asked["vat_kind"], asked["cursor"], asked["limit"]
    )


@reports.read("/reports/reconciliation", Who.STAFF, Reconciliation)
def read_reconciliation(call: Call) -> Reconciliation:
    """Seats against lines against payments; every difference is an alarm."""
    return call.services.ledger.reconciliation(call.actor)


@reports.read("/reports/matches", Who.STAFF, Page[MatchRow], MatchesQuery)
def list_matches(call: Call) -> Page[MatchRow]:
    """Seats without money, money without a seat, or seats that are free by rule."""
    asked = call.query
    return call.services.ledger.matches(call.actor, asked["kind"], asked["cursor"], asked["limit"])


@reports.stream("/reports/file", Who.STAFF, (CSV, XLSX), FileQuery)
def read_report_file(call: Call) -> Response:
    """A report or a list as a file to download, whole."""
    asked = call.query
    period = Period(asked["from_on"], asked["until_on"], asked["known_at"])
    report, is_match = asked["report"], asked["report"] == "matches"
    wanted = Asked(
        as_of=AsOf(asked["on"], asked["known_at"]),
        period=period,
        basis_points=asked["basis_points"],
        kind=asked["match"] if is_match else asked["vat_kind"],
        documents=DocumentFilter(
            issued_from=period.from_on, issued_until=period.until_on, on=asked["on"], known_at=asked["known_at"]
        ),
    )
    return report_file(call.services, call.actor, report, asked["format"], wanted)


@reports.read("/bookkeeping/accounts", Who.STAFF, AccountsView)
def read_accounts(call: Call) -> AccountsView:
    """The numbers that the ledger's accounts have in the bookkeeping."""
    return call.services.bookkeeping_questions.accounts(call.actor)


@reports.write("PUT", "/bookkeeping/accounts", Who.FINANCE, BookkeepingRef, body=AccountsBody)
def choose_accounts(call: Call) -> Written:
    """Choose other numbers, for periods that have not been exported."""
    command = ChooseAccounts(tuple(call.body.pop("accounts")), **call.body)
    return written(call.services.bookkeeping.choose_accounts(call.actor, command, call.key))


@reports.read("/bookkeeping/exports", Who.STAFF, tuple[ExportRow, ...])
def list_exports(call: Call) -> tuple[ExportRow, ...]:
    """The periods that have been handed over, latest first."""
    return call.services.bookkeeping_questions.exports(call.actor)


@reports.read("/bookkeeping/late", Who.STAFF, tuple[LateVoucher, ...])
def list_late_vouchers(call: Call) -> tuple[LateVoucher, ...]:
    """What was recorded after its day had been handed over, and comes with the next file; at most fifty."""
    return call.services.bookkeeping_questions.late(call.actor)


@reports.write("POST", "/bookkeeping/exports", Who.FINANCE, ExportRef, body=ExportBody, status=201, is_keyed=True)
def export_period(call: Call) -> Written:
    """Hand a period over; the same period again is the same export (`is_again`), with the same file."""
    recorded = call.services.bookkeeping.export(call.actor, ExportPeriod(**call.body), call.key)
    return written(recorded, f"{PREFIX}/bookkeeping/exports/{recorded.answer.number}/file")


@reports.file("/bookkeeping/exports/<export_number>/file", Who.STAFF, SIE)
def read_export_file(call: Call, export_number: str) -> FileAnswer:
    """The SIE 4I file of an export (CP437)."""
    if not (export_number.isascii() and export_number.isdigit() and len(export_number) <= len("99999")):
        raise NotFound(what="export")
    file = call.services.bookkeeping_questions.file(call.actor, int(export_number))
    return FileAnswer(file.name, SIE, file.content)
