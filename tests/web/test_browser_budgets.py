"""What a browser measures: nothing jumps, text comes first, and a page holds when it is narrow, large or plain."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Page, Route

from application.booking.booking import MakeBooking
from application.programme.image import ChooseImage
from application.programme.season import CorrectSeason
from domain.programme.season_images import ImageUse
from tests.infrastructure.documents.test_image_maker import photo
from tests.scenarios.story import seated
from tests.web.browsing import NEEDS_BROWSER, PHONE, Browsing, browsing
from tests.web.every_page import pages_of
from tests.web.stage import SLUG, stage
from web.pages.kernel.sheet import PARTS, STATIC

pytestmark = NEEDS_BROWSER

STYLE = "".join((STATIC / each).read_text() for each in PARTS)
WATCHED = """
window.shifted = []; window.largest = [];
new PerformanceObserver(list => list.getEntries().forEach(each => shifted.push(
  [each.value, each.sources.map(one => one.node && (one.node.className || one.node.nodeName)).join()]
))).observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(each => largest.push(
  [each.url, each.element && each.element.nodeName]
))).observe({type: 'largest-contentful-paint', buffered: true});
"""
PROMISE = (
    "Två dagar om ledarskap i förändring, med samtal i små grupper och tid att tänka. Du möter chefer från andra "
    "verksamheter, prövar dina frågor på dem och går hem med en sak att göra på måndag."
)
WIDER = "document.documentElement.scrollWidth > window.innerWidth"
OLDER = r"@supports selector\(::details-content\) \{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|text-wrap: \w+;?"


@pytest.fixture(scope="module")
def there(module_database_url: str) -> Iterator[Browsing]:
    with stage(module_database_url) as acted:
        made = acted.institute
        season = ChooseImage(acted.conference, ImageUse.SEASON, photo(), "Ett rum.")
        made.services.images.choose(made.admin, season)
        made.services.seasons.correct(made.admin, CorrectSeason(acted.conference, particulars={"promise": PROMISE}))
        made.catch_up()
        with browsing(acted) as found:
            yield found


@pytest.fixture(scope="module")
def pages(there: Browsing) -> dict[str, str]:
    return {path: who for path, who in pages_of(there.stage).items() if path != "/nowhere"}


def chosen(there: Browsing) -> list[tuple[str, str]]:
    """The pages that most people come to first."""
    season = f"/{SLUG}/seasons/{there.stage.conference}"
    return [
        ("", f"/{SLUG}"), ("", season), ("anna", season), ("anna", f"/{SLUG}/bookings"), ("admin", f"/{SLUG}/desk"),
        ("admin", f"{season}/run"), ("admin", f"{season}/roster"), ("finance", f"/{SLUG}/finance"),
    ]  # fmt: skip


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_nothing_jumps_when_the_face_comes_late_and_the_text_is_what_comes_first(there: Browsing, width: int) -> None:
    def late(route: Route) -> None:
        time.sleep(0.25)
        route.continue_()

    told: list[str] = []
    for who, path in chosen(there):
        with there.opened(who, width=width) as page:
            page.route("**/fonts/**", late)
            page.add_init_script(WATCHED)
            page.goto(path)
            page.evaluate("document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(done)))")
            jumped = [each for each in page.evaluate("shifted") if each[0] > 0.001]
            told += [f"{path} ({who}): {each}" for each in jumped]
            page.wait_for_function("largest.length > 0")
            url, element = page.evaluate("largest").pop()
            told += [f"{path} ({who}): waits for {element} {url}"] if url else []
    assert told == []


def test_no_page_scrolls_sideways_at_320_px_or_at_twice_the_size(there: Browsing, pages: dict[str, str]) -> None:
    told: list[str] = []
    for who in sorted(set(pages.values())):
        with there.opened(who, width=320) as page:
            for path in (each for each, reader in pages.items() if reader == who):
                page.goto(path)
                told += [f"{path} at 320"] if page.evaluate(WIDER) else []
                page.set_viewport_size({"width": 640, "height": 400})  # 1280 × 800 at 200 per cent
                told += [f"{path} at 200 %"] if page.evaluate(WIDER) else []
                page.set_viewport_size({"width": 320, "height": 900})
    assert told == []


@pytest.mark.parametrize("dark", [True, False])
def test_with_forced_colours_what_is_chosen_and_what_is_measured_are_still_seen(there: Browsing, *, dark: bool) -> None:
    with there.opened("admin", dark=dark) as page:
        page.emulate_media(forced_colors="active")
        page.goto(f"/{SLUG}/desk")
        current = page.locator(".ways a[aria-current]").first
        assert colours_of(page, ".ways a[aria-current]") > colours_of(page, ".ways a:not([aria-current])") - 200
        assert "600" in current.evaluate("each => getComputedStyle(each).fontWeight")
        assert current.evaluate("each => getComputedStyle(each).boxShadow") != "none"
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    with there.opened(dark=dark) as page:
        page.emulate_media(forced_colors="active")
        page.goto(f"/{SLUG}")
        now, other = (
            page.locator(".top nav a[aria-current]").first,
            page.locator(".top nav a:not([aria-current])").first,
        )
        edges = [each.evaluate("each => getComputedStyle(each).borderBottomColor") for each in (now, other)]
        assert edges[0] != edges[1]
        if page.locator("meter").count():
            assert colours_of(page, "meter") > 1
        page.goto(f"/{SLUG}/seasons/{there.stage.conference}")
        if page.locator("svg.drawn").count():
            assert colours_of(page, "svg.drawn") > 2


def colours_of(page: Page, selector: str) -> int:
    """How many colours are in a part of a page as it is seen."""
    seen = Image.open(io.BytesIO(page.locator(selector).first.screenshot())).convert("RGB")
    return len(seen.getcolors(1 << 24) or [])


def test_a_browser_of_2022_shows_and_takes_all_there_is(there: Browsing) -> None:
    """Without what newer browsers know, everything is there and in its place, if more of it at once."""
    older = re.sub(OLDER, "", re.sub(r"[^{}]*:has\([^{}]*\{[^{}]*\}", "", STYLE))
    assert "details-content" not in older and ":has(" not in older
    with there.opened("anna", width=PHONE) as page:
        page.route("**/style-*.css", lambda route: route.fulfill(body=older, content_type="text/css"))
        for path in (f"/{SLUG}/seasons/{there.stage.conference}", f"/{SLUG}/bookings", f"/{SLUG}"):
            page.goto(path)
            assert not page.evaluate(WIDER), path
            fonts = page.evaluate("getComputedStyle(document.body).fontFamily")
            assert fonts.startswith('"Hanken Grotesk"')
        page.goto(f"/{SLUG}/seasons/{there.stage.conference}")
        assert page.get_by_role("button", name=re.compile("^Boka ")).first.is_visible()


def test_on_paper_the_frame_is_gone_and_ink_is_black(there: Browsing) -> None:
    with there.opened("anna", dark=True) as page:
        page.goto(f"/{SLUG}/seasons/{there.stage.conference}")
        page.emulate_media(media="print", color_scheme="light")
        assert not page.locator(".top nav").first.is_visible() and not page.locator("form").first.is_visible()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_a_booking_on_paper_says_what_is_held_and_offers_nothing_to_press(there: Browsing) -> None:
    made, anna = there.stage.institute, there.stage.anna
    booking = made.services.bookings.make(made.acting(anna), MakeBooking(made.conference(), seated(anna))).answer
    made.catch_up()
    with there.opened("anna") as page:
        page.goto(f"/{SLUG}/bookings/{booking.booking_id}")
        page.emulate_media(media="print")
        assert page.get_by_text("Anna", exact=True).first.is_visible() and page.locator(".ticket .day").is_visible()
        pressed = page.locator("main :is(button, .button, summary, .acts a)").all()
        assert pressed and not any(each.is_visible() for each in pressed)


def test_nothing_moves_where_stillness_is_asked_for(there: Browsing) -> None:
    with there.opened("anna") as page:
        page.emulate_media(reduced_motion="reduce")
        for path in (f"/{SLUG}", f"/{SLUG}/seasons/{there.stage.conference}"):
            page.goto(path)
            assert page.evaluate("document.getAnimations().length") == 0
            assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
