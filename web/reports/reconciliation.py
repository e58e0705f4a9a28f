"""Reconciliation as reports: seats against lines against payments, and the lists of what does not match."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from application.accounting.queries.ageing import (
    FREE_BY_RULE,
    MONEY_WITHOUT_SEAT,
    SEAT_WITHOUT_MONEY,
    MatchRow,
    Reconciliation,
)
from web.reports.report import Column, Kind, Query, Reader, Report

_WORDS = {SEAT_WITHOUT_MONEY: "seats_without_money", FREE_BY_RULE: "free_seats"}
"""Which phrase tells of a kind of match, where it is another than its own."""


@dataclass(frozen=True)
class _Check:
    """A line of the reconciliation: a count or an amount (öre), and the report behind it with what that is asked."""

    name: str
    count: int | None
    amount: int | None
    report: str = ""
    match: str = ""
    account: str = ""

    def behind(self, reader: Reader) -> str:
        """The address of what it is made of."""
        if self.name == "unallotted":
            return url_for("payment.index")
        return reader.report(self.report, kind=self.match, account=self.account) if self.report else ""


def _checks(sums: Reconciliation) -> Iterator[_Check]:
    yield _Check("seats", sums.seats, None)
    yield _Check("free_seats", sums.free_seats, None, "matches", FREE_BY_RULE)
    yield _Check("agreed", None, sums.agreed)
    yield _Check("invoiced", None, sums.invoiced, "revenue")
    yield _Check("waiting", None, sums.waiting)
    yield _Check("seats_without_money", sums.seats_without_money, None, "matches", SEAT_WITHOUT_MONEY)
    yield _Check("money_without_seat", sums.money_without_seat, None, "matches", MONEY_WITHOUT_SEAT)
    yield _Check("receivable", None, sums.receivable, "journal", account="receivable")
    yield _Check("open_invoices", None, sums.open_invoices, "open")
    yield _Check("unallotted", None, sums.unallotted)


RECONCILIATION = Report[_Check](
    name="reconciliation",
    path="/reports/reconciliation",
    operation="read_reconciliation",
    about="Seats against lines against payments; every difference is an alarm.",
    row=_Check,
    answer=Reconciliation,
    read=lambda services, actor, _: services.ledger.reconciliation(actor),
    items=_checks,
    is_totalled=False,
    columns=(
        Column("what", lambda row, reader: reader.say(f"report.check_{row.name}"), leads_to=_Check.behind),
        Column("count", lambda row, _: row.count, Kind.COUNT, _Check.behind),
        Column("amount", lambda row, _: row.amount, Kind.SUM, _Check.behind),
    ),
)


def _subject(row: MatchRow, reader: Reader) -> str:
    is_open = row.kind == "booking" and reader.is_admin
    return url_for("booking.page", booking_id=row.subject_id) if is_open else reader.season(row.season_id)


def _ground(row: MatchRow, reader: Reader) -> str:
    phrase = f"report.ground_{row.ground}"
    return reader.say(phrase) if phrase in reader.say.phrases else row.ground


def _caption(query: Query, reader: Reader) -> str:
    return reader.say(f"report.check_{_WORDS.get(query.match, query.match)}")


MATCHES = Report[MatchRow](
    name="matches",
    path="/reports/matches",
    operation="list_matches",
    about="Seats without money, money without a seat, or seats that are free by rule.",
    under="reconciliation",
    filters=("match",),
    row=MatchRow,
    is_paged=True,
    read=lambda services, actor, query: services.ledger.matches(actor, query.match, query.after, query.limit),
    caption=_caption,
    columns=(
        Column("season", lambda row, reader: row.season or reader.say("report.no_season"), leads_to=_subject),
        Column("organisation", lambda row, _: row.organisation or "–"),
        Column("seats", lambda row, _: row.seats, Kind.COUNT),
        Column("agreed", lambda row, _: row.agreed, Kind.SUM),
        Column("invoiced", lambda row, _: row.invoiced, Kind.SUM),
        Column("ground", _ground),
    ),
)
