"""Booking from the first page to what happens next: by members and strangers, by keyboard, without script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page

from application.people.organiser import AllowSites
from tests.conftest import Databases
from tests.web.browsing import DESKTOP, EVERY_WAY, NEEDS_BROWSER, PHONE, Browsing, browsing, conference, words_of
from tests.web.stage import SLUG, stage

pytestmark = NEEDS_BROWSER

WORDS = {
    "sv": {
        "colleague": "En plats till",
        "two": "Boka 2 platser · 15 000 kr inkl. moms",
        "one": "Boka 1 plats · 15 000 kr inkl. moms",
        "again": "Räkna om summan",
        "done": "Bokningen är gjord.",
        "registered": "Anmälan är mottagen.",
        "next": "Det här händer nu",
        "reference": "Er referens",
        "order": "Inköpsordernummer",
        "name": "Ditt namn",
        "email": "Din e-post",
        "address": "Fakturaadress",
        "wrong": "4 fält behöver ändras:",
        "terms": "Därefter fullt pris.",
        "price": "12 000 kr exkl. moms (15 000 kr inkl.)",
    },
    "en": {
        "colleague": "One seat more",
        "two": "Book 2 seats · SEK 15,000 incl. VAT",
        "one": "Book 1 seat · SEK 15,000 incl. VAT",
        "again": "Work out the sum again",
        "done": "The booking is made.",
        "registered": "We have your registration.",
        "next": "What happens now",
        "reference": "Your reference",
        "order": "Purchase order number",
        "name": "Your name",
        "email": "Your e-mail",
        "address": "Invoice address",
        "wrong": "4 fields need a change:",
        "terms": "After that full price.",
        "price": "SEK 12,000 excl. VAT (SEK 15,000 incl.)",
    },
}


@pytest.fixture(scope="module")
def there(new_database: Databases) -> Iterator[Browsing]:
    with new_database() as url, stage(url) as made, browsing(made) as found:
        yield found


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_manager_books_for_two(there: Browsing, language: str, width: int, *, script: bool) -> None:
    said, season = WORDS[language], conference(there)
    with there.opened("anna", language=language, width=width, script=script) as page:
        page.goto(f"/{SLUG}")
        page.locator(f"a[href$='{season}']").click()
        page.get_by_role("button", name=said["colleague"]).click()
        page.get_by_label(said["reference"]).fill("Anna L")
        page.locator("summary", has_text=said["order"]).click()
        page.get_by_label(said["order"]).fill("PO 4711")
        page.get_by_role("button", name=said["two"]).click()
        page.get_by_text(said["done"]).wait_for()
        assert said["next"] in words_of(page) and "Anna L" in words_of(page)
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_stranger_is_told_what_is_missing_and_then_what_happens_next(
    there: Browsing, language: str, width: int, *, script: bool
) -> None:
    said, season = WORDS[language], conference(there)
    with there.opened(language=language, width=width, script=script) as page:
        page.goto(f"/{SLUG}/seasons/{season}")
        page.get_by_role("button", name=said["one"]).click()
        page.get_by_text(said["wrong"]).wait_for()
        if script:
            page.locator(".problems:focus").wait_for()
        described = page.get_by_label(said["name"]).get_attribute("aria-describedby") or ""
        assert "name-problem" in described and page.locator("#name-problem").is_visible()
        page.get_by_label(said["name"]).fill("Nina Nyfiken")
        page.get_by_label(said["email"]).fill(f"nina.{language}.{width}.{script}@example.org".lower())
        page.get_by_label("Organisation", exact=True).fill("Nyfiken AB")
        page.get_by_label(said["address"]).fill("Gatan 1, 111 11 Stockholm")
        page.get_by_role("button", name=said["one"]).click()
        page.get_by_text(said["registered"]).wait_for()
        assert "/registered" in page.url and "@" not in page.url and said["next"] in words_of(page)


def test_each_change_is_in_the_sum_and_in_the_button_at_once(there: Browsing) -> None:
    season = conference(there)
    with there.opened("anna") as page:
        page.goto(f"/{SLUG}/seasons/{season}")
        page.evaluate("window.stayed = true")
        page.get_by_label("Jag själv").check()
        page.get_by_role("button", name="Boka 1 plats · 15 000 kr inkl. moms").wait_for()
        page.get_by_label("Acme AB").check()
        page.get_by_role("button", name="Boka 1 plats · 7 500 kr inkl. moms").wait_for()
        assert page.evaluate("window.stayed") is True
        assert page.get_by_role("button", name="Räkna om summan").is_hidden()


def test_a_button_pressed_while_the_sum_is_worked_out_is_pressed(there: Browsing) -> None:
    season = conference(there)
    with there.opened() as page:
        page.goto(f"/{SLUG}/seasons/{season}")
        page.get_by_label("Ditt namn").fill("Petra Press")
        page.get_by_label("Din e-post").fill("petra.press@example.org")
        page.get_by_label("Mig själv, som privatperson").check()
        page.get_by_label("Fakturaadress").fill("Gatan 1, 111 11 Stockholm")
        button = page.get_by_role("button", name="Boka 1 plats · 15 000 kr inkl. moms")
        button.hover()
        with page.expect_response(lambda answer: answer.request.resource_type == "fetch") as answered:
            page.mouse.down()
        answered.value.finished()
        page.evaluate("new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)))")
        page.mouse.up()
        page.get_by_text("Anmälan är mottagen.").wait_for()


def test_what_has_the_focus_keeps_it_when_the_sum_is_worked_out(there: Browsing) -> None:
    season = conference(there)
    with there.opened("anna") as page:
        page.goto(f"/{SLUG}/seasons/{season}")
        page.get_by_label("Jag själv").check()
        page.get_by_role("button", name="Boka 1 plats · 15 000 kr inkl. moms").focus()
        page.get_by_label("Acme AB").evaluate("one => one.click()")
        page.get_by_role("button", name="Boka 1 plats · 7 500 kr inkl. moms").wait_for()
        assert page.evaluate("document.activeElement.name") == "do"


def test_without_script_a_button_works_the_sum_out(there: Browsing) -> None:
    season = conference(there)
    with there.opened("anna", script=False, width=PHONE) as page:
        page.goto(f"/{SLUG}/seasons/{season}")
        page.get_by_label("Jag själv").check()
        page.get_by_role("button", name="Räkna om summan").click()
        assert page.get_by_role("button", name="Boka 1 plats · 15 000 kr inkl. moms").is_visible()


def test_somebody_signed_in_has_the_invoice_made_out_to_another_organisation(there: Browsing) -> None:
    season = conference(there)
    with there.opened("anna", width=PHONE) as page:
        page.goto(f"/{SLUG}/seasons/{season}")
        assert page.get_by_label("Organisationsnummer").is_hidden()
        page.get_by_label("En annan organisation").check()
        page.get_by_label("Organisationsnummer").fill("556999-0005")
        page.get_by_role("button", name="Boka 1 plats · 15 000 kr inkl. moms").click()
        page.get_by_text("Organisationsnumret stämmer inte.").first.wait_for()
        page.get_by_label("Organisationsnummer").fill("556999-9005")
        page.get_by_label("Organisation", exact=True).fill("Eta AB")
        page.get_by_label("Fakturaadress").fill("Etagatan 1, 111 11 Stockholm")
        page.get_by_role("button", name="Boka 1 plats · 15 000 kr inkl. moms").click()
        page.get_by_text("Bokningen är gjord.").wait_for()
    with there.opened("finance") as page:
        page.goto(f"/{SLUG}/invoices")
        page.get_by_text("Eta AB").first.wait_for()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_seat_is_booked_by_keyboard_alone(there: Browsing, language: str) -> None:  # S67
    said, season = WORDS[language], conference(there)
    with there.opened(language=language, width=DESKTOP) as page:
        page.goto(f"/{SLUG}/seasons/{season}")
        seen = tab_to(page, lambda found: found == "name")
        page.keyboard.type("Karin Tangent")
        seen += tab_to(page, lambda found: found == "email")
        page.keyboard.type(f"karin.{language}@example.org")
        seen += tab_to(page, lambda found: found == "employer")
        page.keyboard.type("Tangent AB")
        seen += tab_to(page, lambda found: found == "address")
        page.keyboard.type("Gatan 1")
        seen += tab_to(page, lambda found: found.startswith(said["one"].partition(" · ")[0]))
        order = [
            seen.index(name)
            for name in ("wanted", "name", "email", "payer", "employer", "org_number", "address", "reference")
        ]
        assert order == sorted(order)
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.keyboard.press("Enter")
        page.get_by_text(said["registered"]).wait_for()


def tab_to(page: Page, is_there: Callable[[str], bool]) -> list[str]:
    """Press Tab until the focus is where it should be, and say where it has been."""
    seen: list[str] = []
    while len(seen) < 40:
        page.keyboard.press("Tab")
        element = (
            "document.activeElement.name === 'do' ? document.activeElement.innerText : document.activeElement.name"
        )
        seen.append(str(page.evaluate(element) or ""))
        if is_there(seen[-1].replace("\N{NO-BREAK SPACE}", " ")):
            return seen
    raise AssertionError(f"the focus never came there: {seen}")


@contextmanager
def another_site(html: str) -> Iterator[str]:
    """Somebody else's web site with one page, on another port: its address."""

    class OnePage(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode() if self.path == "/" else b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), OnePage)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"  # another name is another site, where cookies are third-party
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_stranger_books_on_another_site(there: Browsing, language: str, width: int, *, script: bool) -> None:  # S68
    said, season = WORDS[language], conference(there)
    frame = f'<iframe src="{there.address}/embed/{SLUG}/{season}?language={language}" width="100%" height="1200">'
    hiding = "<style>* { color: transparent } table, section, .price, .terms { display: none !important }</style>"
    page_there = f"<!doctype html><title>Elsewhere</title>{hiding}{frame}</iframe>"
    with another_site(page_there) as site:
        allow(there, site)
        with there.opened(language=language, width=width, script=script, also=(site,)) as page:
            page.goto(site)
            inside = page.frame_locator("iframe")
            inside.get_by_role("button", name=said["one"]).wait_for()
            assert said["terms"] in words_of(inside) and said["price"] in words_of(inside)
            inside.get_by_label(said["name"]).fill("Ellen Elsewhere")
            inside.get_by_label(said["email"]).fill(f"ellen.{language}.{width}.{script}@example.org".lower())
            inside.get_by_label("Organisation", exact=True).fill("Elsewhere AB")
            inside.get_by_label(said["address"]).fill("Gatan 1")
            inside.get_by_role("button", name=said["one"]).click()
            inside.get_by_text(said["registered"]).wait_for()
            assert said["next"] in words_of(inside)
            assert page.context.cookies() == []


def test_a_site_that_nobody_allowed_shows_nothing(there: Browsing) -> None:
    season = conference(there)
    with another_site(f'<!doctype html><iframe src="{there.address}/embed/{SLUG}/{season}"></iframe>') as site:
        allow(there, "https://www.example.org")
        context = there.chromium.new_context()
        page = context.new_page()
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.goto(site)
        page.wait_for_load_state("load")
        assert page.frame_locator("iframe").locator("main").count() == 0
        assert any(re.search("frame-ancestors", each) for each in told)
        context.close()


def allow(there: Browsing, site: str) -> None:
    made = there.stage.institute
    made.services.organisers.allow_sites(made.admin, AllowSites(made.organiser, (site,)))
    made.catch_up()
