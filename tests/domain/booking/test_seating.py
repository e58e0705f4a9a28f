"""A seating: seats are given out while there are any, to those who have waited longest first, and never twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.booking.seating import (
    Seating,
    SeatingClosed,
    SeatsPromised,
    SeatsShort,
    open_seating,
)
from domain.booking.turn import Turn, moves
from domain.booking.waiting_list import AlreadyWaiting, NotWaiting, SeatsFree
from domain.booking.waiting_rules import Party
from domain.kernel.errors import BadValue
from domain.kernel.ids import BookingId, SeasonId
from tests.domain.vocabulary import ANNA, BO, CECILIA, NOON, ORGANISER, fact, given

ONE, OTHER = BookingId(UUID(int=1)), BookingId(UUID(int=2))
END = datetime(2027, 8, 15, 22, tzinfo=UTC)
ANNAS, BOS, CECILIAS = UUID(int=81), UUID(int=82), UUID(int=83)


def seating(seats: int, taken: int = 0) -> Seating:
    hall = open_seating(ORGANISER, SeasonId(UUID(int=31)), seats)
    if taken:
        hall.take(ONE, taken)
    return hall


def test_a_season_called_off_gets_no_more_seats_and_no_fewer() -> None:
    hall = seating(3, taken=1)
    hall.close()
    for more in (1, -1):
        given(hall).when(Seating.add_seats, more, NOON).refused(SeatingClosed)


def test_the_last_seat_is_taken() -> None:
    given(seating(1)).when(Seating.take, ONE, 1).then(fact(Seating.SeatsTaken, booking_id=ONE, seats=1))


def test_a_full_season_refuses_one_more() -> None:
    given(seating(1, taken=1)).when(Seating.take, OTHER, 1).refused(SeatsShort, asked=1, left=0)


def test_one_seat_is_never_sold_as_two() -> None:
    """S03: seven organisations hold fourteen of fifteen seats."""
    given(seating(15, taken=14)).when(Seating.take, OTHER, 2).refused(SeatsShort, asked=2, left=1)


def test_a_booking_takes_at_least_one_seat() -> None:
    given(seating(3)).when(Seating.take, ONE, 0).refused(BadValue)
    given(seating(3)).when(Seating.take, ONE, -1).refused(BadValue)


def test_a_seat_given_up_is_free_again() -> None:
    full = seating(1, taken=1)

    given(full).when(Seating.release, ONE, 1).then(fact(Seating.SeatsReleased, booking_id=ONE, seats=1))
    assert full.left_at(NOON) == 1


def test_seats_are_added_and_taken_away_but_not_from_under_people() -> None:
    given(seating(3, taken=2)).when(Seating.add_seats, 2, NOON).then(fact(Seating.SeatsAdded, seats=2))
    given(seating(3, taken=2)).when(Seating.add_seats, -1, NOON).then(fact(Seating.SeatsAdded, seats=-1))
    given(seating(3, taken=2)).when(Seating.add_seats, -2, NOON).refused(BadValue, field="seats")
    given(seating(3)).when(Seating.add_seats, 0, NOON).refused(BadValue)


def test_nothing_is_given_out_when_the_season_is_called_off() -> None:
    closed = seating(3)
    given(closed).when(Seating.close).then(fact(Seating.Closed))
    given(closed).when(Seating.close).then()
    given(closed).when(Seating.take, ONE, 1).refused(SeatingClosed)


@pytest.mark.parametrize("seats", [0, -1, 1_000_001])
def test_a_season_has_one_to_a_million_seats(seats: int) -> None:
    with pytest.raises(BadValue):
        open_seating(ORGANISER, SeasonId(UUID(int=31)), seats)


def test_who_comes_first_waits_first() -> None:
    full = seating(1, taken=1)
    given(full).when(Seating.join_queue, ANNAS, ANNA, 1).then(
        fact(Seating.QueueJoined, place_id=ANNAS, person_id=ANNA, seats=1)
    )
    assert full.join_queue(BOS, BO, 1) == 2

    full.release(ONE, 1)

    given(full).when(Seating.take, OTHER, 1).refused(SeatsPromised, waiting=2, asked=1, left=1)
    given(full).when(Seating.take, OTHER, 1, place_id=BOS).refused(SeatsPromised)
    given(full).when(Seating.take, OTHER, 1, place_id=ANNAS).then(
        fact(Seating.QueueLeft, place_id=ANNAS), fact(Seating.SeatsTaken, booking_id=OTHER, seats=1)
    )


def test_a_party_of_two_does_not_hold_up_a_single_seat() -> None:
    hall = seating(15, taken=14)
    hall.join_queue(ANNAS, ANNA, 2)

    given(hall).when(Seating.take, OTHER, 1).then(fact(Seating.SeatsTaken, booking_id=OTHER, seats=1))


def test_who_asks_for_more_than_they_waited_for_does_not_pass_the_others() -> None:
    hall = seating(3, taken=3)
    hall.join_queue(ANNAS, ANNA, 1)
    hall.join_queue(BOS, BO, 1)
    hall.release(ONE, 2)

    given(hall).when(Seating.take, OTHER, 2, place_id=ANNAS).refused(SeatsPromised)
    given(hall).when(Seating.take, OTHER, 1, place_id=ANNAS).then(
        fact(Seating.QueueLeft, place_id=ANNAS), fact(Seating.SeatsTaken, booking_id=OTHER, seats=1)
    )


def test_nobody_queues_while_there_are_seats() -> None:
    given(seating(3)).when(Seating.join_queue, ANNAS, ANNA, 2).refused(SeatsFree, left=3)


def test_nobody_queues_twice() -> None:
    full = seating(1, taken=1)
    full.join_queue(BOS, BO, 1)
    full.join_queue(ANNAS, ANNA, 1)

    given(full).when(Seating.join_queue, CECILIAS, ANNA, 2).refused(AlreadyWaiting, place=2)
    given(full).when(Seating.join_queue, CECILIAS, CECILIA, 0).refused(BadValue)


def test_who_leaves_waits_no_longer() -> None:
    full = seating(1, taken=1)
    full.join_queue(ANNAS, ANNA, 1)

    given(full).when(Seating.leave_queue, ANNAS).then(fact(Seating.QueueLeft, place_id=ANNAS))
    given(full).when(Seating.leave_queue, ANNAS).refused(NotWaiting)
    full.release(ONE, 1)
    given(full).when(Seating.take, OTHER, 1, place_id=ANNAS).refused(NotWaiting)


def test_seats_that_are_kept_are_nobody_elses_until_their_instant() -> None:
    """S45: a kept seat counts as taken, and is free from the instant its day has ended."""
    hall = seating(1)
    hall.hold(UUID(int=91), 1, END)
    given(hall).when(Seating.take, OTHER, 1).refused(SeatsShort, asked=1, left=0)
    given(hall).when(Seating.lapse, END - timedelta(microseconds=1)).then()
    given(hall).when(Seating.lapse, END).then(fact(Seating.HoldEnded, hold_id=UUID(int=91), seats=1))


def test_who_books_a_kept_seat_and_one_more_passes_nobody_with_the_other() -> None:
    hall = seating(2, taken=2)
    hall.join_queue(ANNAS, ANNA, 1)
    hall.release(ONE, 2)
    given(hall).when(Seating.take, OTHER, 2, held=1).refused(SeatsPromised, waiting=1, asked=2, left=2)
    given(hall).when(Seating.take, OTHER, 1, held=1).then(fact(Seating.SeatsTaken, booking_id=OTHER, seats=1))


def test_whoever_pays_by_card_holds_no_second_seat_beside_the_one_that_is_kept() -> None:
    hall = seating(1)
    hall.hold(UUID(int=91), 1, END)
    hall.hold(UUID(int=92), 1, END, kept=1)
    assert hall.left_at(NOON) == 0
    given(hall).when(Seating.hold, UUID(int=93), 2, END, kept=1).refused(SeatsShort, asked=1, left=0)
    hall.close()
    given(hall).when(Seating.hold, UUID(int=94), 1, END, kept=1).refused(SeatingClosed)


def test_a_hold_counts_as_free_from_its_own_instant_before_anything_has_tidied_it_away() -> None:
    hall = seating(3)
    hall.hold(UUID(int=91), 2, END)
    a_moment_before = END - timedelta(microseconds=1)

    assert (hall.left_at(a_moment_before), hall.left_at(END)) == (1, 3)
    given(hall).when(Seating.add_seats, -2, a_moment_before).refused(BadValue, field="seats")
    given(hall).when(Seating.add_seats, -2, END).then(fact(Seating.SeatsAdded, seats=-2))


def test_whoever_gets_a_seat_in_another_way_waits_no_longer() -> None:
    full = seating(1, taken=1)
    full.join_queue(ANNAS, ANNA, 1)
    full.join_queue(BOS, BO, 2)

    given(full).when(Seating.seated, CECILIA).then()
    given(full).when(Seating.seated, ANNA).then(fact(Seating.QueueLeft, place_id=ANNAS))
    given(full).when(Seating.seated, ANNA).then()


def test_one_of_two_who_wait_together_has_a_seat_and_the_place_is_kept_for_the_other() -> None:
    full = seating(1, taken=1)
    full.join_queue(BOS, BO, 2)
    full.join_queue(ANNAS, ANNA, 1)

    given(full).when(Seating.seated, BO).then(fact(Seating.PartyLessened, place_id=BOS, seats=1))
    assert full.queue == [(BOS, BO, 1), (ANNAS, ANNA, 1)]
    assert (full.place_of(CECILIA, ANNA), full.place_of(CECILIA)) == (ANNAS, None)
    full.release(ONE, 1)
    given(full).when(Seating.take, OTHER, 1, place_id=ANNAS).refused(SeatsPromised)
    given(full).when(Seating.take, OTHER, 1, place_id=BOS).then(
        fact(Seating.QueueLeft, place_id=BOS), fact(Seating.SeatsTaken, booking_id=OTHER, seats=1)
    )


def test_nothing_is_gathered_for_a_party_larger_than_the_room() -> None:
    """Anybody may ask to wait for a hundred seats; that keeps nobody else out for days."""
    hall = seating(3, taken=3)
    hall.join_queue(ANNAS, ANNA, 100)
    hall.join_queue(BOS, BO, 1)
    assert [each.turn for each in moves(hall.in_line, 1, Party.HOLD)] == [Turn.PASSED_OVER, Turn.OFFERED]
    hall.add_seats(97, NOON)
    assert [each.turn for each in moves(hall.in_line, 97, Party.HOLD)] == [Turn.GATHERED]
