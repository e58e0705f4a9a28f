"""What has been bought and is to be sent: to whom, where, and a button when it is on its way; the same as a file."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from application.purchase import DispatchPurchase
from application.reading.goods import PurchaseRow
from domain.ids import PurchaseId
from web.reader import Answer, after, say, services, today, visit_signed_in
from web.spreadsheet import csv_file, text_cell

pages = Blueprint("dispatch", __name__)


@pages.get("/<slug>/dispatch")
def page(slug: str) -> Answer:
    """What waits, longest first."""
    reader = visit_signed_in(slug)
    return render_template("dispatch.html", rows=services().goods_questions.to_dispatch(reader.actor))


@pages.get("/<slug>/dispatch.csv")
def file(slug: str) -> Answer:
    """The same list as a file, for labels."""
    reader = visit_signed_in(slug)
    names = ("dispatch.ordered", "dispatch.goods", "dispatch.quantity", "dispatch.name", "dispatch.address")
    header = [say()(name) for name in names]
    rows = services().goods_questions.to_dispatch(reader.actor)
    return csv_file(say()("dispatch.file_name"), header, (_cells(row) for row in rows))


@pages.post("/<slug>/dispatch/<uuid:purchase_id>")
def send(slug: str, purchase_id: UUID) -> Answer:
    """It has been sent today."""
    reader = visit_signed_in(slug)
    command = DispatchPurchase(PurchaseId(purchase_id), today(reader.zone))
    recorded = services().purchases.dispatch(reader.actor, command, request.form.get("key"))
    return after(recorded, "dispatch.page", slug=slug, done="dispatched")


def _cells(row: PurchaseRow) -> list[str]:
    told = (row.made_at.date().isoformat(), row.title, str(row.quantity), row.name or "", row.address or "")
    return [text_cell(each) for each in told]
