"""Whatever people type is shown as text on every page, and the layout holds: tags, reversed writing, endless words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.conftest import Databases
from tests.web.every_page import pages_of
from tests.web.stage import Stage, served, stage
from tests.web.test_browser import CHROMIUM, DESKTOP, IS_CI, PHONE

LONGEST = 300
TAG = '<img src=x onerror="window.hit=1">'
MARKS = f"{TAG}</title></textarea>'\"&amp;{{{{7*7}}}}\u202e🙂👩🏽‍🚀"

pytestmark = pytest.mark.skipif(not CHROMIUM.exists() and not IS_CI, reason="NO BROWSER: chromium is not installed")


def hostile(text: str) -> str:
    """The text with everything after it that has ever broken a page, as long as a name may be, without a space."""
    begun = f"{text}{MARKS}"
    return begun + "Å" * (LONGEST - len(begun))


@pytest.fixture(scope="module")
def acted(new_database: Databases) -> Iterator[Stage]:
    with new_database() as url, stage(url, hostile) as made:
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


def broken(page: Page, width: int) -> list[str]:
    """What has gone wrong with the open page."""
    found = {
        "something ran": "window.hit === 1",
        "a tag became an element": "document.querySelector('img[onerror]') !== null",
        "it scrolls sideways": f"document.documentElement.scrollWidth > {width}",
        "nothing is left of the main text": "document.querySelector('main').innerText.length < 20",
    }
    return [what for what, sign in found.items() if page.evaluate(sign)]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_hostile_text_is_shown_as_text_on_every_page_and_the_layout_holds(
    acted: Stage, address: str, chromium: Browser, width: int
) -> None:
    pages = pages_of(acted)
    faults: list[str] = []
    shown = 0
    for who in sorted(set(pages.values())):
        context = chromium.new_context(base_url=address, viewport=ViewportSize(width=width, height=900))
        if who:
            context.add_cookies([{"name": "plats_token", "value": acted.tokens[who], "url": address}])
        page = context.new_page()
        for path in (each for each, reader in pages.items() if reader == who and each != "/nowhere"):
            answer = page.goto(path)
            assert answer is not None and answer.status == 200, path
            for details in page.locator("details").all():
                details.evaluate("each => { each.open = true }")
            faults += [f"{path} for {who or 'anybody'} at {width}: {what}" for what in broken(page, width)]
            shown += TAG in page.locator("body").inner_text()
        context.close()
    assert not faults, "\n".join(faults)
    assert shown > len(pages) // 2
