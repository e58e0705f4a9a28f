"""Money that was booked to an account of choice, or left out, and should not have been."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint

from application.payments.other_money import UndoOther
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, after, services, visit_signed_in
from web.pages.payments.payment import FIELDS, index_page

pages = Blueprint("other_money", __name__)


@pages.post("/<slug>/other-money/<uuid:other_id>/undo")
def undo(other_id: UUID) -> Answer:
    """Take it back by a voucher of today; then it is allotted, or the file it stands in is taken in again."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: index_page(visit, form), FIELDS)
    undone = form.submit(services().other_money.undo, visit.actor, UndoOther(other_id, form.text("reason")))
    return after(undone, "payment.index", done="other_money_undone")
