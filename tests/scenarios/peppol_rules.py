"""Peppol's own rules for BIS Billing 3 beside EN 16931, by their ids, written anew: no package has its schematron.

Those that our documents could touch: of the document (R…), of addresses and numbers (COMMON, CL), and of sellers in
Sweden, Norway, Denmark and Germany. A rule that warns is a rule here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from lxml import etree
from stdnum import ean, luhn
from stdnum.dk import cvr
from stdnum.no import orgnr

CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = re.compile(r"urn:fdc:peppol\.eu:2017:poacc:billing:\d{2}:1\.0")
SCHEMES = frozenset({"0007", "0037", "0060", "0088", "0184", "0192", "0204", "0212", "0213", "0215", "0216", "9930"})
"""Those of the code list of electronic addresses that sellers and buyers here may have."""
DAYS = frozenset({"IssueDate", "DueDate", "TaxPointDate", "StartDate", "EndDate", "ActualDeliveryDate"})
REASONS = {"VATEX-EU-G": "G", "VATEX-EU-O": "O", "VATEX-EU-IC": "K", "VATEX-EU-AE": "AE", "VATEX-EU-D": "E"}
SLACK = Decimal("0.02")
Broken = Iterator[tuple[str, bool]]


@dataclass(frozen=True)
class Party:
    """Seller or buyer."""

    element: etree._Element

    def text(self, path: str) -> str:
        """The first text at a path of local names below it."""
        return next(iter(texts(self.element, path)), "")

    @cached_property
    def country(self) -> str:
        return self.text("PostalAddress/Country/IdentificationCode")

    def registered(self, scheme: str) -> str:
        """Its number with a tax scheme, such as VAT."""
        schemes = nodes(self.element, "PartyTaxScheme")
        return next((one(each, "CompanyID") for each in schemes if one(each, "TaxScheme/ID") == scheme), "")


def nodes(element: etree._Element, path: str) -> list[etree._Element]:
    """The elements at a path of local names."""
    steps = "/".join(f"*[local-name()='{step}']" for step in path.split("/"))
    found = element.xpath(f"./{steps}")
    return list(found) if isinstance(found, list) else []


def texts(element: etree._Element, path: str) -> list[str]:
    """Their texts."""
    return [str(each.text or "") for each in nodes(element, path)]


def one(element: etree._Element, path: str) -> str:
    """The first of them, or nothing."""
    return next(iter(texts(element, path)), "")


def broken_peppol_rules(xml: bytes) -> list[str]:
    """The ids of the rules that a document breaks; none: it may be sent."""
    root = etree.fromstring(xml)
    seller = Party(nodes(root, "AccountingSupplierParty/Party")[0])
    buyer = Party(nodes(root, "AccountingCustomerParty/Party")[0])
    rules = (
        *(_document(root), _lines(root), _numbers(root), _codes(root)),
        *(
            _swedish(root, seller, buyer),
            _norwegian(seller),
            _danish(root, seller, buyer),
            _german(root, seller, buyer),
        ),
    )
    return [name for each in rules for name, is_kept in each if not is_kept]


def _document(root: etree._Element) -> Broken:
    seller, buyer = nodes(root, "AccountingSupplierParty/Party"), nodes(root, "AccountingCustomerParty/Party")
    currency, tax_currency = one(root, "DocumentCurrencyCode"), one(root, "TaxCurrencyCode")
    totals = nodes(root, "TaxTotal")
    whole = [each for each in totals if nodes(each, "TaxSubtotal")]
    yield "PEPPOL-EN16931-R001", bool(one(root, "ProfileID"))
    yield "PEPPOL-EN16931-R002", len(nodes(root, "Note")) <= 1
    yield "PEPPOL-EN16931-R003", bool(one(root, "BuyerReference") or one(root, "OrderReference/ID"))
    yield "PEPPOL-EN16931-R004", one(root, "CustomizationID").startswith(CUSTOMIZATION)
    yield "PEPPOL-EN16931-R005", not tax_currency or tax_currency != currency
    yield "PEPPOL-EN16931-R007", bool(PROFILE.fullmatch(one(root, "ProfileID")))
    yield "PEPPOL-EN16931-R008", all(len(each) or (each.text or "").strip() for each in root.iter("*"))
    yield "PEPPOL-EN16931-R010", bool(one(buyer[0], "EndpointID"))
    yield "PEPPOL-EN16931-R020", bool(one(seller[0], "EndpointID"))
    yield "PEPPOL-EN16931-R053", len(whole) == 1
    yield "PEPPOL-EN16931-R054", len(totals) - len(whole) == bool(tax_currency)
    yield "PEPPOL-EN16931-R061", not set(texts(root, "PaymentMeans/PaymentMeansCode")) & {"49", "59"}
    yield "PEPPOL-EN16931-R080", len(nodes(root, "AdditionalDocumentReference")) <= 1
    amounts = [each for each in root.iter("*") if each.get("currencyID")]
    in_tax_currency = {each for total in totals if total not in whole for each in nodes(total, "TaxAmount")}
    yield (
        "PEPPOL-EN16931-R051",
        all(each.get("currencyID") == currency for each in amounts if each not in in_tax_currency),
    )
    days = [str(each.text) for each in root.iter("*") if etree.QName(each).localname in DAYS]
    yield "PEPPOL-EN16931-F001", all(date.fromisoformat(each).isoformat() == each for each in days)


def _lines(root: etree._Element) -> Broken:
    is_invoice = etree.QName(root).localname == "Invoice"
    kind, counted = ("InvoiceLine", "InvoicedQuantity") if is_invoice else ("CreditNoteLine", "CreditedQuantity")
    for line in nodes(root, kind):
        net, quantity = Decimal(one(line, "LineExtensionAmount")), Decimal(one(line, counted) or "1")
        price, base = Decimal(one(line, "Price/PriceAmount") or "0"), Decimal(one(line, "Price/BaseQuantity") or "1")
        units = {str(each.get("unitCode")) for each in (*nodes(line, counted), *nodes(line, "Price/BaseQuantity"))}
        yield "PEPPOL-EN16931-R120", abs(net - quantity * price / base) <= SLACK
        yield "PEPPOL-EN16931-R121", base > 0
        yield "PEPPOL-EN16931-R130", len(units) == 1
        yield "PEPPOL-EN16931-R100", len(nodes(line, "DocumentReference")) <= 1
        period = zip(("StartDate", "EndDate"), ("R110", "R111"), strict=True)
        for name, rule in period:
            inner, outer = one(line, f"InvoicePeriod/{name}"), one(root, f"InvoicePeriod/{name}")
            is_within = inner >= outer if name == "StartDate" else inner <= outer
            yield f"PEPPOL-EN16931-{rule}", not inner or not outer or is_within


def _numbers(root: etree._Element) -> Broken:
    for each in root.iter("*"):
        scheme, number = each.get("schemeID"), str(each.text or "").strip()
        if scheme == "0007":
            yield "PEPPOL-COMMON-R049", len(number) == 10 and luhn.is_valid(number)
        elif scheme == "0088":
            yield "PEPPOL-COMMON-R040", ean.is_valid(number)
        elif scheme == "0192":
            yield "PEPPOL-COMMON-R041", orgnr.is_valid(number)
        elif scheme == "0184":
            yield "PEPPOL-COMMON-R042", number.startswith("DK") and cvr.is_valid(number.removeprefix("DK"))


def _codes(root: etree._Element) -> Broken:
    ends = [each for each in root.iter("*") if etree.QName(each).localname == "EndpointID"]
    yield "PEPPOL-EN16931-CL008", all(each.get("schemeID") in SCHEMES for each in ends)
    yield "PEPPOL-EN16931-P0100", set(texts(root, "InvoiceTypeCode")) <= {"380", "383", "386", "393"}
    yield "PEPPOL-EN16931-P0101", set(texts(root, "CreditNoteTypeCode")) <= {"381", "396"}
    for category in nodes(root, "TaxTotal/TaxSubtotal/TaxCategory"):
        code = one(category, "TaxExemptionReasonCode").upper()
        yield f"PEPPOL-EN16931-P01 {code}", code not in REASONS or REASONS[code] == one(category, "ID")


def _swedish(root: etree._Element, seller: Party, buyer: Party) -> Broken:
    if seller.country != "SE":
        return
    vat, number = seller.registered("VAT"), seller.text("PartyLegalEntity/CompanyID")
    if vat.startswith("SE"):
        yield "SE-R-001", len(vat) == 14
        yield "SE-R-002", vat[2:].isdigit()
        taxed = [
            each for each in root.iter("*") if etree.QName(each).localname in ("TaxCategory", "ClassifiedTaxCategory")
        ]
        rates = {Decimal(one(each, "Percent")) for each in taxed if one(each, "ID") == "S"}
        yield "SE-R-006", rates <= {Decimal(25), Decimal(12), Decimal(6)}
    yield "SE-R-003", number.isdigit()
    yield "SE-R-004", len(number) == 10
    yield "SE-R-013", luhn.is_valid(number)
    yield "SE-R-005", seller.registered("TAX").upper() in ("", "GODKÄND FÖR F-SKATT")
    codes = set(texts(root, "PaymentMeans/PaymentMeansCode"))
    yield "SE-R-011", not codes & {"50", "56"}
    yield "SE-R-012", buyer.country != "SE" or "31" not in codes
    for account in nodes(root, "PaymentMeans/PayeeFinancialAccount"):
        branch, digits = one(account, "FinancialInstitutionBranch/ID"), one(account, "ID")
        if branch == "SE:PLUSGIRO":
            yield "SE-R-007", digits.isdigit()
            yield "SE-R-010", 2 <= len(digits) <= 8
        if branch == "SE:BANKGIRO":
            yield "SE-R-008", digits.isdigit()
            yield "SE-R-009", len(digits) in (7, 8)


def _norwegian(seller: Party) -> Broken:
    vat = seller.registered("VAT")
    if (vat[:2] or seller.country) != "NO":
        return
    yield "NO-R-001", not vat or (bool(re.fullmatch(r"NO\d{9}MVA", vat)) and orgnr.is_valid(vat[2:11]))
    yield "NO-R-002", seller.registered("TAX") == "Foretaksregisteret"


def _danish(root: etree._Element, seller: Party, buyer: Party) -> Broken:
    if seller.country != "DK":
        return
    [legal] = nodes(seller.element, "PartyLegalEntity")
    yield "DK-R-002", bool(one(legal, "CompanyID"))
    yield "DK-R-014", all(each.get("schemeID") == "0184" for each in nodes(legal, "CompanyID"))
    if buyer.country != "DK":
        return
    yield "DK-R-016", Decimal(one(root, "LegalMonetaryTotal/PayableAmount")) >= 0
    for means in nodes(root, "PaymentMeans"):
        code = one(means, "PaymentMeansCode")
        branch = one(means, "PayeeFinancialAccount/FinancialInstitutionBranch/ID")
        yield "DK-R-005", code in ["1", "10", "31", "42", "48", "49", "50", "58", "59", "93", "97"]
        yield "DK-R-006", code not in ("31", "42") or bool(one(means, "PayeeFinancialAccount/ID") and branch)


def _german(root: etree._Element, seller: Party, buyer: Party) -> Broken:
    """Germany's rules hold where both are German."""
    if (seller.country, buyer.country) != ("DE", "DE"):
        return
    yield "DE-R-001", bool(nodes(root, "PaymentMeans"))
    yield "DE-R-002", bool(nodes(seller.element, "Contact"))
    yield "DE-R-003", bool(seller.text("PostalAddress/CityName"))
    yield "DE-R-004", bool(seller.text("PostalAddress/PostalZone"))
    yield "DE-R-005", bool(seller.text("Contact/Name"))
    yield "DE-R-006", len(re.findall(r"\d", seller.text("Contact/Telephone"))) >= 3
    yield "DE-R-007", "@" in seller.text("Contact/ElectronicMail")
    yield "DE-R-008", bool(buyer.text("PostalAddress/CityName"))
    yield "DE-R-009", bool(buyer.text("PostalAddress/PostalZone"))
    taxed = [each for each in nodes(root, "TaxTotal/TaxSubtotal/TaxCategory") if one(each, "ID") != "O"]
    yield "DE-R-014", all(one(each, "Percent") for each in taxed)
    yield "DE-R-015", bool(one(root, "BuyerReference"))
    yield "DE-R-016", not taxed or bool(seller.registered("VAT") or seller.registered("TAX"))
