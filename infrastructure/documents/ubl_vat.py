"""VAT in UBL: S for what is taxed, Z for rate zero, E for what is exempt, O where a whole document is outside VAT."""

from __future__ import annotations

from domain.kernel.documents import Line
from domain.kernel.vat import VatKind, VatRate
from infrastructure.documents.ubl_tree import Branch, decimal

_EXEMPT = "Undantag från skatteplikt, 10 kap. mervärdesskattelagen (2023:200)"
_OUTSIDE = "Utanför mervärdesskattens tillämpningsområde"


def category_of(branch: Branch, rate: VatRate, lines: tuple[Line, ...]) -> None:
    """The category of a line within its document."""
    code = _code(rate, lines)
    branch.text("ID", code)
    if code != "O":
        branch.text("Percent", decimal(rate.basis_points))
    branch.group("TaxScheme").text("ID", "VAT")


def vat_breakdown(root: Branch, lines: tuple[Line, ...], sign: int) -> None:
    """The tax of the document, and of each category and rate in it."""
    total = root.group("TaxTotal")
    total.amount("TaxAmount", sign * sum(each.vat.amount for each in lines))
    found: dict[tuple[str, int], list[Line]] = {}
    for line in lines:
        found.setdefault((_code(line.rate, lines), line.rate.basis_points), []).append(line)
    for (code, basis_points), members in sorted(found.items(), key=lambda each: (-each[0][1], each[0][0])):
        part = total.group("TaxSubtotal")
        part.amount("TaxableAmount", sign * sum(each.net.amount for each in members))
        part.amount("TaxAmount", sign * sum(each.vat.amount for each in members))
        category = part.group("TaxCategory")
        category.text("ID", code)
        if code != "O":
            category.text("Percent", decimal(basis_points))
        _reason(category, code, members)
        category.group("TaxScheme").text("ID", "VAT")


def is_outside(lines: tuple[Line, ...]) -> bool:
    """Whether nothing in the document is within VAT; such a one names nobody's VAT number (BR-O-02)."""
    return all(each.rate.kind is VatKind.OUTSIDE for each in lines)


def _code(rate: VatRate, lines: tuple[Line, ...]) -> str:
    """O may stand with nothing else (BR-O-11): beside taxed lines what is outside VAT is said as exempt, with why."""
    if rate.kind is VatKind.STANDARD:
        return "S" if rate.basis_points else "Z"
    return "O" if is_outside(lines) else "E"


def _reason(category: Branch, code: str, members: list[Line]) -> None:
    if code == "O":
        category.text("TaxExemptionReasonCode", "VATEX-EU-O")
    if code in ("O", "E"):
        kinds = {each.rate.kind for each in members}
        reasons = [text for kind, text in ((VatKind.EXEMPT, _EXEMPT), (VatKind.OUTSIDE, _OUTSIDE)) if kind in kinds]
        category.text("TaxExemptionReason", "; ".join(reasons))
