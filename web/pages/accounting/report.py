"""Reports: a table with its days, its picture and its files; and a season with its seats over time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request

from application.accounting.queries.ageing import FREE_BY_RULE, MATCHES
from domain.kernel.vat import VatKind
from web.pages.kernel.asked_day import as_of, period
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, say, services, today, visit_signed_in
from web.reports.catalogue import REPORTS
from web.reports.charts import steps
from web.reports.query import Query, Reader
from web.reports.report import Report
from web.reports.spreadsheet import list_file
from web.words.formats import short_day

pages = Blueprint("report", __name__)

A_PAGE = 50


@pages.get("/<slug>/reports/<report>")
def page(report: str) -> Answer:
    """One report, a page of it."""
    visit, known, form = _asked(report)
    query, reader = _query(form, visit.zone, request.args.get("after"), A_PAGE), _reader(visit, form)
    table = known.table(known.read(services(), visit.actor, query), reader)
    return form.page(
        "report.html",
        report=known,
        table=table,
        caption=known.caption(query, reader),
        chart=known.chart(table, say()),
    )


@pages.get("/<slug>/reports/<report>.<any(csv, xlsx):saved_as>")
def file(report: str, saved_as: str) -> Answer:
    """The whole report as a file."""
    visit, known, form = _asked(report)
    rows = known.cells(services(), visit.actor, _query(form, visit.zone), _reader(visit, form))
    header = [say()(column.word) for column in known.columns]
    return list_file(saved_as, f"{report}-{today(visit.zone)}", header, rows)


@pages.get("/<slug>/reports/seasons/<uuid:season_id>")
def season(season_id: UUID) -> Answer:
    """How the seats of a season have filled, and where its money is to be found."""
    visit = visit_signed_in()
    points = services().pictures.seats(visit.actor, season_id)
    row = services().programme.season(visit.actor, season_id).row
    known = [(each.day, each.seats) for each in points]
    on = today(row.zone)
    chart = steps(known, on, row.seats, lambda day: short_day(day, say().language)) if known else None
    sums = services().invoice_questions.sums_of(visit.actor, season_id)
    return render_template("report_season.html", row=row, points=points, chart=chart, sums=sums)


def _asked(report: str) -> tuple[Visit, Report[Any], Form]:
    visit = visit_signed_in()
    if report not in REPORTS:
        abort(404)
    return visit, REPORTS[report], Form(request.args)


def _query(form: Form, zone: str, *page: Any) -> Query:
    """What an address asks a report for; what is not a choice is not asked."""
    kind = form.text("kind")
    return Query(
        as_of(form, zone),
        period(form, zone),
        form.whole("bucket") if form.text("bucket") else None,
        (form.whole("rate") if form.text("rate") else None) or 0,
        kind if kind in list(VatKind) else VatKind.STANDARD,
        kind if kind in MATCHES else FREE_BY_RULE,
        form.text("account"),
        form.choice("season"),
        None,
        *page,
    )


def _reader(visit: Visit, form: Form) -> Reader:
    days = {name: form.text(name) for name in ("on", "known", "from", "until") if form.text(name)}
    return Reader(say(), visit.is_admin, days)
