"""Reports: a table with its days, its picture and its files; and a season with its seats over time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from flask import Blueprint, abort, render_template, request

from web.pages.accounting import ledger_reports, matching_reports
from web.pages.accounting.ledger_reports import Asked
from web.pages.kernel.forms import Form, Problems
from web.pages.kernel.visit import Answer, Visit, say, services, today, visit_signed_in
from web.reports.charts import Chart, rows, steps
from web.reports.spreadsheet import Plain, list_file
from web.reports.table import ReportTable
from web.words.formats import number, short_day

pages = Blueprint("report", __name__)

AS_OF, PERIOD, NOTHING = "as_of", "period", "nothing"
A_PAGE, A_BATCH = 50, 200
THOUSAND_KRONOR = 100_000

Make = Callable[[Asked], ReportTable]


@dataclass(frozen=True)
class Report:
    """How a report is made, which days it is asked for, and which report it belongs under."""

    make: Make
    days: str
    under: str = ""


REPORTS = {
    "ageing": Report(ledger_reports.ageing, AS_OF),
    "open": Report(ledger_reports.open_items, AS_OF, "ageing"),
    "vat": Report(ledger_reports.vat, PERIOD),
    "vat-documents": Report(ledger_reports.vat_documents, PERIOD, "vat"),
    "revenue": Report(ledger_reports.revenue, PERIOD),
    "deferred": Report(ledger_reports.deferred, AS_OF),
    "accounts": Report(ledger_reports.accounts, AS_OF),
    "journal": Report(ledger_reports.journal, PERIOD, "accounts"),
    "reconciliation": Report(matching_reports.reconciliation, NOTHING),
    "matches": Report(matching_reports.matches, NOTHING, "reconciliation"),
}


@pages.get("/<slug>/reports/<report>")
def page(report: str) -> Answer:
    """One report, a page of it."""
    visit, known, form = _asked(report)
    table = known.make(Asked(visit, form, request.args.get("after"), A_PAGE))
    return render_template(
        "report.html",
        name=report,
        asked=known,
        table=table,
        chart=_chart(report, table),
        form=form,
        problems=form.problems.by_field,
    )


@pages.get("/<slug>/reports/<report>.<any(csv, xlsx):saved_as>")
def file(report: str, saved_as: str) -> Answer:
    """The whole report as a file."""
    visit, known, form = _asked(report)
    asked = Asked(visit, form, None, A_BATCH)
    first = known.make(asked)
    return list_file(saved_as, f"{report}-{today(visit.zone)}", first.header, _all(known, asked, first))


@pages.get("/<slug>/reports/seasons/<uuid:season_id>")
def season(season_id: UUID) -> Answer:
    """How the seats of a season have filled, and where its money is to be found."""
    visit = visit_signed_in()
    points = services().pictures.seats(visit.actor, season_id)
    row = services().programme.season(visit.actor, season_id).row
    known = [(each.day, each.seats) for each in points]
    on = today(row.zone)
    chart = steps(known, on, row.seats, lambda day: short_day(day, say().language)) if known else None
    sums = next((each for each in services().invoice_questions.sums(visit.actor) if each.season_id == season_id), None)
    return render_template("report_season.html", row=row, points=points, chart=chart, sums=sums)


def _asked(report: str) -> tuple[Visit, Report, Form]:
    visit = visit_signed_in()
    if report not in REPORTS:
        abort(404)
    return visit, REPORTS[report], Form(request.args, Problems(say()))


def _all(report: Report, asked: Asked, first: ReportTable) -> Iterator[list[Plain]]:
    table = first
    yield from table.cells
    while table.next_cursor is not None:
        table = report.make(replace(asked, after=table.next_cursor))
        yield from table.cells


def _chart(report: str, table: ReportTable) -> Chart | None:
    """The picture of a report that has one."""
    if report == "ageing" and table.rows:
        names = [str(row[0].value) for row in table.rows]
        return rows([("first", _amounts(table, 2))], names, _thousands)
    if report == "deferred" and table.rows:
        names = [str(row[0].value) for row in table.rows]
        return rows([("first", _amounts(table, 4)), ("second", _amounts(table, 5))], names, _thousands)
    return None


def _amounts(table: ReportTable, place: int) -> list[int]:
    values = [row[place].value for row in table.rows]
    return [each if isinstance(each, int) else 0 for each in values]


def _thousands(amount: int) -> str:
    return number(round(amount / THOUSAND_KRONOR), say().language)
