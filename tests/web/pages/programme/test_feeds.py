"""The programme followed from elsewhere, in a calendar and in a feed reader: of an organiser, of a network, of all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar
from werkzeug.test import TestResponse

from application.kernel.actor import SYSTEM
from application.people.organiser import FoundOrganiser
from application.programme.meeting import ScheduleMeeting
from application.programme.season import CallOffSeason, CorrectSeason
from domain.kernel.ids import MeetingId
from domain.programme.meeting import Place
from tests.web.seasons_to_choose import HERE, hours, planned
from tests.web.stage import SLUG, Stage, stage
from web.pages.programme.feeds import MOST_ENTRIES, MOST_SEASONS

ATOM = "{http://www.w3.org/2005/Atom}"
PROMISE = {"promise": "Fem förmiddagar om att våga."}


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def get(acted: Stage, address: str, **headers: str) -> TestResponse:
    acted.institute.catch_up()
    asked = {name.replace("_", "-"): text for name, text in headers.items()}
    return acted.app.test_client().get(address, headers=asked)


def network_of(acted: Stage) -> str:
    acted.institute.catch_up()
    made = acted.institute
    return f"/{SLUG}/networks/{made.services.programme.season(made.admin, acted.network).row.network_id}"


def summaries(answer: TestResponse) -> list[str]:
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    return sorted(str(each["SUMMARY"]) for each in Calendar.from_ical(answer.data).walk("VEVENT"))


def entries(answer: TestResponse) -> list[ET.Element]:
    assert answer.status_code == 200 and answer.mimetype == "application/atom+xml"
    return ET.fromstring(answer.data).findall(f"{ATOM}entry")


def told(entry: ET.Element, tag: str) -> str:
    found = entry.findtext(f"{ATOM}{tag}")
    assert found
    return found


def test_a_calendar_has_the_dated_meetings_of_all_seasons_of_one_network_or_of_everybody(acted: Stage) -> None:
    of_network = summaries(get(acted, f"{network_of(acted)}.ics"))
    assert len(of_network) == 3 and all("Säsong 7" in each for each in of_network)
    programme = summaries(get(acted, f"/{SLUG}/programme.ics"))
    assert set(of_network) < set(programme) and any("Lära och förändra" in each for each in programme)
    assert summaries(get(acted, "/programme.ics")) == programme


def test_a_calendar_with_nothing_in_it_is_still_a_calendar(acted: Stage) -> None:
    acted.institute.services.organisers.found(SYSTEM, FoundOrganiser("Tomma", "tomma", "556999-5003"))
    assert summaries(get(acted, "/tomma/programme.ics")) == []
    assert entries(get(acted, "/tomma/programme.atom")) == []


def test_who_asks_again_is_told_that_nothing_has_changed_until_it_has(acted: Stage) -> None:
    made = acted.institute
    addresses = (f"/{SLUG}/programme.ics", f"/{SLUG}/programme.atom", f"/{SLUG}/seasons/{acted.network}.ics")
    seen = {address: get(acted, address).headers for address in addresses}
    made.clock.instant += timedelta(hours=1)
    for address, headers in seen.items():
        assert get(acted, address, If_None_Match=headers["ETag"]).status_code == 304, address
        assert get(acted, address, If_Modified_Since=headers["Last-Modified"]).status_code == 304, address

    made.services.seasons.call_off(made.admin, CallOffSeason(acted.network, "För få"))

    for address, headers in seen.items():
        again = get(acted, address, If_None_Match=headers["ETag"])
        assert again.status_code == 200 and again.headers["Last-Modified"] != headers["Last-Modified"], address


def test_what_is_announced_is_an_entry_that_keeps_its_id(acted: Stage) -> None:
    made = acted.institute
    before = entries(get(acted, f"{network_of(acted)}.atom"))
    made.clock.instant += timedelta(days=3)
    made.services.seasons.correct(made.admin, CorrectSeason(acted.network, particulars=PROMISE))
    [entry] = entries(get(acted, f"{network_of(acted)}.atom"))
    assert told(entry, "id") == f"urn:uuid:{acted.network}" == told(before[0], "id")
    assert told(entry, "title") == "Ledarskap och förnyelse i offentlig sektor, Säsong 7"
    assert told(entry, "published") == told(before[0], "published") < told(entry, "updated")
    assert told(entry, "updated") == made.clock.instant.strftime("%Y-%m-%dT%H:%M:%SZ")
    summary = told(entry, "summary")
    assert "Fem förmiddagar om att våga." in summary and "Att sluta: juni 2027, dag kommer" in summary
    was = "Att pröva: uppskjuten tills vidare (var torsdag 26 november 2026 kl. 09.30)"
    assert was in summary.replace("\N{NO-BREAK SPACE}", " ")
    link = entry.find(f"{ATOM}link")
    assert link is not None and link.get("href") == f"http://localhost/{SLUG}/seasons/{acted.network}"


def test_a_feed_has_all_that_the_standard_asks_for(acted: Stage) -> None:  # RFC 4287, 4.1.1
    for address in ("/programme.atom", f"/{SLUG}/programme.atom", f"{network_of(acted)}.atom?language=en"):
        feed = ET.fromstring(get(acted, address).data)
        assert feed.tag == f"{ATOM}feed"
        assert told(feed, "id").startswith("http://localhost/") and "?" not in told(feed, "id")
        assert told(feed, "title") and told(feed, f"author/{ATOM}name")
        assert told(feed, "updated") == max(told(each, "updated") for each in feed.findall(f"{ATOM}entry"))
        links = {each.get("rel"): each.get("href") for each in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"http://localhost{address}" and links["alternate"]


def test_a_feed_speaks_the_language_it_was_asked_in_and_remembers_nobody(acted: Stage) -> None:
    answer = get(acted, f"/{SLUG}/programme.atom?language=en")
    assert "June 2027, day to come" in answer.text and "Set-Cookie" not in answer.headers
    assert "juni 2027" in get(acted, f"/{SLUG}/programme.atom?language=sv").text


def test_pages_lead_to_their_feeds_in_their_head_and_in_words(acted: Stage) -> None:
    at = {"/": "", f"/{SLUG}": f"/{SLUG}", network_of(acted): network_of(acted)}
    for page, base in at.items():
        found = acted.browser().open(page)
        name = base if "networks" in base else f"{base}/programme"
        assert '<link rel="alternate" type="application/atom+xml"' in found.html, page
        assert f"webcal://localhost{name}.ics?language=sv" in found.elements.links, page
        assert f"{name}.atom?language=sv" in found.elements.links, page


def test_what_is_chosen_in_the_programme_is_what_is_followed(acted: Stage) -> None:
    made = acted.institute
    view = made.services.programme.season(made.admin, acted.network)
    first = view.meetings[0]
    there = ScheduleMeeting(
        acted.network, MeetingId(first.meeting_id), first.time, Place(venue="Salongen", town="Lund")
    )
    made.services.meetings.schedule(made.admin, there)
    lund, nowhere = f"/{SLUG}/programme.ics?town=Lund", f"/{SLUG}/programme.ics?town=Kiruna"
    assert len(summaries(get(acted, lund))) == 3 and summaries(get(acted, nowhere)) == []
    assert [told(each, "id") for each in entries(get(acted, f"/{SLUG}/programme.atom?town=Lund"))] == [
        f"urn:uuid:{acted.network}"
    ]
    page = acted.browser().open(f"/{SLUG}?town=Lund")
    assert page.says("Följ det du har valt i kalendern")
    assert f"webcal://localhost/{SLUG}/programme.ics?language=sv&town=Lund" in page.elements.links


def test_a_feed_can_be_read_whatever_stands_in_its_address(acted: Stage) -> None:
    for typed in ("%0B", "%EF%BF%BE", "%ED%A0%80", "%00", "<a>&town='%22", "å"):
        entries(get(acted, f"/{SLUG}/programme.atom?q={typed}"))


def test_hostile_names_stay_names(database_url: str) -> None:
    with stage(database_url, lambda text: f"{text}</title><b>&amp;") as acted:
        titles = [told(each, "title") for each in entries(get(acted, f"/{SLUG}/programme.atom"))]
        assert titles and all("</title><b>&amp;" in each for each in titles)


def test_what_is_chosen_is_found_however_much_else_there_is(acted: Stage) -> None:
    """What a feed leaves out because it is long is of what was chosen, never of all there is."""
    made = acted.institute
    days = [f"2027-05-{day:02}" for day in range(1, 29)]
    planned(made, "Frukostsamtal", "Långt borta", Place(town="Kiruna"), hours("2028-01-10T08:00", "2028-01-10T09:00"))
    for no in range(MOST_SEASONS):
        day = days[no % len(days)]
        planned(made, "Workshoppar", f"Nummer {no}", HERE, hours(f"{day}T08:00", f"{day}T09:00"))
    every = entries(get(acted, f"/{SLUG}/programme.atom"))
    assert len(every) == MOST_ENTRIES and all("Långt borta" not in told(each, "title") for each in every)
    assert len(summaries(get(acted, f"/{SLUG}/programme.ics"))) >= MOST_SEASONS
    for base in ("", f"/{SLUG}"):
        [one] = entries(get(acted, f"{base}/programme.atom?town=Kiruna"))
        assert told(one, "title") == "Frukostsamtal, Långt borta"
        assert summaries(get(acted, f"{base}/programme.ics?q=borta")) == [
            "Frukostsamtal, Långt borta: Långt borta, del 1"
        ]
