"""Somebody who has not signed in registers on a public page: booked at everyone's price, and nothing is given away."""

from __future__ import annotations

import pytest

from application.actor import stranger
from application.one_time import TooManyAttempts
from application.participant import Participant
from application.registration import MOST_FOR_ADDRESS, WINDOW, Register, Registered
from domain.errors import BadValue
from domain.ids import SeasonId
from domain.price import SeatsGoTogether
from domain.seating import SeatsShort
from tests.samples import Institute
from tests.scenarios.story import documents, facts, invoices, seats_left, sitting


def register(institute: Institute, season: SeasonId, name: str, *colleagues: str, key: str | None = None) -> Registered:
    """Name and address of the one who registers, and of colleagues; an empty name is to be named."""
    others = tuple(
        Participant(name=each, email=f"{each.lower()}@example.org") if each else Participant() for each in colleagues
    )
    command = Register(season, name, f"{name.lower()}@example.org", others, address="Gatan 1, 111 11 Byn")
    return institute.services.registrations.register(stranger(institute.organiser), command, key, "192.0.2.9").answer


def test_a_stranger_and_a_colleague_are_booked_in_one(institute: Institute) -> None:
    conference = institute.conference()

    answer = register(institute, conference, "Sven", "Siv", "")

    assert (answer.seats, answer.gross) == (3, 45_000_00)
    assert sitting(institute, conference) == [" – to be named", "Siv", "Sven"]
    assert invoices(institute) == [(36_000_00, 9_000_00, 45_000_00)]


def test_nobody_can_have_letters_written_to_many(institute: Institute) -> None:
    """Each address typed gets a letter: so many to one address, so many from one network address in a while."""
    conference = institute.conference(seats=2000)
    for _ in range(MOST_FOR_ADDRESS):
        register(institute, conference, "Sven")
    known = len(facts(institute))
    with pytest.raises(TooManyAttempts):
        register(institute, conference, "Sven")
    with pytest.raises(TooManyAttempts):
        register(institute, conference, "Siv", "Sven")
    assert len(facts(institute)) == known
    institute.clock.pass_by(WINDOW)
    register(institute, conference, "Siv", "Sven")


def test_many_register_from_one_place_but_not_any_number(institute: Institute) -> None:
    """A group of ninety-nine and whoever registers it, twice over, is nothing strange; the fourth group waits."""
    conference = institute.conference(seats=2000)
    who, services = stranger(institute.organiser), institute.services

    def group(no: int, place: str) -> None:
        others = tuple(Participant(name="Ada", email=f"ada{no}.{each}@example.org") for each in range(99))
        command = Register(conference, "Bo", f"bo{no}@example.org", others, address="Gatan 1, 111 11 Byn")
        services.registrations.register(who, command, place=place)

    for no in range(3):
        group(no, "192.0.2.1")
    with pytest.raises(TooManyAttempts):
        group(3, "192.0.2.1")
    group(3, "192.0.2.2")
    who = institute.admin
    group(4, "192.0.2.1")  # staff register any number


def test_an_address_with_a_seat_gets_the_same_answer_and_no_second_seat(institute: Institute) -> None:
    """S10: nothing reveals who comes."""
    conference = institute.conference()
    first = register(institute, conference, "Sven")
    known = len(facts(institute))

    assert register(institute, conference, "Sven") == first

    assert len(facts(institute)) == known
    assert seats_left(institute, conference) == 99


def test_a_colleague_with_a_seat_leaves_one_to_be_named(institute: Institute) -> None:
    """S10: who registers is booked all the same, and cannot tell that the colleague comes already."""
    conference = institute.conference()
    register(institute, conference, "Siv")

    answer = register(institute, conference, "Sven", "Siv")

    assert answer.seats == 2
    assert sitting(institute, conference) == [" – to be named", "Siv", "Sven"]
    assert [row.gross for row in documents(institute)] == [15_000_00, 30_000_00]


@pytest.mark.parametrize("colleagues", [("Sven",), ("Siv", "Siv")])
def test_nobody_is_registered_twice_in_one(institute: Institute, colleagues: tuple[str, ...]) -> None:
    conference = institute.conference()

    with pytest.raises(BadValue):
        register(institute, conference, "Sven", *colleagues)

    assert seats_left(institute, conference) == 100


def test_the_same_click_again_books_once(institute: Institute) -> None:
    conference = institute.conference()

    assert register(institute, conference, "Sven", "Siv", key="1") == register(
        institute, conference, "Sven", "Siv", key="1"
    )

    assert seats_left(institute, conference) == 98
    assert len(documents(institute)) == 1


def test_a_stranger_takes_no_more_seats_than_there_are(institute: Institute) -> None:
    conference, cluster = institute.conference(seats=1), institute.cluster()

    with pytest.raises(SeatsShort):
        register(institute, conference, "Sven", "Siv")
    with pytest.raises(SeatsGoTogether):
        register(institute, cluster, "Sven")

    assert register(institute, cluster, "Sven", "").gross == 40_000_00
    assert sitting(institute, conference) == []


@pytest.mark.parametrize("email", ["", "sven", "sven@example", "sven@\0.org"])
def test_a_stranger_gives_an_address_that_can_be_confirmed(institute: Institute, email: str) -> None:
    command = Register(institute.conference(), "Sven", email, address="Gatan 1")

    with pytest.raises(BadValue):
        institute.services.registrations.register(stranger(institute.organiser), command)
