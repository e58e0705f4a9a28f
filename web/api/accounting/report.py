"""Finance: the ledger, reports as of any day, files of them, and what goes to the bookkeeping."""

from __future__ import annotations

from typing import Any

from flask import Response

from application.accounting.bookkeeping import (
    BookkeepingRef,
    ChooseAccounts,
    DeferralRef,
    DeferRevenue,
    ExportPeriod,
    ExportRef,
    FetchFile,
    GiveCodes,
    TakeBackExport,
    TellFinancialYear,
)
from application.accounting.queries.ageing import AsOf
from application.accounting.queries.bookkeeping import AccountsView, CodeRow, ExportRow, LateVoucher, YearsView
from application.accounting.queries.ledger import ClosingRow, Period
from application.billing.queries.invoice import DocumentFilter, DocumentRow, DocumentTotals
from domain.accounting.object_code import ObjectCode, ObjectKind
from domain.kernel.errors import NotFound
from web.api.accounting import report_schema as bodies
from web.api.kernel.call import Body, Call, FileAnswer, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.reports.catalogue import REPORTS
from web.reports.query import Query
from web.reports.report import Report, cells_of, header_of
from web.reports.spreadsheet import CSV, XLSX, list_file, streamed

reports = ApiBlueprint("reports", "The ledger, reports of it as of any day, files, and the way to the bookkeeping.")
SIE = "application/octet-stream"
_DAYS = ("on", "known_at", "from_on", "until_on")


def _answers(report: Report[Any]) -> None:
    def read(call: Call) -> object:
        return report.read(call.services, call.actor, _query(call.query))

    read.__name__, read.__doc__ = report.operation or f"list_{report.name.replace('-', '_')}", report.about
    reports.read(report.address, Who.STAFF, bodies.answer_of(report), bodies.query_of(report))(read)


for each in REPORTS.values():
    _answers(each)


@reports.read("/reports/totals", Who.STAFF, DocumentTotals, bodies.ListedDocumentsQuery)
def read_totals(call: Call) -> DocumentTotals:
    """What the documents of a list add up to, however many pages it has."""
    asked = {name: value for name, value in call.query.items() if name not in ("after", "limit")}
    return call.services.invoice_questions.totals(call.actor, DocumentFilter(**asked))


@reports.stream("/reports/file", Who.STAFF, (CSV, XLSX), bodies.FileQuery)
def read_report_file(call: Call) -> Response:
    """A report or a list as a file to download, whole."""
    name, form = call.query["report"], call.query["format"]
    if name == bodies.DOCUMENTS:
        on, known_at, first, last = (call.query[day] for day in _DAYS)
        asked = DocumentFilter(issued_from=first, issued_until=last, on=on, known_at=known_at)
        rows = call.services.invoice_questions.every(call.actor, asked)
        return list_file(form, name, header_of(DocumentRow), map(cells_of, rows))
    report, query = bodies.FILES[name], _query(call.query)
    if report.whole_csv is not None and form == "csv":
        return streamed(name, report.whole_csv(call.services, call.actor, query))
    return list_file(form, name, header_of(report.row), report.cells(call.services, call.actor, query))


def _query(asked: Body) -> Query:
    """What a report is asked for; `kind` of a list of matches is `match` of a file."""
    names = {"kind": "match"}
    chosen = {names.get(name, name): value for name, value in asked.items() if name not in (*_DAYS, "report", "format")}
    on, known_at, first, last = (asked.get(day) for day in _DAYS)
    return Query(AsOf(on, known_at), Period(first, last, known_at), **chosen)


@reports.read("/bookkeeping/accounts", Who.STAFF, AccountsView)
def read_accounts(call: Call) -> AccountsView:
    """The numbers that the ledger's accounts have in the bookkeeping."""
    return call.services.bookkeeping_questions.accounts(call.actor)


@reports.write("PUT", "/bookkeeping/accounts", Who.FINANCE, BookkeepingRef, body=bodies.AccountsBody)
def choose_accounts(call: Call) -> Written:
    """Choose other numbers, for periods that have not been exported."""
    return call.execute(call.services.bookkeeping.choose_accounts, ChooseAccounts(**call.body))


