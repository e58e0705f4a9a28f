"""An admin shares a file; whom it is for saves it, from its moment on, and nobody else finds it (S47)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.people.participant import Participant
from application.programme.material import RemoveMaterial
from domain.kernel.ids import BookingId
from domain.programme.season import Season
from tests.domain.programme.test_material_file import HOSTILE
from tests.scenarios.story import facts
from tests.web.links import delivered, links_to
from tests.web.page import Page
from tests.web.pages.programme.test_images import PLAN
from tests.web.stage import SLUG, Browser, Stage, stage

TITLE = "Övningar"


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def share(acted: Stage, content: bytes = PLAN, name: str = "Övningar å.pdf", **typed: str) -> Page:
    browser = acted.browser("admin")
    return send(browser, browser.open(f"/{SLUG}/seasons/{acted.conference}/material"), content, name, **typed)


def send(browser: Browser, page: Page, content: bytes, name: str, **typed: str) -> Page:
    form = page.form("file")
    carried = {each: values[0] for each, values in form.items() if each not in ("action", "method", "file")}
    data = {**carried, "title": TITLE, "file": (io.BytesIO(content), name), **typed}
    answer = browser.client.post(page.address.partition("?")[0], data=data, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()
    browser.stage.institute.catch_up()
    return browser.open(answer.headers["Location"]) if answer.status_code == 303 else Page(answer)


def address(acted: Stage) -> str:
    material = acted.institute.services.programme.season(acted.institute.admin, acted.conference).materials[-1]
    assert material.title == TITLE
    return material.url


def asked(acted: Stage, who: str, at: str) -> TestResponse:
    acted.institute.catch_up()
    return acted.browser(who).client.get(at)


def booked(acted: Stage, *others: str) -> BookingId:
    made = acted.institute
    people = [Participant(acted.anna), *(Participant(made.person(name, made.acme)) for name in others)]
    command = MakeBooking(acted.conference, tuple(people), made.acme)
    return made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id


def test_participants_save_it_and_nobody_else_finds_it_not_even_who_has_given_up_the_seat(acted: Stage) -> None:
    share(acted)
    booking, at = booked(acted), address(acted)
    assert [asked(acted, who, at).status_code for who in ("", "bertil", "cecilia")] == [404, 404, 404]
    found = asked(acted, "anna", at)
    assert (found.status_code, found.data) == (200, PLAN)
    acted.institute.services.cancellations.request(acted.institute.admin, RequestCancellation(booking))
    assert asked(acted, "anna", at).status_code == 404
    assert asked(acted, "admin", at).status_code == 200


def test_a_browser_saves_it_and_never_shows_it_as_a_page_of_ours(acted: Stage) -> None:
    share(acted, readers="everyone")
    answer = asked(acted, "", address(acted))
    headers = answer.headers
    assert headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%C3%96vningar%20%C3%A5.pdf;")
    assert 'filename="vningar .pdf"' in headers["Content-Disposition"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Type"] == "application/pdf"


def test_what_is_for_after_the_meeting_opens_when_it_has_been(acted: Stage) -> None:
    share(acted, moment="after")
    booked(acted)
    at = address(acted)
    assert asked(acted, "anna", at).status_code == 404
    acted.institute.at(2027, 2, 5)
    assert asked(acted, "anna", at).status_code == 200


def test_it_stands_where_participants_look_also_for_who_comes_by_a_link(acted: Stage) -> None:
    delivered(acted.institute)
    meeting = acted.institute.services.programme.season(acted.institute.admin, acted.conference).meetings[0]
    share(acted, meeting=str(meeting.meeting_id))
    booking = booked(acted)
    anna = acted.browser("anna")
    for page in (f"/{SLUG}/seasons/{acted.conference}", f"/{SLUG}/bookings/{booking}"):
        links = [href for href in re.findall(r'href="([^"]+)"', anna.open(page).html) if "/files/" in href]
        assert [anna.client.get(href).status_code for href in links] == [200], page
    assert TITLE in anna.open(f"/{SLUG}/bookings").html
    guest = acted.browser()
    way = next(each for each in links_to(delivered(acted.institute), "anna@example.org") if "/link/" in each)
    opened = guest.open(way)
    links = [href for href in re.findall(r'href="([^"]+)"', opened.html) if "/files/" in href]
    assert [guest.client.get(href).data for href in links] == [PLAN]
    assert guest.client.get(address(acted)).status_code == 404  # the link opens that booking and nothing beside it
    assert TITLE not in acted.browser("bertil").open(f"/{SLUG}/seasons/{acted.conference}").html


def test_another_file_takes_its_place_and_what_is_taken_away_is_gone(acted: Stage) -> None:
    share(acted)
    made, admin = acted.institute, acted.browser("admin")
    at = address(acted)
    material = made.services.programme.season(made.admin, acted.conference).materials[-1].material_id
    page = admin.open(f"/{SLUG}/seasons/{acted.conference}/material/{material}")
    admin.send(page, "moment", do="save", title="Övningarna")
    assert asked(acted, "admin", at).data == PLAN
    send(admin, admin.open(page.address), b"Ren text", "ny.txt", do="save")
    assert asked(acted, "admin", at).data == b"Ren text"
    assert kept(acted) == 1
    made.services.materials.remove(made.admin, RemoveMaterial(acted.conference, material))
    assert asked(acted, "admin", at).status_code == 404
    assert kept(acted) == 0


def kept(acted: Stage) -> int:
    [(number,)] = acted.institute.house.store.query("select count(*) from material_file", [])
    return int(number)


@pytest.mark.parametrize("kind", ["html", "svg", "macro document", "pdf javascript", "a zip"])
def test_what_runs_anything_is_refused_at_its_field_and_nothing_is_kept(acted: Stage, kind: str) -> None:
    page = share(acted, HOSTILE[kind], "Bilder.pdf")
    assert page.status == 422
    assert "Filen går inte att dela" in page.html
    assert TITLE in page.html  # what was typed is kept
    assert kept(acted) == 0
    assert not [each for each in facts(acted.institute) if _is_file(each)]


def _is_file(each: object) -> bool:
    return isinstance(each, Season.MaterialPublished) and each.material.file is not None


def test_neither_address_nor_file_is_said_at_the_field(acted: Stage) -> None:
    page = share(acted, b"", "")
    assert "Skriv en webbadress eller välj en fil." in page.html
