"""Crediting an invoice by hand: what is left of each line, the credit note that would come of it, and one button."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict

from application.billing.crediting import CreditInvoice, CreditPreview, LeftOfLine, PartOfLine
from domain.billing.crediting import MoreThanIsLeft
from domain.kernel.errors import NotFound, OutcomeChanged, PlatsError
from domain.kernel.ids import InvoiceId
from web.kernel.errors import status_of
from web.pages.kernel.form_token import new_key
from web.pages.kernel.forms import Form, Problems
from web.pages.kernel.visit import Answer, Visit, after, say, services, visit_signed_in

pages = Blueprint("crediting", __name__)

FIELDS = {"reason": "reason"}


@pages.get("/<slug>/invoices/<uuid:document_id>/credit")
def page(document_id: UUID) -> Answer:
    """What is left to credit, and what crediting all of it would come to."""
    visit = visit_signed_in()
    typed = MultiDict([*request.args.items(multi=True), ("key", new_key())])
    return _show(visit, document_id, Form(typed, Problems(say())), 200)


@pages.post("/<slug>/invoices/<uuid:document_id>/credit")
def credit(document_id: UUID) -> Answer:
    """Work the sum out again, or issue the credit note that was shown."""
    visit = visit_signed_in()
    form = Form(request.form, Problems(say()))
    if form.text("do") != "credit":
        return _show(visit, document_id, form, 200)
    reason = form.required("reason")
    try:
        left = services().crediting.left(visit.actor, InvoiceId(document_id))
        command = CreditInvoice(InvoiceId(document_id), reason, _parts(form, left), form.shown())
        if form.problems:
            return _show(visit, document_id, form, 422)
        recorded = services().crediting.credit(visit.actor, command, form.text("key") or None)
    except PlatsError as error:
        if isinstance(error, OutcomeChanged):
            form.problems.note("", "crediting.changed")
        _refused(form, error)
        return _show(visit, document_id, form, status_of(error))
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
        _refused(form, error)
        return None


def _refused(form: Form, error: PlatsError) -> None:
    about = f"line-{error.facts.get('line')}" if isinstance(error, MoreThanIsLeft) else ""
    form.problems.refused(error, {**FIELDS, type(error).__name__: about})


def _show(visit: Visit, document_id: UUID, form: Form, status: int) -> Answer:
    left = services().crediting.left(visit.actor, InvoiceId(document_id))
    view = services().invoice_questions.one(visit.actor, document_id)
    if view.row.kind != "invoice":
        raise NotFound(what="invoice")
    preview = _preview(visit, document_id, form, left) if any(each.net for each in left) else None
    words = render_template(
        "invoice_credit.html",
        view=view,
        row=view.row,
        left=left,
        preview=preview,
        form=form,
        problems=form.problems.by_field,
    )
    return words, status
