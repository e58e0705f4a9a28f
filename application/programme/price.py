"""Prices and terms of a season as they are agreed: in the organiser's currency, at rates that it may charge."""

from __future__ import annotations

from dataclasses import dataclass

from application.kernel.ports import UnitOfWork
from domain.kernel.ids import SeasonId
from domain.kernel.terms import Terms, Tier, day_in
from domain.people.organiser import Organiser
from domain.programme.price import Price, PriceList
from domain.programme.season import Season


@dataclass(frozen=True)
class AgreeTerms:
    """Cancellation terms from now on.

    `fee_outside_vat`: what is kept below the full price is a fee for cancelling, without VAT, unless the terms say that
    it has the VAT of the price (Skatteverket 131 754656-13/111).
    """

    season_id: SeasonId
    tiers: tuple[Tier, ...]
    fee_outside_vat: bool = True


@dataclass(frozen=True)
class AgreePrices:
    """Prices from now on, and terms with them in the same decision where they are given."""

    season_id: SeasonId
    prices: tuple[Price, ...]
    pro_rata: bool = False
    may_book_fewer: bool = False
    terms: AgreeTerms | None = None


def terms_of(season: Season, command: AgreeTerms) -> Terms:
    """The terms as a season remembers them."""
    return Terms(0, command.tiers, season.zone, command.fee_outside_vat)


def agree_prices(work: UnitOfWork, season: Season, prices: PriceList) -> None:
    """In the organiser's currency and at rates it may charge; what is free is free in any.

    Raises OtherCurrency, NoVatNumber, BadValue.
    """
    if not prices.is_free:
        work.load(Organiser, season.organiser_id).must_sell_in(prices.prices[0].amount.currency)
        must_charge(work, season, prices)
    season.agree_prices(prices)


def must_charge(work: UnitOfWork, season: Season, prices: PriceList) -> None:
    """Raises NoVatNumber, BadValue where a price has VAT that the organiser may not charge today."""
    if not prices.is_free:
        organiser = work.load(Organiser, season.organiser_id)
        organiser.must_charge((each.vat for each in prices.prices), day_in(work.now, season.zone))
