"""The worker is killed while offers lapse and the next in line are offered: each once, and each told once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from random import Random
from uuid import UUID

import pytest

from application.booking.waiting_list import JoinWaitingList
from domain.kernel.ids import BookingId, SeasonId
from tests.scenarios.cards import Cards, cards
from tests.scenarios.story import book, cancel
from tests.torture.test_cards import TIMEOUT, worker

SEATS = 4
"""How many seats each season has, and how many of those who wait are offered one at a time."""


@pytest.fixture
def shop(database_url: str) -> Iterator[Cards]:
    with cards(database_url) as made:
        yield made


def test_offers_lapse_once_each_though_the_worker_is_killed(shop: Cards, database_url: str) -> None:
    lapse_while_killed(shop, database_url, seasons=2, longest=2.0)


@pytest.mark.torture
def test_two_hundred_offers_lapse_once_each_through_fifty_kills(shop: Cards, database_url: str) -> None:
    lapse_while_killed(shop, database_url, seasons=50, longest=3.0)


def lapse_while_killed(shop: Cards, database_url: str, seasons: int, longest: float) -> None:
    """A season's offers are over by the worker's clock when it starts; it is killed within `longest` seconds.

    The offers of a season are made by the clock of the story, months ago: whoever they go to next has two days by now.
    """
    seed, made = Random().randrange(10**6), shop.institute
    chance, told = Random(seed), f"seed {seed}"
    full = [_full(shop) for _ in range(seasons)]
    people = [made.member(f"Väntar{no}") for no in range(2 * SEATS)]
    for season, _ in full:
        for who in people:
            made.services.waiting_lists.join(who, JoinWaitingList(season, 1))
    made.catch_up()
    kills, began = 0, time.monotonic()
    for season, booking in full:
        cancel(made, made.admin, booking)
        assert made.services.seat_offers.move(season).answer.offered == SEATS
        with worker(shop, database_url):
            time.sleep(chance.uniform(longest / 4, longest))
        kills += 1
    _let_it_end(shop, database_url, seasons * SEATS)
    assert _count(shop, "Seating.OfferLapsed") == seasons * SEATS, told
    assert _places(shop, "Seating.OfferLapsed") == seasons * SEATS, told
    assert _count(shop, "Seating.SeatOffered") == _places(shop, "Seating.SeatOffered") == 2 * seasons * SEATS, told
    letters = dict(made.house.store.query("select kind, count(*) from letter group by kind", []))
    assert (letters["offer_lapsed"], letters["seat_offered"]) == (seasons * SEATS, 2 * seasons * SEATS), told
    took = time.monotonic() - began
    print(f"{seasons * SEATS} offers lapsed, {kills} kills, {took:.0f} s, {told}")  # noqa: T201 # read with `pytest -s`


def _full(shop: Cards) -> tuple[SeasonId, BookingId]:
    """A season without a seat to spare."""
    season = shop.institute.conference(seats=SEATS)
    return season, book(shop.institute, season, shop.institute.acme, *(None,) * SEATS).booking_id


def _let_it_end(shop: Cards, database_url: str, lapsed: int) -> None:
    """A worker that nobody kills does what is left: also the letters."""
    with worker(shop, database_url) as process:
        until = time.monotonic() + TIMEOUT
        while time.monotonic() < until and not _is_settled(shop, lapsed):
            assert process.poll() is None
            time.sleep(0.2)
    shop.institute.catch_up()


def _is_settled(shop: Cards, lapsed: int) -> bool:
    rows = shop.institute.house.store.query("select kind, count(*) from letter group by kind", [])
    letters = dict(rows)
    is_told = letters.get("offer_lapsed", 0) >= lapsed and letters.get("seat_offered", 0) >= 2 * lapsed
    return is_told and _count(shop, "Seating.OfferLapsed") >= lapsed


def _count(shop: Cards, topic: str) -> int:
    [(found,)] = shop.institute.house.store.query("select count(*) from event where topic = %s", [topic])
    return int(found)


def _places(shop: Cards, topic: str) -> int:
    """Of how many different places."""
    store = shop.institute.house.store
    rows = store.query("select convert_from(state, 'UTF8')::jsonb ->> 'place_id' from event where topic = %s", [topic])
    return len({UUID(row[0]) for row in rows})
