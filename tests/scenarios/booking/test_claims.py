"""A claim on a season ends with its need, whichever way it is met; no claim of somebody's blocks a seat for nothing.

The claims there are, and what ends each, stand in `domain/README.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from application.booking.booking import MakeBooking, NameParticipant
from application.booking.held_seats import HoldSeats
from application.booking.merging import MergePeople
from application.booking.registration import Register
from application.booking.reinstatement import UndoCancellation
from application.booking.waiting_list import JoinWaitingList
from application.kernel.actor import Actor
from application.people.membership import EndMembership
from application.people.participant import Participant
from application.programme.season import AddSeats, CallOffSeason
from domain.booking.seating import SeatsPromised, SeatsShort
from domain.kernel.eligibility import Ground
from domain.kernel.errors import BadValue
from domain.kernel.ids import SeasonId, membership_of
from domain.kernel.terms import free_before
from domain.people.admission import Admission
from domain.programme.season_opening import SeasonCalledOff
from tests.samples import AUTUMN, Institute, conference_prices
from tests.scenarios.booking.test_first_refusal import full_season, next_season, offer, opened, states
from tests.scenarios.cards import cards
from tests.scenarios.story import book, cancel, hand_over, seated, seats_left, sitting
from tests.strangers import register

Seat = Callable[[Actor], None]


def named(made: Institute, season: SeasonId) -> Seat:
    """A seat is booked to be named; then somebody is."""
    booking = book(made, season, made.acme, None).booking_id

    def get_seat(who: Actor) -> None:
        assert who.person_id is not None
        command = NameParticipant(booking, 1, Participant(who.person_id))
        made.services.bookings.name_participant(made.admin, command)

    return get_seat


def takes_over(made: Institute, season: SeasonId) -> Seat:
    """A colleague sits there; then somebody takes the seat over."""
    booking = book(made, season, made.acme, made.person("Colleague", made.acme)).booking_id

    def get_seat(who: Actor) -> None:
        assert who.person_id is not None
        hand_over(made, made.admin, booking, 1, who.person_id)

    return get_seat


@pytest.mark.parametrize("way", [named, takes_over])
def test_a_kept_seat_is_free_as_soon_as_its_person_sits_in_another(
    institute: Institute, way: Callable[[Institute, SeasonId], Seat]
) -> None:
    """3.1."""
    season, people = full_season(institute, 2)
    again = next_season(institute, season)
    offer(institute, again, season)
    institute.services.seasons.add_seats(institute.admin, AddSeats(again, 1))
    opened(institute, again)
    assert seats_left(institute, again) == 1

    way(institute, again)(people[0])

    assert states(institute, again) == {"freed": 1, "offered": 1}
    assert seats_left(institute, again) == 1
    [row] = [r for r in institute.services.first_refusal_questions.of_season(institute.admin, again) if r.booking_id]
    assert (row.person_id, row.state) == (people[0].person_id, "freed")
    book(institute, again, institute.bolt, None)


@pytest.mark.parametrize("way", [named, takes_over])
def test_who_waits_and_gets_a_seat_leaves_the_queue(
    institute: Institute, way: Callable[[Institute, SeasonId], Seat]
) -> None:
    """3.2: the seat that is free next is anybody's."""
    conference, ann = institute.conference(seats=2), institute.member("Ann", institute.acme)
    filler = book(institute, conference, institute.bolt, None).booking_id
    get_seat = way(institute, conference)
    _wait(institute, ann, conference)
    get_seat(ann)
    cancel(institute, institute.admin, filler)
    institute.catch_up()

    assert institute.services.rosters.waiting(institute.admin, conference) == ()
    assert book(institute, conference, institute.bolt, None).left == 0


