"""An admin gives a season its pictures, says what they show, and everyone sees them where they belong."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from application.booking.booking import MakeBooking
from application.kernel.actor import SYSTEM
from application.people.organiser import FoundOrganiser
from application.people.participant import Participant
from application.programme.meeting import ScheduleMeeting
from application.programme.roll_over import CopySeason
from domain.kernel.ids import MeetingId
from domain.programme.meeting import Place
from domain.programme.plan import MOST_UNPACKED, must_be_paper
from tests.infrastructure.documents.test_image_maker import bomb, photo
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage

PLAN = b"%PDF-1.4\n1 0 obj<</Type/Page>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def packed(objects: bytes, more: bytes = b"") -> bytes:
    """A plan whose objects are packed together, as programs of today write them."""
    told = b"2 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode" + more + b">>stream\n"
    return PLAN.replace(b"trailer", told + zlib.compress(b"3 0 " + objects) + b"\nendstream endobj\ntrailer")


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def sent(browser: Browser, page: Page, use: str, content: bytes, **typed: str) -> Page:
    """Fill in the form of a picture and send it with a file."""
    form = next(each for each in page.elements.forms if each.get("use") == [use])
    carried = {name: values[0] for name, values in form.items() if name not in ("action", "method", "image")}
    browser.stage.institute.catch_up()
    data = {**carried, "do": "choose", "image": (io.BytesIO(content), "foto.jpg"), **typed}
    answer = browser.client.post(page.address.partition("?")[0], data=data, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # what was sent is a file on disk where it is large
    return browser.open(answer.headers["Location"]) if answer.status_code == 303 else Page(answer)


def sources(page: Page) -> list[str]:
    return re.findall(r'<img class="map(?: aside)?" src="([^"]+)"', page.html)


def test_a_picture_is_shown_to_anyone_after_the_facts(acted: Stage) -> None:
    admin, anyone = acted.browser("admin"), acted.browser()
    at, season = f"/{SLUG}/seasons/{acted.conference}/images", f"/{SLUG}/seasons/{acted.conference}"
    assert sources(anyone.open(season)) == []
    page = sent(admin, admin.open(at), "season", photo(), alt="Sju personer runt ett långt bord.")
    assert page.says("Bilden är sparad.", "Sju personer runt ett långt bord.")
    shown = anyone.open(season)
    [source] = sources(shown)
    assert 'alt="Sju personer runt ett långt bord."' in shown.html and 'width="1280" height="720"' in shown.html
    assert " 640w, " in shown.html and " 1280w" in shown.html and 'loading="lazy"' in shown.html
    assert shown.html.index('id="when"') < shown.html.index(source)
    answer = anyone.client.get(source)
    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert anyone.client.get(source.replace("-1280", "-99")).status_code == 404
    again = acted.institute.services.roll_overs.copy(acted.institute.admin, CopySeason(acted.conference, "Igen"))
    assert sources(admin.open(f"/{SLUG}/seasons/{again.answer.season_id}")) == [source]


def test_a_place_has_a_picture_and_the_way_in(acted: Stage) -> None:
    admin = acted.browser("admin")
    at = f"/{SLUG}/seasons/{acted.network}/images"
    page = admin.open(at)
    venue = re.findall(r'name="about" value="([^"]+)"', page.html)[0]
    sent(admin, page, "place", photo(), alt="Den gröna porten.")
    sent(admin, admin.open(at), "plan", photo(kind="PNG"), alt="Från gatan genom porten, två trappor upp.")
    season = acted.browser().open(f"/{SLUG}/seasons/{acted.network}")
    assert season.says("Hitta hit", venue, "Från gatan genom porten") and len(sources(season)) == 2


@pytest.fixture
def placed(acted: Stage) -> Stage:
    """The conference has got a venue."""
    made = acted.institute
    meeting = made.services.programme.season(made.admin, acted.conference).meetings[0]
    where = Place(venue="Salongen", address="Vindgränd 4", town="Malmö")
    move = ScheduleMeeting(acted.conference, MeetingId(meeting.meeting_id), meeting.time, where)
    made.services.meetings.schedule(made.admin, move)
    made.catch_up()
    return acted


def test_the_way_in_may_be_a_pdf_and_whoever_has_a_seat_finds_it_on_the_booking(placed: Stage) -> None:
    acted = placed
    made, admin, anyone = acted.institute, acted.browser("admin"), acted.browser()
    at = f"/{SLUG}/seasons/{acted.conference}/images"
    assert 'accept="image/jpeg,image/png,image/webp,application/pdf"' in admin.open(at).html
    page = sent(admin, admin.open(at), "plan", PLAN, alt="Från gatan genom porten, två trappor upp.")
    assert page.says("Bilden är sparad.", "Vägen in (PDF)")
    command = MakeBooking(acted.conference, (Participant(acted.anna),), made.acme)
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    made.catch_up()
    found: list[set[str]] = []
    for shown in (
        anyone.open(f"/{SLUG}/seasons/{acted.conference}"),
        acted.browser("anna").open(f"/{SLUG}/bookings/{booking}"),
    ):
        assert shown.says("Hitta hit", "Vägen in (PDF)", "Från gatan genom porten, två trappor upp.")
        addresses = {each for each in shown.elements.links if each.endswith(".pdf") and "/images/" in each}
        found.append(addresses)
    [address] = found[0] & found[1]
    answer = anyone.client.get(address)
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "application/pdf", PLAN)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert anyone.client.get(address.replace(".pdf", "-0.webp")).status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        PLAN[:-8],
        PLAN.replace(b"/Page", b"/JavaScript"),
        PLAN.replace(b"/Page", b"/Encrypt"),
        PLAN.replace(b"/Page", b"/J#61vaScript"),
        packed(b"<</S/JavaScript/JS(app.alert(1))>>"),
        packed(b"<</S/J#61vaScript/JS(app.alert(1))>>"),
        packed(b"<</Type/Page>>", b"/DecodeParms<</Predictor 12>>"),
        packed(b"<</Type/Page>>").replace(b"/FlateDecode", b"[/FlateDecode/ASCIIHexDecode]"),
        packed(b"<</Type/Page>>").replace(b">>stream", b">>%stream\nstream"),
        packed(b" " * (MOST_UNPACKED + 1)),
    ],
)
def test_a_pdf_that_is_more_than_paper_is_no_plan(placed: Stage, content: bytes) -> None:
    admin = placed.browser("admin")
    page = sent(admin, admin.open(f"/{SLUG}/seasons/{placed.conference}/images"), "plan", content, alt="Två trappor.")
    assert page.status == 422 and page.says("Planen går inte att visa") and 'value="Två trappor."' in page.html


def test_a_pdf_of_today_is_paper() -> None:
    for content in (PLAN, packed(b"<</Type/Page>>"), packed(b"<</Type/Page>>").replace(b">>stream\n", b">>stream\r\n")):
        must_be_paper(content)


def test_a_pdf_is_no_picture_of_anything_else(placed: Stage) -> None:
    admin = placed.browser("admin")
    page = sent(admin, admin.open(f"/{SLUG}/seasons/{placed.conference}/images"), "place", PLAN, alt="Porten.")
    assert page.status == 422 and page.says("Bilden går inte att läsa.")


def test_without_words_it_is_refused_unless_it_is_decoration(acted: Stage) -> None:
    admin = acted.browser("admin")
    at = f"/{SLUG}/seasons/{acted.conference}/images"
    page = sent(admin, admin.open(at), "season", photo())
    assert page.status == 422 and 'id="alt-problem"' in page.html
    page = sent(admin, admin.open(at), "season", photo(), is_decoration="yes")
    assert page.says("Bilden är sparad.", "Utsmyckning, läses inte upp.")
    page = sent(admin, page, "season", b"", alt="Ett rum.", is_decoration="")
    assert page.says("Bilden är sparad.", "Ett rum.")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no picture", "Bilden går inte att läsa."),
        (b"", "Bilden saknas"),
        (bomb(30_000, 30_000), "för stor"),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_field_and_what_was_typed_stays(
    acted: Stage, content: bytes, words: str
) -> None:
    admin = acted.browser("admin")
    page = sent(admin, admin.open(f"/{SLUG}/seasons/{acted.conference}/images"), "season", content, alt="Ett rum.")
    assert page.status == 422 and page.says(words) and 'value="Ett rum."' in page.html
    assert 'id="image-problem"' in page.html


def test_it_is_taken_away_again(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = sent(admin, admin.open(f"/{SLUG}/seasons/{acted.conference}/images"), "season", photo(), alt="Ett rum.")
    gone = admin.send(page, "image", do="remove")
    assert gone.says("Bilden är borttagen.")
    assert sources(acted.browser().open(f"/{SLUG}/seasons/{acted.conference}")) == []


def test_only_an_admin_gives_pictures(acted: Stage) -> None:
    assert acted.browser("anna").open(f"/{SLUG}/seasons/{acted.conference}/images").status == 403


def test_a_picture_is_served_as_long_as_some_season_shows_it(acted: Stage) -> None:
    made, admin, anyone = acted.institute, acted.browser("admin"), acted.browser()
    at = f"/{SLUG}/seasons/{acted.conference}/images"
    sent(admin, admin.open(at), "season", photo(), alt="Ett rum.")
    [source] = sources(anyone.open(f"/{SLUG}/seasons/{acted.conference}"))
    made.services.organisers.found(SYSTEM, FoundOrganiser("Andra", "andra", "556999-5003"))
    made.catch_up()
    assert anyone.client.get(source).status_code == 200
    assert anyone.client.get(source.replace(SLUG, "andra")).status_code == 404
    again = made.services.roll_overs.copy(made.admin, CopySeason(acted.conference, "Igen")).answer.season_id
    admin.send(admin.open(at), "image", do="remove")
    assert anyone.client.get(source).status_code == 200
    admin.send(admin.open(f"/{SLUG}/seasons/{again}/images"), "image", do="remove")
    assert anyone.client.get(source).status_code == 404


def test_what_shows_a_place_goes_with_the_place_and_comes_back_with_it(placed: Stage) -> None:
    made, admin, anyone = placed.institute, placed.browser("admin"), placed.browser()
    address = f"/{SLUG}/seasons/{placed.conference}"
    sent(admin, admin.open(f"{address}/images"), "plan", PLAN, alt="Två trappor upp.")
    shown = anyone.open(address)
    [plan] = {each for each in shown.elements.links if each.endswith(".pdf") and "/images/" in each}
    meeting = made.services.programme.season(made.admin, placed.conference).meetings[0]
    for venue, status in (("Annexet", 404), ("Salongen", 200)):
        there = ScheduleMeeting(
            placed.conference, MeetingId(meeting.meeting_id), meeting.time, replace(meeting.place, venue=venue)
        )
        made.services.meetings.schedule(made.admin, there)
        assert ("Hitta hit" in anyone.open(address).words) == (status == 200), venue
        assert anyone.client.get(plan).status_code == status, venue
    admin.send(admin.open(f"{address}/images"), "image", do="remove", use="plan", about="Salongen")
    assert anyone.client.get(plan).status_code == 404
