"""Holds: seats are kept while somebody pays, to the second; late money goes back, and its payer is first in line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from application.booking import MakeBooking
from application.checkout import CardPageOpened
from application.hold import HoldSeats
from application.waiting_list import JoinWaitingList
from domain.ids import SeasonId
from domain.seating import Seating, SeatsShort
from tests.samples import AUTUMN
from tests.scenarios.cards import Cards, cards
from tests.scenarios.story import documents, facts, seated, seats_left, sitting

HALF_AN_HOUR = timedelta(minutes=30)
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def shop(database_url: str) -> Iterator[Cards]:
    with cards(database_url) as made:
        yield made


def held(shop: Cards, conference: SeasonId, name: str, key: str | None = None) -> CardPageOpened:
    made = shop.institute
    anna = made.member(name)
    asked = HoldSeats(conference, (anna.person_id,), "http://127.0.0.1/paid", "http://127.0.0.1/back")
    return made.services.holds.hold(anna, asked, key)


def test_a_hold_ends_at_its_instant(shop: Cards) -> None:
    """S12: held at 10:00:00 for 30 minutes: at 10:29:59 somebody else is refused, at 10:30:00 the seat is theirs."""
    made = shop.institute
    conference = made.conference(seats=1)
    held(shop, conference, "Anna")
    assert seats_left(made, conference) == 0
    bo = made.member("Bo")
    book = MakeBooking(conference, seated(bo.person_id))

    made.clock.instant = AUTUMN + HALF_AN_HOUR - A_SECOND
    with pytest.raises(SeatsShort):
        made.services.bookings.make(bo, book)
    made.clock.instant = AUTUMN + HALF_AN_HOUR
    made.services.bookings.make(bo, book)
    assert sitting(made, conference) == ["Bo"]


def test_money_in_time_is_a_booking_invoiced_and_paid(shop: Cards) -> None:
    """S12: at 10:29:59 it can be confirmed; told five times it is one booking, one invoice, one payment."""
    made = shop.institute
    conference = made.conference(seats=1)
    opened = held(shop, conference, "Anna")
    made.clock.instant = AUTUMN + HALF_AN_HOUR - A_SECOND
    shop.pay(opened)
    shop.hear(times=5)

    assert sitting(made, conference) == ["Anna"]
    [row] = documents(made, "invoice")
    assert (row.gross, row.paid, row.balance) == (15_000_00, 15_000_00, 0)
    made.clock.pass_by(timedelta(hours=1))
    shop.settle()
    assert (sitting(made, conference), seats_left(made, conference)) == (["Anna"], 0)
    assert shop.company.of("refund") == []


def test_who_waits_comes_after_who_pays(shop: Cards) -> None:
    """A held seat is nobody else's turn."""
    made = shop.institute
    conference = made.conference(seats=1)
    opened = held(shop, conference, "Anna")
    made.services.waiting_lists.join(made.member("Vera"), JoinWaitingList(conference, 1))
    shop.pay(opened)
    shop.hear()
    assert sitting(made, conference) == ["Anna"]


def test_late_money_goes_back_and_its_payer_is_first_in_the_queue(shop: Cards) -> None:
    """S12: paid at 10:31 with no seat left: refunded by itself, and first in the queue."""
    made = shop.institute
    conference = made.conference(seats=1)
    opened = held(shop, conference, "Anna")
    bo, vera = made.member("Bo"), made.member("Vera")
    made.clock.instant = AUTUMN + HALF_AN_HOUR
    made.services.bookings.make(bo, MakeBooking(conference, seated(bo.person_id)))
    made.services.waiting_lists.join(vera, JoinWaitingList(conference, 1))

    made.clock.instant = AUTUMN + HALF_AN_HOUR + timedelta(minutes=1)
    shop.pay(opened)
    shop.hear(times=3)
    shop.hear()

    assert [each["amount"] for each in shop.company.of("refund")] == [15_000_00]
    assert sitting(made, conference) == ["Bo"]
    waiting = made.services.rosters.waiting(made.admin, conference)
    assert [row.name for row in waiting] == ["Anna", "Vera"]
    assert len(documents(made, "invoice")) == 1
    assert sum(letter.kind == "card_returned" for letter in made.services.letters.list(made.admin)) == 1


def test_late_money_is_a_booking_where_there_is_still_a_seat(shop: Cards) -> None:
    made = shop.institute
    conference = made.conference(seats=2)
    opened = held(shop, conference, "Anna")
    made.clock.instant = AUTUMN + HALF_AN_HOUR + timedelta(minutes=1)
    shop.settle()
    assert seats_left(made, conference) == 2
    shop.pay(opened)
    shop.hear()
    assert (sitting(made, conference), shop.company.of("refund")) == (["Anna"], [])


def test_two_clicks_hold_once(shop: Cards) -> None:
    made = shop.institute
    conference = made.conference(seats=5)
    anna = made.member("Anna")
    asked = HoldSeats(conference, (anna.person_id,), "http://127.0.0.1/paid", "http://127.0.0.1/back")
    pages = {made.services.holds.hold(anna, asked, "a click").address for _ in range(2)}
    assert len(pages) == 1
    assert sum(isinstance(fact, Seating.SeatsHeld) for fact in facts(made)) == 1
