"""The finance desk: one field that finds, what is open, the year in a picture, and the way to everything else."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template

from application.programme.queries.picture import MonthSum
from web.pages.kernel.asked_day import month_of
from web.pages.kernel.visit import Answer, say, services, today, visit_signed_in
from web.reports.charts import Chart, columns
from web.reports.names import bucket_name
from web.words.formats import number, short_month

pages = Blueprint("finance", __name__)

THOUSAND_KRONOR = 100_000


@pages.get("/<slug>/finance")
def page() -> Answer:
    """Where finance begins."""
    visit = visit_signed_in()
    on = today(visit.zone)
    months = services().pictures.months(visit.actor, on)
    ageing = services().ledger.ageing(visit.actor)
    balances = {each.account: each.amount for each in services().ledger.balances(visit.actor)}
    return render_template(
        "finance.html",
        months=[(each, month_of(each.month)) for each in months],
        chart=_chart(months),
        ageing=[(no, bucket_name(each, say()), each) for no, each in enumerate(ageing.buckets) if each.documents],
        overpaid=ageing.overpaid,
        receivable=ageing.total,
        unallotted=-balances.get("unallotted", 0),
        this_month=month_of(on),
        last_month=month_of(month_of(on)[0] - date.resolution),
    )


def _chart(months: tuple[MonthSum, ...]) -> Chart:
    invoiced, paid = [each.invoiced for each in months], [each.paid for each in months]
    names = [short_month(each.month, say().language) for each in months]
    return columns([("first", invoiced), ("second", paid)], names, _thousands)


def _thousands(amount: int) -> str:
    return number(amount // THOUSAND_KRONOR, say().language)