def test_one_of_a_party_of_two_gets_a_seat_and_the_place_is_for_the_other(institute: Institute) -> None:
    conference, ann = institute.conference(seats=1), institute.member("Ann", institute.acme)
    first = book(institute, conference, institute.acme, None).booking_id
    place = institute.services.waiting_lists.join(ann, JoinWaitingList(conference, 2)).answer
    assert ann.person_id is not None
    name = NameParticipant(first, 1, Participant(ann.person_id))
    institute.services.bookings.name_participant(institute.admin, name)
    institute.services.seasons.add_seats(institute.admin, AddSeats(conference, 1))
    institute.catch_up()

    [waiting] = institute.services.rosters.waiting(institute.admin, conference)
    assert (waiting.place_id, waiting.seats) == (place.place_id, 1)
    with pytest.raises(SeatsShort):  # it is offered to her already
        book(institute, conference, institute.bolt, None)
    friend = institute.person("Friend", institute.acme)
    command = MakeBooking(conference, seated(friend), institute.acme, place_id=place.place_id)
    institute.services.bookings.make(ann, command)
    assert sitting(institute, conference) == ["Ann", "Friend"]
    assert institute.services.rosters.waiting(institute.admin, conference) == ()


def test_whoever_books_for_somebody_who_waits_takes_their_turn(institute: Institute) -> None:
    conference, ann = institute.conference(seats=1), institute.member("Ann", institute.acme)
    first = book(institute, conference, institute.bolt, None).booking_id
    _wait(institute, ann, conference)
    cancel(institute, institute.admin, first)

    book(institute, conference, institute.acme, ann.person_id)

    institute.catch_up()
    assert sitting(institute, conference) == ["Ann"]
    assert institute.services.rosters.waiting(institute.admin, conference) == ()


def test_whoever_waits_gets_back_the_seat_they_had_given_up_by_mistake(institute: Institute) -> None:
    conference, ann = institute.conference(seats=1), institute.member("Ann", institute.acme)
    booking = book(institute, conference, institute.acme, ann.person_id).booking_id
    institute.catch_up()
    mistake = cancel(institute, institute.admin, booking)
    institute.catch_up()
    other = book(institute, conference, institute.bolt, None).booking_id
    _wait(institute, ann, conference)
    cancel(institute, institute.admin, other)

    institute.services.reinstatements.undo(institute.admin, UndoCancellation(mistake.cancellation_id))

    institute.catch_up()
    assert sitting(institute, conference) == ["Ann"]
    assert institute.services.rosters.waiting(institute.admin, conference) == ()


def test_a_stranger_with_the_address_of_somebody_who_waits_ends_their_waiting(institute: Institute) -> None:
    """The seat is taken by the public page: the party of two in front does not fit, Ann is behind them."""
    conference, bo, ann = institute.conference(seats=1), institute.member("Bo"), institute.member("Ann")
    first = book(institute, conference, institute.bolt, None).booking_id
    institute.services.waiting_lists.join(bo, JoinWaitingList(conference, 2))
    institute.services.waiting_lists.join(ann, JoinWaitingList(conference, 2))
    cancel(institute, institute.admin, first)
    order = Register(conference, "Ann", "ann@example.org", address="Gatan 1, 111 11 Byn")
    register(institute, order)

    institute.catch_up()
    waiting = institute.services.rosters.waiting(institute.admin, conference)
    assert [(row.name, row.seats) for row in waiting] == [("Bo", 2), ("Ann", 1)]


def test_who_may_not_join_any_longer_waits_for_nothing(institute: Institute) -> None:
    """Ann's employer is a member no longer: the seat she waited for goes to the next one."""
    members = Admission(grounds=(Ground.MEMBER,))
    season = institute.season("Nätverk", 1, conference_prices(), free_before(date(2027, 1, 3)), admission=members)
    ann, bo = institute.member("Ann", institute.delta), institute.member("Bo", institute.acme)
    first = book(institute, season, institute.acme, institute.person("Vera", institute.acme)).booking_id
    _wait(institute, ann, season)
    cancel(institute, institute.admin, first)
    with pytest.raises(SeatsPromised):
        institute.services.bookings.make(bo, MakeBooking(season, seated(bo.person_id), institute.acme))
    membership = membership_of(institute.organiser, institute.delta, Ground.MEMBER)
    institute.services.memberships.end(institute.admin, EndMembership(membership, date(2026, 8, 31)))

    institute.services.bookings.make(bo, MakeBooking(season, seated(bo.person_id), institute.acme))

    institute.catch_up()
    assert sitting(institute, season) == ["Bo"]
    assert institute.services.rosters.waiting(institute.admin, season) == ()


