"""What search engines read of a season says what people read: dates, places, prices with VAT, and how it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from application.programme.meeting import PlannedMeeting, PostponeMeeting, ScheduleMeeting
from application.programme.season import CallOffSeason
from domain.kernel.ids import MeetingId, SeasonId
from domain.programme.meeting import Format, Place
from domain.programme.meeting_time import scheduled
from tests.scenarios.story import FREE
from tests.web.browsing import NEEDS_BROWSER, browsing
from tests.web.stage import SLUG, Stage, stage

PLACE = Place(Format.HYBRID, "Salongen", "https://mote.example/hemligt", "Vindgränd 4", "Malmö")
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def clock(text: str) -> datetime:
    return datetime.fromisoformat(text)


def data_of(acted: Stage, season: SeasonId) -> Any:
    acted.institute.catch_up()
    found = BLOCK.findall(acted.browser().open(f"/{SLUG}/seasons/{season}").html)
    assert len(found) == 1
    return json.loads(found[0])


def one_evening(acted: Stage, title: str = "En kväll") -> SeasonId:
    meeting = PlannedMeeting("Samtal", scheduled(clock("2027-03-09T18:00"), clock("2027-03-09T20:00")), PLACE)
    return acted.institute.season(title, 10, FREE, None, meetings=(meeting,))


def meetings_of(acted: Stage, season: SeasonId) -> list[MeetingId]:
    acted.institute.catch_up()
    view = acted.institute.services.programme.season(acted.institute.admin, season)
    return [MeetingId(each.meeting_id) for each in view.meetings]


def test_one_meeting_is_an_event_with_its_place_in_words_and_online(acted: Stage) -> None:
    season = one_evening(acted)
    told = data_of(acted, season)
    page = f"http://localhost/{SLUG}/seasons/{season}"
    assert (told["@type"], told["startDate"], told["endDate"]) == (
        "Event", "2027-03-09T18:00+01:00", "2027-03-09T20:00+01:00",
    )  # fmt: skip
    assert told["eventStatus"] == "https://schema.org/EventScheduled"
    assert told["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    address = {"@type": "PostalAddress", "streetAddress": "Vindgränd 4", "addressLocality": "Malmö"}
    assert told["location"] == [
        {"@type": "Place", "name": "Salongen", "address": address}, {"@type": "VirtualLocation", "url": page},
    ]  # fmt: skip
    assert told["organizer"] == {"@type": "Organization", "name": "Institutet", "url": f"http://localhost/{SLUG}"}
    assert told["isAccessibleForFree"] is True and told["offers"][0]["price"] == "0.00"
    assert "hemligt" not in json.dumps(told)


def test_prices_are_told_with_vat_and_for_whom(acted: Stage) -> None:
    told = data_of(acted, acted.conference)
    shown = {each["name"]: (each["price"], each["priceCurrency"]) for each in told["offers"]}
    assert shown == {"alla": ("15000.00", "SEK"), "medlemmar": ("7500.00", "SEK")}
    for each in told["offers"]:
        assert each["priceSpecification"]["valueAddedTaxIncluded"] is True
        assert each["availability"] == "https://schema.org/InStock"


def test_a_series_tells_each_meeting_as_it_stands(acted: Stage) -> None:
    told = data_of(acted, acted.network)
    assert told["@type"] == "EventSeries" and told["name"].endswith(", Säsong 7")
    parts = {each["name"]: each for each in told["subEvent"]}
    assert parts["Att börja"]["eventStatus"] == "https://schema.org/EventScheduled"
    assert parts["Att pröva"]["eventStatus"] == "https://schema.org/EventPostponed"
    assert parts["Att pröva"]["startDate"] == "2026-11-26T09:30+01:00"
    assert parts["Att sluta"]["startDate"] == "2027-06" and "Att minnas" not in parts


def test_what_moved_says_when_it_was_and_what_is_called_off_says_so(acted: Stage) -> None:
    made, season = acted.institute, one_evening(acted)
    [meeting] = meetings_of(acted, season)
    made.services.meetings.postpone(made.admin, PostponeMeeting(season, meeting, "Snö"))
    assert data_of(acted, season)["eventStatus"] == "https://schema.org/EventPostponed"
    moved = scheduled(clock("2027-04-13T18:00"), clock("2027-04-13T20:00"))
    made.services.meetings.schedule(made.admin, ScheduleMeeting(season, meeting, moved))
    told = data_of(acted, season)
    assert told["eventStatus"] == "https://schema.org/EventRescheduled"
    assert (told["startDate"], told["previousStartDate"]) == ("2027-04-13T18:00+02:00", "2027-03-09T18:00+01:00")
    made.services.seasons.call_off(made.admin, CallOffSeason(season, "För få"))
    told = data_of(acted, season)
    assert told["eventStatus"] == "https://schema.org/EventCancelled" and "offers" not in told


def test_another_place_alone_is_no_other_time(acted: Stage) -> None:
    made, season = acted.institute, one_evening(acted)
    [meeting] = meetings_of(acted, season)
    same = scheduled(clock("2027-03-09T18:00"), clock("2027-03-09T20:00"))
    made.services.meetings.schedule(made.admin, ScheduleMeeting(season, meeting, same, Place(venue="Aulan")))
    told = data_of(acted, season)
    assert told["eventStatus"] == "https://schema.org/EventScheduled" and told["location"][0]["name"] == "Aulan"


def test_nobody_s_words_can_leave_the_data(acted: Stage) -> None:
    hostile = "</script><script>window.hit=1</script><!--<script>"
    told = data_of(acted, one_evening(acted, hostile))
    assert told["name"].endswith(hostile)


def test_a_map_is_a_link_once_for_each_place_and_nothing_is_loaded_before_it_is_followed(acted: Stage) -> None:
    page = acted.browser().open(f"/{SLUG}/seasons/{one_evening(acted)}")
    assert page.says("Salongen, Vindgränd 4, Malmö och på nätet")
    maps = [each for each in page.elements.links if "openstreetmap" in each]
    assert maps == ["https://www.openstreetmap.org/search?query=Vindgr%C3%A4nd+4%2C+Malm%C3%B6"]
    assert 'rel="noopener noreferrer"' in page.html
    two_days = acted.browser().open(f"/{SLUG}/seasons/{acted.network}")
    venues = [each for each in two_days.elements.links if "openstreetmap" in each]
    assert len(venues) == len(set(venues)) > 0


@NEEDS_BROWSER
def test_a_browser_takes_the_data_for_data(acted: Stage) -> None:
    season = one_evening(acted, "</script><script>window.hit=1</script>")
    acted.institute.catch_up()
    with browsing(acted) as there, there.opened("") as page:
        said: list[str] = []
        page.on("console", lambda each: said.append(each.text))
        page.goto(f"/{SLUG}/seasons/{season}")
        assert page.evaluate("window.hit") is None and said == []
        assert page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').text)['@type']")
