"""Prices as data: who pays what, per person or per organisation, when, and why; a quote keeps its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.documents import Line, LineKind, Sums, line, sums
from domain.errors import BadValue, RuleBroken
from domain.money import Money
from domain.standing import Ground, Standing, StandingFact
from domain.terms import day_in, zone_named
from domain.vat import VAT_25, VatRate


class NoPriceForBuyer(RuleBroken):
    """No price in the list is for this buyer on this day (`grounds` that have one)."""


class SeatsGoTogether(RuleBroken):
    """The price is for an organisation with `includes` persons; another number of seats cannot be booked (`asked`)."""


class Per(StrEnum):
    """What a price is for."""

    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Price:
    """One row of a price list.

    `audience` None is everyone. `from_on` is the first and `before` the first day no longer (exclusive), local days:
    an early bird ends at 00:00 of `before`. `persons`: how many an organisation's price includes.
    """

    amount: Money
    audience: Ground | None = None
    per: Per = Per.PERSON
    persons: int = 1
    vat: VatRate = VAT_25
    includes_vat: bool = False
    from_on: date | None = None
    before: date | None = None

    def __post_init__(self) -> None:
        if self.amount.amount < 0:
            raise BadValue(field="amount", why="a price is not negative")
        if not 1 <= self.persons <= 100:
            raise BadValue(field="persons", why="a price is for 1 to 100 persons")
        if self.from_on and self.before and self.before <= self.from_on:
            raise BadValue(field="before", why="a price ends after it starts")

    @property
    def net(self) -> Money:
        """The amount without VAT, by which rows are compared."""
        return self.vat.net_of(self.amount) if self.includes_vat else self.amount

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on a local day."""
        return (self.from_on is None or self.from_on <= day) and (self.before is None or day < self.before)


@dataclass(frozen=True)
class Quote:
    """What somebody pays, and why: the price row and its version, the fact that gave it, and what was left to attend.

    `lapsed`: a ground that would have given a lower price had it not ended. `meetings_left` of `meetings` is set when
    the price is for the rest of a season (S46).
    """

    lines: tuple[Line, ...]
    price: Price
    price_version: int
    decided_on: date
    ground: StandingFact | None = None
    lapsed: StandingFact | None = None
    meetings_left: int | None = None
    meetings: int | None = None

    @property
    def sums(self) -> Sums:
        """What the quote adds up to."""
        return sums(self.lines, self.price.amount.currency)


@dataclass(frozen=True)
class PriceList:
    """The prices of a season, agreed as one version. `pro_rata`: who joins late pays for the meetings that are left.
    `may_book_fewer`: an organisation may take fewer seats than its price includes, at the same price (S03).
    """

    version: int
    prices: tuple[Price, ...]
    pro_rata: bool = False
    may_book_fewer: bool = False
    zone: str = "Europe/Stockholm"

    def __post_init__(self) -> None:
        zone_named(self.zone)
        if not self.prices or len(self.prices) > 50:
            raise BadValue(field="prices", why="a price list has 1 to 50 prices")
        if len({price.amount.currency for price in self.prices}) > 1:
            raise BadValue(field="prices", why="one price list has one currency")
        if len({price.per for price in self.prices}) > 1:
            raise BadValue(field="prices", why="a season is sold per person or per organisation, not both")

    @property
    def is_free(self) -> bool:
        """Whether nobody pays anything."""
        return all(price.amount.amount == 0 for price in self.prices)

    def quote(
        self, text: str, seats: int, standing: Standing, now: datetime, left: tuple[int, int] | None = None
    ) -> Quote:
        """The lowest price this buyer may have at an instant (UTC), with its reasons.

        `left`: how many of how many meetings are still to come. Raises NoPriceForBuyer, SeatsGoTogether.
        """
        day = day_in(now, self.zone)
        open_now = [price for price in self.prices if price.holds_on(day)]
        mine = [p for p in open_now if p.audience is None or standing.on(p.audience, day)]
        if not mine:
            raise NoPriceForBuyer(grounds=[p.audience.value for p in open_now if p.audience])
        price = min(mine, key=lambda each: (each.net.amount, each.audience is not None))
        self._check_seats(price, seats)
        shortened = left if self.pro_rata and left and left[0] < left[1] else None
        if shortened and not shortened[0]:
            raise NoPriceForBuyer(grounds=[])
        unit = price.amount.fraction(*shortened) if shortened else price.amount
        units = seats if price.per is Per.PERSON else 1
        booked = line(LineKind.SEAT, text, units, unit, price.vat, unit_includes_vat=price.includes_vat)
        return Quote(
            lines=(booked,),
            price=price,
            price_version=self.version,
            decided_on=day,
            ground=standing.on(price.audience, day) if price.audience else None,
            lapsed=self._missed(price, open_now, standing, day),
            meetings_left=shortened[0] if shortened else None,
            meetings=shortened[1] if shortened else None,
        )

    def _check_seats(self, price: Price, seats: int) -> None:
        is_short = seats < price.persons and self.may_book_fewer
        if price.per is Per.ORGANISATION and seats != price.persons and not is_short:
            raise SeatsGoTogether(includes=price.persons, asked=seats)

    def _missed(self, got: Price, open_now: list[Price], standing: Standing, day: date) -> StandingFact | None:
        cheaper = [p for p in open_now if p.audience and p.net.amount < got.net.amount]
        found = [standing.lapsed(p.audience, day) for p in cheaper if p.audience]
        return next((fact for fact in found if fact is not None), None)
