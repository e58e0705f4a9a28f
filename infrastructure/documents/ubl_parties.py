"""Seller and buyer in UBL: electronic address, postal address, VAT and legal registration."""

from __future__ import annotations

import re
from dataclasses import dataclass

from application.billing.queries.invoice import DocumentView
from domain.kernel.documents import Seller
from infrastructure.documents.ubl_tree import Branch
from infrastructure.documents.ubl_vat import is_outside

_ORG_NUMBERS = {"SE": "0007", "NO": "0192", "DK": "0184", "FI": "0212"}
"""Schemes of organisation numbers by country (ISO 6523). Germany has none: there the VAT number is the address."""
_TOWN = re.compile(r"(?:[A-Z]{1,2}-)?(\d{3} ?\d{2}|\d{4})\s+(.+)")


@dataclass(frozen=True)
class Address:
    """A postal address in parts; what is not known is empty."""

    street: str
    more: str
    town: str
    code: str


def address_of(text: str) -> Address:
    """An address as it was typed, on lines or with commas between: its postal code and town are found by their form."""
    parts = [part.strip() for part in re.split(r"[\n,]", text) if part.strip()]
    for no, part in enumerate(parts):
        found = _TOWN.fullmatch(part)
        if found:
            rest = parts[:no] + parts[no + 1 :]
            return Address(rest[0] if rest else "", ", ".join(rest[1:]), found[2], found[1])
    return Address(parts[0] if parts else "", ", ".join(parts[1:]), "", "")


def seller(root: Branch, view: DocumentView) -> None:
    """Who sells, with approval for F-tax in the words that the Swedish rules ask for."""
    sells = view.seller
    party = root.group("AccountingSupplierParty").group("Party")
    scheme, number = electronic_address(sells.country, sells.org_number, sells.vat_number)
    if number:
        party.text("EndpointID", number, schemeID=scheme)
    party.group("PartyName").text("Name", sells.name)
    _postal(party, sells.address, sells.country)
    if sells.vat_number and not is_outside(view):
        _registered(party, sells.vat_number, "VAT")
    if sells.is_f_tax and sells.country == "SE":
        _registered(party, "Godkänd för F-skatt", "TAX")
    if sells.country == "NO":
        _registered(party, "Foretaksregisteret", "TAX")
    legal = party.group("PartyLegalEntity")
    legal.text("RegistrationName", sells.name)
    _company(legal, sells.country, sells.org_number)
    if sells.registered_office:
        legal.text("CompanyLegalForm", f"Säte: {sells.registered_office}")
    _contact(party, sells)


def _contact(party: Branch, sells: Seller) -> None:
    told = {"Name": sells.contact, "Telephone": sells.phone, "ElectronicMail": sells.email}
    if any(told.values()):
        contact = party.group("Contact")
        for name, value in told.items():
            if value:
                contact.text(name, value)


def buyer(root: Branch, view: DocumentView) -> None:
    """Who buys; with an electronic address where there is one."""
    terms, name = view.terms, view.row.buyer or "-"
    party = root.group("AccountingCustomerParty").group("Party")
    scheme, _, number = terms.peppol_id.partition(":")
    if not number and view.row.organisation_id:
        scheme, number = electronic_address(terms.country, view.buyer_org_number, view.buyer_vat_number)
    if number:
        party.text("EndpointID", number, schemeID=scheme)
    party.group("PartyName").text("Name", name)
    _postal(party, view.buyer_address or "", terms.country)
    if view.buyer_vat_number and not is_outside(view):
        _registered(party, view.buyer_vat_number, "VAT")
    legal = party.group("PartyLegalEntity")
    legal.text("RegistrationName", name)
    if view.buyer_org_number:
        _company(legal, terms.country, view.buyer_org_number)


def electronic_address(country: str, org_number: str, vat_number: str) -> tuple[str, str]:
    """Where somebody of a country is reached by Peppol unless they say otherwise: scheme and number, or nothing."""
    match country:
        case "FI" if org_number:
            return "0216", f"0037{org_number}"
        case "DE":
            return ("9930", vat_number) if vat_number else ("", "")
        case "SE" | "NO" | "DK" if org_number:
            return _ORG_NUMBERS[country], _written(country, org_number)
        case _:
            return "", ""


def _company(legal: Branch, country: str, number: str) -> None:
    scheme = _ORG_NUMBERS.get(country)
    if scheme:
        legal.text("CompanyID", _written(country, number), schemeID=scheme)
    else:
        legal.text("CompanyID", number)


def _written(country: str, number: str) -> str:
    """As its scheme writes it: a Danish one with its country before it (PEPPOL-COMMON-R042), a Finnish with hyphen."""
    if country == "FI" and len(number) == 8:
        return f"{number[:7]}-{number[7:]}"
    return f"DK{number}" if country == "DK" else number


def _postal(party: Branch, text: str, country: str) -> None:
    address, postal = address_of(text), party.group("PostalAddress")
    told = {
        "StreetName": address.street,
        "AdditionalStreetName": address.more,
        "CityName": address.town,
        "PostalZone": address.code,
    }
    for name, value in told.items():
        if value:
            postal.text(name, value)
    postal.group("Country").text("IdentificationCode", country)


def _registered(party: Branch, number: str, scheme: str) -> None:
    tax = party.group("PartyTaxScheme")
    tax.text("CompanyID", number)
    tax.group("TaxScheme").text("ID", scheme)
