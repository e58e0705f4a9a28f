"""VAT in UBL: S for what is taxed, Z for rate zero, E for what is exempt, O where a whole document is outside VAT.

AE where the buyer is liable, G for goods sent out of the Union, K for goods to a business within it.

A seller that is not registered for VAT has nothing that is within it: its documents are outside as a whole.
"""

from __future__ import annotations

from application.billing.queries.invoice import DocumentView
from domain.kernel.documents import Line
from domain.kernel.vat import VatExemption, VatKind, VatRate
from infrastructure.documents.ubl_tree import Branch, decimal

_EXEMPT = "Undantag från skatteplikt, 10 kap. mervärdesskattelagen (2023:200)"
_OUTSIDE = "Utanför mervärdesskattens tillämpningsområde"


_CODES = {VatKind.REVERSE: "AE", VatKind.EXPORT: "G", VatKind.EU_GOODS: "K"}
_REASON_CODES = {"AE": "VATEX-EU-AE", "G": "VATEX-EU-G", "K": "VATEX-EU-IC", "O": "VATEX-EU-O"}
_REASONS = {
    VatKind.EXEMPT: _EXEMPT,
    VatKind.OUTSIDE: _OUTSIDE,
    VatKind.ABROAD: "Omsatt utomlands, 6 kap. 33 § mervärdesskattelagen (2023:200)",
    VatKind.REVERSE: "Omvänd betalningsskyldighet / Reverse charge",
    VatKind.EXPORT: "Undantag från skatteplikt, 10 kap. 64 § mervärdesskattelagen (2023:200) / art. 146",
    VatKind.EU_GOODS: "Undantag från skatteplikt, 10 kap. 42 § mervärdesskattelagen (2023:200) / art. 138",
}
_SELLERS = {
    VatExemption.SMALL: "Undantag från skatteplikt, 18 kap. mervärdesskattelagen (2023:200)",
    VatExemption.ASSOCIATION: "Ingen ekonomisk verksamhet, 4 kap. 6 § mervärdesskattelagen (2023:200)",
    VatExemption.AUTHORITY: "Myndighetsutövning, 4 kap. 4 § mervärdesskattelagen (2023:200)",
}


def category_of(branch: Branch, rate: VatRate, view: DocumentView) -> None:
    """The category of a line within its document."""
    code = _code(rate, is_outside=is_outside(view))
    branch.text("ID", code)
    if code != "O":
        branch.text("Percent", decimal(rate.basis_points))
    branch.group("TaxScheme").text("ID", "VAT")


def vat_breakdown(root: Branch, view: DocumentView, sign: int) -> None:
    """The tax of the document, and of each category and rate in it."""
    lines, without = view.lines, is_outside(view)
    total = root.group("TaxTotal")
    total.amount("TaxAmount", sign * sum(each.vat.amount for each in lines))
    found: dict[tuple[str, int], list[Line]] = {}
    for line in lines:
        found.setdefault((_code(line.rate, is_outside=without), line.rate.basis_points), []).append(line)
    for (code, basis_points), members in sorted(found.items(), key=lambda each: (-each[0][1], each[0][0])):
        part = total.group("TaxSubtotal")
        part.amount("TaxableAmount", sign * sum(each.net.amount for each in members))
        part.amount("TaxAmount", sign * sum(each.vat.amount for each in members))
        category = part.group("TaxCategory")
        category.text("ID", code)
        if code != "O":
            category.text("Percent", decimal(basis_points))
        _reason(category, code, members, view.seller.vat_exemption)
        category.group("TaxScheme").text("ID", "VAT")


def is_outside(view: DocumentView) -> bool:
    """Whether nothing in the document is within VAT; such a one names nobody's VAT number (BR-O-02)."""
    rates = [each.rate for each in view.lines]
    is_taxed = any(each.kind is VatKind.STANDARD for each in rates)
    return (not view.seller.vat_number and not is_taxed) or all(
        each.kind in (VatKind.OUTSIDE, VatKind.ABROAD) for each in rates
    )


def _code(rate: VatRate, *, is_outside: bool) -> str:
    """O may stand with nothing else (BR-O-11): beside taxed lines what is outside VAT is said as exempt, with why."""
    if is_outside:
        return "O"
    if rate.kind is VatKind.STANDARD:
        return "S" if rate.basis_points else "Z"
    return _CODES.get(rate.kind, "E")


def _reason(category: Branch, code: str, members: list[Line], exemption: VatExemption) -> None:
    if code in _REASON_CODES:
        category.text("TaxExemptionReasonCode", _REASON_CODES[code])
    reasons = [text for kind, text in _REASONS.items() if kind in {each.rate.kind for each in members}]
    if reasons:
        category.text("TaxExemptionReason", _SELLERS.get(exemption) or "; ".join(reasons))
