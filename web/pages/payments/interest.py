"""Interest on an invoice that was paid late, or is not paid: what it comes to, and one button that claims it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request

from application.payments.interest import ClaimInterest
from domain.billing.demand import InvoiceDisputed
from domain.billing.interest import ReferenceRateUnknown
from domain.kernel.ids import InvoiceId
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, after, services, visit_as_staff

pages = Blueprint("interest", __name__)


@pages.get("/<slug>/invoices/<uuid:document_id>/interest")
def page(document_id: UUID) -> Answer:
    """Each span of days with its amount and rate, until today."""
    return _show(visit_as_staff(), document_id, Form(request.args))


@pages.post("/<slug>/invoices/<uuid:document_id>/interest")
def claim(document_id: UUID) -> Answer:
    """Claim what was shown, on an invoice of its own."""
    visit = visit_as_staff()
    form = Form.sent(lambda form: _show(visit, document_id, form), {})
    command = ClaimInterest(InvoiceId(document_id), shown=form.shown())
    recorded = form.submit(services().interests.claim, visit.actor, command)
    return after(recorded, "invoice.page", document_id=recorded.answer.invoice_id, done="interest_claimed")


def _show(visit: Visit, document_id: UUID, form: Form) -> Answer:
    view, due = services().invoice_questions.one(visit.actor, document_id), None
    try:
        due = services().interests.due(visit.actor, InvoiceId(document_id))
    except (InvoiceDisputed, ReferenceRateUnknown) as error:
        form.problems.refused(error, {})
    return form.page("invoice_interest.html", row=view.row, due=due)
