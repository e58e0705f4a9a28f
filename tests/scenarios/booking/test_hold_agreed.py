"""Seats that are held are booked as they were promised: the price, the terms and the seats of the instant they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from application.booking.agreement import GoodsBeside
from application.booking.held_seats import HoldSeats
from application.programme.goods import CorrectGoods, OfferGoods
from application.programme.price import AgreePrices, AgreeTerms
from application.programme.season import CallOffSeason, CloseBooking
from domain.booking.booking import Booking
from domain.kernel.errors import OutcomeChanged
from domain.kernel.ids import SeasonId
from domain.kernel.money import Money
from domain.kernel.terms import Tier
from domain.kernel.vat import VAT_6
from domain.programme.price import Price
from tests.samples import AUTUMN, Institute, kronor
from tests.scenarios.cards import Cards, cards
from tests.scenarios.story import documents, facts, seated, sitting

PAID, BACK = "http://127.0.0.1/paid", "http://127.0.0.1/back"
NOTHING_BACK = (Tier(None, 10_000),)


@pytest.fixture
def shop(database_url: str) -> Iterator[Cards]:
    with cards(database_url) as made:
        yield made


def dearer(made: Institute, season: SeasonId) -> None:
    made.services.seasons.agree_prices(made.admin, AgreePrices(season, (Price(kronor(20_000)),)))


def cheaper(made: Institute, season: SeasonId) -> None:
    made.services.seasons.agree_prices(made.admin, AgreePrices(season, (Price(kronor(1_000)),)))


def stricter(made: Institute, season: SeasonId) -> None:
    made.services.seasons.agree_terms(made.admin, AgreeTerms(season, NOTHING_BACK))


def closed(made: Institute, season: SeasonId) -> None:
    made.services.seasons.close_booking(made.admin, CloseBooking(season))


@pytest.mark.parametrize("change", [dearer, cheaper, stricter, closed])
def test_what_is_paid_in_time_is_booked_as_it_was_promised(
    shop: Cards, change: Callable[[Institute, SeasonId], None]
) -> None:
    made = shop.institute
    conference = made.conference(seats=3)
    anna = made.member("Anna")
    opened = made.services.holds.hold(anna, HoldSeats(conference, seated(anna.person_id), paid_url=PAID, back_url=BACK))
    change(made, conference)
    made.clock.instant = AUTUMN + timedelta(minutes=29)
    shop.pay(opened)
    shop.hear()

    assert (sitting(made, conference), shop.company.of("refund")) == (["Anna"], [])
    assert [each.gross for each in documents(made, "invoice")] == [15_000_00]
    [booked] = [each for each in facts(made) if isinstance(each, Booking.Made)]
    assert booked.quote.price.amount == kronor(12_000)
    assert booked.terms is not None and booked.terms.assess(made.clock.instant).kept == 0


def test_terms_that_were_replaced_after_the_hold_was_over_are_not_agreed_by_paying_late(shop: Cards) -> None:
    made = shop.institute
    conference = made.conference(seats=3)
    anna = made.member("Anna")
    opened = made.services.holds.hold(anna, HoldSeats(conference, seated(anna.person_id), paid_url=PAID, back_url=BACK))
    stricter(made, conference)
    made.clock.instant = AUTUMN + timedelta(minutes=31)
    shop.pay(opened)
    shop.hear()

    assert sitting(made, conference) == [] and len(shop.company.of("refund")) == 1


def test_goods_are_sold_at_the_price_that_was_promised(shop: Cards) -> None:
    made = shop.institute
    conference = made.conference(seats=3)
    offer = OfferGoods("Boken", Money(125_00), Money(0), VAT_6)
    book = made.services.goods.offer(made.admin, offer).answer.goods_id
    anna = made.member("Anna")
    beside = GoodsBeside(book, 1, "Gatan 1, 111 11 Stockholm", with_postage=False)
    asked = HoldSeats(conference, seated(anna.person_id), paid_url=PAID, back_url=BACK, goods=beside)
    opened = made.services.holds.hold(anna, asked)
    made.services.goods.correct(made.admin, CorrectGoods(book, price=Money(200_00)))
    shop.pay(opened)
    shop.hear()

    assert (sitting(made, conference), shop.company.of("refund")) == (["Anna"], [])
    assert [each.gross for each in documents(made, "invoice")] == [15_125_00]


def test_a_season_called_off_while_seats_are_held_gives_the_money_back(shop: Cards) -> None:
    made = shop.institute
    conference = made.conference(seats=3)
    anna = made.member("Anna")
    opened = made.services.holds.hold(anna, HoldSeats(conference, seated(anna.person_id), paid_url=PAID, back_url=BACK))
    made.services.seasons.call_off(made.admin, CallOffSeason(conference, "Lokalen brann."))
    shop.pay(opened)
    shop.hear()

    assert sitting(made, conference) == [] and len(shop.company.of("refund")) == 1


def test_a_sum_that_was_not_shown_is_not_held(shop: Cards) -> None:
    made = shop.institute
    conference = made.conference(seats=3)
    anna = made.member("Anna")
    dearer(made, conference)
    with pytest.raises(OutcomeChanged):
        made.services.holds.hold(
            anna, HoldSeats(conference, seated(anna.person_id), paid_url=PAID, back_url=BACK, shown=15_000_00)
        )
