"""Invoices and credit notes as PDF. The date in the file is that of the document: the same one gives the same bytes."""

from __future__ import annotations

import json

from application.billing.queries.invoice import DocumentView
from application.billing.rendering import Words
from application.kernel.image import ImageShelf
from infrastructure.documents.typesetting import typeset


class TypstPress:
    """`application.billing.rendering.PdfRenderer` by typst. About 0.1 s a document; other threads go on meanwhile."""

    def __init__(self, words: Words, logos: ImageShelf) -> None:
        self._words, self._logos = words, logos

    def print(self, view: DocumentView, e_invoice: bytes | None, *, is_copy: bool) -> bytes:
        """The document as PDF, with the e-invoice attached where there is one.

        A name in letters that no font here has is printed with question marks for them; the e-invoice has it as it is.
        """
        data = json.dumps(self._words.facts(view, is_copy=is_copy), ensure_ascii=False)
        logo = self._logos.find(view.seller.logo) if view.seller.logo else None
        inputs = {"data": data, "xml": (e_invoice or b"").decode(), "logo": json.dumps(list(logo or b""))}
        return typeset("document.typ", inputs)
