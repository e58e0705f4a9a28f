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
from domain.kernel.season_name import season_name
from web.reports.query import Query, Reader
from web.reports.report import Column, Kind, Report

SUM, COUNT = Kind.SUM, Kind.COUNT
_WORDS = {SEAT_WITHOUT_MONEY: "seats_without_money", FREE_BY_RULE: "free_seats"}
"""Which phrase tells of a kind of match, where it is another than its own."""


@dataclass(frozen=True)
class _Check:
    """A line of the reconciliation: a count or an amount (öre), and the report behind it with what that is asked."""

    name: str
    count: int | None = None
    amount: int | None = None
    report: str = ""
    match: str = ""
    account: str = ""

    def behind(self, reader: Reader) -> str:
        """The address of what it is made of."""
        if self.name == "unallotted":
            return url_for("payment.index")
        return reader.report(self.report, kind=self.match, account=self.account) if self.report else ""


def _checks(sums: Reconciliation) -> Iterator[_Check]:
    yield _Check("seats", sums.seats)
    yield _Check("free_seats", sums.free_seats, report="matches", match=FREE_BY_RULE)
    yield _Check("agreed", amount=sums.agreed)
    yield _Check("invoiced", amount=sums.invoiced, report="revenue")
    yield _Check("waiting", amount=sums.waiting)
    yield _Check("seats_without_money", sums.seats_without_money, report="matches", match=SEAT_WITHOUT_MONEY)
    yield _Check("money_without_seat", sums.money_without_seat, report="matches", match=MONEY_WITHOUT_SEAT)
    yield _Check("receivable", amount=sums.receivable, report="journal", account="receivable")
    yield _Check("open_invoices", amount=sums.open_invoices, report="open")
    yield _Check("unallotted", amount=sums.unallotted)


def _subject(row: MatchRow, reader: Reader) -> str:
    is_open = row.kind == "booking" and reader.is_admin
    return url_for("booking.page", booking_id=row.subject_id) if is_open else reader.season(row.season_id)


def _ground(row: MatchRow, reader: Reader) -> str:
    phrase = f"report.ground_{row.ground}"
    return reader.say(phrase) if phrase in reader.say.phrases else row.ground


def _caption(query: Query, reader: Reader) -> str:
    return reader.say(f"report.check_{_WORDS.get(query.match, query.match)}")


RECONCILIATION = Report[_Check](
    "reconciliation",
    _Check,
    "Seats against lines against payments; every difference is an alarm.",
    lambda at, actor, _: at.ledger.reconciliation(actor),
    (
        Column("what", value=lambda row, to: to.say(f"report.check_{row.name}"), leads_to=_Check.behind),
        Column("count", COUNT, leads_to=_Check.behind),
        Column("amount", SUM, leads_to=_Check.behind),
    ),
    is_totalled=False,
    operation="read_reconciliation",
    answer=Reconciliation,
    items=_checks,
)


def _season(row: MatchRow, reader: Reader) -> str:
    return season_name(row.network or "", row.season) if row.season else reader.say("report.no_season")


MATCHES = Report[MatchRow](
    "matches",
    MatchRow,
    "Seats without money, money without a seat, or seats that are free by rule.",
    lambda at, actor, query: at.ledger.matches(actor, query.match, query.after, query.limit),
    (
        Column("season", value=_season, leads_to=_subject),
        Column("organisation", value=lambda row, _: row.organisation or "–"),
        Column("seats", COUNT),
        Column("agreed", SUM),
        Column("invoiced", SUM),
        Column("ground", value=_ground),
    ),
    filters=("match",),
    under="reconciliation",
    is_paged=True,
    caption=_caption,
)
