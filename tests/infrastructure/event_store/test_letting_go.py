"""What a decision has read is let go of as it ends: nothing of it waits for the garbage collector."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

from application.booking.booking import MakeBooking
from application.people.participant import Participant
from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import RuleBroken
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

    assert left_by(lambda: refused(store, seating)) == []


def test_refusals_of_many_at_once_leave_nothing(store: Store) -> None:
    """They are decided together, some of them in another's thread, and each is raised where it was asked for."""
    seating = open_seating(store, seats=0)

    assert left_by(lambda: all_at_once(AT_ONCE, lambda _: refused(store, seating))) == []


def refused(store: Store, seating: UUID) -> None:
    with suppress(RuleBroken):
        take_seat(store, seating)
