"""Invoices and credit notes: listed, read whole, and payments recorded."""

from __future__ import annotations

from uuid import UUID

from application.billing.delivery import DeliverAgain, DeliveryRef, DeliveryRow
from application.billing.invoice import RecordPayment
from application.billing.invoicing import InvoiceRef
from application.billing.queries.invoice import DocumentFilter, DocumentRow
from application.billing.queries.season_sums import SeasonSums
from application.billing.rendering import PrintedDocument
from application.kernel.page import Page
from domain.kernel.errors import NotFound
from domain.kernel.ids import InvoiceId
from web.api.billing.invoice_schema import DocumentsQuery, PaymentBody
from web.api.kernel.answers import Document, document_of
from web.api.kernel.call import Call, FileAnswer, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

invoices = ApiBlueprint("invoices", "Invoices, credit notes, payments, and what each season adds up to.")
PDF, XML = "application/pdf", "application/xml"
ONE = "/invoices/<uuid:invoice_id>"
INVOICE, CREDIT_NOTE = "invoice", "credit_note"


@invoices.read("/invoices", Who.SIGNED_IN, Page[DocumentRow], DocumentsQuery)
def list_invoices(call: Call) -> Page[DocumentRow]:
    """Invoices, latest first: the organiser's for its staff; for members every document of their own."""
    return _listed(call, INVOICE)


@invoices.read(ONE, Who.SIGNED_IN, Document)
def read_invoice(call: Call, invoice_id: UUID) -> Document:
    """One invoice whole: lines, VAT summary, payments, balance."""
    return _document(call, invoice_id, INVOICE)


@invoices.write("POST", f"{ONE}/payments", Who.FINANCE, InvoiceRef, body=PaymentBody, status=201, is_keyed=True)
def record_payment(call: Call, invoice_id: InvoiceId) -> Written:
    """Record money that arrived by bank; the same reference once."""
    command = RecordPayment(invoice_id, **call.body)
    return call.execute(call.services.invoices.record_payment, command, f"/invoices/{invoice_id}")


@invoices.read("/credit-notes", Who.SIGNED_IN, Page[DocumentRow], DocumentsQuery)
def list_credit_notes(call: Call) -> Page[DocumentRow]:
    """Credit notes, latest first: the organiser's for its staff; for members every document of their own."""
    return _listed(call, CREDIT_NOTE)


@invoices.read("/credit-notes/<uuid:credit_note_id>", Who.SIGNED_IN, Document)
def read_credit_note(call: Call, credit_note_id: UUID) -> Document:
    """One credit note whole, with the invoice it refers to."""
    return _document(call, credit_note_id, CREDIT_NOTE)


@invoices.file(f"{ONE}/pdf", Who.SIGNED_IN, PDF)
def read_invoice_pdf(call: Call, invoice_id: UUID) -> FileAnswer:
    """An invoice on paper; a copy where the e-invoice is the original."""
    return _file(call.services.papers.pdf(call.actor, invoice_id), PDF)


@invoices.file(f"{ONE}/xml", Who.SIGNED_IN, XML)
def read_invoice_xml(call: Call, invoice_id: UUID) -> FileAnswer:
    """An invoice as Peppol BIS Billing 3 (UBL)."""
    return _file(call.services.papers.xml(call.actor, invoice_id), XML)


@invoices.file("/credit-notes/<uuid:credit_note_id>/pdf", Who.SIGNED_IN, PDF)
def read_credit_note_pdf(call: Call, credit_note_id: UUID) -> FileAnswer:
    """A credit note on paper."""
    return _file(call.services.papers.pdf(call.actor, credit_note_id), PDF)


@invoices.file("/credit-notes/<uuid:credit_note_id>/xml", Who.SIGNED_IN, XML)
def read_credit_note_xml(call: Call, credit_note_id: UUID) -> FileAnswer:
    """A credit note as Peppol BIS Billing 3 (UBL)."""
    return _file(call.services.papers.xml(call.actor, credit_note_id), XML)


@invoices.read("/failed-deliveries", Who.STAFF, tuple[DeliveryRow, ...])
def list_failed_deliveries(call: Call) -> tuple[DeliveryRow, ...]:
    """E-invoices that did not arrive, and why."""
    return call.services.delivery_questions.failed(call.actor)


@invoices.write("POST", f"{ONE}/delivery", Who.FINANCE, DeliveryRef)
def deliver_invoice_again(call: Call, invoice_id: UUID) -> Written:
    """Send an e-invoice that did not arrive once more."""
    return call.execute(call.services.deliveries.again, DeliverAgain(invoice_id))


@invoices.write("POST", "/credit-notes/<uuid:credit_note_id>/delivery", Who.FINANCE, DeliveryRef)
def deliver_credit_note_again(call: Call, credit_note_id: UUID) -> Written:
    """Send a credit note that did not arrive once more."""
    return call.execute(call.services.deliveries.again, DeliverAgain(credit_note_id))


@invoices.read("/season-sums", Who.STAFF, tuple[SeasonSums, ...])
def list_season_sums(call: Call) -> tuple[SeasonSums, ...]:
    """What each season has been invoiced, credit notes taken off, and its seats taken."""
    return call.services.invoice_questions.sums(call.actor)


def _file(printed: PrintedDocument, media_type: str) -> FileAnswer:
    return FileAnswer(printed.name, media_type, printed.content)


def _listed(call: Call, kind: str) -> Page[DocumentRow]:
    asked = dict(call.query)
    after, limit = asked.pop("after"), asked.pop("limit")
    return call.services.invoice_questions.list(call.actor, DocumentFilter(kind=kind, **asked), after, limit)


def _document(call: Call, document_id: UUID, kind: str) -> Document:
    view = call.services.invoice_questions.one(call.actor, document_id)
    if view.row.kind != kind:
        raise NotFound(what="document")
    return document_of(view)
