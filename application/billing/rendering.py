"""Documents as others read them: the same facts as an e-invoice (XML) and as paper (PDF), for whoever may see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from application.billing.queries.invoice import DocumentView, InvoiceQuestions
from application.kernel.actor import Actor
from domain.kernel.errors import RuleBroken


class EInvoiceIncomplete(RuleBroken):
    """An e-invoice must say what is not known here (`lacks`: reference, vat_number, bankgiro, bic, contact …)."""


@dataclass(frozen=True)
class PrintedDocument:
    """A document as a file: its name, and its bytes."""

    name: str
    content: bytes


class EInvoices(Protocol):
    """Writes the e-invoice of a document."""

    def write(self, view: DocumentView) -> bytes:
        """Peppol BIS Billing 3 as UBL. The same document gives the same bytes. Raises EInvoiceIncomplete."""


class Words(Protocol):
    """Knows what a document says on paper."""

    def facts(self, view: DocumentView, *, is_copy: bool) -> Mapping[str, object]:
        """All that is printed, in the buyer's language, as plain values."""


class PdfRenderer(Protocol):
    """Prints documents."""

    def print(self, view: DocumentView, e_invoice: bytes | None, *, is_copy: bool) -> bytes:
        """A PDF for archives and screen readers, the e-invoice attached; the same document gives the same bytes."""


class Papers:
    """Prints and writes what a reader may see."""

    def __init__(self, documents: InvoiceQuestions, e_invoices: EInvoices, press: PdfRenderer) -> None:
        self._documents, self._e_invoices, self._press = documents, e_invoices, press

    def xml(self, actor: Actor, document_id: UUID) -> PrintedDocument:
        """The e-invoice of a document the actor may see. Raises NotFound, EInvoiceIncomplete."""
        view = self._documents.one(actor, document_id)
        return PrintedDocument(_name(view, "xml"), self._e_invoices.write(view))

    def pdf(self, actor: Actor, document_id: UUID) -> PrintedDocument:
        """The paper form of a document the actor may see; a copy where the e-invoice is the original (S50)."""
        view = self._documents.one(actor, document_id)
        try:
            e_invoice = self._e_invoices.write(view) if view.row.organisation_id is not None else None
        except EInvoiceIncomplete:
            e_invoice = None
        is_copy = bool(view.terms.peppol_id)
        return PrintedDocument(_name(view, "pdf"), self._press.print(view, e_invoice, is_copy=is_copy))


def _name(view: DocumentView, ending: str) -> str:
    words = {"invoice": "faktura", "credit_note": "kreditfaktura"}
    if view.terms.language == "en":
        words = {"invoice": "invoice", "credit_note": "credit-note"}
    return f"{words[view.row.kind]}-{view.row.number}.{ending}"
