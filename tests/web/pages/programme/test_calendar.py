"""Calendars to follow: only decided dates stand in them, a moved meeting is the same entry, and secrets stay so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from icalendar import Calendar, Component

from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.people.participant import Participant
from application.people.person import ErasePerson
from application.programme.meeting import CallOffMeeting, PostponeMeeting, ScheduleMeeting
from application.programme.season import CallOffSeason
from domain.kernel.ids import MeetingId, SeasonId
from domain.programme.meeting_time import scheduled
from tests.scenarios.mailed import deliver
from tests.web.stage import SLUG, Stage, at, stage
from web.calendar.message import summary_of


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def read(acted: Stage, address: str) -> Calendar:
    acted.institute.catch_up()
    answer = acted.app.test_client().get(address)
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    assert max(len(line) for line in answer.data.split(b"\r\n")) <= 75
    return Calendar.from_ical(answer.data)


def entries(acted: Stage, address: str) -> dict[str, Component]:
    return {str(each["SUMMARY"]): each for each in read(acted, address).walk("VEVENT")}


def public(season: SeasonId) -> str:
    return f"/{SLUG}/seasons/{season}.ics"


def meetings(acted: Stage, season: SeasonId) -> list[MeetingId]:
    acted.institute.catch_up()
    found = acted.institute.services.programme.season(acted.institute.admin, season).meetings
    return [MeetingId(each.meeting_id) for each in found]


def test_no_meeting_without_a_date_gets_one(acted: Stage) -> None:  # S43
    found = entries(acted, public(acted.network))
    assert sorted(found) == [
        "Ledarskap och förnyelse i offentlig sektor, Säsong 7: Att börja",
        "Ledarskap och förnyelse i offentlig sektor, Säsong 7: Att välja",
        "Uppskjutet: Ledarskap och förnyelse i offentlig sektor, Säsong 7: Att pröva",
    ]
    first, second = (
        found["Ledarskap och förnyelse i offentlig sektor, Säsong 7: Att börja"],
        found["Uppskjutet: Ledarskap och förnyelse i offentlig sektor, Säsong 7: Att pröva"],
    )
    assert first.decoded("DTSTART") == datetime(2026, 10, 28, 8, 30, tzinfo=UTC)
    assert (first["STATUS"], first["SEQUENCE"], first["LOCATION"]) == ("CONFIRMED", 0, "Konferenscentrum, Stockholm")
    assert (second["STATUS"], second["SEQUENCE"], second["TRANSP"]) == ("TENTATIVE", 1, "TRANSPARENT")
    assert "Talaren är sjuk." in str(second["DESCRIPTION"])
    told = str(read(acted, public(acted.network))["DESCRIPTION"])
    assert "Att sluta: juni 2027, dag kommer" in told and "Att minnas: datum kommer" in told


def test_a_new_date_is_the_same_entry_with_a_higher_number(acted: Stage) -> None:  # S42
    before = entries(acted, public(acted.network))[
        "Uppskjutet: Ledarskap och förnyelse i offentlig sektor, Säsong 7: Att pröva"
    ]
    moved = scheduled(at("2027-03-09T09:30"), at("2027-03-09T12:30"))
    made, season = acted.institute, acted.network
    made.services.meetings.schedule(made.admin, ScheduleMeeting(season, meetings(acted, season)[1], moved))
    after = entries(acted, public(season))["Ledarskap och förnyelse i offentlig sektor, Säsong 7: Att pröva"]
    assert after["UID"] == before["UID"] and (before["SEQUENCE"], after["SEQUENCE"]) == (1, 2)
    assert after["STATUS"] == "CONFIRMED" and after.decoded("DTSTART") == datetime(2027, 3, 9, 8, 30, tzinfo=UTC)


def test_what_is_called_off_is_cancelled_where_it_stood(acted: Stage) -> None:
    made, season = acted.institute, acted.network
    made.services.meetings.call_off(made.admin, CallOffMeeting(season, meetings(acted, season)[0], "Ingen lokal"))
    found = entries(acted, public(season))
    assert found["Ledarskap och förnyelse i offentlig sektor, Säsong 7: Att börja"]["STATUS"] == "CANCELLED"
    made.services.seasons.call_off(made.admin, CallOffSeason(season, "För få"))
    assert {str(each["STATUS"]) for each in entries(acted, public(season)).values()} == {"CANCELLED"}


def test_the_season_page_links_to_its_calendar(acted: Stage) -> None:
    assert public(acted.network) in acted.browser().open(f"/{SLUG}/seasons/{acted.network}").elements.links


def test_my_own_calendar_follows_the_seats_i_have(acted: Stage) -> None:
    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(acted.anna),), made.acme)
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    address = secret_of(acted, "anna")
    assert sorted(entries(acted, address)) == [
        "Lära och förändra tillsammans: Dag 1",
        "Lära och förändra tillsammans: Dag 2",
    ]
    made.services.cancellations.request(made.acting(acted.anna), RequestCancellation(booking))
    assert entries(acted, address) == {}


def test_a_secret_address_opens_a_calendar_and_nothing_else(acted: Stage) -> None:
    address = secret_of(acted, "anna")
    secret = address.rpartition("/")[2].removesuffix(".ics")
    address_id, _, hidden = secret.partition("-")
    for shown in (secret, f"plats_{address_id}_{hidden}"):
        client = acted.app.test_client()
        client.set_cookie("plats_token", shown)
        assert "Mina bokningar" not in client.get(f"/{SLUG}").text
        answer = client.get("/api/v1/whoami", headers={"Authorization": f"Bearer {shown}"})
        assert answer.status_code == 401
    for wrong in (f"{address_id}-{'0' * 40}", "x-y", "-", "å-å", acted.tokens["anna"]):
        assert acted.app.test_client().get(f"/{SLUG}/calendar/{wrong}.ics").status_code == 404


def test_a_new_address_ends_the_old_one_and_so_does_stopping(acted: Stage) -> None:
    first = secret_of(acted, "anna")
    second = secret_of(acted, "anna")
    client = acted.app.test_client()
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    browser = acted.browser("anna")
    page = browser.open(f"/{SLUG}/calendar")
    form = next(each for each in page.elements.forms if "/calendar" in each["action"][0])
    stopped = browser.client.post(page.address, data={"form_token": form["form_token"], "do": "stop"})
    assert "Ingen adress till din kalender fungerar längre." in stopped.text
    assert client.get(second).status_code == 404


def test_who_is_erased_has_no_calendar(acted: Stage) -> None:
    address = secret_of(acted, "bertil")
    made = acted.institute
    made.services.people.erase(made.admin, ErasePerson(acted.bertil))
    made.catch_up()
    assert acted.app.test_client().get(address).status_code == 404


def secret_of(acted: Stage, who: str) -> str:
    browser = acted.browser(who)
    page = browser.open(f"/{SLUG}/calendar")
    made = browser.press(page, "/calendar")
    assert made.says("Den visas bara nu.")
    return "/" + made.html.partition("<code>http://localhost/")[2].partition("<")[0]


def test_letter_feed_and_download_name_a_meeting_alike_whatever_happens_to_it(acted: Stage) -> None:
    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(acted.anna),), made.acme)
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    address, download = secret_of(acted, "anna"), f"/{SLUG}/bookings/{booking}.ics"

    def named() -> list[set[tuple[str, int]]]:
        told = [each.entry for each in deliver(made) if each.to.startswith("anna") and each.method]
        fed = [Calendar.from_ical(acted.app.test_client().get(address).data)]
        fed.append(Calendar.from_ical(acted.browser("anna").client.get(download).data))
        first = {str(each["SUMMARY"]) for each in told}
        entries = [told, *(one.walk("VEVENT") for one in fed)]
        return [
            {(str(e["UID"]), int(str(e["SEQUENCE"]))) for e in one if str(e["SUMMARY"]) in first} for one in entries
        ]

    mailed, fed, saved = named()
    assert len(mailed) == 2 and mailed == fed == saved
    first = meetings(acted, acted.conference)[0]
    moved = scheduled(at("2027-03-09T09:30"), at("2027-03-09T12:30"))
    made.services.meetings.schedule(made.admin, ScheduleMeeting(acted.conference, first, moved))
    mailed, fed, saved = named()
    assert [sequence for _, sequence in mailed] == [1] and mailed == fed == saved
    made.services.meetings.postpone(made.admin, PostponeMeeting(acted.conference, first, "Sjuk."))
    mailed, fed, saved = named()
    assert [sequence for _, sequence in mailed] == [2] and mailed == fed == saved


def test_the_file_of_a_booking_is_for_those_who_sit_there(acted: Stage) -> None:
    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(acted.bertil),), made.acme)
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    made.catch_up()
    download = f"/{SLUG}/bookings/{booking}.ics"
    assert acted.browser("bertil").client.get(download).mimetype == "text/calendar"
    assert acted.browser("anna").client.get(download).status_code == 404
    assert acted.browser("cecilia").client.get(download).status_code == 404


def test_an_entry_of_a_season_with_one_meeting_of_the_same_name_says_it_once() -> None:
    assert summary_of("Samtal som håller", "Samtal som håller") == "Samtal som håller"
    assert summary_of("Säsong 4", "Möte 1") == "Säsong 4: Möte 1"
