"""Who is told when somebody's seat, time, place or money changes; what their calendar is told with it; once each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from application.booking.booking import MakeBooking, NameParticipant
from application.booking.cancellation import RequestCancellation
from application.booking.merging import MergePeople
from application.booking.reinstatement import UndoCancellation
from application.booking.settlement import WaiveCancellation
from application.booking.waiting_list import JoinWaitingList
from application.people.organisation import AppointContact
from application.people.participant import Participant
from application.people.person import EndEmployment
from application.programme.meeting import (
    CallOffMeeting,
    PlanMeeting,
    PlannedMeeting,
    PostponeMeeting,
    PublishProgramme,
    ScheduleMeeting,
)
from application.programme.season import CallOffSeason, NameLeaders, OpenBooking, PlanSeason
from domain.kernel.ids import BookingId, MeetingId, PersonId, SeasonId
from domain.kernel.terms import free_before
from domain.programme.meeting import Format, Place, ProgrammeItem
from domain.programme.meeting_time import TO_COME
from tests.samples import Institute, conference_prices, full_day
from tests.scenarios.mailed import Mailed, deliver
from tests.scenarios.story import book, cancel, hand_over, seated

Told = set[tuple[str, str, str]]
"""Who (by the part of the address before @), by which kind of subject, and what their calendar was told."""

ONE_DAY = (full_day("Dag 1", 2027, 2, 3),)


@dataclass
class Cast:
    """A season of one meeting: Karin books for Anna and Bertil; Leo leads, Sara speaks."""

    institute: Institute
    season: SeasonId
    meeting: MeetingId
    people: dict[str, PersonId]
    booking: BookingId

    def told(self) -> Told:
        """Who has been told what since last asked."""
        return {told_by(each) for each in deliver(self.institute)}


@pytest.fixture
def cast(institute: Institute) -> Cast:
    names = ("karin", "anna", "bertil", "leo", "sara", "vera", "cecilia")
    people = {name: institute.person(name.title(), institute.acme) for name in names}
    terms = free_before(date(2027, 1, 3))
    season = institute.season("Konferensen", 3, conference_prices(), terms, meetings=ONE_DAY)
    institute.services.seasons.name_leaders(institute.admin, NameLeaders(season, (people["leo"],), ()))
    institute.catch_up()
    [row] = institute.services.programme.season(institute.admin, season).meetings
    assert row.time.start_at is not None and row.time.end_at is not None
    items = (ProgrammeItem(row.time.start_at, row.time.end_at, "Att leda", (people["sara"],)),)
    institute.services.meetings.publish_programme(institute.admin, PublishProgramme(season, row.meeting_id, items))
    command = MakeBooking(season, seated(people["anna"], people["bertil"], None), institute.acme)
    booking = institute.services.bookings.make(institute.acting(people["karin"]), command).answer.booking_id
    made = Cast(institute, season, row.meeting_id, people, booking)
    assert made.told() == {
        ("leo", "Du är samtalsledare", "REQUEST"),
        ("sara", "Du medverkar", "REQUEST"),
        ("karin", "Bokat", ""),
        ("anna", "Du har en plats", "REQUEST"),
        ("bertil", "Du har en plats", "REQUEST"),
        ("karin", "Faktura 1 från Institutet", ""),
    }
    return made


def told_by(letter: Mailed) -> tuple[str, str, str]:
    return letter.to.partition("@")[0], letter.subject.partition(":")[0], letter.method


HOSTS = {"leo", "sara"}
COMING = {"anna", "bertil", *HOSTS}


def all_told(subject: str, who: set[str], method: str) -> Told:
    return {(each, subject, method) for each in who}


def test_whoever_booked_cancels_and_both_are_told_the_participant_with_the_calendar(cast: Cast) -> None:
    cancel(cast.institute, cast.institute.acting(cast.people["karin"]), cast.booking, 1)
    assert cast.told() == {
        ("karin", "Avbokat", ""),
        ("anna", "Din plats är avbokad", "CANCEL"),
        ("karin", "Kreditfaktura 1 från Institutet", ""),
    }


def test_the_desk_cancels_and_all_are_told_once(cast: Cast) -> None:
    cancel(cast.institute, cast.institute.admin, cast.booking, 2)
    told = cast.told()
    assert ("bertil", "Din plats är avbokad", "CANCEL") in told and ("karin", "Avbokat", "") in told


def test_whoever_sits_in_the_seat_they_booked_gets_one_letter_with_both(institute: Institute) -> None:
    season = institute.season("Konferensen", 3, conference_prices(), free_before(date(2027, 1, 3)), meetings=ONE_DAY)
    anna = institute.member("Anna", institute.acme)
    booking = institute.services.bookings.make(anna, MakeBooking(season, seated(anna.person_id), institute.acme)).answer
    assert told_by(deliver(institute)[0])[1:] == ("Bokat", "REQUEST")
    cancel(institute, anna, booking.booking_id)
    assert [told_by(each)[1:] for each in deliver(institute)] == [
        ("Avbokat", "CANCEL"),
        ("Kreditfaktura 1 från Institutet", ""),
    ]


def test_what_is_waived_afterwards_is_told_whoever_answers_and_not_the_participant_again(cast: Cast) -> None:
    cast.institute.at(2027, 1, 10)
    karin = cast.institute.acting(cast.people["karin"])
    cancelled = cancel(cast.institute, karin, cast.booking, 1)
    assert ("anna", "Din plats är avbokad", "CANCEL") in cast.told()
    waive = WaiveCancellation(cancelled.cancellation_id, "Sjukdom")
    cast.institute.services.settlements.waive(cast.institute.admin, waive)
    assert cast.told() == {("karin", "Avbokat", ""), ("karin", "Kreditfaktura 1 från Institutet", "")}


def test_a_plea_that_is_granted_by_waiving_tells_the_participant_too(cast: Cast) -> None:
    cast.institute.at(2027, 1, 10)
    karin = cast.institute.acting(cast.people["karin"])
    plea = RequestCancellation(cast.booking, (1,), plea="Sjukdom")
    asked = cast.institute.services.cancellations.request(karin, plea).answer
    assert cast.told() == set()
    waive = WaiveCancellation(asked.cancellation_id, "Sjukdom")
    cast.institute.services.settlements.waive(cast.institute.admin, waive)
    assert ("anna", "Din plats är avbokad", "CANCEL") in cast.told()


def test_an_undone_cancellation_puts_a_new_entry_in_the_calendar(cast: Cast) -> None:
    karin = cast.institute.acting(cast.people["karin"])
    cancelled = cancel(cast.institute, karin, cast.booking, 1)
    [gone] = [each for each in deliver(cast.institute) if each.method]
    cast.institute.services.reinstatements.undo(cast.institute.admin, UndoCancellation(cancelled.cancellation_id))
    again = deliver(cast.institute)
    assert {told_by(each) for each in again} == {
        ("karin", "Avbokningen är ångrad", ""),
        ("anna", "Du har din plats igen", "REQUEST"),
        ("karin", "Faktura 2 från Institutet", ""),
    }
    [back] = [each for each in again if each.method]
    assert back.entry["UID"] != gone.entry["UID"] and back.entry["SEQUENCE"] == 0


def test_a_seat_that_changes_hands_leaves_one_calendar_for_another(cast: Cast) -> None:
    """S35: the organiser is told too."""
    cast.institute.at(2027, 1, 28)
    karin = cast.institute.acting(cast.people["karin"])
    boss = cast.institute.person("Boss")
    cast.institute.services.seasons.name_leaders(
        cast.institute.admin, NameLeaders(cast.season, (cast.people["leo"],), (boss,))
    )
    hand_over(cast.institute, karin, cast.booking, 1, cast.people["cecilia"])
    assert cast.told() == {
        ("cecilia", "Du har en plats", "REQUEST"),
        ("anna", "Din plats är överlåten", "CANCEL"),
        ("karin", "En plats har bytt deltagare", ""),
        ("boss", "En plats har bytt deltagare", ""),
    }


def test_somebody_who_is_named_gets_the_meetings(cast: Cast) -> None:
    karin = cast.institute.acting(cast.people["karin"])
    name = NameParticipant(cast.booking, 3, Participant(cast.people["cecilia"]))
    cast.institute.services.bookings.name_participant(karin, name)
    assert cast.told() == {("cecilia", "Du har en plats", "REQUEST")}


def test_where_the_desk_books_the_contacts_of_who_pays_are_told(institute: Institute) -> None:
    kim = institute.person("Kim", institute.acme)
    institute.services.organisations.appoint_contact(institute.admin, AppointContact(institute.acme, kim))
    season = institute.season("Konferensen", 3, conference_prices(), free_before(date(2027, 1, 3)), meetings=ONE_DAY)
    booking = book(institute, season, institute.acme, institute.person("Anna", institute.acme), None)
    assert {told_by(each)[:2] for each in deliver(institute)} >= {("kim", "Bokat"), ("anna", "Du har en plats")}
    cancel(institute, institute.admin, booking.booking_id, 2)
    assert ("kim", "Avbokat") in {told_by(each)[:2] for each in deliver(institute)}


@pytest.mark.parametrize("act", ["move", "postpone", "call_off"])
def test_everybody_who_comes_is_told_when_a_meeting_changes(cast: Cast, act: str) -> None:
    meetings, admin = cast.institute.services.meetings, cast.institute.admin
    if act == "move":
        meetings.schedule(admin, ScheduleMeeting(cast.season, cast.meeting, full_day("", 2027, 2, 10).time))
        expected = ("Ny tid eller plats", "REQUEST")
    elif act == "postpone":
        meetings.postpone(admin, PostponeMeeting(cast.season, cast.meeting, "Talaren är sjuk."))
        expected = ("Uppskjuten tills vidare", "CANCEL")
    else:
        meetings.call_off(admin, CallOffMeeting(cast.season, cast.meeting, "Ingen lokal."))
        expected = ("Inställd träff", "CANCEL")
    assert cast.told() == {*all_told(expected[0], COMING, expected[1]), ("karin", expected[0], "")}


def test_a_meeting_more_is_put_in_every_calendar(cast: Cast) -> None:
    plan = PlanMeeting(cast.season, full_day("Dag 2", 2027, 2, 4))
    cast.institute.services.meetings.plan(cast.institute.admin, plan)
    told = cast.told()
    assert told == {*all_told("Ny träff", {"anna", "bertil", "leo"}, "REQUEST"), ("karin", "Ny träff", "")}
    to_come = PlanMeeting(cast.season, PlannedMeeting("Dag 3", TO_COME))
    cast.institute.services.meetings.plan(cast.institute.admin, to_come)
    assert cast.told() == all_told("Ny träff", {"anna", "bertil", "leo", "karin"}, "")


def test_a_season_called_off_takes_its_meetings_out_of_every_calendar(cast: Cast) -> None:
    vera = cast.institute.acting(cast.people["vera"])
    cast.institute.services.waiting_lists.join(vera, JoinWaitingList(cast.season, 1))
    assert cast.told() == {("vera", "Du står i kö", "")}
    cast.institute.services.seasons.call_off(cast.institute.admin, CallOffSeason(cast.season, "För få anmälda."))
    assert cast.told() == {
        *all_told("Inställd", COMING, "CANCEL"),
        *all_told("Inställd", {"karin", "vera"}, ""),
        ("karin", "Kreditfaktura 1 från Institutet", ""),
    }


def test_of_a_season_of_several_meetings_each_is_told_by_a_letter_of_its_own(institute: Institute) -> None:
    """A request holds one identity (RFC 5546), so the first comes with the letter and each other with one more."""
    season = institute.cluster()
    anna = institute.person("Anna", institute.acme)
    book(institute, season, institute.acme, anna, None)
    put_in = [each for each in deliver(institute) if each.method]
    assert [each.method for each in put_in] == ["REQUEST"] * 4
    assert sorted(str(each.entry["SUMMARY"]) for each in put_in) == [f"Arbete?!: Workshop {no}" for no in range(1, 5)]
    institute.services.seasons.call_off(institute.admin, CallOffSeason(season, "För få anmälda."))
    taken_out = [each for each in deliver(institute) if each.method]
    assert [each.method for each in taken_out] == ["CANCEL"] * 4
    assert {str(each.entry["UID"]) for each in taken_out} == {str(each.entry["UID"]) for each in put_in}
    assert {each.entry["SEQUENCE"] for each in taken_out} == {1}


def test_a_leader_and_a_speaker_who_are_it_no_longer_are_told(cast: Cast) -> None:
    cast.institute.services.seasons.name_leaders(cast.institute.admin, NameLeaders(cast.season, (), ()))
    publish = PublishProgramme(cast.season, cast.meeting, ())
    cast.institute.services.meetings.publish_programme(cast.institute.admin, publish)
    assert cast.told() == {
        ("leo", "Du är inte längre samtalsledare", "CANCEL"),
        ("sara", "Du medverkar inte längre", "CANCEL"),
    }


def test_who_leads_and_sits_there_is_told_once_and_stays_when_the_seat_goes(cast: Cast) -> None:
    name = NameParticipant(cast.booking, 3, Participant(cast.people["leo"]))
    cast.institute.services.bookings.name_participant(cast.institute.acting(cast.people["karin"]), name)
    assert cast.told() == {("leo", "Du har en plats", "")}  # the meeting stands in Leo's calendar already
    cancel(cast.institute, cast.institute.admin, cast.booking, 3)
    assert ("leo", "Din plats är avbokad", "") in cast.told()
    meetings, admin = cast.institute.services.meetings, cast.institute.admin
    meetings.schedule(admin, ScheduleMeeting(cast.season, cast.meeting, full_day("", 2027, 2, 10).time))
    told = [each for each in deliver(cast.institute) if each.to.startswith("leo")]
    assert [(each.method, each.entry["SEQUENCE"]) for each in told] == [("REQUEST", 1)]


def test_who_leads_or_speaks_no_longer_and_has_a_seat_comes_all_the_same(cast: Cast) -> None:
    karin, services = cast.institute.acting(cast.people["karin"]), cast.institute.services
    name = NameParticipant(cast.booking, 3, Participant(cast.people["leo"]))
    services.bookings.name_participant(karin, name)
    hand_over(cast.institute, karin, cast.booking, 1, cast.people["sara"])
    assert {("leo", "Du har en plats", ""), ("sara", "Du har en plats", "")} <= cast.told()
    services.seasons.name_leaders(cast.institute.admin, NameLeaders(cast.season, (), ()))
    services.meetings.publish_programme(cast.institute.admin, PublishProgramme(cast.season, cast.meeting, ()))
    assert cast.told() == {
        ("leo", "Du är inte längre samtalsledare", ""),
        ("sara", "Du medverkar inte längre", ""),
    }


def test_who_leads_and_has_booked_for_others_is_told_once_that_the_season_is_off(cast: Cast) -> None:
    leo = cast.institute.acting(cast.people["leo"])
    cancel(cast.institute, cast.institute.admin, cast.booking)
    command = MakeBooking(cast.season, seated(cast.people["cecilia"]), cast.institute.acme)
    cast.institute.services.bookings.make(leo, command)
    cast.told()
    cast.institute.services.seasons.call_off(cast.institute.admin, CallOffSeason(cast.season, "För få anmälda."))
    told = [each for each in map(told_by, deliver(cast.institute)) if each[1] == "Inställd"]
    assert sorted(told) == [(each, "Inställd", "CANCEL") for each in ("cecilia", "leo", "sara")]


def test_who_leads_and_once_booked_for_an_employer_they_have_left_is_told_that_the_season_is_off(cast: Cast) -> None:
    leo, people = cast.institute.acting(cast.people["leo"]), cast.institute.services.people
    cancel(cast.institute, cast.institute.admin, cast.booking)
    command = MakeBooking(cast.season, seated(cast.people["cecilia"]), cast.institute.acme)
    cast.institute.services.bookings.make(leo, command)
    ends = EndEmployment(cast.people["leo"], cast.institute.acme, date(2026, 8, 31))
    people.end_employment(cast.institute.admin, ends)
    cast.told()
    cast.institute.services.seasons.call_off(cast.institute.admin, CallOffSeason(cast.season, "För få anmälda."))
    assert ("leo", "Inställd", "CANCEL") in cast.told()


def test_a_draft_is_told_to_nobody_until_it_opens(institute: Institute) -> None:
    leo = institute.person("Leo")
    plan = PlanSeason(
        institute.network("Chefer"), "Säsong 1", 10, meetings=ONE_DAY, prices=conference_prices(),
        terms=free_before(date(2027, 1, 3)),
    )  # fmt: skip
    season = institute.services.seasons.plan(institute.admin, plan).answer.season_id
    institute.services.seasons.name_leaders(institute.admin, NameLeaders(season, (leo,), ()))
    assert deliver(institute) == []
    institute.services.seasons.open_booking(institute.admin, OpenBooking(season))
    assert [told_by(each) for each in deliver(institute)] == [("leo", "Du är samtalsledare", "REQUEST")]


def test_a_meeting_that_becomes_hybrid_says_what_was_and_what_is_and_its_link_to_nobody_yet(cast: Cast) -> None:
    place = Place(Format.HYBRID, "Sal 2", "https://mote.example/hemlig")
    move = ScheduleMeeting(cast.season, cast.meeting, full_day("", 2027, 2, 3).time, place)
    cast.institute.services.meetings.schedule(cast.institute.admin, move)
    mailed = {each.to.partition("@")[0]: each for each in deliver(cast.institute)}
    anna, karin = mailed["anna"], mailed["karin"]
    assert (
        "Förut: onsdag 3 februari 2027, 09.00–16.00\nNu: onsdag 3 februari 2027, 09.00–16.00, Sal 2 och på nätet"
        in anna.text
    )
    assert "hemlig" not in anna.text + karin.text  # everybody is on site until they choose (S44)
    described = str(anna.entry["DESCRIPTION"]).replace("\N{NO-BREAK SPACE}", " ")
    assert anna.entry["LOCATION"] == "Sal 2" and "Sal 2 och på nätet" in described
    assert f"/seasons/{cast.season}" in described and "hemlig" not in str(anna.entry.to_ical())


def test_an_english_reader_is_written_to_in_english(cast: Cast) -> None:
    services = cast.institute.services
    services.people.read_in(cast.institute.acting(cast.people["anna"]), "en")
    services.meetings.postpone(cast.institute.admin, PostponeMeeting(cast.season, cast.meeting, "Ill."))
    told = cast.told()
    assert ("anna", "Postponed until further notice", "CANCEL") in told
    assert ("bertil", "Uppskjuten tills vidare", "CANCEL") in told


def test_two_entries_made_one_are_told_once_and_keep_the_entry_in_their_calendar(cast: Cast) -> None:
    again = cast.institute.person("Anna", cast.institute.acme, email="anna.a@example.org")
    cast.institute.services.merging.merge(cast.institute.admin, MergePeople(again, cast.people["anna"]))
    cast.told()
    meetings, admin = cast.institute.services.meetings, cast.institute.admin
    leaders = NameLeaders(cast.season, (cast.people["leo"], again), ())
    cast.institute.services.seasons.name_leaders(admin, leaders)
    cast.told()
    meetings.schedule(admin, ScheduleMeeting(cast.season, cast.meeting, full_day("", 2027, 2, 10).time))
    told = [each for each in deliver(cast.institute) if each.to.startswith("anna")]
    assert [(each.method, each.entry["SEQUENCE"]) for each in told] == [("REQUEST", 1)]
