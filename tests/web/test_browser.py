"""The pages in a real browser: on a phone, by keyboard, without script; calm for axe; nothing from elsewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from application.booking.booking import MakeBooking
from application.people.participant import Participant
from tests.conftest import Databases
from tests.web.browsing import words_of
from tests.web.every_page import pages_of
from tests.web.stage import SLUG, Stage, served, stage

CHROMIUM = Path("/usr/bin/chromium")
IS_CI = os.environ.get("CI") == "true"
REFUSED = "the server responded with a status of 422"  # the browser notes that a form came back
PHONE, DESKTOP = 390, 1280
Opener = Callable[..., AbstractContextManager[Page]]

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and not IS_CI, reason="NO BROWSER: chromium is not installed, no page was looked at"
)


@pytest.fixture(scope="module")
def acted(new_database: Databases) -> Iterator[Stage]:
    with new_database() as url, stage(url) as made:
        yield made


@pytest.fixture(scope="module")
def address(acted: Stage) -> Iterator[str]:
    with served(acted) as url:
        yield url


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def opened(acted: Stage, address: str, chromium: Browser) -> Opener:
    """Opens somebody's browser; at the end nothing was said on the console and nothing fetched from elsewhere."""

    @contextmanager
    def opening(
        who: str = "", *, language: str = "sv", width: int = DESKTOP, dark: bool = False, script: bool = True
    ) -> Iterator[Page]:
        context = chromium.new_context(
            base_url=address,
            viewport=ViewportSize(width=width, height=900),
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            locale="sv-SE" if language == "sv" else "en-GB",
        )
        if who:
            context.add_cookies([{"name": "plats_token", "value": acted.tokens[who], "url": address}])
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: None if REFUSED in message.text else said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda asked: said.append(asked.url) if not asked.url.startswith(address) else None)
        yield page
        context.close()
        assert said == []

    return opening


def conference(acted: Stage) -> str:
    """A conference of its own for each story."""
    season = acted.institute.conference(seats=40)
    acted.institute.catch_up()
    return f"/{SLUG}/seasons/{season}"


@pytest.mark.parametrize(
    ("language", "width", "add", "book", "done"),
    [
        ("sv", PHONE, "En plats till", "Boka 2 platser · 15 000 kr inkl. moms", "Bokningen är gjord."),
        ("sv", DESKTOP, "En plats till", "Boka 2 platser · 15 000 kr inkl. moms", "Bokningen är gjord."),
        ("en", PHONE, "One seat more", "Book 2 seats · SEK 15,000 incl. VAT", "The booking is made."),
        ("en", DESKTOP, "One seat more", "Book 2 seats · SEK 15,000 incl. VAT", "The booking is made."),
    ],
)
@pytest.mark.parametrize("script", [True, False])
def test_a_manager_books_two_seats(  # one story told in every way a reader may meet it
    acted: Stage, opened: Opener, language: str, width: int, add: str, book: str, done: str, *, script: bool
) -> None:
    season = conference(acted)
    with opened("anna", language=language, width=width, script=script) as page:
        page.goto(season)
        page.get_by_role("button", name=add).click()
        page.get_by_role("button", name=book).click()
        assert done in words_of(page)


def test_each_change_updates_the_sum_beside_the_button_without_a_new_page(acted: Stage, opened: Opener) -> None:
    season = conference(acted)
    with opened("anna") as page:
        page.goto(season)
        page.evaluate("window.stayed = true")
        page.get_by_label("Jag själv").check()
        page.get_by_role("button", name="Boka 1 plats · 15 000 kr inkl. moms").wait_for()
        assert page.evaluate("window.stayed") is True
        page.get_by_role("button", name="Boka 1 plats").click()
        assert "Bokningen är gjord." in words_of(page)


def test_without_script_the_sum_is_worked_out_by_its_button(acted: Stage, opened: Opener) -> None:
    season = conference(acted)
    with opened("anna", script=False) as page:
        page.goto(season)
        page.get_by_label("Jag själv").check()
        page.get_by_role("button", name="Räkna om summan").click()
        page.get_by_role("button", name="Boka 1 plats · 15 000 kr inkl. moms").click()
        assert "Bokningen är gjord." in words_of(page)