@reports.read("/bookkeeping/years", Who.STAFF, YearsView)
def read_financial_years(call: Call) -> YearsView:
    """The financial year it is now, the ones before and after, and those that were told."""
    return call.services.bookkeeping_questions.years(call.actor)


@reports.write("PUT", "/bookkeeping/years", Who.STAFF, BookkeepingRef, body=bodies.FinancialYearBody)
def tell_financial_year(call: Call) -> Written:
    """Say when a financial year begins and ends: a broken, first or changed one; those after it have twelve months."""
    return call.execute(call.services.bookkeeping.tell_financial_year, TellFinancialYear(**call.body))


@reports.read("/bookkeeping/exports", Who.STAFF, tuple[ExportRow, ...])
def list_exports(call: Call) -> tuple[ExportRow, ...]:
    """The periods that have been handed over, latest first."""
    return call.services.bookkeeping_questions.exports(call.actor)


@reports.read("/bookkeeping/late", Who.STAFF, tuple[LateVoucher, ...])
def list_late_vouchers(call: Call) -> tuple[LateVoucher, ...]:
    """What was recorded after its day had been handed over, and comes with the next file; at most fifty."""
    return call.services.bookkeeping_questions.late(call.actor)


@reports.write(
    "POST", "/bookkeeping/exports", Who.FINANCE, ExportRef, body=bodies.ExportBody, status=201, is_keyed=True
)
def export_period(call: Call) -> Written:
    """Hand over a period that has ended; the same again is the same export (`is_again`), with the same file.

    Something unfinished (money not allotted, days left out, an end within a month) wants `is_confirmed`.
    """
    return call.execute(
        call.services.bookkeeping.export, ExportPeriod(**call.body), "/bookkeeping/exports/{number}/file"
    )


@reports.file("/bookkeeping/exports/<export_number>/file", Who.STAFF, SIE)
def read_export_file(call: Call, export_number: str) -> FileAnswer:
    """The SIE 4I file of an export (CP437); once it has been fetched, the period is taken back no longer."""
    _must_be_number(export_number)
    file = call.services.bookkeeping_questions.file(call.actor, int(export_number))
    call.services.bookkeeping.fetch(call.actor, FetchFile(int(export_number)))
    return FileAnswer(file.name, SIE, file.content)


@reports.write("DELETE", "/bookkeeping/exports/<export_number>", Who.FINANCE, BookkeepingRef)
def take_back_export(call: Call, export_number: str) -> Written:
    """A period handed over by mistake is open again: the last one, as long as its file has not been fetched."""
    _must_be_number(export_number)
    return call.execute(call.services.bookkeeping.take_back, TakeBackExport(int(export_number)))


@reports.read("/bookkeeping/codes", Who.STAFF, tuple[CodeRow, ...])
def list_codes(call: Call) -> tuple[CodeRow, ...]:
    """The codes that networks and seasons have in the bookkeeping."""
    return call.services.bookkeeping_questions.codes(call.actor)


@reports.write("PUT", "/bookkeeping/codes", Who.FINANCE, BookkeepingRef, body=bodies.CodesBody)
def give_codes(call: Call) -> Written:
    """Choose codes for some networks and seasons, for periods that have not been exported; the others stay."""
    codes = (ObjectCode(ObjectKind(each["kind"]), each["object_id"], each["code"]) for each in call.body["codes"])
    return call.execute(call.services.bookkeeping.give_codes, GiveCodes(tuple(codes)))


@reports.read("/bookkeeping/closings", Who.STAFF, tuple[ClosingRow, ...])
def list_closings(call: Call) -> tuple[ClosingRow, ...]:
    """The days closed with deferred revenue, latest first."""
    return call.services.ledger.closings(call.actor)


@reports.write(
    "POST", "/bookkeeping/closings", Who.FINANCE, DeferralRef, body=bodies.ClosingBody, status=201, is_keyed=True
)
def defer_revenue(call: Call) -> Written:
    """Post what is deferred at the end of a day, and back the day after; the same day again changes nothing."""
    return call.execute(call.services.bookkeeping.defer, DeferRevenue(**call.body), "/bookkeeping/closings")


def _must_be_number(export_number: str) -> None:
    if not (export_number.isascii() and export_number.isdigit() and len(export_number) <= len("99999")):
        raise NotFound(what="export")
