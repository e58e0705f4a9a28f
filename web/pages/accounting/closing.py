"""Deferred revenue at the end of a day: what it comes to, what has been posted, and the button that posts it."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, request

from application.accounting.bookkeeping import DeferRevenue
from application.accounting.queries.ageing import AsOf
from web.kernel.typed_days import day_of
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, Visit, after, services, today, visit_signed_in

pages = Blueprint("closing", __name__)


@pages.get("/<slug>/bookkeeping/closings")
def page() -> Answer:
    """The days closed, and the next one: the end of last month, or another day that is asked for."""
    visit = visit_signed_in()
    last = today(visit.zone).replace(day=1) - timedelta(days=1)
    return _show(visit, Form(Typed({"on": Form(request.args).text("on") or last.isoformat()})))


@pages.post("/<slug>/bookkeeping/closings")
def defer() -> Answer:
    """Post what is deferred on a day; a day that has been closed stays as it is."""
    visit = visit_signed_in()
    refused_at = {"PeriodNotOver": "on", "DayHandedOver": "on"}
    form = Form.sent(lambda form: _show(visit, form), refused_at)
    on = form.day("on")
    if on is None:
        form.problems.note("on", "form.day")
    recorded = form.submit(services().bookkeeping.defer, visit.actor, DeferRevenue(form.needed(on)))
    return after(recorded, "closing.page", done="deferred_again" if recorded.answer.is_again else "deferred")


def _show(visit: Visit, form: Form) -> str:
    ledger, on = services().ledger, _day_of(form)
    rows = ledger.deferred(visit.actor, AsOf(on)) if on else ()
    return form.page(
        "closings.html",
        on=on,
        rows=[row for row in rows if row.deferred],
        closings=ledger.closings(visit.actor),
    )


def _day_of(form: Form) -> date | None:
    try:
        return day_of(form.text("on"))
    except ValueError:
        return None