def test_a_seat_is_booked_by_keyboard_alone(acted: Stage, opened: Opener) -> None:
    season = conference(acted)
    with opened("bertil") as page:
        page.goto(season)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Hoppa till innehållet"
        seen: list[str] = []
        for _ in range(40):
            page.keyboard.press("Tab")
            seen.append(page.evaluate("document.activeElement.innerText || document.activeElement.name"))
            if seen[-1].startswith("Boka 1 plats"):
                break
        assert seen.index("me") < seen.index("payer") < seen.index("reference") < len(seen) - 1
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.keyboard.press("Enter")
        page.get_by_text("Bokningen är gjord.").wait_for()


def test_a_participant_is_named_and_the_seat_is_cancelled_with_the_sum_on_the_button(
    acted: Stage, opened: Opener
) -> None:
    season = conference(acted)
    with opened("anna", width=PHONE) as page:
        page.goto(season)
        page.get_by_role("button", name="En plats till").click()
        page.get_by_role("button", name="Boka 2 platser").click()
        page.get_by_role("link", name="namnge").click()
        page.get_by_label("Namn").fill("Bertil")
        page.get_by_label("E-post").fill("bertil@example.org")
        page.get_by_role("button", name="Namnge").click()
        page.locator(".seats").get_by_text("Bertil").first.wait_for()
        page.get_by_role("link", name="avboka plats 2").click()
        page.get_by_role("button", name="Avboka 1 plats · slipp betala 7 500 kr").click()
        assert "Avbokningen är klar." in words_of(page)


def test_an_admin_moves_a_meeting_and_a_member_reads_the_new_time(acted: Stage, opened: Opener) -> None:
    season = conference(acted)
    with opened("admin") as page:
        page.goto(f"{season}/run")
        page.get_by_text("Ändra Dag 1").click()
        page.get_by_label("Börjar").first.fill("2027-02-05T10:00")
        page.get_by_label("Slutar").first.fill("2027-02-05T15:00")
        page.get_by_role("button", name="Spara tid och plats").first.click()
        page.get_by_text("Tid och plats är sparade.").wait_for()
    with opened("anna", language="en") as page:
        page.goto(season)
        assert "Friday 5 February 2027, 10:00–15:00" in words_of(page)


@pytest.mark.parametrize(("width", "dark"), [(PHONE, True), (DESKTOP, False)], ids=["dark phone", "light desk"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    acted: Stage, opened: Opener, width: int, *, dark: bool
) -> None:
    axe = Axe()
    found: list[str] = []
    pages = pages_of(acted)
    for who in sorted(set(pages.values())):
        with opened(who, width=width, dark=dark) as page:
            for address in (each for each, reader in pages.items() if reader == who and each != "/nowhere"):
                page.goto(address)  # which ends when all of it has come
                for details in page.locator("details").all():
                    details.evaluate("each => { each.open = true }")
                result = axe.run(page)
                found += [
                    f"{address}: {each['id']}: {each['nodes'][0]['html']}" for each in result.response["violations"]
                ]
                if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                    found.append(f"{address} scrolls sideways at {width}")
    assert found == []


@pytest.mark.parametrize("width", [PHONE, 700, DESKTOP])
def test_a_season_has_one_way_to_its_form_in_view(acted: Stage, opened: Opener, width: int) -> None:
    with opened(width=width) as page:
        page.goto(conference(acted))
        ways = page.locator('article a.button[href="#book"]')
        assert [each.is_visible() for each in ways.all()].count(True) == 1


def test_errors_are_calm_for_axe_too(acted: Stage, opened: Opener) -> None:
    season = conference(acted)
    with opened() as page:
        page.goto(season)
        page.get_by_role("button", name="Boka 1 plats").click()
        page.get_by_text("4 fält behöver ändras:").wait_for()
        assert Axe().run(page).response["violations"] == []
        page.get_by_role("link", name="Fyll i ditt namn.").click()
        page.locator("#name:focus").wait_for()


def test_a_roster_of_forty_prints_on_one_page(acted: Stage, opened: Opener) -> None:
    made = acted.institute
    season = made.conference(seats=40)
    for no in range(20):
        people = (Participant(made.person(f"Deltagare{no}", made.acme)), Participant())
        made.services.bookings.make(made.admin, MakeBooking(season, people, made.acme))
    made.catch_up()
    with opened("admin") as page:
        page.goto(f"/{SLUG}/seasons/{season}/roster")
        printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1
