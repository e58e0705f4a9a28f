"""Reconciliation as reports: seats against lines against payments, and the lists of what does not match."""

from __future__ import annotations

from flask import url_for

from application.accounting.queries.ageing import (
    FREE_BY_RULE,
    MATCHES,
    MONEY_WITHOUT_SEAT,
    SEAT_WITHOUT_MONEY,
    MatchRow,
)
from web.pages.accounting.ledger_reports import Asked, report_column, to_report, to_season
from web.pages.kernel.visit import Visit, say, services
from web.reports.table import COUNT, SUM, Cell, ReportTable


def reconciliation(asked: Asked) -> ReportTable:
    """Seats against lines against payments."""
    visit, form = asked.visit, asked.form
    found = services().ledger.reconciliation(visit.actor)
    columns = (report_column("what"), report_column("count", COUNT), report_column("amount", SUM))
    lists = {kind: to_report("matches", form, kind=kind) for kind in MATCHES}

    def row(name: str, count: int | None, amount: int | None, href: str = "") -> tuple[Cell, ...]:
        return Cell(say()(f"report.check_{name}"), href), Cell(count, href), Cell(amount, href)

    rows = (
        row("seats", found.seats, None),
        row("free_seats", found.free_seats, None, lists[FREE_BY_RULE]),
        row("agreed", None, found.agreed),
        row("invoiced", None, found.invoiced, to_report("revenue", form)),
        row("waiting", None, found.waiting),
        row("seats_without_money", found.seats_without_money, None, lists[SEAT_WITHOUT_MONEY]),
        row("money_without_seat", found.money_without_seat, None, lists[MONEY_WITHOUT_SEAT]),
        row("receivable", None, found.receivable, to_report("journal", form, account="receivable")),
        row("open_invoices", None, found.open_invoices, to_report("open", form)),
        row("unallotted", None, found.unallotted, url_for("payment.index")),
    )
    return ReportTable(say()("report.in_kronor"), columns, rows)


def matches(asked: Asked) -> ReportTable:
    """Bookings that do not match their lines, or are free by rule."""
    visit, form = asked.visit, asked.form
    kind = form.text("kind") if form.text("kind") in MATCHES else FREE_BY_RULE
    found = services().ledger.matches(visit.actor, kind, asked.after, asked.limit)
    columns = (
        *(report_column("season"), report_column("organisation"), report_column("seats", COUNT)),
        *(report_column("agreed", SUM), report_column("invoiced", SUM), report_column("ground")),
    )
    rows = tuple(_match(visit, each) for each in found.items)
    return ReportTable(say()(f"report.check_{kind_words(kind)}"), columns, rows, next_cursor=found.next_cursor)


def kind_words(kind: str) -> str:
    """Which phrase tells of a kind of match."""
    return {SEAT_WITHOUT_MONEY: "seats_without_money", FREE_BY_RULE: "free_seats"}.get(kind, kind)


def _match(visit: Visit, row: MatchRow) -> tuple[Cell, ...]:
    is_booking = row.kind == "booking" and visit.is_admin
    href = url_for("booking.page", booking_id=row.subject_id) if is_booking else ""
    ground = f"report.ground_{row.ground}"
    return (
        Cell(row.season or say()("report.no_season"), href or to_season(row.season_id)),
        Cell(row.organisation or "–"),
        *(Cell(row.seats), Cell(row.agreed), Cell(row.invoiced)),
        Cell(say()(ground) if ground in say().phrases else row.ground),
    )
