"""Seller and buyer in UBL: electronic address, postal address, VAT and legal registration."""

from __future__ import annotations

import re
from dataclasses import dataclass

from application.billing.queries.invoice import DocumentView
from infrastructure.documents.ubl_tree import Branch
from infrastructure.documents.ubl_vat import is_outside

_ORG_NUMBER = "0007"
_TOWN = re.compile(r"(?:[A-Z]{2}-)?(\d{3} ?\d{2})\s+(.+)")


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
    party.text("EndpointID", sells.org_number, schemeID=_ORG_NUMBER)
    party.group("PartyName").text("Name", sells.name)
    _postal(party, sells.address, "SE")
    if sells.vat_number and not is_outside(view.lines):
        _registered(party, sells.vat_number, "VAT")
    if sells.is_f_tax:
        _registered(party, "Godkänd för F-skatt", "TAX")
    legal = party.group("PartyLegalEntity")
    legal.text("RegistrationName", sells.name)
    legal.text("CompanyID", sells.org_number, schemeID=_ORG_NUMBER)
    if sells.contact or sells.email:
        contact = party.group("Contact")
        if sells.contact:
            contact.text("Name", sells.contact)
        if sells.email:
            contact.text("ElectronicMail", sells.email)


def buyer(root: Branch, view: DocumentView) -> None:
    """Who buys; with an electronic address where there is one."""
    terms, name = view.terms, view.row.buyer or "-"
    is_swedish = terms.country == "SE"
    party = root.group("AccountingCustomerParty").group("Party")
    scheme, _, number = terms.peppol_id.partition(":")
    if number:
        party.text("EndpointID", number, schemeID=scheme)
    elif is_swedish and view.buyer_org_number and view.row.organisation_id:
        party.text("EndpointID", view.buyer_org_number, schemeID=_ORG_NUMBER)
    party.group("PartyName").text("Name", name)
    _postal(party, view.buyer_address or "", terms.country)
    if view.buyer_vat_number and not is_outside(view.lines):
        _registered(party, view.buyer_vat_number, "VAT")
    legal = party.group("PartyLegalEntity")
    legal.text("RegistrationName", name)
    if view.buyer_org_number and is_swedish:
        legal.text("CompanyID", view.buyer_org_number, schemeID=_ORG_NUMBER)
    elif view.buyer_org_number:
        legal.text("CompanyID", view.buyer_org_number)


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
