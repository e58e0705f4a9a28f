"""Crediting an invoice by hand: what is left of each line, the credit note that would come of it, and one button."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request

from application.billing.crediting import CreditInvoice, CreditPreview, LeftOfLine, PartOfLine
from domain.billing.crediting import MoreThanIsLeft
from domain.kernel.errors import NotFound, PlatsError
from domain.kernel.ids import InvoiceId
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, after, services, visit_signed_in

pages = Blueprint("crediting", __name__)


@pages.get("/<slug>/invoices/<uuid:document_id>/credit")
def page(document_id: UUID) -> Answer:
    """What is left to credit, and what crediting all of it would come to."""
    return _show(visit_signed_in(), document_id, Form(request.args))


@pages.post("/<slug>/invoices/<uuid:document_id>/credit")
def credit(document_id: UUID) -> Answer:
    """Work the sum out again, or issue the credit note that was shown."""
    visit = visit_signed_in()
    form = Form.sent(lambda form: _show(visit, document_id, form), _fields, changed="crediting.changed")
    if form.text("do") != "credit":
        return _show(visit, document_id, form)
    with form.attempt():
        left = services().crediting.left(visit.actor, InvoiceId(document_id))
    reason = form.required("reason")
    command = CreditInvoice(InvoiceId(document_id), reason, _parts(form, left), form.shown())
    recorded = form.submit(services().crediting.credit, visit.actor, command)
    note = recorded.answer.credit_note_id
    return after(recorded, "invoice.page", document_id=note, done="credited")


def _parts(form: Form, left: tuple[LeftOfLine, ...]) -> tuple[PartOfLine, ...]:
    """The amounts typed at lines; none where all that is left is to be credited."""
    if form.text("what") != "parts":
        return ()
    typed = [each.no for each in left if form.text(f"line-{each.no}")]
    if not typed:
        form.problems.note(f"line-{left[0].no}", "crediting.give_amount")
    sums = [(no, form.sum(f"line-{no}")) for no in typed]
    return tuple(PartOfLine(no, net) for no, net in sums if net is not None)


def _preview(visit: Visit, document_id: UUID, form: Form, left: tuple[LeftOfLine, ...]) -> CreditPreview | None:
    """What it would come to; None with the problem noted at its field where it cannot be done."""
    parts = _parts(form, left)
    if any(name.startswith("line-") for name in form.problems.by_field):
        return None
    try:
        return services().crediting.preview(visit.actor, CreditInvoice(InvoiceId(document_id), "", parts))
    except PlatsError as error:
        form.problems.refused(error, _fields(error))
        return None


def _fields(error: PlatsError) -> dict[str, str]:
    about = f"line-{error.facts.get('line')}" if isinstance(error, MoreThanIsLeft) else ""
    return {"reason": "reason", type(error).__name__: about}


def _show(visit: Visit, document_id: UUID, form: Form) -> str:
    left = services().crediting.left(visit.actor, InvoiceId(document_id))
    view = services().invoice_questions.one(visit.actor, document_id)
    if view.row.kind != "invoice":
        raise NotFound(what="invoice")
    preview = _preview(visit, document_id, form, left) if any(each.net for each in left) else None
    return form.page(
        "invoice_credit.html",
        view=view,
        row=view.row,
        left=left,
        preview=preview,
    )
