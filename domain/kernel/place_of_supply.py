"""Where something is taxed that crosses a border, and so at which rate (mervärdesskattelagen 6 and 10 kap.).

Admission to a meeting is taxed where people meet, whoever buys (6:46–47, art. 53). Taking part online is taxed where a
business that buys it is (6:33, art. 44 and 54). Goods leave without VAT for outside the Union (10:64), and for a
business with a VAT number in another of its countries (10:42).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.kernel.errors import RuleBroken
from domain.kernel.numbers import is_in_eu
from domain.kernel.vat import VatKind, VatRate

_EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"


class VatNumberNeeded(RuleBroken):
    """Without the VAT number of the buyer the VAT of its country (`country`) is due, which is not charged here."""


class GoodsNotSentThere(RuleBroken):
    """Goods for somebody without a VAT number in another country of the Union (`country`) are not sent there."""


class SupplyKind(StrEnum):
    """What is sold, as far as its place is concerned."""

    ADMISSION = "admission"
    ONLINE = "online"
    GOODS = "goods"


@dataclass(frozen=True)
class BuyerPlace:
    """Where a buyer is, or goods are sent: a country, and the VAT number of a business."""

    country: str
    vat_number: str = ""
    is_organisation: bool = False


def rate_there(rate: VatRate, supply: SupplyKind, seller_country: str, buyer: BuyerPlace) -> VatRate:
    """The rate of a supply to a buyer. Raises VatNumberNeeded, GoodsNotSentThere.

    What has no VAT at home has none elsewhere. A private person's country counts for goods alone: that of the address.
    """
    is_at_home = buyer.country == seller_country
    if rate.kind is not VatKind.STANDARD or is_at_home or supply is SupplyKind.ADMISSION:
        return rate
    is_business = buyer.is_organisation and is_in_eu(buyer.vat_number) and buyer.vat_number[:2] != seller_country
    is_within = buyer.country in _EU.split() and seller_country in _EU.split()
    if supply is SupplyKind.GOODS:
        if is_within and not is_business:
            raise GoodsNotSentThere(country=buyer.country)
        return VatRate(0, VatKind.EU_GOODS if is_within else VatKind.EXPORT)
    if not buyer.is_organisation:
        return rate
    if is_within and not is_business:
        raise VatNumberNeeded(country=buyer.country)
    return VatRate(0, VatKind.REVERSE if is_within else VatKind.ABROAD)
