"""Compensation for an invoice that was not paid in time: whether it is due, and one button that claims it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request

from application.payments.compensation import ClaimCompensation
from domain.billing.demand import InvoiceDisputed
from domain.kernel.ids import InvoiceId
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, after, services, visit_as_staff

pages = Blueprint("compensation", __name__)


@pages.get("/<slug>/invoices/<uuid:document_id>/compensation")
def page(document_id: UUID) -> Answer:
    """What may be claimed, or why nothing may."""
    return _show(visit_as_staff(), document_id, Form(request.args))


@pages.post("/<slug>/invoices/<uuid:document_id>/compensation")
def claim(document_id: UUID) -> Answer:
    """Claim what was shown, on an invoice of its own."""
    visit = visit_as_staff()
    form = Form.sent(lambda form: _show(visit, document_id, form), {})
    command = ClaimCompensation(InvoiceId(document_id), form.shown())
    recorded = form.submit(services().compensations.claim, visit.actor, command)
    return after(recorded, "invoice.page", document_id=recorded.answer.invoice_id, done="compensation_claimed")


def _show(visit: Visit, document_id: UUID, form: Form) -> Answer:
    view, due = services().invoice_questions.one(visit.actor, document_id), None
    try:
        due = services().compensations.due(visit.actor, InvoiceId(document_id))
    except InvoiceDisputed as error:
        form.problems.refused(error, {})
    return form.page("invoice_compensation.html", row=view.row, due=due)
