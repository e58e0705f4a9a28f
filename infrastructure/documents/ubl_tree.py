"""Writing UBL: elements in order, amounts with their currency, and text that XML can carry."""

from __future__ import annotations

import re

from lxml import etree

NAMESPACES: dict[str | None, str] = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Branch:
    """An element that others are put into."""

    def __init__(self, element: etree._Element, currency: str) -> None:
        self._element, self._currency = element, currency

    def group(self, name: str) -> Branch:
        """A new element with elements of its own."""
        return Branch(etree.SubElement(self._element, f"{{{NAMESPACES['cac']}}}{name}"), self._currency)

    def text(self, tag: str, value: str, **attributes: str) -> None:
        """A new element with text; characters that XML has no room for are left out."""
        element = etree.SubElement(self._element, f"{{{NAMESPACES['cbc']}}}{tag}", attributes)
        element.text = _NOT_XML.sub("", value)

    def amount(self, name: str, minor: int) -> None:
        """An amount of minor units (öre), with two decimals."""
        self.text(name, decimal(minor), currencyID=self._currency)


def decimal(minor: int) -> str:
    """Minor units as a decimal number: -750050 is -7500.50."""
    whole, rest = divmod(abs(minor), 100)
    return f"{'-' if minor < 0 else ''}{whole}.{rest:02}"
