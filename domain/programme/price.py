"""Prices as data: who pays what, per person or per organisation, when, and why; a quote keeps its reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.kernel.documents import Line, LineKind, Sums, line, sums
from domain.kernel.eligibility import Eligibility, Ground, StandingFact, must_cover_all_or_none
from domain.kernel.errors import BadValue
from domain.kernel.money import Money
from domain.kernel.terms import day_in, zone_named
from domain.kernel.vat import VAT_25, VatRate
from domain.programme.no_price import NoPriceForBuyer, SeatsGoTogether, no_price


class Per(StrEnum):
    """What a price is for."""

    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Price:
    """One row of a price list.

    `audience` None is everyone. `from_on` is the first and `before` the first day no longer (exclusive), local days:
    an early bird ends at 00:00 of `before`. `persons`: how many an organisation's price includes; `extra`: what each
    person beyond them costs, with VAT in it as in the price. None: no more can come.
    """

    amount: Money
    audience: Ground | None = None
    per: Per = Per.PERSON
    persons: int = 1
    vat: VatRate = VAT_25
    includes_vat: bool = False
    from_on: date | None = None
    before: date | None = None
    extra: Money | None = None

    def __post_init__(self) -> None:
        if self.amount.amount < 0:
            raise BadValue(field="amount", why="a price is not negative")
        if not 1 <= self.persons <= 100:
            raise BadValue(field="persons", why="a price is for 1 to 100 persons")
        if self.from_on and self.before and self.before <= self.from_on:
            raise BadValue(field="before", why="a price ends after it starts")
        if self.extra is not None:
            self._check_extra(self.extra)

    def _check_extra(self, extra: Money) -> None:
        if self.per is Per.PERSON:
            raise BadValue(field="extra", why="a price for each person needs no price for one more")
        if extra.amount < 0 or extra.currency != self.amount.currency:
            raise BadValue(field="extra", why="a price is not negative, and in one currency")

    @property
    def net(self) -> Money:
        """The amount without VAT."""
        return self.vat.net_of(self.amount) if self.includes_vat else self.amount

    def taxed_at(self, rate: VatRate) -> Price:
        """The same without the VAT that is not due, for a buyer elsewhere."""
        extra = self.vat.net_of(self.extra) if self.extra and self.includes_vat else self.extra
        return replace(self, amount=self.net, vat=rate, includes_vat=False, extra=extra)

    def extras(self, seats: int) -> int:
        """How many of so many persons come on top of those that an organisation's price includes."""
        return max(0, seats - self.persons) if self.per is Per.ORGANISATION else 0

    def fits(self, seats: int, *, may_book_fewer: bool) -> bool:
        """Whether so many seats can be bought at it."""
        if self.per is Per.PERSON or seats == self.persons:
            return True
        return may_book_fewer if seats < self.persons else self.extra is not None

    def lines(self, text: str, seats: int, part: tuple[int, int] | None = None) -> tuple[Line, ...]:
        """What so many seats cost, or a `part` (so many of so many meetings) of it; persons on top have their line."""
        extras = self.extras(seats)
        priced = [(LineKind.SEAT, seats if self.per is Per.PERSON else 1, self.amount)]
        if extras and self.extra is not None:
            priced.append((LineKind.EXTRA, extras, self.extra))
        units = [(kind, count, unit.fraction(*part) if part else unit) for kind, count, unit in priced]
        return tuple(
            line(kind, text, count, unit, self.vat, unit_includes_vat=self.includes_vat) for kind, count, unit in units
        )

    def cost(self, seats: int) -> int:
        """What so many seats cost without VAT, in öre, by which rows are compared."""
        return sum(each.net.amount for each in self.lines("", seats))

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on a local day."""
        return (self.from_on is None or self.from_on <= day) and (self.before is None or day < self.before)


@dataclass(frozen=True)
class Quote:
    """What somebody pays, and why: the price row and its version, the fact that gave it, and what was left to attend.

    `lapsed`: a ground that would have given a lower price had it not ended. `meetings_left` of `meetings` is set when
    the price is for the rest of a season (S46). `beyond`: a membership that would have given a lower price did it cover
    one person more. `is_stated`: an admin said what it costs for those.
    """

    lines: tuple[Line, ...]
    price: Price
    price_version: int
    decided_on: date
    ground: StandingFact | None = None
    lapsed: StandingFact | None = None
    meetings_left: int | None = None
    meetings: int | None = None
    beyond: StandingFact | None = None
    is_stated: bool = False

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
    def per(self) -> Per:
        """What its prices are for, all alike."""
        return self.prices[0].per

    @property
    def is_free(self) -> bool:
        """Whether nobody pays anything."""
        return all(price.amount.amount == 0 for price in self.prices)

    def in_force(self, day: date) -> list[Price]:
        """The prices of a local day."""
        return [price for price in self.prices if price.holds_on(day)]

    def quote(
        self, text: str, seats: int, eligibility: Eligibility, now: datetime, left: tuple[int, int] | None = None
    ) -> Quote:
        """The lowest price this buyer may have for so many seats at an instant (UTC), with its reasons.

        `left`: how many of how many meetings are still to come. Raises NoPriceForBuyer, SeatsGoTogether when there are
        prices for this buyer, but none of them is for so many seats.
        """
        day = day_in(now, self.zone)
        open_now = self.in_force(day)
        mine = [p for p in open_now if p.audience is None or eligibility.on(p.audience, day)]
        if not mine:
            return self._agreed_alone(text, seats, eligibility, now)
        price = min(self._fitting(mine, seats), key=lambda each: (each.cost(seats), each.audience is not None))
        fitting = self._for_size(open_now, seats)
        beyond = self._cheaper(price, fitting, seats, lambda ground: eligibility.beyond(ground, day))
        must_cover_all_or_none(seats, beyond)
        shortened = left if self.pro_rata and left and left[0] < left[1] else None
        if shortened and not shortened[0]:
            raise NoPriceForBuyer(grounds=[])
        quote = Quote(
            lines=price.lines(text, seats, shortened),
            price=price,
            price_version=self.version,
            decided_on=day,
            ground=eligibility.on(price.audience, day) if price.audience else None,
            lapsed=self._cheaper(price, fitting, seats, lambda ground: eligibility.lapsed(ground, day)),
            meetings_left=shortened[0] if shortened else None,
            meetings=shortened[1] if shortened else None,
            beyond=beyond,
        )
        agreed = self._agreed(text, seats, beyond, eligibility, now) if beyond else None
        return agreed if agreed and agreed.sums.net.amount < quote.sums.net.amount else quote

    def _agreed_alone(self, text: str, seats: int, eligibility: Eligibility, now: datetime) -> Quote:
        beyond, day = self.beyond(eligibility, now), day_in(now, self.zone)
        agreed = self._agreed(text, seats, beyond, eligibility, now) if beyond else None
        if agreed is None:
            grounds = [price.audience for price in self.in_force(day) if price.audience]
            raise no_price(grounds, eligibility, day, seats)
        return agreed

    def _agreed(
        self, text: str, seats: int, beyond: StandingFact, eligibility: Eligibility, now: datetime
    ) -> Quote | None:
        """At what is agreed for those whom a membership does not cover (S18): the lines say by what it was."""
        above = beyond.above
        if above is None or above.each.currency != self.prices[0].amount.currency:
            return None
        return self.stated(f"{text}, {above.why}" if above.why else text, seats, above.each, eligibility, now)

    def beyond(self, eligibility: Eligibility, now: datetime) -> StandingFact | None:
        """The first membership that gives a price here, but does not cover all who ask."""
        day = day_in(now, self.zone)
        grounds = [price.audience for price in self.in_force(day) if price.audience]
        return next((fact for ground in grounds if (fact := eligibility.beyond(ground, day))), None)

    def stated(self, text: str, seats: int, each: Money, eligibility: Eligibility, now: datetime) -> Quote:
        """What an admin says that persons cost whom a membership does not cover (S18). Raises BadValue for others."""
        day, beyond = day_in(now, self.zone), self.beyond(eligibility, now)
        if beyond is None:
            raise BadValue(field="stated", why="a price is stated for those whom a membership does not cover")
        must_cover_all_or_none(seats, beyond)
        price = Price(each, vat=self.prices[0].vat)
        if each.currency != self.prices[0].amount.currency:
            raise BadValue(field="stated", why="a price is not negative, and in one currency")
        return Quote(price.lines(text, seats), price, self.version, day, beyond=beyond, is_stated=True)

    def _cheaper(
        self, got: Price, fitting: list[Price], seats: int, fact_of: Callable[[Ground], StandingFact | None]
    ) -> StandingFact | None:
        """The fact about the first ground, of those that have one, by which the seats would have cost less."""
        grounds = [p.audience for p in fitting if p.audience and p.cost(seats) < got.cost(seats)]
        return next((fact for ground in grounds if (fact := fact_of(ground)) is not None), None)

    def _for_size(self, prices: list[Price], seats: int) -> list[Price]:
        return [each for each in prices if each.fits(seats, may_book_fewer=self.may_book_fewer)]

    def _fitting(self, mine: list[Price], seats: int) -> list[Price]:
        fitting = self._for_size(mine, seats)
        if not fitting:
            lowest = min(mine, key=lambda each: (each.net.amount, each.audience is not None))
            sizes = sorted({each.persons for each in mine})
            raise SeatsGoTogether(includes=lowest.persons, asked=seats, sizes=sizes)
        return fitting
