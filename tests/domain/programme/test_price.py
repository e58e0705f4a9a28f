"""Prices: the lowest that a buyer may have on the day, with its reason, per person or per organisation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.kernel.documents import LineKind
from domain.kernel.eligibility import Eligibility, Ground, StandingFact
from domain.kernel.errors import BadValue
from domain.kernel.money import Money
from domain.kernel.vat import VatKind, VatRate
from domain.programme.no_price import NoPriceForBuyer, SeatsGoTogether
from domain.programme.price import Per, Price, PriceList
from tests.domain.agreements import CLUSTER, CONFERENCE, MEMBER, MEMBER_2026
from tests.domain.vocabulary import ACME, NOON, kronor

NOBODY = Eligibility()


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
    coming = Eligibility((StandingFact(Ground.MEMBER, ACME, UUID(int=51), date(2027, 1, 1), None),))
    quote = CONFERENCE.quote("Konferens", 1, coming, NOON)

    assert (quote.sums.net, quote.lapsed) == (kronor(12_000), None)


def test_an_organisation_pays_once_for_all_its_persons() -> None:
    """S01."""
    assert CLUSTER.quote("Kluster", 2, NOBODY, NOON).sums.gross == kronor(40_000)


@pytest.mark.parametrize("seats", [1, 3])
def test_an_organisations_seats_go_together(seats: int) -> None:
    with pytest.raises(SeatsGoTogether) as refused:
        CLUSTER.quote("Kluster", seats, NOBODY, NOON)
    assert refused.value.facts == {"includes": 2, "asked": seats, "sizes": [2]}


def test_fewer_seats_cost_as_much_where_they_may_be_booked() -> None:
    """S03."""
    lenient = PriceList(1, CLUSTER.prices, may_book_fewer=True)

    assert lenient.quote("Kluster", 1, NOBODY, NOON).sums.net == kronor(32_000)
    with pytest.raises(SeatsGoTogether):
        lenient.quote("Kluster", 3, NOBODY, NOON)


TWO_SIZES = PriceList(
    1,
    (
        Price(kronor(20_000), per=Per.ORGANISATION, persons=2),
        Price(kronor(27_000), per=Per.ORGANISATION, persons=3),
    ),
)
MEMBERS_COME_AS_THREE = PriceList(
    1,
    (
        Price(kronor(32_000), per=Per.ORGANISATION, persons=2),
        Price(kronor(25_000), Ground.MEMBER, per=Per.ORGANISATION, persons=3),
    ),
)
WITH_EXTRA = PriceList(
    1,
    (
        Price(kronor(32_000), per=Per.ORGANISATION, persons=2, extra=kronor(9_000)),
        Price(kronor(25_000), Ground.MEMBER, per=Per.ORGANISATION, persons=2, extra=kronor(7_500)),
        Price(kronor(44_000), per=Per.ORGANISATION, persons=4),
    ),
)


@pytest.mark.parametrize(
    ("prices", "eligibility", "seats", "net"),
    [
        (TWO_SIZES, NOBODY, 2, 20_000),
        (TWO_SIZES, NOBODY, 3, 27_000),
        (MEMBERS_COME_AS_THREE, MEMBER, 2, 32_000),
        (MEMBERS_COME_AS_THREE, MEMBER, 3, 25_000),
        (MEMBERS_COME_AS_THREE, NOBODY, 2, 32_000),
        (WITH_EXTRA, NOBODY, 2, 32_000),
        (WITH_EXTRA, NOBODY, 3, 41_000),
        (WITH_EXTRA, NOBODY, 4, 44_000),
        (WITH_EXTRA, NOBODY, 5, 59_000),
        (WITH_EXTRA, MEMBER, 4, 40_000),
    ],
)
def test_the_lowest_price_is_that_of_those_for_the_size(
    prices: PriceList, eligibility: Eligibility, seats: int, net: int
) -> None:
    """3.5."""
    assert prices.quote("Kluster", seats, eligibility, NOON).sums.net == kronor(net)


@pytest.mark.parametrize(
    ("prices", "eligibility", "seats", "facts"),
    [
        (TWO_SIZES, NOBODY, 1, {"includes": 2, "asked": 1, "sizes": [2, 3]}),
        (TWO_SIZES, NOBODY, 4, {"includes": 2, "asked": 4, "sizes": [2, 3]}),
        (MEMBERS_COME_AS_THREE, NOBODY, 3, {"includes": 2, "asked": 3, "sizes": [2]}),
        (MEMBERS_COME_AS_THREE, MEMBER, 4, {"includes": 3, "asked": 4, "sizes": [2, 3]}),
        (WITH_EXTRA, NOBODY, 1, {"includes": 2, "asked": 1, "sizes": [2, 4]}),
    ],
)
def test_a_size_that_no_price_is_for_is_refused_with_those_there_are(
    prices: PriceList, eligibility: Eligibility, seats: int, facts: dict[str, object]
) -> None:
    with pytest.raises(SeatsGoTogether) as refused:
        prices.quote("Kluster", seats, eligibility, NOON)
    assert refused.value.facts == facts


def test_persons_on_top_stand_on_a_line_of_their_own() -> None:
    quote = WITH_EXTRA.quote("Kluster", 5, MEMBER, NOON)

    assert [(each.kind, each.quantity, each.unit, each.net) for each in quote.lines] == [
        (LineKind.SEAT, 1, kronor(25_000), kronor(25_000)),
        (LineKind.EXTRA, 3, kronor(7_500), kronor(22_500)),
    ]
    late = PriceList(1, WITH_EXTRA.prices, pro_rata=True).quote("Kluster", 3, MEMBER, NOON, (1, 2))
    assert [each.net for each in late.lines] == [kronor(12_500), kronor(3_750)]


def test_what_lapsed_is_told_only_where_it_would_have_been_for_the_size() -> None:
    """A member's price for three says nothing to somebody who books two."""
    after = datetime(2027, 1, 2, tzinfo=UTC)

    assert MEMBERS_COME_AS_THREE.quote("Kluster", 2, MEMBER, after).lapsed is None
    assert WITH_EXTRA.quote("Kluster", 2, MEMBER, after).lapsed == MEMBER_2026


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
    lambda: Price(kronor(1), extra=kronor(1)),
    lambda: Price(kronor(1), per=Per.ORGANISATION, extra=Money(-1)),
    lambda: Price(kronor(1), per=Per.ORGANISATION, extra=Money(1, "EUR")),
    lambda: Price(kronor(1), vat=VatRate(10_001)),
    lambda: Price(kronor(1), vat=VatRate(600, VatKind.EXEMPT)),
]


@pytest.mark.parametrize("impossible", IMPOSSIBLE)
def test_a_price_is_possible(impossible: Callable[[], Price]) -> None:
    with pytest.raises(BadValue):
        impossible()
