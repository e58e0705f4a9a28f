"""Value added tax: a rate or a reason why there is none (mervärdesskattelagen 2023:200)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.kernel.errors import BadValue
from domain.kernel.money import WHOLE, Money, rounded


class VatKind(StrEnum):
    """Why the rate is what it is."""

    STANDARD = "standard"
    EXEMPT = "exempt"
    OUTSIDE = "outside"


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
