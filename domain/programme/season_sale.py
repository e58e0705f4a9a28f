"""What a season costs: its prices and cancellation terms, without which it is not opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.kernel.aggregate import Change
from domain.kernel.errors import BadValue, RuleBroken
from domain.kernel.place_of_supply import BuyerPlace, SupplyKind, rate_there
from domain.kernel.terms import Terms
from domain.programme.meeting import Format
from domain.programme.price import PriceList, Quote
from domain.programme.season_meetings import SeasonMeetings


class NotReadyToOpen(RuleBroken):
    """The season lacks what a buyer must know before booking (`missing`)."""


class SeasonSale(SeasonMeetings):
    """Of a season: what later bookings cost, and what their cancellation does."""

    title: str
    prices: PriceList | None
    terms: Terms | None

    class PricesAgreed(Change):
        prices: PriceList

    class TermsAgreed(Change):
        terms: Terms

    def taxed(self, quote: Quote, seller_country: str, buyer: BuyerPlace) -> Quote:
        """What seats cost an organisation where it is. Raises VatNumberNeeded.

        A season with no meeting in a room is taken part in online; any other is admission, taxed where people meet.
        """
        if not quote.sums.gross.amount:
            return quote
        is_online = {each.place.format for each in self.meetings.values()} == {Format.ONLINE}
        supply = SupplyKind.ONLINE if is_online else SupplyKind.ADMISSION
        rate = rate_there(quote.price.vat, supply, seller_country, buyer)
        if rate == quote.price.vat:
            return quote
        return replace(
            quote, lines=tuple(each.taxed_at(rate) for each in quote.lines), price=quote.price.taxed_at(rate)
        )

    def agree_prices(self, prices: PriceList) -> None:
        """Prices from now on; the version counts up, and bookings already made keep theirs. Raises NotReadyToOpen."""
        if self.is_open and self.terms is None and not prices.is_free:
            raise NotReadyToOpen(missing="terms")
        version = self.prices.version + 1 if self.prices else 1
        self.record(self.PricesAgreed(prices=replace(prices, version=version, zone=self.zone)))

    def agree_terms(self, terms: Terms) -> None:
        """Cancellation terms from now on, in the season's zone; bookings already made keep theirs (S30)."""
        version = self.terms.version + 1 if self.terms else 1
        self.record(self.TermsAgreed(terms=replace(terms, version=version, zone=self.zone)))

    def open_booking(self, closes_on: date | None, today: date) -> None:
        """Take bookings until a local day (included), or until closed.

        Raises NotReadyToOpen, SeasonIsDraft, SeasonCalledOff, BadValue for a day that has passed.
        """
        self.must_be_on()
        if closes_on is not None and closes_on < today:
            raise BadValue(field="closes_on", why="the day has passed")
        self.must_be_ready()
        self.must_be_shown()
        self.record(self.BookingOpened(closes_on=closes_on))

    def must_be_ready(self) -> None:
        """Raises NotReadyToOpen."""
        if not self.meetings:
            raise NotReadyToOpen(missing="meetings")
        if self.prices is None:
            raise NotReadyToOpen(missing="prices")
        if self.terms is None and not self.prices.is_free:
            raise NotReadyToOpen(missing="terms")
