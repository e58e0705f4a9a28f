"""Holds that end in unusual ways: before anything has tidied them away, without a card company, or reacted to twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from application.automation.card_jobs import CardJobs
from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.booking.held_seats import HoldSeats
from application.booking.registration import Register
from application.booking.reinstatement import UndoCancellation
from application.payments.checkout import CardPageOpened, Checkouts
from domain.kernel.ids import SeasonId
from tests.samples import AUTUMN
from tests.scenarios.cards import Cards, cards
from tests.scenarios.story import seated, seats_left, sitting
from tests.strangers import register

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def shop(database_url: str) -> Iterator[Cards]:
    with cards(database_url) as made:
        yield made


def held(shop: Cards, conference: SeasonId, name: str) -> CardPageOpened:
    anna = shop.institute.member(name)
    asked = HoldSeats(
        conference, seated(anna.person_id), paid_url="http://127.0.0.1/paid", back_url="http://127.0.0.1/back"
    )
    return shop.institute.services.holds.hold(anna, asked)


@pytest.mark.parametrize("act", ["register", "undo"])
def test_seats_whose_hold_has_ended_are_free_for_everybody(shop: Cards, act: str) -> None:
    """Also for a stranger and for a cancellation that is undone, before anything has tidied the hold away."""
    made = shop.institute
    conference = made.conference(seats=1)
    booking = made.services.bookings.make(
        made.admin, MakeBooking(conference, seated(None), made.acme)
    ).answer.booking_id
    made.catch_up()
    asked = made.services.cancellations.request(made.admin, RequestCancellation(booking)).answer
    made.catch_up()
    held(shop, conference, "Anna")
    made.clock.instant = AUTUMN + HALF_AN_HOUR
    if act == "undo":
        made.services.reinstatements.undo(made.admin, UndoCancellation(asked.cancellation_id))
    else:
        order = Register(conference, "Sven", "sven@example.org", address="Gatan 1, 111 11 Byn")
        register(made, order)
    made.catch_up()
    assert seats_left(made, conference) == 0
    assert len(sitting(made, conference)) == 1


def test_holds_end_where_cards_are_taken_no_longer(shop: Cards) -> None:
    """The card company's key has been taken away: the seats are free all the same."""
    made = shop.institute
    conference = made.conference(seats=1)
    held(shop, conference, "Anna")
    made.catch_up()
    made.clock.instant = AUTUMN + HALF_AN_HOUR
    card_work = next(each for each in made.house.worker.jobs.jobs if isinstance(each, CardJobs))
    card_work._checkouts = Checkouts(made.house.store.decisions, None)  # as wired without a key
    while card_work.turn():
        pass
    assert seats_left(made, conference) == 1


def test_what_has_been_given_up_is_not_booked_when_seats_are_free_again(shop: Cards) -> None:
    """The money is on its way back; whoever reacts a second time, having been killed, books nothing for it."""
    made = shop.institute
    conference = made.conference(seats=1)
    opened = held(shop, conference, "Anna")
    made.clock.instant = AUTUMN + HALF_AN_HOUR
    taken = made.services.bookings.make(made.admin, MakeBooking(conference, seated(None), made.acme)).answer
    shop.pay(opened)
    shop.hear()
    assert [each["amount"] for each in shop.company.of("refund")] == [15_000_00]
    made.services.cancellations.request(made.admin, RequestCancellation(taken.booking_id))
    made.catch_up()
    made.services.holds.confirm(opened.checkout_id)
    shop.settle()
    assert sitting(made, conference) == []
    assert [each["amount"] for each in shop.company.of("refund")] == [15_000_00]
