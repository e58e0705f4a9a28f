"""The waiting list: who comes first is served first, nobody queues for free seats, nobody takes another's place."""

from __future__ import annotations

import pytest

from application.booking.booking import MakeBooking
from application.booking.waiting_list import JoinWaitingList, LeaveWaitingList, WaitingPlace
from application.kernel.actor import Actor
from domain.booking.seating import SeatsPromised
from domain.booking.waiting_list import AlreadyWaiting, NotWaiting, SeatsFree
from domain.kernel.ids import SeasonId
from tests.samples import Institute
from tests.scenarios.story import book, cancel, seated, seats_left, sitting


def test_a_freed_seat_goes_to_who_has_waited_longest(institute: Institute) -> None:
    """S19, the order: Ann before Bo; a third who did not wait gets nothing."""
    conference = institute.conference(seats=1)
    services = institute.services
    made = book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    ann, bo, eva = (institute.member(name, institute.bolt) for name in ("Ann", "Bo", "Eva"))
    anns, bos = (_join(institute, who, conference) for who in (ann, bo))
    assert (anns.place, bos.place) == (1, 2)
    with pytest.raises(AlreadyWaiting):
        _join(institute, ann, conference)
    cancel(institute, institute.admin, made.booking_id)

    for actor, place in ((eva, None), (bo, bos), (bo, anns), (eva, anns)):
        command = MakeBooking(conference, seated(actor.person_id), place_id=place.place_id if place else None)
        with pytest.raises((SeatsPromised, NotWaiting)):
            services.bookings.make(actor, command)
    services.bookings.make(ann, MakeBooking(conference, seated(ann.person_id), place_id=anns.place_id))

    assert sitting(institute, conference) == ["Ann"]
    assert [row.name for row in services.rosters.waiting(institute.admin, conference)] == ["Bo"]


def test_nobody_blocks_free_seats_by_waiting_for_them(institute: Institute) -> None:
    conference = institute.conference(seats=3)

    with pytest.raises(SeatsFree):
        _join(institute, institute.member("Ann", institute.bolt), conference)

    book(institute, conference, institute.bolt, None)
    assert seats_left(institute, conference) == 2


def test_who_leaves_lets_the_next_one_in(institute: Institute) -> None:
    """S22: one leaves, positions move up; another's place is not one's own to leave."""
    conference = institute.conference(seats=1)
    made = book(institute, conference, institute.acme, None)
    ann, bo = institute.member("Ann", institute.bolt), institute.member("Bo", institute.bolt)
    anns, _ = _join(institute, ann, conference), _join(institute, bo, conference)

    with pytest.raises(NotWaiting):
        institute.services.waiting_lists.leave(bo, LeaveWaitingList(conference, anns.place_id))
    institute.services.waiting_lists.leave(ann, LeaveWaitingList(conference, anns.place_id))

    institute.catch_up()
    [row] = institute.services.rosters.waiting(institute.admin, conference)
    assert (row.place, row.name) == (1, "Bo")
    cancel(institute, institute.admin, made.booking_id)
    institute.services.bookings.make(bo, MakeBooking(conference, seated(bo.person_id), place_id=row.place_id))
    assert sitting(institute, conference) == ["Bo"]


def _join(institute: Institute, actor: Actor, season: SeasonId) -> WaitingPlace:
    return institute.services.waiting_lists.join(actor, JoinWaitingList(season, seats=1)).answer
