"""What has been bought and is to be sent: to whom, where, and a button when it is on its way; the same as a file."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request

from application.booking.purchase import CorrectAddress, DispatchPurchase
from application.programme.queries.goods import PurchaseRow
from domain.kernel.ids import PurchaseId
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, after, say, services, today, visit_as_admin, visit_signed_in
from web.reports.spreadsheet import csv_file, text_cell

pages = Blueprint("dispatch", __name__)


@pages.get("/<slug>/dispatch")
def page() -> Answer:
    """What waits, longest first."""
    visit = visit_signed_in()
    return _show(visit, Form())


@pages.get("/<slug>/dispatch.csv")
def file() -> Answer:
    """The same list as a file, for labels."""
    visit = visit_signed_in()
    names = ("dispatch.ordered", "dispatch.goods", "dispatch.quantity", "dispatch.name", "dispatch.address")
    header = [say()(name) for name in names]
    rows = services().goods_questions.to_dispatch(visit.actor)
    return csv_file(say()("dispatch.file_name"), header, (_cells(row) for row in rows))


@pages.post("/<slug>/dispatch/<uuid:purchase_id>")
def send(purchase_id: UUID) -> Answer:
    """It has been sent today."""
    visit = visit_signed_in()
    command = DispatchPurchase(PurchaseId(purchase_id), today(visit.zone))
    recorded = services().purchases.dispatch(visit.actor, command, request.form.get("key"))
    return after(recorded, "dispatch.page", done="dispatched")


@pages.post("/<slug>/dispatch/<uuid:purchase_id>/address")
def correct(purchase_id: UUID) -> Answer:
    """Where it goes, as long as it has not been sent."""
    visit = visit_as_admin()
    form = Form.sent(lambda form: _show(visit, form, purchase_id), {"address": "address"})
    command = CorrectAddress(PurchaseId(purchase_id), form.required("address"))
    recorded = form.submit(services().purchases.correct_address, visit.actor, command)
    return after(recorded, "dispatch.page", done="address_corrected")


def _show(visit: Visit, form: Form, about: UUID | None = None) -> str:
    rows = services().goods_questions.to_dispatch(visit.actor)
    return form.page("dispatch.html", rows=rows, about=about)


def _cells(row: PurchaseRow) -> list[str]:
    told = (row.made_at.date().isoformat(), row.title, str(row.quantity), row.name or "", row.address or "")
    return [text_cell(each) for each in told]
