"""What strangers hold: a share of what is not sold, until an instant, confirmed once; and what counts as one place."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from application.kernel.one_time_token import place_on_net
from domain.booking.registration_rules import RegistrationRules
from domain.booking.seating import Seating, SeatsShort, TooManyUnconfirmed, open_seating
from domain.kernel.errors import BadValue
from domain.kernel.ids import BookingId, OrganiserId, SeasonId
from tests.domain.vocabulary import NOON

LATER = NOON + timedelta(hours=1)


def seating(seats: int, taken: int = 0) -> Seating:
    made = open_seating(OrganiserId(uuid4()), SeasonId(uuid4()), seats)
    if taken:
        made.take(BookingId(uuid4()), taken)
    return made


def hold(made: Seating, seats: int, share: int = 50, least: int = 1, until: datetime = LATER) -> UUID:
    held = uuid4()
    made.hold_unconfirmed(held, seats, until, share=share, least=least)
    return held


@pytest.mark.parametrize(
    ("seats", "taken", "share", "least", "most"),
    [
        (70, 0, 50, 1, 35),
        (71, 0, 50, 1, 36),
        (100, 60, 50, 1, 20),
        (1, 0, 50, 1, 1),
        (4, 2, 50, 2, 2),
        (10, 0, 1, 1, 1),
    ],
)
def test_strangers_hold_a_share_of_what_is_not_sold(seats: int, taken: int, share: int, least: int, most: int) -> None:
    made = seating(seats, taken)
    with pytest.raises(TooManyUnconfirmed if most < seats - taken else SeatsShort):
        hold(made, most + 1, share, least)
    hold(made, most, share, least)
    with pytest.raises((TooManyUnconfirmed, SeatsShort)):
        hold(made, 1, share, least)


def test_what_is_over_or_confirmed_counts_no_longer() -> None:
    made = seating(10)
    first = hold(made, 5)
    made.end_hold(first, NOON)
    made.take(BookingId(uuid4()), 5, held=5)
    second = hold(made, 3)
    made.lapse(LATER)
    assert (second in made.holds, made.unconfirmed) == (False, set())
    assert made.left_at(LATER) == 5


def test_what_members_hold_is_not_counted_among_strangers() -> None:
    made = seating(10)
    made.hold(uuid4(), 5, LATER)
    hold(made, 5)
    assert made.left_at(NOON) == 0


@pytest.mark.parametrize(
    "rules",
    [
        {"hold_minutes": 4},
        {"hold_minutes": 2881},
        {"seats_of_address": 0},
        {"seats_from_place": 0},
        {"share": 0},
        {"share": 101},
        {"application_hours": -1},
        {"application_hours": 169},
    ],
)
def test_rules_that_cannot_be(rules: dict[str, int]) -> None:
    usual = {
        "hold_minutes": 60,
        "seats_of_address": 10,
        "seats_from_place": 100,
        "share": 50,
        "application_hours": 48,
    }
    with pytest.raises(BadValue):
        RegistrationRules(organiser_id=OrganiserId(uuid4())).change(**{**usual, **rules})


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.9", "192.0.2.9"), ("::ffff:192.0.2.9", "192.0.2.9"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"), ("fe80::1%eth0", "fe80::/64"), ("", ""), ("unix:", "unix:"),
        ("192.0.2.9:50123", "192.0.2.9"), ("[2001:db8:1:2::7]:443", "2001:db8:1:2::/64"), ("[::1]", "::/64"),
        ("192.0.2.9:", "192.0.2.9:"),
    ],
)  # fmt: skip
def test_one_place_on_the_net(address: str, place: str) -> None:
    assert place_on_net(address) == place
