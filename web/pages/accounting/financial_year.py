"""Financial years: which days the books are closed together for, and another one told."""

from __future__ import annotations

from flask import Blueprint

from application.accounting.bookkeeping import TellFinancialYear
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, Visit, after, services, visit_signed_in

pages = Blueprint("financial_year", __name__)


@pages.get("/<slug>/bookkeeping/years")
def page() -> Answer:
    """The year it is now, the ones around it, and a form for another."""
    return _show(visit_signed_in(), Form(Typed()))


@pages.post("/<slug>/bookkeeping/years")
def tell() -> Answer:
    """A broken, first or changed year."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _show(visit, form), {"last_on": "last_on", "begins_on": "first_on"})
    first, last = form.day("first_on"), form.day("last_on")
    for name, day in (("first_on", first), ("last_on", last)):
        if day is None:
            form.problems.note(name, "form.day")
    command = TellFinancialYear(form.needed(first), form.needed(last))
    recorded = form.submit(services().bookkeeping.tell_financial_year, visit.actor, command)
    return after(recorded, "financial_year.page", done="year_told")


def _show(visit: Visit, form: Form) -> str:
    return form.page("financial_years.html", years=services().bookkeeping_questions.years(visit.actor))
