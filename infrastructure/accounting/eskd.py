"""The VAT return as a file for the tax agency's e-service (eSKDUpload, DTD version 6.0)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.accounting.vat_return import TO_PAY, BoxAmount

_HEAD = (
    '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
    '<!DOCTYPE eSKDUpload PUBLIC "-//Skatteverket, Sweden//DTD Skatteverket eSKDUpload-DTD Version 6.0//SV"'
    ' "https://www1.skatteverket.se/demoeskd/eSKDUpload_6p0.dtd">\n'
)
TAGS = {
    "05": "ForsMomsEjAnnan",
    "06": "UttagMoms",
    "07": "UlagMargbesk",
    "08": "HyrinkomstFriv",
    "20": "InkopVaruAnnatEg",
    "21": "InkopTjanstAnnatEg",
    "22": "InkopTjanstUtomEg",
    "23": "InkopVaruSverige",
    "24": "InkopTjanstSverige",
    "50": "MomsUlagImport",
    "35": "ForsVaruAnnatEg",
    "36": "ForsVaruUtomEg",
    "37": "InkopVaruMellan3p",
    "38": "ForsVaruMellan3p",
    "39": "ForsTjSkskAnnatEg",
    "40": "ForsTjOvrUtomEg",
    "41": "ForsKopareSkskSverige",
    "42": "ForsOvrigt",
    "10": "MomsUtgHog",
    "11": "MomsUtgMedel",
    "12": "MomsUtgLag",
    "30": "MomsInkopUtgHog",
    "31": "MomsInkopUtgMedel",
    "32": "MomsInkopUtgLag",
    "60": "MomsImportUtgHog",
    "61": "MomsImportUtgMedel",
    "62": "MomsImportUtgLag",
    "48": "MomsIngAvdr",
    TO_PAY: "MomsBetala",
}
"""The element of each box, in the order of the file."""


def write(org_number: str, last_on: date, boxes: Iterable[BoxAmount], note: str = "") -> bytes:
    """The file: the period by its last month, each box that is something, and always what is to pay."""
    kronor = {each.no: each.kronor for each in boxes}
    lines = [f"<OrgNr>{org_number[-10:-4]}-{org_number[-4:]}</OrgNr>", "<Moms>", f"<Period>{last_on:%Y%m}</Period>"]
    lines += [f"<{tag}>{kronor[no]}</{tag}>" for no, tag in TAGS.items() if kronor.get(no) or no == TO_PAY]
    lines += [f"<TextUpplysningMoms>{note}</TextUpplysningMoms>"] if note else []
    body = "\n".join(['<eSKDUpload Version="6.0">', *lines, "</Moms>", "</eSKDUpload>", ""])
    return (_HEAD + body).encode("iso-8859-1", "xmlcharrefreplace")
