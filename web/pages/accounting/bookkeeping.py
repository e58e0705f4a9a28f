"""Out to the bookkeeping: periods handed over as SIE files, each once, and the accounts that the ledger goes to."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response

from application.accounting.bookkeeping import ChooseAccounts, ExportPeriod
from domain.accounting.bookkeeping import AccountChoice
from web.pages.kernel.asked_day import month_of
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, Visit, after, say, services, today, visit_signed_in
from web.reports.names import account_name, voucher_name

pages = Blueprint("bookkeeping", __name__)


@pages.get("/<slug>/bookkeeping")
def page() -> Answer:
    """The periods handed over, and the next one to hand over."""
    visit = visit_signed_in()
    first, last = month_of(today(visit.zone).replace(day=1) - timedelta(days=1))
    return _show(visit, Form(Typed({"from_on": first.isoformat(), "until_on": last.isoformat()})))


@pages.post("/<slug>/bookkeeping")
def export() -> Answer:
    """Hand a period over; the same period again is the same file, and said to be."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _show(visit, form), {"until_on": "until_on", "from_on": "from_on"})
    first, last = form.day("from_on"), form.day("until_on")
    for name, day in (("from_on", first), ("until_on", last)):
        if day is None:
            form.problems.note(name, "form.day")
    command = ExportPeriod(form.needed(first), form.needed(last))
    recorded = form.submit(services().bookkeeping.export, visit.actor, command)
    done = "exported_again" if recorded.answer.is_again else "exported"
    return after(recorded, "bookkeeping.page", done=done)


@pages.get("/<slug>/bookkeeping/<int:number>.si")
def file(number: int) -> Answer:
    """The file of a period: the same to the byte however often it is fetched."""
    visit = visit_signed_in()
    found = services().bookkeeping_questions.file(visit.actor, number)
    answer = Response(found.content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return answer


@pages.get("/<slug>/bookkeeping/accounts")
def accounts() -> Answer:
    """Which numbers the ledger's accounts have."""
    visit = visit_signed_in()
    chosen = services().bookkeeping_questions.accounts(visit.actor)
    typed: Typed = Typed([(each.key, str(each.number)) for each in chosen.accounts])
    typed.update({"network": str(chosen.network_dimension), "season": str(chosen.season_dimension)})
    return _show_accounts(visit, Form(typed))


@pages.post("/<slug>/bookkeeping/accounts")
def choose_accounts() -> Answer:
    """Other numbers, for periods not yet handed over."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _show_accounts(visit, form), lambda _: {"number": about, "dimension": about})
    keys = [each.key for each in services().bookkeeping_questions.accounts(visit.actor).accounts]
    numbers = {name: form.whole(name) for name in (*keys, "network", "season")}
    about, chosen = "", []
    with form.attempt():
        for key in keys:
            about = key
            chosen.append(AccountChoice(key, numbers[key] or 0))
        about = "season"
        command = ChooseAccounts(tuple(chosen), numbers["network"] or 0, numbers["season"] or 0)
    recorded = form.submit(services().bookkeeping.choose_accounts, visit.actor, command)
    return after(recorded, "bookkeeping.accounts", done="accounts_chosen")


def _show(visit: Visit, form: Form) -> str:
    exports = services().bookkeeping_questions.exports(visit.actor)
    late = [(each, voucher_name(each, say())) for each in services().bookkeeping_questions.late(visit.actor)]
    left_out = services().bookkeeping_questions.uncovered(visit.actor)
    about = {"exports": exports, "late": late, "uncovered": left_out}
    return form.page("bookkeeping.html", **about)


def _show_accounts(visit: Visit, form: Form) -> str:
    chosen = services().bookkeeping_questions.accounts(visit.actor)
    names = [(each.key, account_name(each.key, say())) for each in chosen.accounts]
    return form.page("bookkeeping_accounts.html", names=names)
