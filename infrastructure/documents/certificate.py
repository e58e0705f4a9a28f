"""Certificates by typst: PDF/A for archives and PDF/UA for screen readers, the same facts in the same bytes."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Protocol

import font_lato
import typst

from application.attendance.certificate import Certificate
from application.kernel.image import ImageShelf
from domain.people.accent import accent

_NO_GLYPH = re.compile("[^\n -\u024f\u0370-\u052f\u2010-\u2027\u20ac\u2212]")


class CertificateWords(Protocol):
    """Knows what a certificate says."""

    def facts(self, certificate: Certificate) -> dict[str, object]:
        """All that is printed, in its language, as plain values."""


class TypstCertificates:
    """`application.attendance.certificate.CertificatePress` by typst."""

    def __init__(self, words: CertificateWords, logos: ImageShelf) -> None:
        self._words, self._logos = words, logos

    def print(self, certificate: Certificate) -> bytes:
        """The certificate as PDF. A name in letters that no font here has is printed with question marks for them."""
        colour = accent(certificate.organiser.hue).light.accent
        data = json.dumps({**self._words.facts(certificate), "accent": colour}, ensure_ascii=False)
        digest = certificate.organiser.logo
        logo = json.dumps(list(self._logos.find(digest) or b"") if digest else [])
        try:
            return _compile({"data": data, "logo": logo})
        except typst.TypstError:
            return _compile({"data": _NO_GLYPH.sub("?", data), "logo": logo})


def _compile(inputs: dict[str, str]) -> bytes:
    folder = Path(str(files("infrastructure.documents"))) / "templates"
    printed = typst.compile(
        folder / "certificate.typ",
        root=folder,
        font_paths=_fonts(),
        sys_inputs=inputs,
        pdf_standards=["a-3a", "ua-1"],
    )
    if not isinstance(printed, bytes):
        raise TypeError("one certificate is one file")
    return printed


@cache
def _fonts() -> typst.Fonts:
    lato = Path(str(font_lato.__file__)).parent / "files"
    return typst.Fonts(include_system_fonts=False, font_paths=[lato])
