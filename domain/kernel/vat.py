"""Value added tax: a rate or a reason why there is none (mervärdesskattelagen 2023:200)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.kernel.errors import BadValue
from domain.kernel.money import WHOLE, Money, rounded


class VatKind(StrEnum):
    """Why the rate is what it is. The last four follow from where the buyer is, never from a price list.

    `REVERSE`: a service to a business in another EU country, which pays the VAT there. `ABROAD`: a service to a
    business outside the Union. `EXPORT`: goods sent out of the Union. `EU_GOODS`: goods to a business within it.
    """

    STANDARD = "standard"
    EXEMPT = "exempt"
    OUTSIDE = "outside"
    REVERSE = "reverse"
    ABROAD = "abroad"
    EXPORT = "export"
    EU_GOODS = "eu_goods"


class VatExemption(StrEnum):
    """Why a seller charges no VAT at all: it is small (18 kap.), or has no economic activity (4 kap. 4 or 6 §)."""

    NONE = ""
    SMALL = "small"
    ASSOCIATION = "association"
    AUTHORITY = "authority"


@dataclass(frozen=True)
class VatRate:
    """A rate in basis points (2 500 is 25 %), with its kind. Exempt and outside scope have rate 0."""

    basis_points: int
    kind: VatKind = VatKind.STANDARD

    def __post_init__(self) -> None:
        if not 0 <= self.basis_points <= WHOLE:
            raise BadValue(field="vat", why="a rate is between 0 and 100 %")
        if self.kind is not VatKind.STANDARD and self.basis_points:
            raise BadValue(field="vat", why="what is exempt or outside scope has no rate")

    def on(self, net: Money) -> Money:
        """The tax on a net amount, rounded half up to whole öre."""
        return net.share(self.basis_points)

    def net_of(self, gross: Money) -> Money:
        """The net amount inside a gross one; net and tax add up to the gross exactly."""
        return Money(rounded(gross.amount * WHOLE, WHOLE + self.basis_points), gross.currency)


VAT_25 = VatRate(2_500)
VAT_12 = VatRate(1_200)
VAT_6 = VatRate(600)
NO_VAT = VatRate(0, VatKind.OUTSIDE)
EXEMPT = VatRate(0, VatKind.EXEMPT)

RATES: Mapping[str, tuple[tuple[date, frozenset[int]], ...]] = {
    "SE": ((date(1996, 1, 1), frozenset({2_500, 1_200, 600})),),
    "NO": ((date(2018, 1, 1), frozenset({2_500, 1_500, 1_200})),),
    "DK": ((date(1992, 1, 1), frozenset({2_500})),),
    "FI": (
        (date(2013, 1, 1), frozenset({2_400, 1_400, 1_000})),
        (date(2024, 9, 1), frozenset({2_550, 1_400, 1_000})),
        (date(2026, 1, 1), frozenset({2_550, 1_350, 1_000})),
    ),
    "DE": ((date(2021, 1, 1), frozenset({1_900, 700})),),
}
"""The rates of a seller's country in basis points, from a day on. Of other countries no rates are known here."""


def must_be_rate(rate: VatRate, country: str, day: date) -> None:
    """Raises BadValue for a rate that the country has not on that day, or none without its reason (9 kap.)."""
    if rate.kind in (VatKind.EXEMPT, VatKind.OUTSIDE):
        return
    if rate.kind is not VatKind.STANDARD:
        raise BadValue(field="vat", why="follows from where the buyer is, and stands in no price list")
    if not rate.basis_points:
        raise BadValue(field="vat", why="no VAT has a reason: exempt or outside scope")
    known = [rates for since, rates in RATES.get(country, ()) if since <= day]
    if known and rate.basis_points not in known[-1]:
        raise BadValue(field="vat", why="is no VAT rate of the seller's country")
