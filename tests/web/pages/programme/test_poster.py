"""A link to a season is shown elsewhere with a picture: drawn from its facts, kept until they change."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from datetime import datetime

import pytest
from werkzeug.test import TestResponse

from application.people.organiser import ChooseAccent
from application.programme.meeting import PlannedMeeting, ScheduleMeeting
from domain.kernel.ids import MeetingId, SeasonId
from domain.programme.meeting import Place
from domain.programme.meeting_time import scheduled
from tests.scenarios.story import FREE
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def told(acted: Stage, season: SeasonId, name: str) -> str:
    """What the page's head says under a name."""
    acted.institute.catch_up()
    html = acted.browser().open(f"/{SLUG}/seasons/{season}").html
    [said] = re.findall(rf'<meta (?:property|name)="{name}" content="([^"]*)">', html)
    return str(said)


def poster(acted: Stage, season: SeasonId) -> str:
    return told(acted, season, "og:image").removeprefix("http://localhost")


def drawn(acted: Stage, address: str) -> TestResponse:
    answer = acted.app.test_client().get(address)
    assert answer.status_code == 200 and answer.mimetype == "image/png"
    return answer


def size_of(picture: bytes) -> tuple[int, int]:
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    return int(width), int(height)


def test_a_season_has_a_picture_of_the_size_that_cards_have(acted: Stage) -> None:
    address = poster(acted, acted.network)
    answer = drawn(acted, address)
    assert size_of(answer.data) == (1200, 630) and len(answer.data) < 300_000
    assert told(acted, acted.network, "twitter:card") == "summary_large_image"
    said = "Ledarskap och förnyelse i offentlig sektor. Säsong 7. onsdag 28 oktober 2026."
    assert told(acted, acted.network, "og:image:alt").startswith(said)


def test_it_is_kept_for_ever_because_its_address_changes_with_what_stands_on_it(acted: Stage) -> None:
    made = acted.institute
    first = poster(acted, acted.network)
    answer = drawn(acted, first)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    again = acted.app.test_client().get(first, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304

    view = made.services.programme.season(made.admin, acted.network)
    moved = scheduled(datetime.fromisoformat("2026-11-04T09:30"), datetime.fromisoformat("2026-11-04T12:30"))
    meeting = MeetingId(view.meetings[0].meeting_id)
    made.services.meetings.schedule(made.admin, ScheduleMeeting(acted.network, meeting, moved))

    second = poster(acted, acted.network)
    assert second != first and drawn(acted, second).data != answer.data
    old = acted.app.test_client().get(first)
    assert (old.status_code, old.headers["Location"]) == (302, second)


def test_it_has_the_accent_of_its_organiser(acted: Stage) -> None:
    made = acted.institute
    before = poster(acted, acted.conference)
    made.services.organisers.choose_accent(made.admin, ChooseAccent(made.organiser, 255))
    after = poster(acted, acted.conference)
    assert after != before and size_of(drawn(acted, after).data) == (1200, 630)


def test_the_same_season_has_the_same_picture_whoever_looks_and_in_whatever_language(acted: Stage) -> None:
    address = poster(acted, acted.conference)
    for browser in (acted.browser("anna"), acted.browser(language="en")):
        assert address in browser.open(f"/{SLUG}/seasons/{acted.conference}").html


@pytest.mark.parametrize(
    "title", ["Å" * 300, "Ett långt namn " * 20, "#import $x$ *fet* \\u{41} ${7*7} <svg>", "x 🙂👩🏽‍🚀", "x"]
)
def test_whatever_it_is_called_it_can_be_drawn(acted: Stage, title: str) -> None:
    time = scheduled(datetime.fromisoformat("2027-03-09T18:00"), datetime.fromisoformat("2027-03-09T20:00"))
    meetings = tuple(PlannedMeeting(f"Del {no}", time, Place(town="Malmö")) for no in range(12))
    season = acted.institute.season(title.strip()[:300], 10, FREE, None, meetings=meetings)
    assert size_of(drawn(acted, poster(acted, season)).data) == (1200, 630)


def test_what_is_nobody_s_has_no_picture(acted: Stage) -> None:
    nowhere = f"/{SLUG}/seasons/00000000-0000-4000-8000-000000000000/0123456789abcdef.png"
    assert acted.app.test_client().get(nowhere).status_code == 404
