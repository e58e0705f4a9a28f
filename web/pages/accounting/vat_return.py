"""The VAT return: a period by boxes, what other books add to it, and the file for the tax agency."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, Response, request, url_for

from application.accounting.vat_return import ChooseAdvanceVat, ChooseVatPeriod, DeclareVat
from domain.accounting.dormant_vat import AdvanceVat
from domain.accounting.vat_return import BOUGHT, BoxAmount
from domain.kernel.errors import BadValue
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, Visit, after, services, visit_signed_in
from web.reports.ec_sales import ec_sales_file

pages = Blueprint("vat_return", __name__)

RATES = {"10": 2_500, "11": 1_200, "12": 600}
KINDS = {"35": "eu_goods", "36": "export", "39": "reverse", "40": "abroad", "42": "exempt"}
"""The reports of documents behind boxes, by rate and by why there is none."""


@pages.get("/<slug>/bookkeeping/vat")
def page() -> Answer:
    """The last period that is over, or the one a day is in."""
    visit = visit_signed_in()
    return _show(visit, Form(Typed({"on": Form(request.args).text("on")})))


@pages.post("/<slug>/bookkeeping/vat")
def declare() -> Answer:
    """Make the return; the same boxes again are the same one."""
    visit = visit_signed_in()
    refused_at = {"PeriodNotOver": "on", "NoVatPeriod": "on", "VatDeclaredAlready": "on"}
    form = Form.sent(lambda form: _show(visit, form), refused_at)
    first, last = form.day("from_on"), form.day("until_on")
    bought = [BoxAmount(no, form.whole(f"box_{no}") or 0) for no in BOUGHT if form.text(f"box_{no}")]
    command = DeclareVat(form.needed(first), form.needed(last), tuple(bought))
    recorded = form.submit(services().vat_returns.declare, visit.actor, command)
    done = "vat_declared_again" if recorded.answer.is_again else "vat_declared"
    return after(recorded, "vat_return.page", on=command.from_on.isoformat(), done=done)


@pages.post("/<slug>/bookkeeping/vat/periods")
def choose_period() -> Answer:
    """By month, quarter or financial year from now on."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _show(visit, form))
    command = ChooseVatPeriod(form.whole("months") or 0)
    return after(
        form.submit(services().vat_returns.choose_period, visit.actor, command), "vat_return.page", done="vat_period"
    )


@pages.post("/<slug>/bookkeeping/vat/advances")
def choose_advance() -> Answer:
    """From when VAT on invoices sent ahead is owed, for those issued from a day on."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _show(visit, form), {"AdvanceVatReported": "advances_from"})
    way, from_on = form.one_of("way", AdvanceVat, AdvanceVat.ON_INVOICE), form.day("advances_from")
    if from_on is None:
        form.problems.note("advances_from", "form.day")
    command = ChooseAdvanceVat(way, form.needed(from_on))
    return after(
        form.submit(services().vat_returns.choose_advance, visit.actor, command), "vat_return.page", done="advance_vat"
    )


@pages.get("/<slug>/bookkeeping/vat/<int:number>.xml")
def file(number: int) -> Answer:
    """The file of a return."""
    found = services().vat_return_questions.vat_file(visit_signed_in().actor, number)
    answer = Response(found.content, content_type="application/xml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return answer


@pages.get("/<slug>/bookkeeping/vat/ec-sales.txt")
def ec_sales() -> Answer:
    """The EC sales list of a month or a quarter, as a file for the tax agency."""
    visit, form = visit_signed_in(), Form(request.args)
    name, content = ec_sales_file(services(), visit.actor, form.day("from"), form.day("until"))
    answer = Response(content, content_type="text/plain; charset=iso-8859-1")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _show(visit: Visit, form: Form) -> str:
    questions = services().vat_return_questions
    on = form.day("on") or form.day("from_on")
    try:
        view = questions.vat_view(visit.actor, on)
    except BadValue:
        view = questions.vat_view(visit.actor)
    bought = {each.no: each.kronor for each in view.bought}
    fields = [(no, form.text(f"box_{no}") or str(bought.get(no, ""))) for no in BOUGHT]
    days = {"from": view.from_on.isoformat(), "until": view.until_on.isoformat()}
    return form.page(
        "vat_return.html",
        view=view,
        fields=fields,
        to_pay=bought.get("49"),
        returns=questions.vat_returns(visit.actor),
        ways=list(AdvanceVat),
        before=view.from_on - date.resolution,
        behind=[(each, _behind(each.no, days)) for each in view.boxes],
    )


def _behind(no: str, days: Mapping[str, Any]) -> str:
    """The address of the documents a box is made of; of the base of all rates, the rates."""
    if no in RATES:
        return url_for("report.page", report="vat-documents", rate=RATES[no], kind="standard", **days)
    if no in KINDS:
        return url_for("report.page", report="vat-documents", rate=0, kind=KINDS[no], **days)
    return url_for("report.page", report="vat", **days)