def test_a_season_called_off_keeps_no_seat_for_anybody(institute: Institute) -> None:
    season, people = full_season(institute, 1)
    again = next_season(institute, season)
    offer(institute, again, season)
    opened(institute, again)
    institute.services.seasons.call_off(institute.admin, CallOffSeason(again, "for lack of a speaker"))

    assert states(institute, again) == {"lapsed": 1}
    assert institute.services.first_refusal_questions.mine(people[0]) == ()
    with pytest.raises(SeasonCalledOff):
        _wait(institute, people[0], again)


def test_a_hold_that_is_over_counts_as_free_everywhere_before_the_worker_has_come(database_url: str) -> None:
    """3.3: to the instant; nothing has tidied it away."""
    with cards(database_url) as shop:
        made = shop.institute
        conference, anna = made.conference(seats=2), made.member("Anna", made.acme)
        asked = HoldSeats(
            conference, seated(anna.person_id), paid_url="http://127.0.0.1/paid", back_url="http://127.0.0.1/back"
        )
        made.services.holds.hold(anna, asked)
        made.catch_up()
        look = MakeBooking(conference, seated(None), made.acme)
        for instant, left in ((AUTUMN + timedelta(minutes=29, seconds=59), 1), (AUTUMN + timedelta(minutes=30), 2)):
            made.clock.instant = instant
            assert made.services.bookings.preview(made.admin, look).left == left
            assert made.services.programme.season(made.admin, conference).row.left == left
            listed = made.services.programme.seasons(made.organiser).items
            assert [row.left for row in listed if row.season_id == conference] == [left]
            if left == 1:
                with pytest.raises(BadValue):
                    made.services.seasons.add_seats(made.admin, AddSeats(conference, -2))
        [sums] = [each for each in made.services.invoice_questions.sums(made.finance) if each.season_id == conference]
        assert sums.seats_taken == 0
        made.services.seasons.add_seats(made.admin, AddSeats(conference, -1))
        assert book(made, conference, made.acme, None).left == 0


def test_every_way_to_a_seat_goes_through_the_one_place_that_ends_claims() -> None:
    """A way of its own to the claim on a seat would leave kept seats and queue places behind."""
    sources = Path(__file__).parents[3].joinpath("application").rglob("*.py")
    written = {path.name for path in sources if re.search(r"work\.take_unique_key\(\s*\"seat\"", path.read_text())}
    assert written == {"seat.py"}


def _wait(made: Institute, who: Actor, season: SeasonId) -> None:
    made.services.waiting_lists.join(who, JoinWaitingList(season, 1))


def test_two_entries_made_one_that_sits_have_no_other_claim(institute: Institute) -> None:
    """3.1, merged: the seat was the lesser entry's, the kept seat the greater's; a membership counts them once."""
    season, people = full_season(institute, 1)
    again = next_season(institute, season)
    offer(institute, again, season)
    institute.services.seasons.add_seats(institute.admin, AddSeats(again, 1))
    opened(institute, again)
    [greater] = people
    lesser = institute.member("AnnaB", institute.acme)
    assert greater.person_id is not None and lesser.person_id is not None
    book(institute, again, institute.acme, lesser.person_id)
    institute.catch_up()

    institute.services.merging.merge(institute.admin, MergePeople(lesser.person_id, greater.person_id))

    assert states(institute, again) == {"freed": 1} and seats_left(institute, again) == 1
