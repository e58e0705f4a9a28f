"""PDF by typst: PDF/A-3a for archives and PDF/UA-1 for screen readers, checked by the printer itself.

What a document says goes in as data, never as part of a template, so no text of a buyer's can be taken for markup. The
date in the file is that of the document and fonts come from a package, so the same document gives the same bytes.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import font_lato
import typst

from application.billing.queries.invoice import DocumentView
from application.billing.rendering import Words
from application.kernel.image import ImageShelf

_NO_GLYPH = re.compile("[^\n -\u024f\u0370-\u052f\u2010-\u2027\u20ac\u2212]")


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
        try:
            return _compile(inputs)
        except typst.TypstError:
            return _compile({**inputs, "data": _NO_GLYPH.sub("?", data)})


def _compile(inputs: dict[str, str]) -> bytes:
    folder = Path(str(files("infrastructure.documents"))) / "templates"
    printed = typst.compile(
        folder / "document.typ",
        root=folder,
        font_paths=_fonts(),
        sys_inputs=inputs,
        pdf_standards=["a-3a", "ua-1"],
    )
    if not isinstance(printed, bytes):
        raise TypeError("one document is one file")
    return printed


@cache
def _fonts() -> typst.Fonts:
    """Read once for each process: that is most of the time a short document takes."""
    lato = Path(str(font_lato.__file__)).parent / "files"
    return typst.Fonts(include_system_fonts=False, font_paths=[lato])
