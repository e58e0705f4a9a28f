"""What an invoice or a credit note consists of: lines with their tax, seller, buyer, and sums that always add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from stdnum import luhn

from domain.kernel.ids import OrganisationId, PersonId
from domain.kernel.money import Money, rounded, total
from domain.kernel.personal import Encrypted
from domain.kernel.vat import NO_VAT, VatExemption, VatRate


class LineKind(StrEnum):
    """What a line is for."""

    SEAT = "seat"
    EXTRA = "extra"
    DIFFERENCE = "difference"
    GOODS = "goods"
    POSTAGE = "postage"
    FEE = "fee"
    INTEREST = "interest"


@dataclass(frozen=True)
class Line:
    """One line: quantity of something at a unit price, with net and VAT as recorded amounts (rounded per line).

    `unit` is the price as quoted, with VAT in it or not (`unit_includes_vat`). Net plus VAT is the gross, exactly.
    `refers_to` is the booking, purchase or transfer it is for, `season_id` the season whose revenue it is, `seat` the
    seat of a booking that money is given back for (0: all of it).
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
    season_id: UUID | None = None
    seat: int = 0

    @property
    def gross(self) -> Money:
        """Net plus VAT."""
        return self.net + self.vat

    def about(self, thing: UUID) -> Line:
        """The same line, referring to the booking or purchase it is for."""
        return replace(self, refers_to=thing)

    def within(self, season_id: UUID | None) -> Line:
        """The same line, as revenue of a season, unless it is of one already."""
        return self if self.season_id is not None else replace(self, season_id=season_id)

    def lasting(self, extent: str) -> Line:
        """The same line, which says how much of it there is: "Digital förvaltning, Säsong 4, 5 träffar"."""
        return replace(self, text=f"{self.text}, {extent}") if extent and self.text else self

    def for_seat(self, no: int) -> Line:
        """The same line, for one seat of its booking."""
        return replace(self, seat=no)

    def of(self, net: Money, vat: Money) -> Line:
        """The same line with other amounts: as many units as come out even, or one that is the whole net."""
        priced = self.net.amount
        units, odd = divmod(net.amount * self.quantity, priced) if priced else (0, 1)
        if units > 0 and not odd and net == self.unit.times(units):
            return replace(self, quantity=units, net=net, vat=vat)
        return replace(self, quantity=1, unit=net, unit_includes_vat=False, net=net, vat=vat)

    def part(self, number: int, of: int) -> Line:
        """The `number`th of `of` equal parts of this line; all parts add up to it."""
        return self.of(self.net.part(number, of), self.vat.part(number, of))

    def less(self, kept: int) -> Line:
        """What is left to give back when `kept` basis points are kept; given back and kept add up to the line."""
        return self.of(self.net - self.net.share(kept), self.vat - self.vat.share(kept))

    def minus(self, other: Line) -> Line:
        """This line less what has been taken from it already."""
        return self.of(self.net - other.net, self.vat - other.vat)

    def taxed_at(self, rate: VatRate) -> Line:
        """The same net without the VAT that is not due, for a buyer elsewhere; at its own rate nothing changes."""
        if rate == self.rate:
            return self
        unit = self.rate.net_of(self.unit) if self.unit_includes_vat else self.unit
        return replace(self, rate=rate, unit=unit, unit_includes_vat=False).of(self.net, rate.on(self.net))

    def reversed(self) -> Line:
        """The line with the opposite sign, as a credit note carries it: quantity times unit is the net, exactly."""
        even = self.of(self.net, self.vat)
        return replace(even, unit=-even.unit, net=-self.net, vat=-self.vat)


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


def rate_of(lines: Iterable[Line]) -> VatRate:
    """The rate by which a sum of lines is told to have VAT in it or none: the highest of those that cost anything."""
    rates = [each.rate for each in lines if each.net.amount]
    return max(rates, key=lambda rate: rate.basis_points, default=NO_VAT)


def sums_per_rate(lines: Iterable[Line], currency: str | None = None) -> list[tuple[VatRate, Sums]]:
    """The VAT summary of a document, highest rate first."""
    grouped: dict[VatRate, list[Line]] = {}
    for each in lines:
        grouped.setdefault(each.rate, []).append(each)
    ordered = sorted(grouped, key=lambda rate: (-rate.basis_points, rate.kind))
    return [(rate, sums(grouped[rate], currency)) for rate in ordered]


@dataclass(frozen=True)
class Seller:
    """The legal seller as it stands on a document; `is_f_tax` says "Godkänd för F-skatt", `logo` names its picture.

    `bankgiro`, `plusgiro`, `iban` with `bic`: where it is paid, one at least. `registered_office`: the municipality of
    its board.
    """

    name: str
    org_number: str
    vat_number: str
    address: str
    bankgiro: str
    is_f_tax: bool = False
    contact: str = ""
    email: str = ""
    logo: str = ""
    plusgiro: str = ""
    iban: str = ""
    bic: str = ""
    registered_office: str = ""
    country: str = "SE"
    vat_exemption: VatExemption = VatExemption.NONE
    phone: str = ""

    @property
    def account(self) -> str:
        """Where it is paid where it has no bankgiro, in words of any language here; else nothing."""
        if self.bankgiro:
            return ""
        return f"plusgiro {self.plusgiro}" if self.plusgiro else f"IBAN {self.iban}" if self.iban else ""


@dataclass(frozen=True)
class Buyer:
    """The buyer as it stands on a document.

    `details` opens to a JSON object with name and address, and the organisation number that a stranger typed.
    `reference` is the buyer's own ("Er referens"), `order_number` that of their purchase order. `peppol_id` is where
    the document goes as an e-invoice ("" for nowhere), `language` that of its paper form.
    """

    organisation_id: OrganisationId | None
    person_id: PersonId | None
    org_number: str
    vat_number: str
    reference: str
    details: Encrypted
    order_number: str = ""
    country: str = "SE"
    peppol_id: str = ""
    language: str = "sv"


@dataclass(frozen=True)
class Supply:
    """When something is supplied: a local date (YYYY-MM-DD), a month (YYYY-MM) or "" for a date to come (S43)."""

    text: str
    on: str


@dataclass(frozen=True)
class LateTerms:
    """What an invoice says of paying it late; nothing else is asked (lag 1981:739 2 §, räntelagen 6 §).

    `reminder_fee`: of one written reminder, in öre (0: none). `interest`: the yearly rate that was agreed, in basis
    points; None: by law, where the invoice `warns` of interest at all.
    """

    reminder_fee: int = 0
    interest: int | None = None
    warns: bool = False


def whole_kronor(amount: Money) -> int:
    """What rounding the total to whole kronor adds, in öre: 1–49 down, 50–99 up (lag 1970:1029); VAT stays."""
    return rounded(amount.amount, 100) * 100 - amount.amount


def ocr_of(number: int) -> str:
    """The payment reference (OCR) of a document number, with length and check digit (Bankgirot's 10-modulus)."""
    body = str(number)
    body += str((len(body) + 2) % 10)
    return body + luhn.calc_check_digit(body)
