"""Prices: the lowest that a buyer may have on the day, with its reason, per person or per organisation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.errors import BadValue
from domain.money import Money
from domain.price import NoPriceForBuyer, Per, Price, PriceList, SeatsGoTogether
from domain.standing import Ground, Standing, StandingFact
from domain.vat import VatKind, VatRate
from tests.domain.agreements import CLUSTER, CONFERENCE, MEMBER, MEMBER_2026
from tests.domain.vocabulary import ACME, NOON, kronor

NOBODY = Standing()


def test_a_member_pays_less_and_the_fact_is_named() -> None:
    """S02."""
    quote = CONFERENCE.quote("Konferens", 3, MEMBER, NOON)

    assert (quote.sums.net, quote.sums.vat) == (kronor(18_000), kronor(4_500))
    assert (quote.ground, quote.lapsed) == (MEMBER_2026, None)


def test_others_pay_the_price_for_everyone() -> None:
    quote = CONFERENCE.quote("Konferens", 1, NOBODY, NOON)

    assert (quote.sums.gross, quote.ground, quote.lapsed) == (kronor(15_000), None, None)


@pytest.mark.parametrize(
    ("at", "net", "is_lapsed"),
    [
        (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), 6_000, False),
        (datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC), 6_000, False),
        (datetime(2026, 12, 31, 23, tzinfo=UTC), 12_000, True),
    ],
)
def test_a_membership_ends_at_midnight_in_stockholm(at: datetime, net: int, is_lapsed: bool) -> None:
    """S09."""
    quote = CONFERENCE.quote("Konferens", 1, MEMBER, at)

    assert quote.sums.net == kronor(net)
    assert quote.lapsed == (MEMBER_2026 if is_lapsed else None)


def test_a_membership_yet_to_come_gives_nothing() -> None:
    coming = Standing((StandingFact(Ground.MEMBER, ACME, UUID(int=51), date(2027, 1, 1), None),))
    quote = CONFERENCE.quote("Konferens", 1, coming, NOON)

    assert (quote.sums.net, quote.lapsed) == (kronor(12_000), None)


def test_an_organisation_pays_once_for_all_its_persons() -> None:
    """S01."""
    assert CLUSTER.quote("Kluster", 2, NOBODY, NOON).sums.gross == kronor(40_000)


@pytest.mark.parametrize("seats", [1, 3])
def test_an_organisations_seats_go_together(seats: int) -> None:
    with pytest.raises(SeatsGoTogether) as refused:
        CLUSTER.quote("Kluster", seats, NOBODY, NOON)
    assert refused.value.facts == {"includes": 2, "asked": seats}


def test_fewer_seats_cost_as_much_where_they_may_be_booked() -> None:
    """S03."""
    lenient = PriceList(1, CLUSTER.prices, may_book_fewer=True)

    assert lenient.quote("Kluster", 1, NOBODY, NOON).sums.net == kronor(32_000)
    with pytest.raises(SeatsGoTogether):
        lenient.quote("Kluster", 3, NOBODY, NOON)


def test_an_early_bird_ends_at_midnight_of_its_day() -> None:
    early = PriceList(
        1,
        (
            Price(kronor(900), before=date(2026, 12, 1)),
            Price(kronor(1_000), from_on=date(2026, 12, 1)),
        ),
    )

    assert early.quote("Dag", 1, NOBODY, datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC)).sums.net == kronor(900)
    assert early.quote("Dag", 1, NOBODY, datetime(2026, 11, 30, 23, tzinfo=UTC)).sums.net == kronor(1_000)


def test_who_joins_late_pays_for_the_meetings_that_are_left() -> None:
    """S46: after two of five meetings, three fifths."""
    season = PriceList(1, (Price(kronor(15_000)),), pro_rata=True)
    quote = season.quote("Nätverk", 1, NOBODY, NOON, (3, 5))

    assert (quote.sums.net, quote.sums.vat) == (kronor(9_000), kronor(2_250))
    assert (quote.meetings_left, quote.meetings) == (3, 5)


def test_the_whole_price_is_paid_for_the_whole_season_or_where_the_rule_is_off() -> None:
    season = PriceList(1, (Price(kronor(15_000)),), pro_rata=True)

    assert season.quote("Nätverk", 1, NOBODY, NOON, (5, 5)).meetings_left is None
    assert PriceList(1, season.prices).quote("Nätverk", 1, NOBODY, NOON, (3, 5)).sums.net == kronor(15_000)


def test_nothing_is_sold_when_no_meeting_is_left_to_pay_for() -> None:
    season = PriceList(1, (Price(kronor(15_000)),), pro_rata=True)

    with pytest.raises(NoPriceForBuyer):
        season.quote("Nätverk", 1, NOBODY, NOON, (0, 5))


def test_a_season_for_members_has_no_price_for_others() -> None:
    closed = PriceList(1, (Price(kronor(6_000), Ground.MEMBER),))

    with pytest.raises(NoPriceForBuyer) as refused:
        closed.quote("Nätverk", 1, NOBODY, NOON)
    assert refused.value.facts == {"grounds": ["member"]}


def test_a_price_with_vat_in_it_is_what_is_paid() -> None:
    quote = PriceList(1, (Price(kronor(1_000), includes_vat=True),)).quote("Dag", 3, NOBODY, NOON)

    assert (quote.sums.net, quote.sums.vat, quote.sums.gross) == (kronor(2_400), kronor(600), kronor(3_000))


def test_prices_are_compared_without_vat() -> None:
    mixed = PriceList(1, (Price(kronor(1_000)), Price(kronor(1_100), Ground.MEMBER, includes_vat=True)))

    assert mixed.quote("Dag", 1, MEMBER, NOON).sums.net == kronor(880)


def test_a_list_in_euro_is_summed_in_euro() -> None:
    abroad = PriceList(1, (Price(Money(100_00, "EUR")),))

    assert abroad.quote("Day", 2, NOBODY, NOON).sums.gross == Money(250_00, "EUR")


@pytest.mark.parametrize(
    "prices",
    [
        (),
        (Price(kronor(1)), Price(Money(1, "EUR"))),
        (Price(kronor(1)), Price(kronor(2), per=Per.ORGANISATION, persons=2)),
        tuple(Price(kronor(amount)) for amount in range(51)),
    ],
)
def test_a_price_list_is_of_one_kind(prices: tuple[Price, ...]) -> None:
    with pytest.raises(BadValue):
        PriceList(1, prices)


def test_a_list_may_be_long_and_a_price_for_many() -> None:
    longest = PriceList(1, tuple(Price(kronor(amount), per=Per.ORGANISATION, persons=100) for amount in range(50)))

    assert longest.quote("Dag", 100, NOBODY, NOON).sums.net == kronor(0)
    assert not longest.is_free
    assert PriceList(1, (Price(kronor(0)),)).is_free
    with pytest.raises(BadValue):
        PriceList(1, longest.prices, zone="Europe/Nowhere")


IMPOSSIBLE: list[Callable[[], Price]] = [
    lambda: Price(Money(-1)),
    lambda: Price(kronor(1), persons=0),
    lambda: Price(kronor(1), from_on=date(2027, 1, 1), before=date(2027, 1, 1)),
    lambda: Price(kronor(1), vat=VatRate(10_001)),
    lambda: Price(kronor(1), vat=VatRate(600, VatKind.EXEMPT)),
]


@pytest.mark.parametrize("impossible", IMPOSSIBLE)
def test_a_price_is_possible(impossible: Callable[[], Price]) -> None:
    with pytest.raises(BadValue):
        impossible()
