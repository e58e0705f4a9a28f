"""Certificates by typst: PDF/A for archives and PDF/UA for screen readers, the same facts in the same bytes."""

from __future__ import annotations

import json
from typing import Protocol

from application.attendance.certificate import Certificate
from application.kernel.image import ImageShelf
from domain.people.accent import accent
from infrastructure.documents.typesetting import typeset


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
        return typeset("certificate.typ", {"data": data, "logo": logo})
