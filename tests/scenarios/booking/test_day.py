"""An organiser's day: what was booked, who waits, which seats lack a name, which meetings come; for admins alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from application.booking.booking import MakeBooking
from application.booking.waiting_list import JoinWaitingList
from application.people.participant import Participant
from application.programme.meeting import PostponeMeeting
from domain.kernel.errors import NotAllowed
from domain.kernel.ids import MeetingId
from tests.samples import Institute
from tests.scenarios.story import book


def test_a_day_is_told_in_numbers(institute: Institute) -> None:
    season = institute.conference(seats=3)
    institute.at(2026, 9, 1)
    book(institute, season, institute.acme, None)
    institute.at(2026, 9, 8)
    book(institute, season, institute.bolt, institute.person("Åsa", institute.bolt), None)
    institute.catch_up()
    told = institute.services.day.figures(institute.admin, date(2026, 9, 8))
    assert (told.booked, told.booked_in_week, told.unnamed, told.unnamed_soon) == (2, 2, 2, 0)
    assert institute.services.day.figures(institute.admin, date(2026, 9, 7)).booked_in_week == 1
    assert (told.waiting, told.waited_for) == (0, 0)
    person = institute.person("Örjan", institute.acme)
    institute.services.waiting_lists.join(institute.acting(person), JoinWaitingList(season, 1))
    institute.catch_up()
    told = institute.services.day.figures(institute.admin, date(2026, 9, 8))
    assert (told.waiting, told.waited_for) == (1, 1)
    assert institute.services.day.figures(institute.admin, date(2027, 2, 1)).unnamed_soon == 2


def test_meetings_that_come_are_in_order_and_those_postponed_are_not_among_them(institute: Institute) -> None:
    season = institute.conference(seats=3)
    command = MakeBooking(season, (Participant(),), institute.acme)
    institute.services.bookings.make(institute.admin, command)
    institute.catch_up()
    first, *_ = institute.services.programme.season(institute.admin, season).meetings
    assert first.time.start_at is not None
    institute.clock.instant = first.time.start_at - timedelta(days=1)
    institute.catch_up()
    coming = institute.services.day.coming(institute.admin)
    assert [each.start_at for each in coming] == sorted(each.start_at for each in coming)
    assert (coming[0].meeting_id, coming[0].title, coming[0].seats) == (first.meeting_id, first.title, 1)
    institute.services.meetings.postpone(
        institute.admin, PostponeMeeting(season, MeetingId(first.meeting_id), "Sjukdom")
    )
    institute.catch_up()
    assert first.meeting_id not in [each.meeting_id for each in institute.services.day.coming(institute.admin)]


def test_a_day_is_for_admins(institute: Institute) -> None:
    with pytest.raises(NotAllowed):
        institute.services.day.coming(institute.finance)
    with pytest.raises(NotAllowed):
        institute.services.day.figures(institute.finance, date(2026, 9, 8))


def test_seats_of_several_seasons_fill_as_they_do_one_by_one(institute: Institute) -> None:
    seasons = [institute.conference(seats=9), institute.conference(seats=9), institute.conference(seats=9)]
    for day, season in ((1, seasons[0]), (2, seasons[1]), (3, seasons[0])):
        institute.at(2026, 9, day)
        book(institute, season, institute.acme, None, None)
    institute.catch_up()
    pictures = institute.services.pictures
    known = pictures.filling(institute.admin, seasons)
    assert {season: known.get(season, ()) for season in seasons} == {
        season: pictures.seats(institute.admin, season) for season in seasons
    }
    assert [each.seats for each in known[seasons[0]]] == [2, 4] and seasons[2] not in known
