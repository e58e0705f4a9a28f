"""Crediting an invoice by hand: what is left of its lines, what a credit note would come to, and the credit note."""

from __future__ import annotations

from application.billing.crediting import Credited, CreditInvoice, CreditPreview, LeftOfLine
from domain.kernel.ids import InvoiceId
from web.api.billing.crediting_schema import CreditBody, CreditPreviewBody
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

credit_notes = ApiBlueprint(
    "credit_notes", "Credit notes by hand: what is left of an invoice, a preview, and the credit note."
)
OF_INVOICE = "/invoices/<uuid:invoice_id>/credit-notes"


@credit_notes.read("/invoices/<uuid:invoice_id>/left", Who.FINANCE, tuple[LeftOfLine, ...])
def list_left_to_credit(call: Call, invoice_id: InvoiceId) -> tuple[LeftOfLine, ...]:
    """What is left to credit of each line of an invoice."""
    return call.services.crediting.left(call.actor, invoice_id)


@credit_notes.look(f"{OF_INVOICE}/preview", Who.FINANCE, CreditPreview, CreditPreviewBody)
def preview_credit(call: Call, invoice_id: InvoiceId) -> CreditPreview:
    """What crediting would come to, and what would be left to pay or to pay back; nothing is recorded."""
    return call.services.crediting.preview(call.actor, CreditInvoice(invoice_id, reason="", **call.body))


@credit_notes.write("POST", OF_INVOICE, Who.FINANCE, Credited, body=CreditBody, status=201, is_keyed=True)
def credit_invoice(call: Call, invoice_id: InvoiceId) -> Written:
    """Take back parts of an invoice's lines, or all that is left; never more than is left."""
    command = CreditInvoice(invoice_id, **call.body)
    return call.execute(call.services.crediting.credit, command, "/credit-notes/{credit_note_id}")
