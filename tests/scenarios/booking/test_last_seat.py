"""Many reach for the last seat at once: one gets it, however often anybody asks."""

from __future__ import annotations

import pytest

from application.booking.booking import BookingMade, MakeBooking
from application.kernel.ports import KeyReused
from application.people.participant import Participant
from domain.booking.seating import SeatsShort
from tests.infrastructure.log_of_tests import all_at_once
from tests.samples import Institute
from tests.scenarios.story import book, documents, seats_left, sitting

CLIENTS = 50


def test_fifty_reach_for_the_last_seat_and_one_gets_it(institute: Institute) -> None:
    """S11: exactly one confirmed, 49 refused, and never more seats held than there are."""
    conference = institute.conference(seats=1)
    people = [institute.member(f"Deltagare{number}") for number in range(CLIENTS)]

    def reach(which: int) -> BookingMade:
        command = MakeBooking(conference, (Participant(people[which].person_id),))
        return institute.services.bookings.make(people[which], command, f"klick {which}").answer

    came_of_it = all_at_once(CLIENTS, reach)

    booked = [each for each in came_of_it if isinstance(each, BookingMade)]
    refused = [each for each in came_of_it if isinstance(each, SeatsShort)]
    assert (len(booked), len(refused)) == (1, CLIENTS - 1)
    assert seats_left(institute, conference) == 0
    assert len(sitting(institute, conference)) == len(documents(institute)) == 1


def test_the_same_click_again_gives_the_same_booking(institute: Institute) -> None:
    """S11: a retry with the same key, also many at once and with no seat left, books nothing more."""
    conference = institute.conference(seats=1)
    anna = institute.member("Anna", institute.acme)
    command = MakeBooking(conference, (Participant(anna.person_id),), institute.acme)

    def click(_: int) -> BookingMade:
        return institute.services.bookings.make(anna, command, "ett klick").answer

    answers = [each for each in all_at_once(10, click) if isinstance(each, BookingMade)]

    assert len(answers) == 10
    assert len({each.booking_id for each in answers}) == 1
    again = institute.services.bookings.make(anna, command, "ett klick")
    assert again.repeated
    assert again.answer == answers[0]
    assert sitting(institute, conference) == ["Anna"]


def test_a_key_is_for_one_command(institute: Institute) -> None:
    """S11: the same key for something else is refused, and another person's key is another key."""
    conference = institute.conference()
    anna, bo = institute.member("Anna", institute.acme), institute.member("Bo", institute.bolt)
    institute.services.bookings.make(anna, MakeBooking(conference, (Participant(anna.person_id),)), "1")

    with pytest.raises(KeyReused):
        institute.services.bookings.make(anna, MakeBooking(conference, (Participant(),)), "1")
    institute.services.bookings.make(bo, MakeBooking(conference, (Participant(bo.person_id),)), "1")

    assert sitting(institute, conference) == ["Anna", "Bo"]


def test_nobody_sits_twice_in_a_season_however_quick_they_are(institute: Institute) -> None:
    """Two bookings of one person at once, by two colleagues: one of them is refused."""
    conference = institute.conference()
    anna = institute.person("Anna", institute.acme)

    def reach(_: int) -> BookingMade:
        return book(institute, conference, institute.acme, anna)

    came_of_it = all_at_once(8, reach)

    assert len([each for each in came_of_it if isinstance(each, BookingMade)]) == 1
    assert {type(each).__name__ for each in came_of_it} == {"BookingMade", "PersonHasSeat"}
    assert seats_left(institute, conference) == 99
