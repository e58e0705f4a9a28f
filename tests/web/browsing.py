"""A real browser for stories: Debian's Chromium, watched so that no page says or fetches what it should not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, ViewportSize, sync_playwright

from domain.kernel.ids import SeasonId
from tests.web.stage import Stage, served

CHROMIUM = Path("/usr/bin/chromium")
IS_CI = os.environ.get("CI") == "true"
PHONE, DESKTOP = 390, 1280
EVERY_WAY = [("sv", PHONE), ("sv", DESKTOP), ("en", PHONE), ("en", DESKTOP)]
"""Languages and widths (px) that every journey is made in."""
REFUSALS = (
    *(f"the server responded with a status of {status}" for status in (403, 409, 422)),
    "net::ERR_INTERNET_DISCONNECTED",
)
NEEDS_BROWSER = pytest.mark.skipif(
    not CHROMIUM.exists() and not IS_CI, reason="NO BROWSER: chromium is not installed, no page was looked at"
)


@dataclass(frozen=True)
class Browsing:
    """A stage that is served at an address, and a browser to open it with."""

    stage: Stage
    address: str
    chromium: Browser

    @contextmanager
    def opened(
        self,
        who: str = "",
        *,
        language: str = "sv",
        width: int = DESKTOP,
        dark: bool = False,
        script: bool = True,
        also: tuple[str, ...] = (),
    ) -> Iterator[Page]:
        """Somebody's browser; at the end nothing was said on the console and nothing fetched from elsewhere.

        `also`: other addresses that belong to the story. The browser's own note that a form
        came back, or that a story has cut its connection, is no complaint.
        """
        context = self.chromium.new_context(
            base_url=self.address,
            viewport=ViewportSize(width=width, height=900),
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            locale="sv-SE" if language == "sv" else "en-GB",
        )
        if who:
            context.add_cookies([{"name": "plats_token", "value": self.stage.tokens[who], "url": self.address}])
        page, said, ours = context.new_page(), [], (self.address, *also)
        page.on("console", lambda told: None if any(each in told.text for each in REFUSALS) else said.append(told.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(ours) else said.append(asked.url))
        yield page
        context.close()
        assert said == []


def unfold_menu(page: Page) -> None:
    """Open the menus where they are folded: on a phone, for somebody who has signed in."""
    for summary in page.locator(".ways > details > summary, .menu > summary").all():
        if summary.is_visible():
            summary.click()


def words_of(page: Page | FrameLocator) -> str:
    """What the page says, once all of it has come; spaces that do not break are plain ones."""
    if isinstance(page, Page):
        page.wait_for_load_state()
    return page.locator("main").inner_text().replace("\N{NO-BREAK SPACE}", " ")


def conference(there: Browsing) -> SeasonId:
    """A conference of its own for each story."""
    season = there.stage.institute.conference(seats=40)
    there.stage.institute.catch_up()
    return season


@contextmanager
def browsing(stage: Stage) -> Iterator[Browsing]:
    """The stage served on a free port, and one browser for all the stories of a module."""
    with served(stage) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM)
        yield Browsing(stage, address, chromium)
        chromium.close()
