"""Out to the bookkeeping: periods handed over as SIE files, each once, and the accounts that the ledger goes to."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain

from flask import Blueprint, Response

from application.accounting.bookkeeping import ChooseAccounts, ExportPeriod, FetchFile, GiveCodes, TakeBackExport
from domain.accounting.account import AccountChoice
from domain.accounting.object_code import ObjectCode, ObjectKind
from web.pages.kernel.asked_day import month_of
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, Visit, after, say, services, today, visit_signed_in
from web.reports.names import voucher_name
from web.words.accounts import account_name

pages = Blueprint("bookkeeping", __name__)

_REFUSED_AT = {name: name for name in ("from_on", "until_on")} | {
    "PeriodNotOver": "until_on",
    "PeriodUnfinished": "confirmed",
}


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
    form = Form.sent(lambda form: _show(visit, form), _REFUSED_AT)
    first, last = form.day("from_on"), form.day("until_on")
    for name, day in (("from_on", first), ("until_on", last)):
        if day is None:
            form.problems.note(name, "form.day")
    command = ExportPeriod(form.needed(first), form.needed(last), form.text("confirmed") == "yes")
    recorded = form.submit(services().bookkeeping.export, visit.actor, command)
    done = "exported_again" if recorded.answer.is_again else "exported"
    return after(recorded, "bookkeeping.page", done=done)


@pages.get("/<slug>/bookkeeping/<int:number>.si")
def file(number: int) -> Answer:
    """The file of a period: the same to the byte however often it is fetched."""
    visit = visit_signed_in()
    found = services().bookkeeping_questions.file(visit.actor, number)
    services().bookkeeping.fetch(visit.actor, FetchFile(number))
    answer = Response(found.content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return answer


@pages.post("/<slug>/bookkeeping/<int:number>/back")
def take_back(number: int) -> Answer:
    """A period handed over by mistake is open again, as long as nobody has fetched its file."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _show(visit, form))
    recorded = form.submit(services().bookkeeping.take_back, visit.actor, TakeBackExport(number))
    return after(recorded, "bookkeeping.page", done="export_taken_back")


@pages.get("/<slug>/bookkeeping/codes")
def codes() -> Answer:
    """Which codes networks and seasons have."""
    visit = visit_signed_in()
    rows = services().bookkeeping_questions.codes(visit.actor)
    return _show_codes(visit, Form(Typed([(str(each.object_id), each.code or "") for each in rows])))


@pages.post("/<slug>/bookkeeping/codes")
def give_codes() -> Answer:
    """Other codes, for periods not yet handed over; an empty field leaves what is there."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _show_codes(visit, form), lambda _: {"code": about})
    about, chosen = "", []
    with form.attempt():
        for row in services().bookkeeping_questions.codes(visit.actor):
            about = str(row.object_id)
            if code := form.text(about).upper():
                chosen.append(ObjectCode(ObjectKind(row.kind), row.object_id, code))
    recorded = form.submit(services().bookkeeping.give_codes, visit.actor, GiveCodes(tuple(chosen)))
    return after(recorded, "bookkeeping.codes", done="codes_given")


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


def _show_codes(visit: Visit, form: Form) -> str:
    rows = services().bookkeeping_questions.codes(visit.actor)
    kinds = {kind: [(str(each.object_id), each.name) for each in rows if each.kind == kind] for kind in ObjectKind}
    labels = dict(chain.from_iterable(kinds.values()))
    return form.page("bookkeeping_codes.html", kinds=[each for each in kinds.items() if each[1]], labels=labels)


def _show_accounts(visit: Visit, form: Form) -> str:
    """In the order of the numbers that are saved, so that a row stays where it is while another is typed."""
    chosen = sorted(services().bookkeeping_questions.accounts(visit.actor).accounts, key=lambda each: each.number)
    return form.page("bookkeeping_accounts.html", names=[(each.key, account_name(each.key, say())) for each in chosen])
