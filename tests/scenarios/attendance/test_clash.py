"""Somebody sits in two things at once (S42): told before booking, on my bookings, when a meeting is moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest

from application.attendance.participation import AnswerMeeting, SeatAnswer
from application.booking.booking import MakeBooking, NameParticipant
from application.kernel.actor import Actor
from application.people.participant import TO_BE_NAMED, Participant
from application.programme.meeting import PlannedMeeting, PostponeMeeting, ScheduleMeeting
from domain.attendance.clash import Clash, ClashKind, Engagement, clash_of
from domain.attendance.participation import Answer
from domain.kernel.errors import NotAllowed, NotFound
from domain.kernel.ids import BookingId, MeetingId, NetworkId, SeasonId
from domain.programme.meeting_time import TO_COME, MeetingTime, scheduled
from tests.samples import Institute
from tests.scenarios.mailed import deliver
from tests.scenarios.story import FREE, book


def hours(day: str, start: str, end: str) -> MeetingTime:
    return scheduled(datetime.fromisoformat(f"{day}T{start}"), datetime.fromisoformat(f"{day}T{end}"))


def one(institute: Institute, title: str, time: MeetingTime) -> SeasonId:
    """A free season of one meeting, in a network of its own."""
    return institute.season(title, 10, FREE, meetings=(PlannedMeeting("Träffen", time),))


def sits(institute: Institute, season: SeasonId, who: Actor) -> BookingId:
    booking = book(institute, season, institute.acme, who.person_id).booking_id
    institute.catch_up()
    return booking


def meeting_of(institute: Institute, season: SeasonId) -> MeetingId:
    return MeetingId(institute.services.programme.season(institute.admin, season).meetings[0].meeting_id)


def kinds(clashes: tuple[Clash, ...]) -> list[tuple[ClashKind, str]]:
    return [(each.kind, each.other.season) for each in clashes]


def test_s42_a_new_date_on_a_day_that_is_taken_is_told_in_the_letter_and_on_my_bookings(institute: Institute) -> None:
    anna, bo = institute.member("Anna"), institute.member("Bo")
    network = one(institute, "Nätverket", hours("2026-11-26", "09:30", "12:30"))
    course = one(institute, "Kursen", hours("2027-03-09", "13:00", "16:00"))
    for who, season in ((anna, network), (bo, network), (anna, course)):
        sits(institute, season, who)
    meeting = meeting_of(institute, network)
    meetings = institute.services.meetings
    meetings.postpone(institute.admin, PostponeMeeting(network, meeting, "Talaren är sjuk."))
    deliver(institute)
    assert institute.services.clashes.mine(anna) == ()
    institute.at(2026, 12, 10, 9, 0)
    time = hours("2027-03-09", "09:30", "12:30")
    meetings.schedule(institute.admin, ScheduleMeeting(network, meeting, time))
    letters = {str(each.message["To"]): each.text for each in deliver(institute)}
    assert "Du är också anmäld till något annat då" in letters["anna@example.org"]
    assert "Kursen: Träffen" in letters["anna@example.org"]
    assert "Kursen" not in letters["bo@example.org"] and "något annat" not in letters["bo@example.org"]
    assert kinds(institute.services.clashes.mine(anna)) == [(ClashKind.SAME_DAY, "Kursen")]
    assert institute.services.clashes.mine(bo) == ()


def test_whoever_looks_at_a_season_is_told_what_they_have_then_and_in_the_letter_of_the_booking(
    institute: Institute,
) -> None:
    anna = institute.member("Anna")
    first = one(institute, "Första", hours("2027-02-03", "09:00", "12:00"))
    second = one(institute, "Andra", hours("2027-02-03", "11:00", "13:00"))
    sits(institute, first, anna)
    clashes = institute.services.clashes
    assert kinds(clashes.with_season(anna, second)) == [(ClashKind.AT_ONCE, "Första")]
    assert kinds(clashes.with_season(institute.admin, second, anna.person_id)) == [(ClashKind.AT_ONCE, "Första")]
    assert clashes.with_season(institute.member("Bo"), second) == ()
    with pytest.raises(NotAllowed):
        clashes.with_season(institute.member("Eva"), second, anna.person_id)
    deliver(institute)
    booking = sits(institute, second, anna)
    letters = [each.text for each in deliver(institute) if "anna" in str(each.message["To"])]
    assert any("Första: Träffen" in each for each in letters)
    answer = AnswerMeeting(booking, second, meeting_of(institute, second), (SeatAnswer(1, Answer.NOT_COMING),))
    institute.services.participations.answer(anna, answer)
    institute.catch_up()
    assert clashes.mine(anna) == ()


def test_a_letter_tells_what_clashes_with_each_of_its_seasons_meetings_and_nothing_else_that_its_reader_has(
    institute: Institute,
) -> None:
    anna = institute.member("Anna")
    for title, day in (("Förr", "2027-02-02"), ("Mitt i", "2027-02-10"), ("Samtidigt", "2027-03-03")):
        sits(institute, one(institute, title, hours(day, "09:00", "12:00")), anna)
    long_one = PlannedMeeting("Lång", hours("2027-03-04", "23:00", "23:30")), PlannedMeeting("Sedan", TO_COME)
    sits(institute, institute.season("Sent", 10, FREE, meetings=long_one), anna)
    deliver(institute)
    days = (hours("2027-02-03", "09:00", "12:00"), hours("2027-03-03", "11:00", "13:00"))
    meetings = tuple(PlannedMeeting(f"Dag {no}", each) for no, each in enumerate(days))
    sits(institute, institute.season("Ny", 10, FREE, meetings=meetings), anna)
    letters = [each.text for each in deliver(institute) if "anna" in str(each.message["To"])]
    told = [title for title in ("Förr", "Mitt i", "Samtidigt", "Sent") if any(title in each for each in letters)]
    assert told == ["Samtidigt"]


def test_a_meeting_clashes_also_where_its_season_has_a_later_one_without_a_day(institute: Institute) -> None:
    anna = institute.member("Anna")
    planned = PlannedMeeting("Träffen", hours("2027-03-04", "09:00", "12:00")), PlannedMeeting("Sedan", TO_COME)
    sits(institute, institute.season("Öppen", 10, FREE, meetings=planned), anna)
    deliver(institute)
    sits(institute, one(institute, "Ny", hours("2027-03-04", "11:00", "13:00")), anna)
    [letter] = [each.text for each in deliver(institute) if "anna" in str(each.message["To"])]
    assert "Öppen" in letter


def test_who_names_a_colleague_is_told_that_they_have_something_then_and_what_only_if_they_may_see_it(
    institute: Institute,
) -> None:
    anna, boss, later = institute.member("Anna"), institute.member("Bo", institute.acme), "2027-02-03"
    first = one(institute, "Första", hours(later, "09:00", "12:00"))
    second = one(institute, "Andra", hours(later, "11:00", "13:00"))
    same_day = one(institute, "Tredje", hours(later, "14:00", "15:00"))
    theirs = book(institute, first, institute.bolt, anna.person_id).booking_id
    made_in = {}
    for season in (second, same_day):
        wanted = MakeBooking(season, (TO_BE_NAMED, TO_BE_NAMED), institute.acme)
        made = institute.services.bookings.make(boss, wanted).answer.booking_id
        named = NameParticipant(made, 2, Participant(anna.person_id))
        institute.services.bookings.name_participant(institute.admin, named)
        institute.catch_up()
        told = institute.services.clashes.of_booking(boss, made)
        assert [(each.seat, each.at.season, each.other) for each in told] == [(2, "Andra", None)] * (season == second)
        made_in[season] = made
    seen, booking = institute.services.clashes.of_booking, made_in[second]
    for who in (institute.admin, anna):
        assert [each.other and each.other.season for each in seen(who, booking)] == ["Första"]
    assert seen(replace(boss, booking_id=booking), booking) == ()
    with pytest.raises(NotFound):
        seen(boss, theirs)


def test_after_each_other_in_one_network_is_no_clash_and_touching_is_none_either() -> None:
    festival, other = (NetworkId(uuid4()) for _ in range(2))

    def at(start: str, end: str, network: NetworkId) -> Engagement:
        time = hours("2027-06-24", start, end)
        assert time.start_at is not None and time.end_at is not None
        ids = SeasonId(uuid4()), network
        return Engagement(*ids, "N", "S", MeetingId(uuid4()), "T", time.start_at, time.end_at, "Europe/Stockholm")

    morning = at("10:00", "11:00", festival)
    assert clash_of(morning, at("11:00", "12:00", festival)) is None
    clash = clash_of(morning, at("11:00", "12:00", other))
    assert clash is not None and clash.kind is ClashKind.SAME_DAY
    clash = clash_of(morning, at("10:59", "12:00", festival))
    assert clash is not None and clash.kind is ClashKind.AT_ONCE
