"""Entries by mail: what calendar programs need to put in, move and take out one meeting where it stands."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from icalendar import vCalAddress

from application.booking.booking import MakeBooking
from application.people.organiser import ArrangeInvoicing
from application.programme.meeting import PlannedMeeting, PostponeMeeting, ScheduleMeeting
from domain.kernel.ids import MeetingId, SeasonId
from domain.kernel.terms import free_before
from domain.programme.meeting import Format, Place
from domain.programme.meeting_time import scheduled
from tests.samples import Institute, conference_prices, full_day
from tests.scenarios.mailed import Mailed, deliver
from tests.scenarios.story import FREE, cancel, seated

BOOKED_AT = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
SECRET = "https://mote.example/hemligt"
ONLINE = Place(Format.ONLINE, "", SECRET)


def one_meeting(institute: Institute, place: Place | None = None, *, is_free: bool = False) -> SeasonId:
    time = full_day("Dag 1", 2027, 2, 3).time
    meeting = PlannedMeeting("Dag 1", time, place) if place else PlannedMeeting("Dag 1", time)
    prices, terms = (FREE, None) if is_free else (conference_prices(), free_before(date(2027, 1, 3)))
    return institute.season('Lära; förändra, "åter" tillsammans', 10, prices, terms, meetings=(meeting,))


def invited(institute: Institute, season: SeasonId, name: str = "Anna") -> Mailed:
    """The letter with the entry of somebody who books a seat for themselves."""
    institute.clock.instant = BOOKED_AT
    somebody = institute.member(name)
    institute.services.bookings.make(somebody, MakeBooking(season, seated(somebody.person_id)))
    [letter] = [each for each in deliver(institute) if each.method]
    return letter


def meeting_of(institute: Institute, season: SeasonId) -> MeetingId:
    institute.catch_up()
    return MeetingId(institute.services.programme.season(institute.admin, season).meetings[0].meeting_id)


def test_the_entry_has_all_that_programs_ask_for(institute: Institute) -> None:
    season = one_meeting(institute, Place(venue='Sal 1; plan 2, "Norra"', address="Storgatan 1", town="Malmö"))
    letter = invited(institute, season)
    entry = letter.entry
    assert (letter.method, entry["STATUS"], entry["SEQUENCE"]) == ("REQUEST", "CONFIRMED", 0)
    assert entry.decoded("DTSTART") == datetime(2027, 2, 3, 8, tzinfo=UTC)
    assert entry.decoded("DTEND") == datetime(2027, 2, 3, 15, tzinfo=UTC)
    assert entry.decoded("DTSTAMP") == BOOKED_AT
    assert entry["LOCATION"] == 'Sal 1; plan 2, "Norra", Storgatan 1, Malmö'
    assert 'Sal 1; plan 2, "Norra", Storgatan 1, Malmö' in letter.text
    assert entry["SUMMARY"] == 'Lära; förändra, "åter" tillsammans: Dag 1'
    assert f"https://plats.example.org/institutet/seasons/{season}" == entry["URL"]
    assert str(entry["URL"]) in str(entry["DESCRIPTION"])
    assert re.fullmatch(r"[0-9a-f-]{36}@plats", str(entry["UID"]))


def test_organiser_is_the_services_own_address_and_the_reader_the_only_guest(institute: Institute) -> None:
    institute.services.organisers.arrange_invoicing(
        institute.finance, ArrangeInvoicing(institute.organiser, email="kontakt@institutet.example")
    )
    letter = invited(institute, one_meeting(institute))
    organizer, guests = letter.entry["ORGANIZER"], letter.entry["ATTENDEE"]
    assert isinstance(guests, vCalAddress) and guests == "mailto:anna@example.org"
    assert (guests.params["PARTSTAT"], guests.params["RSVP"], guests.params["CN"]) == ("ACCEPTED", "FALSE", "Anna")
    assert organizer == "mailto:kalender@plats.example" and organizer.params["CN"] == "Institutet via Plats"
    assert letter.message["From"] == "Institutet via Plats <kalender@plats.example>"
    assert letter.message["Reply-To"] == "Institutet via Plats <kontakt@institutet.example>"
    assert letter.calendar is not None and letter.calendar.count(b"\r\nATTENDEE") == 1


def test_the_letter_is_built_as_calendars_read_it(institute: Institute) -> None:
    letter = invited(institute, one_meeting(institute))
    message = letter.message
    assert message.get_content_type() == "multipart/mixed"
    body, attached = list(message.iter_parts())
    kinds = [part.get_content_type() for part in body.iter_parts()]
    assert kinds == ["text/plain", "multipart/related", "text/calendar"]
    calendar = list(body.iter_parts())[-1]
    assert (calendar.get_param("method"), calendar.get_param("charset")) == ("REQUEST", "utf-8")
    assert calendar["Content-Disposition"] is None and calendar["Content-ID"] is None
    assert (attached.get_content_type(), attached.get_filename()) == ("application/ics", "invite.ics")
    assert attached.get_payload(decode=True) == letter.calendar
    content = letter.calendar
    assert content is not None and content.index(b"METHOD:REQUEST") < content.index(b"BEGIN:VEVENT")


def test_no_line_ends_with_anything_but_cr_lf_and_none_is_too_long(institute: Institute) -> None:
    letter = invited(institute, one_meeting(institute, Place(venue="Å" * 90)))
    for content in (letter.raw, letter.calendar or b""):
        assert b"\r\r" not in content and not re.search(rb"(?<!\r)\n", content) and not re.search(rb"\r(?!\n)", content)
    assert max(len(line) for line in (letter.calendar or b"").split(b"\r\n")) <= 75
    assert letter.raw.isascii()


def test_headers_are_those_of_a_program_that_writes_by_itself(institute: Institute) -> None:
    message = invited(institute, one_meeting(institute)).message
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert re.fullmatch(r"<[0-9a-f]{32}@plats\.example>", message["Message-ID"])


def test_the_same_letter_sent_again_is_the_same_to_the_byte(institute: Institute) -> None:
    first = invited(institute, one_meeting(institute))
    [row] = [each for each in institute.services.letters.list(institute.admin) if each.kind == "booked"]
    institute.at(2026, 11, 1)
    institute.services.letters.send_again(institute.admin, row.letter_id)
    [again] = deliver(institute)
    assert again.calendar == first.calendar and again.message["Message-ID"] == first.message["Message-ID"]


def test_a_move_is_the_same_entry_one_up_and_says_what_was(institute: Institute) -> None:
    season = one_meeting(institute)
    first = invited(institute, season)
    move = ScheduleMeeting(season, meeting_of(institute, season), full_day("", 2027, 2, 10).time, Place(venue="Sal 2"))
    institute.services.meetings.schedule(institute.admin, move)
    [moved] = deliver(institute)
    assert (moved.method, moved.entry["UID"], moved.entry["SEQUENCE"]) == ("REQUEST", first.entry["UID"], 1)
    assert moved.entry["ORGANIZER"] == first.entry["ORGANIZER"]
    was, now = "Förut: onsdag 3 februari 2027, 09.00–16.00", "Nu: onsdag 10 februari 2027, 09.00–16.00, Sal 2"
    assert f"{was}\n{now}" in moved.text
    assert was in str(moved.entry["DESCRIPTION"])


def test_a_postponed_meeting_is_cancelled_as_it_was_and_its_new_date_is_a_new_entry(institute: Institute) -> None:
    """S41 and S42: the old date goes with its true end; the new one has an identity of its own."""
    season = one_meeting(institute)
    first, meeting = invited(institute, season), meeting_of(institute, season)
    institute.at(2026, 11, 20, 13, 3)
    institute.services.meetings.postpone(institute.admin, PostponeMeeting(season, meeting, "Talaren är sjuk."))
    [postponed] = deliver(institute)
    entry = postponed.entry
    assert (postponed.method, entry["STATUS"], entry["UID"], entry["SEQUENCE"]) == (
        "CANCEL", "CANCELLED", first.entry["UID"], 1,
    )  # fmt: skip
    assert entry.decoded("DTEND") == first.entry.decoded("DTEND") and entry["COMMENT"] == "Talaren är sjuk."
    assert entry["ATTENDEE"] == first.entry["ATTENDEE"] and not entry.walk("VALARM")
    assert entry.decoded("DTSTAMP") == datetime(2026, 11, 20, 13, 3, tzinfo=UTC)
    new = ScheduleMeeting(season, meeting, full_day("", 2027, 3, 9).time)
    institute.services.meetings.schedule(institute.admin, new)
    [again] = deliver(institute)
    assert (again.method, again.entry["SEQUENCE"]) == ("REQUEST", 0)
    assert again.entry["UID"] != first.entry["UID"] and "Förut: uppskjuten tills vidare" in again.text


def test_who_books_again_gets_a_new_entry_and_two_people_never_share_one(institute: Institute) -> None:
    season = one_meeting(institute)
    first, other = invited(institute, season), invited(institute, season, "Bertil")
    anna = institute.acting(institute.services.people_questions.people(institute.admin, "Anna").items[0].person_id)
    [booking] = institute.services.booking_questions.mine(anna).items
    cancel(institute, anna, booking.booking_id)
    [gone] = [each for each in deliver(institute) if each.method]
    institute.services.bookings.make(anna, MakeBooking(season, seated(anna.person_id)))
    [again] = [each for each in deliver(institute) if each.method]
    assert (gone.method, gone.entry["UID"]) == ("CANCEL", first.entry["UID"])
    assert len({str(each.entry["UID"]) for each in (first, other, again)}) == 3


def test_nothing_is_cancelled_that_was_never_sent_nor_asked_for_without_a_date(institute: Institute) -> None:
    season = one_meeting(institute)
    meeting = meeting_of(institute, season)
    institute.services.meetings.postpone(institute.admin, PostponeMeeting(season, meeting, "Talaren är sjuk."))
    anna = institute.member("Anna")
    made = institute.services.bookings.make(anna, MakeBooking(season, seated(anna.person_id))).answer
    cancel(institute, anna, made.booking_id)
    assert [each.subject for each in deliver(institute) if each.method] == []


def test_a_meeting_that_is_over_is_neither_put_in_nor_taken_out(institute: Institute) -> None:
    season = one_meeting(institute)
    institute.at(2027, 2, 4)
    anna = institute.member("Anna")
    institute.services.bookings.make(anna, MakeBooking(season, seated(anna.person_id)))
    assert [each for each in deliver(institute) if each.method] == []


@pytest.mark.parametrize("is_free", [True, False])
def test_only_a_free_meetings_link_stands_in_calendars_which_people_share(institute: Institute, is_free: bool) -> None:
    season = one_meeting(institute, ONLINE, is_free=is_free)
    letter = invited(institute, season)
    page = f"https://plats.example.org/institutet/seasons/{season}"
    assert letter.entry["LOCATION"] == (SECRET if is_free else page)
    assert f"\n{SECRET}\n" in letter.text
    assert (SECRET.encode() in (letter.calendar or b"").replace(b"\r\n ", b"")) is is_free


def test_a_night_when_the_clock_is_moved_is_told_in_utc(institute: Institute) -> None:
    night = scheduled(datetime(2027, 3, 28, 1, 30), datetime(2027, 3, 28, 4, 30))  # noqa: DTZ001 # local
    season = institute.season("Natten", 5, FREE, meetings=(PlannedMeeting("Natt", night),))
    letter = invited(institute, season)
    assert b"DTSTART:20270328T003000Z" in (letter.calendar or b"")
    assert b"DTEND:20270328T023000Z" in (letter.calendar or b"")


def test_long_words_in_headers_stay_whole_and_quotes_in_names_too(institute: Institute) -> None:
    season = institute.season("x" * 120 + " ö", 5, FREE, meetings=(full_day("Dag", 2027, 2, 3),))
    letter = invited(institute, season)
    assert "x" * 120 + " ö" in letter.subject
    assert all(len(line) <= 998 for line in letter.raw.split(b"\r\n"))
