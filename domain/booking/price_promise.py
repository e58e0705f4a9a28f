"""The price that somebody on a waiting list was promised: which price list counts when the seat is theirs (S23)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.booking.waiting_rules import PriceRule
from domain.kernel.aggregate import Aggregate, event
from domain.kernel.eligibility import Eligibility, MembershipFull
from domain.kernel.ids import OrganiserId, SeasonId, price_promise_of
from domain.kernel.money import Money
from domain.programme.no_price import NoPriceForBuyer, SeatsGoTogether
from domain.programme.price import Price, PriceList, Quote


class PricePromise(Aggregate):
    """One for each place on a list. The list of prices stands in it, so that no later one counts by accident."""

    class Given(Aggregate.Created):
        organiser_id: OrganiserId
        season_id: SeasonId
        place_id: UUID
        rule: PriceRule
        prices: PriceList
        at: datetime

    class Renewed(Aggregate.Event):
        prices: PriceList
        at: datetime

        def apply(self, promise: PricePromise) -> None:
            promise.prices, promise.at = self.prices, self.at

    @staticmethod
    def create_id(place_id: UUID) -> UUID:
        """One for each place."""
        return price_promise_of(place_id)

    @event(Given)
    def __init__(
        self,
        organiser_id: OrganiserId,
        season_id: SeasonId,
        place_id: UUID,
        rule: PriceRule,
        prices: PriceList,
        at: datetime,
    ) -> None:
        self.organiser_id, self.season_id, self.place_id = organiser_id, season_id, place_id
        self.rule, self.prices, self.at = rule, prices, at

    def renew(self, prices: PriceList, at: datetime) -> None:
        """The seat is offered once more: its prices count, where that is the rule."""
        if self.rule is PriceRule.OFFERED:
            self.record(PricePromise.Renewed(prices=prices, at=at))

    def beside(self, today: PriceList | None) -> PromisedPrices | None:
        """The promised list beside today's; None where the season has no prices."""
        if today is None:
            return None
        lists: tuple[tuple[PriceList, datetime | None], ...] = ((self.prices, self.at),)
        return PromisedPrices(today, (*lists, (today, None)) if self.rule is PriceRule.JOINED else lists)


@dataclass(frozen=True)
class PromisedPrices:
    """A list of prices as `PriceList` is, for somebody who was promised one: the lowest of `lists` counts.

    Each of those is as of an instant; without one, as of now. What none of them has a price for costs what it costs
    `today`.
    """

    today: PriceList
    lists: tuple[tuple[PriceList, datetime | None], ...]

    @property
    def prices(self) -> tuple[Price, ...]:
        """Today's."""
        return self.today.prices

    @property
    def pro_rata(self) -> bool:
        """Whether it may matter how many meetings are left."""
        return any(prices.pro_rata for prices, _ in self.lists)

    def stated(self, text: str, seats: int, each: Money, eligibility: Eligibility, now: datetime) -> Quote:
        """As `PriceList.stated`: what an admin says counts now."""
        return self.today.stated(text, seats, each, eligibility, now)

    def quote(
        self, text: str, seats: int, eligibility: Eligibility, now: datetime, left: tuple[int, int] | None = None
    ) -> Quote:
        """The lowest that so many seats cost by the lists that count (S23). Raises as `PriceList.quote`."""
        found: list[Quote] = []
        for prices, at in self.lists:
            with suppress(NoPriceForBuyer, SeatsGoTogether, MembershipFull):
                found.append(prices.quote(text, seats, eligibility, at or now, left))
        if not found:
            return self.today.quote(text, seats, eligibility, now, left)
        return min(found, key=lambda quote: quote.sums.gross.amount)
