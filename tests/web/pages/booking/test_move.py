"""Moving a seat on the pages (S15): the offer on the other city's page, the move, and booking another all the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from application.booking.booking import MakeBooking
from application.people.participant import Participant
from application.programme.meeting import PlannedMeeting, ScheduleMeeting
from application.programme.season import OpenBooking, PlanSeason
from domain.kernel.ids import BookingId, SeasonId
from domain.programme.meeting_time import scheduled
from tests.scenarios.story import FREE
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def cities(acted: Stage, *names: str) -> list[SeasonId]:
    made = acted.institute
    network = made.network("Öppet Forum")
    found = []
    for day, name in enumerate(names, start=20):
        time = scheduled(datetime(2026, 11, day, 13), datetime(2026, 11, day, 15))  # noqa: DTZ001 # local wall-clock time
        command = PlanSeason(network, name, 2, meetings=(PlannedMeeting(name, time),), prices=FREE, content="Motvind")
        season = made.services.seasons.plan(made.admin, command).answer.season_id
        made.services.seasons.open_booking(made.admin, OpenBooking(season))
        found.append(season)
    return found


def seat(acted: Stage, season: SeasonId) -> BookingId:
    made = acted.institute
    command = MakeBooking(season, (Participant(acted.bertil),))
    booking = made.services.bookings.make(made.acting(acted.bertil), command).answer.booking_id
    made.catch_up()
    return booking


def test_s15_the_other_citys_page_offers_to_move_the_seat_and_it_moves(acted: Stage) -> None:
    stockholm, malmo = cities(acted, "Stockholm", "Malmö")
    booking, bertil = seat(acted, stockholm), acted.browser("bertil")
    page = bertil.open(f"/{SLUG}/seasons/{malmo}")
    assert page.says("Du har redan en plats för samma innehåll", "Flytta den hit")
    refused = bertil.send(page, "shown", do="book")
    assert refused.status == 409 and refused.says("Flytta den hit i stället för att boka en till")
    move = bertil.open(f"/{SLUG}/bookings/{booking}/seats/1/move?to={malmo}")
    assert move.says("Malmö", "kostar ingenting")
    done = bertil.send(move, "to")
    assert done.says("Platsen är flyttad hit.", "Malmö")
    assert bertil.open(f"/{SLUG}/seasons/{stockholm}").says("Flytta den hit")


def test_s15_another_seat_may_be_booked_all_the_same(acted: Stage) -> None:
    stockholm, malmo = cities(acted, "Stockholm", "Malmö")
    seat(acted, stockholm)
    bertil = acted.browser("bertil")
    done = bertil.send(bertil.open(f"/{SLUG}/seasons/{malmo}"), "shown", do="book", again="yes")
    assert done.status == 200 and "/bookings/" in done.address


def test_nobody_else_moves_it_and_a_full_city_says_so(acted: Stage) -> None:
    stockholm, malmo = cities(acted, "Stockholm", "Malmö")
    booking = seat(acted, stockholm)
    path = f"/{SLUG}/bookings/{booking}/seats/1/move"
    for who in ("cecilia", "finance", ""):
        assert "Flytta platsen" not in acted.browser(who).open(path).words
    made = acted.institute
    for name in ("Eva", "Greta"):
        made.services.bookings.make(made.admin, MakeBooking(malmo, (Participant(made.person(name)),), made.acme))
    page = acted.browser("bertil").open(path)
    assert "kostar ingenting" not in page.words and "ställa dig i kö" in page.words


def test_it_moves_to_no_other_day_than_was_shown(acted: Stage) -> None:
    """S26: the other city's day is moved between the page and the press."""
    stockholm, malmo = cities(acted, "Stockholm", "Malmö")
    booking, bertil, made = seat(acted, stockholm), acted.browser("bertil"), acted.institute
    move = bertil.open(f"/{SLUG}/bookings/{booking}/seats/1/move?to={malmo}")
    assert move.says("21 november 2026")
    [meeting] = made.services.programme.season(made.admin, malmo).meetings
    later = scheduled(datetime(2026, 12, 4, 13), datetime(2026, 12, 4, 15))  # noqa: DTZ001 # local wall-clock time
    made.services.meetings.schedule(made.admin, ScheduleMeeting(malmo, meeting.meeting_id, later))
    stale = bertil.send(move, "to")
    assert stale.status == 409 and stale.says("4 december 2026")
    assert bertil.open(f"/{SLUG}/seasons/{malmo}").says("Flytta den hit")
    assert bertil.send(stale, "to").says("Platsen är flyttad hit.", "Malmö")
