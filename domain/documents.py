"""What an invoice or a credit note consists of: lines with their tax, seller, buyer, and sums that always add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from domain.ids import OrganisationId, PersonId
from domain.money import Money, total
from domain.personal import Sealed
from domain.vat import VatRate


class LineKind(StrEnum):
    """What a line is for."""

    SEAT = "seat"
    DIFFERENCE = "difference"
    GOODS = "goods"
    POSTAGE = "postage"


@dataclass(frozen=True)
class Line:
    """One line: quantity of something at a unit price, with net and VAT as recorded amounts (rounded per line).

    `unit` is the price as quoted, with VAT in it or not (`unit_includes_vat`). Net plus VAT is the gross, exactly.
    """

    kind: LineKind
    text: str
    quantity: int
    unit: Money
    unit_includes_vat: bool
    rate: VatRate
    net: Money
    vat: Money
    refers_to: UUID | None = None

    @property
    def gross(self) -> Money:
        """Net plus VAT."""
        return self.net + self.vat

    def about(self, thing: UUID) -> Line:
        """The same line, referring to the booking or purchase it is for."""
        return replace(self, refers_to=thing)

    def part(self, number: int, of: int) -> Line:
        """The `number`th of `of` equal parts of this line; all parts add up to it."""
        return replace(self, quantity=1, net=self.net.part(number, of), vat=self.vat.part(number, of))

    def less(self, kept: int) -> Line:
        """What is left to give back when `kept` basis points are kept; given back and kept add up to the line."""
        return replace(self, net=self.net - self.net.share(kept), vat=self.vat - self.vat.share(kept))

    def minus(self, other: Line) -> Line:
        """This line less what has been taken from it already."""
        return replace(self, net=self.net - other.net, vat=self.vat - other.vat)

    def reversed(self) -> Line:
        """The line with the opposite sign, as a credit note carries it."""
        return replace(self, net=-self.net, vat=-self.vat)


def line(
    kind: LineKind, text: str, quantity: int, unit: Money, rate: VatRate, *, unit_includes_vat: bool = False
) -> Line:
    """A line with its tax: VAT is worked out once for the whole line, never per unit (S07)."""
    amount = unit.times(quantity)
    net = rate.net_of(amount) if unit_includes_vat else amount
    vat = amount - net if unit_includes_vat else rate.on(net)
    return Line(kind, text, quantity, unit, unit_includes_vat, rate, net, vat)


@dataclass(frozen=True)
class Sums:
    """What lines add up to."""

    net: Money
    vat: Money

    @property
    def gross(self) -> Money:
        """Net plus VAT."""
        return self.net + self.vat


def sums(lines: Iterable[Line], currency: str | None = None) -> Sums:
    """The sums of lines in their currency; of none: zero of `currency`, or of kronor."""
    listed = list(lines)
    if currency is None:
        currency = listed[0].net.currency if listed else "SEK"
    return Sums(total([each.net for each in listed], currency), total([each.vat for each in listed], currency))


def sums_per_rate(lines: Iterable[Line], currency: str | None = None) -> list[tuple[VatRate, Sums]]:
    """The VAT summary of a document, highest rate first."""
    grouped: dict[VatRate, list[Line]] = {}
    for each in lines:
        grouped.setdefault(each.rate, []).append(each)
    ordered = sorted(grouped, key=lambda rate: (-rate.basis_points, rate.kind))
    return [(rate, sums(grouped[rate], currency)) for rate in ordered]


@dataclass(frozen=True)
class Seller:
    """The legal seller as it stands on a document."""

    name: str
    org_number: str
    vat_number: str
    address: str
    bankgiro: str


@dataclass(frozen=True)
class Buyer:
    """The buyer as it stands on a document.

    `details` opens to a JSON object with name and address, and the organisation number that a stranger typed.
    """

    organisation_id: OrganisationId | None
    person_id: PersonId | None
    org_number: str
    vat_number: str
    reference: str
    details: Sealed


@dataclass(frozen=True)
class Supply:
    """When something is supplied: a local date (YYYY-MM-DD), a month (YYYY-MM) or "" for a date to come (S43)."""

    text: str
    on: str


def ocr_of(number: int) -> str:
    """The payment reference (OCR) of a document number, with length and check digit (Bankgirot's 10-modulus)."""
    body = str(number)
    body += str((len(body) + 2) % 10)
    digits = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body))]
    check = -sum(digit // 10 + digit % 10 for digit in digits) % 10
    return f"{body}{check}"
