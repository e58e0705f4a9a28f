"""What a decision has read is let go of as it ends: nothing of it waits for the garbage collector."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from application.booking.booking import MakeBooking
from application.people.participant import Participant
from domain.booking.seating import SeatsShort
from domain.kernel.aggregate import Aggregate
from infrastructure.event_store.identity_map import IdentityMap
from infrastructure.event_store.store import Store
from tests.infrastructure.log_of_tests import all_at_once, open_seating, take_seat
from tests.samples import Institute

AT_ONCE = 12


@contextmanager
def garbage(found: list[object]) -> Iterator[None]:
    """What a block leaves that only the garbage collector would find."""
    gc.collect()
    gc.disable()
    try:
        yield
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        found += gc.garbage
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


def left_by(act: Callable[[], object]) -> list[object]:
    """Aggregates and views of the store that an act leaves to the garbage collector."""
    act()  # what is made once for all is not meant
    found: list[object] = []
    with garbage(found):
        act()
    return [each for each in found if isinstance(each, Aggregate | IdentityMap)]


def test_a_booking_leaves_nothing_and_neither_does_what_follows_it(institute: Institute) -> None:
    season, asker = institute.conference(), institute.member("Alva", institute.acme)
    booking = MakeBooking(season, (Participant(), Participant()), institute.acme)

    def booked_and_followed() -> None:
        institute.services.bookings.make(asker, booking)
        institute.catch_up()

    assert left_by(lambda: institute.services.bookings.make(asker, booking)) == []
    assert left_by(booked_and_followed) == []


def test_a_refusal_leaves_nothing(store: Store) -> None:
    seating = open_seating(store, seats=0)

    assert is_refused(store, seating)
    assert left_by(lambda: is_refused(store, seating)) == []


def test_refusals_of_many_at_once_leave_nothing(store: Store) -> None:
    """They are decided together, some of them in another's thread, and each is raised where it was asked for."""
    seating = open_seating(store, seats=0)

    def refused_at_once() -> None:
        assert all_at_once(AT_ONCE, lambda _: is_refused(store, seating)) == [True] * AT_ONCE

    assert left_by(refused_at_once) == []


def is_refused(store: Store, seating: UUID) -> bool:
    try:
        take_seat(store, seating)
    except SeatsShort:
        return True
    return False
