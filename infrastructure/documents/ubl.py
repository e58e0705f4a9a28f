"""Peppol BIS Billing 3: an invoice or a credit note as UBL 2.1 (EN 16931, with the Swedish rules of Peppol).

The amounts are those of the document: every line's net and VAT as recorded, never worked out anew.
"""

from __future__ import annotations

import re

from lxml import etree

from application.billing.queries.invoice import DocumentView
from application.billing.rendering import EInvoiceIncomplete
from domain.kernel.documents import Line
from domain.kernel.vat import VatKind
from infrastructure.documents.ubl_parties import buyer, seller
from infrastructure.documents.ubl_payment import payment_means
from infrastructure.documents.ubl_tree import NAMESPACES, Branch, decimal
from infrastructure.documents.ubl_vat import category_of, vat_breakdown

_CUSTOMIZATION = (
    "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
    "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PIECE = "C62"


class Ubl:
    """`application.billing.rendering.EInvoices` as UBL."""

    def write(self, view: DocumentView) -> bytes:
        """The document. Raises EInvoiceIncomplete where Peppol asks for what is not known."""
        _must_be_complete(view)
        name = "CreditNote" if view.row.kind == "credit_note" else "Invoice"
        space = f"urn:oasis:names:specification:ubl:schema:xsd:{name}-2"
        spaces: dict[str | None, str] = {None: space, **NAMESPACES}
        root = etree.Element(f"{{{space}}}{name}", nsmap=spaces)
        _fill(Branch(root, view.row.currency), view)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _must_be_complete(view: DocumentView) -> None:
    if view.terms.peppol_id and not (view.row.reference or view.terms.order_number):
        raise EInvoiceIncomplete(lacks="reference")
    if not payment_means(view):
        raise EInvoiceIncomplete(lacks="bic" if view.seller.iban else "bankgiro")
    if not view.seller.vat_number and any(each.rate.basis_points for each in view.lines):
        raise EInvoiceIncomplete(lacks="vat_number")
    if view.seller.country == view.terms.country == "DE" and not (view.seller.contact and view.seller.phone):
        raise EInvoiceIncomplete(lacks="contact")
    if not view.seller.address:
        raise EInvoiceIncomplete(lacks="address")


def _fill(root: Branch, view: DocumentView) -> None:
    is_credit, sign = view.row.kind == "credit_note", -1 if view.row.kind == "credit_note" else 1
    _head(root, view)
    seller(root, view)
    buyer(root, view)
    _delivery(root, view)
    for means in payment_means(view):
        means.write(root, view.row.ocr)
    if not is_credit:
        root.group("PaymentTerms").text("Note", _payment_terms(view))
    vat_breakdown(root, view, sign)
    _totals(root, view, sign)
    for no, line in enumerate(view.lines, start=1):
        _line(root, no, line, view, sign, is_credit=is_credit)


def _delivery(root: Branch, view: DocumentView) -> None:
    """The day of supply, where there is one; and the country that goods go to within the Union (BR-IC-12)."""
    days, is_sent = _days(view), any(each.rate.kind is VatKind.EU_GOODS for each in view.lines)
    if len(days) != 1 and not is_sent:
        return
    delivery = root.group("Delivery")
    if len(days) == 1:
        delivery.text("ActualDeliveryDate", days[0])
    if is_sent:
        address = delivery.group("DeliveryLocation").group("Address")
        address.group("Country").text("IdentificationCode", view.terms.country)


def _head(root: Branch, view: DocumentView) -> None:
    row, is_credit = view.row, view.row.kind == "credit_note"
    root.text("CustomizationID", _CUSTOMIZATION[0])
    root.text("ProfileID", _CUSTOMIZATION[1])
    root.text("ID", str(row.number))
    root.text("IssueDate", row.issued_on.isoformat())
    if row.due_on is not None and not is_credit:
        root.text("DueDate", row.due_on.isoformat())
    root.text("CreditNoteTypeCode" if is_credit else "InvoiceTypeCode", "381" if is_credit else "380")
    if note := _note(view):
        root.text("Note", note)
    root.text("DocumentCurrencyCode", row.currency)
    if row.reference or not view.terms.order_number:
        root.text("BuyerReference", row.reference or row.buyer or "-")
    days = _days(view)
    if len(days) > 1:
        span = root.group("InvoicePeriod")
        span.text("StartDate", days[0])
        span.text("EndDate", days[-1])
    if view.terms.order_number:
        root.group("OrderReference").text("ID", view.terms.order_number)
    if row.refers_to_number is not None:
        referred = root.group("BillingReference").group("InvoiceDocumentReference")
        referred.text("ID", str(row.refers_to_number))
        if view.refers_to_on is not None:
            referred.text("IssueDate", view.refers_to_on.isoformat())


def _note(view: DocumentView) -> str:
    """When what is invoiced is supplied, in words: a period alone does not name the days."""
    return "; ".join(f"{each.text} {each.on}".strip() for each in view.supply)


def _days(view: DocumentView) -> list[str]:
    """The days of supply that are known."""
    return sorted({each.on for each in view.supply if _DAY.fullmatch(each.on)})


def _payment_terms(view: DocumentView) -> str:
    """In the buyer's language: the days, and what late payment costs, as it stands on paper."""
    days, late = (view.row.due_on - view.row.issued_on).days if view.row.due_on else 0, view.late
    is_english = view.terms.language == "en"
    told = [f"{days} days net" if is_english else f"{days} dagar netto"]
    if late.warns:
        rate = "räntelagen" if late.interest is None else f"{decimal(late.interest)} %"
        told.append(f"late payment interest: {rate}" if is_english else f"dröjsmålsränta: {rate}")
    if late.reminder_fee:
        told.append(f"{'reminder fee' if is_english else 'påminnelseavgift'}: {decimal(late.reminder_fee)}")
    return ", ".join(told)


def _totals(root: Branch, view: DocumentView, sign: int) -> None:
    totals = root.group("LegalMonetaryTotal")
    totals.amount("LineExtensionAmount", sign * view.row.net)
    totals.amount("TaxExclusiveAmount", sign * view.row.net)
    totals.amount("TaxInclusiveAmount", sign * view.row.gross)
    if view.set_off:
        totals.amount("PrepaidAmount", sign * view.set_off)
    if view.rounding:
        totals.amount("PayableRoundingAmount", sign * view.rounding)
    totals.amount("PayableAmount", sign * view.to_pay)


def _line(root: Branch, no: int, line: Line, view: DocumentView, sign: int, *, is_credit: bool) -> None:
    """Price times quantity is the net, exactly: the price of a line with odd öre is that of all its units together."""
    net = sign * line.net.amount
    quantity = line.quantity if net >= 0 else -line.quantity
    branch = root.group("CreditNoteLine" if is_credit else "InvoiceLine")
    branch.text("ID", str(no))
    branch.text("CreditedQuantity" if is_credit else "InvoicedQuantity", str(quantity), unitCode=_PIECE)
    branch.amount("LineExtensionAmount", net)
    item = branch.group("Item")
    item.text("Name", line.text or line.kind.value)
    category_of(item.group("ClassifiedTaxCategory"), line.rate, view)
    price = branch.group("Price")
    is_even = abs(net) == abs(line.unit.amount) * line.quantity
    price.amount("PriceAmount", abs(line.unit.amount) if is_even else abs(net))
    if not is_even and line.quantity > 1:
        price.text("BaseQuantity", str(line.quantity), unitCode=_PIECE)
