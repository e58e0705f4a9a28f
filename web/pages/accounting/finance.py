"""The finance desk: one field that finds, what is open, the year in a picture, and the way to everything else."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, render_template, url_for

from application.accounting.queries.ageing import AgeingBucket, Reconciliation
from application.programme.queries.picture import MonthSum
from web.pages.accounting.finance_waits import waits
from web.pages.kernel.asked_day import month_of
from web.pages.kernel.visit import Answer, say, services, today, visit_signed_in
from web.reports.charts import Chart, columns, parts
from web.reports.ledger import EARNED
from web.reports.names import bucket_name
from web.reports.query import Reader
from web.words.formats import money, month, number, short_month

pages = Blueprint("finance", __name__)

THOUSAND_KRONOR = 100_000


AGES = ("second", "third", "first", "fourth", "fifth")
"""How each age of what is unpaid is drawn, from what is not yet due."""


@pages.get("/<slug>/finance")
def page() -> Answer:
    """Where finance begins."""
    visit = visit_signed_in()
    on, ledger = today(visit.zone), services().ledger
    months = services().pictures.months(visit.actor, on)
    ageing = ledger.ageing(visit.actor)
    ages = [(no, bucket_name(each, say()), AGES[no], each) for no, each in enumerate(ageing.buckets)]
    sums = ledger.reconciliation(visit.actor)
    reader = Reader(say())
    earned = EARNED.table(ledger.earned(visit.actor), reader)
    return render_template(
        "finance.html",
        months=[(each, month_of(each.month)) for each in months],
        chart=_chart(months),
        ageing=ages,
        aged=_aged(ages),
        overpaid=ageing.overpaid,
        receivable=ageing.total,
        earned=earned,
        earned_chart=EARNED.chart(earned, say()),
        waits=tuple(waits(visit, sums.unallotted, on)),
        matches=_matches(sums),
        this_month=month_of(on),
        last_month=month_of(month_of(on)[0] - date.resolution),
    )


def _aged(ages: list[tuple[int, str, str, AgeingBucket]]) -> Chart:
    """What is unpaid as one bar, each age a part of it that leads to its invoices."""
    leads = [
        (f"{name}: {money(each.amount, language=say().language)}", url_for("report.page", report="open", bucket=no))
        for no, name, _, each in ages
    ]
    return parts([(kind, each.amount) for _, _, kind, each in ages], leads)


def _matches(sums: Reconciliation) -> tuple[tuple[str, str, dict[str, str], int, int], ...]:
    """What should come to the same: what it is, the report behind it, and both sums."""
    return (
        ("seats", "reconciliation", {}, sums.agreed, sums.invoiced + sums.waiting),
        ("open", "journal", {"account": "receivable"}, sums.receivable, sums.open_invoices),
        ("allotted", "journal", {"account": "unallotted"}, 0, sums.unallotted),
    )


def _chart(months: tuple[MonthSum, ...]) -> Chart:
    invoiced, paid = [each.invoiced for each in months], [each.paid for each in months]
    names = [short_month(each.month, say().language) for each in months]
    leads = [
        [_lead("invoiced", each, each.invoiced, "invoice.index") for each in months],
        [_lead("paid", each, each.paid, "report.page", report="journal", account="cash_bank") for each in months],
    ]
    return columns([("first", invoiced), ("second", paid)], names, _thousands, leads)


def _lead(word: str, each: MonthSum, amount: int, endpoint: str, **asked: str) -> tuple[str, str]:
    """What a column is called, and the address of what it is made of."""
    language, (first, last) = say().language, month_of(each.month)
    name = f"{month(f'{each.month:%Y-%m}', language)}, {say()(f'finance.{word}')}: {money(amount, language=language)}"
    days: dict[str, Any] = {"from": first, "until": last, **asked}
    return name, url_for(endpoint, **days)


def _thousands(amount: int) -> str:
    return number(amount // THOUSAND_KRONOR, say().language)
