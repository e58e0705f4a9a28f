"""The first run in a browser: from the link that is printed on an empty installation to a page that can be booked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Page

from infrastructure.kernel.settings import Settings
from tests.clock import FixedClock
from tests.conftest import Databases
from tests.samples import AUTUMN, Institute
from tests.web.browsing import EVERY_WAY, NEEDS_BROWSER, Browsing, browsing
from tests.web.stage import Stage
from web.app import create_app
from web.wiring import build

pytestmark = NEEDS_BROWSER

WORDS = {
    "sv": {
        "enter": "Logga in", "step_1": "Steg 1 av 4", "name": "Arrangörens namn", "number": "Organisationsnummer",
        "address": "Postadress, som den ska stå på fakturor", "you": "Namn", "email": "E-post",
        "go_on": "Spara och gå vidare", "step_2": "Steg 2 av 4", "network": "Starta nätverket",
        "title": "Namn på säsongen",
        "save": "Spara säsongen", "day": "Dag, rad 1", "from": "Börjar, rad 1", "to": "Slutar, rad 1",
        "price": "Pris i kronor", "planned": "Säsongen är planerad.", "step_4": "Steg 4 av 4",
        "open": "Öppna bokningen", "opened": "Bokningen är öppen.", "ready": "Säsongen går att boka",
        "plan": "Planera säsongen", "book": "Boka",
    },
    "en": {
        "enter": "Sign in", "step_1": "Step 1 of 4", "name": "Name of the organiser", "number": "Organisation number",
        "address": "Postal address, as it stands on invoices", "you": "Name", "email": "E-mail",
        "go_on": "Save and go on", "step_2": "Step 2 of 4", "network": "Found the network",
        "title": "Name of the season",
        "save": "Save the season", "day": "Day, row 1", "from": "From, row 1", "to": "To, row 1",
        "price": "Price in kronor", "planned": "The season is planned.", "step_4": "Step 4 of 4",
        "open": "Open booking", "opened": "Booking is open.", "ready": "The season can be booked",
        "plan": "Plan the season", "book": "Book",
    },
}  # fmt: skip


@contextmanager
def installed(database_url: str) -> Iterator[Browsing]:
    """An installation in which there is nothing yet, served, and a browser."""
    with TemporaryDirectory() as home:
        settings = Settings.read({"PLATS_HOME": home, "PLATS_KEYS": str(Path(home) / "keys")})
        house = build(database_url, settings, FixedClock(AUTUMN))
        nobody = (None,) * 6
        made = Institute(house, house.services.clock, *nobody)  # type: ignore[arg-type]  # an institute before there is one
        stage = Stage(made, create_app(house.services), None, None, None, None)  # type: ignore[arg-type]  # nobody is there
        try:
            with browsing(stage) as there:
                yield there
        finally:
            house.close()


def found_the_organiser(page: Page, said: dict[str, str]) -> None:
    page.get_by_text(said["step_1"]).wait_for()
    page.get_by_label(said["name"]).fill("Nätverket för skola")
    page.get_by_label(said["number"]).fill("556036-0793")
    page.get_by_label(said["address"]).fill("Gatan 1, 111 30 Stockholm")
    page.get_by_label("Bankgiro").fill("991-2346")
    page.get_by_label(said["you"], exact=True).fill("Ada")
    page.get_by_label(said["email"], exact=True).fill("ada@example.org")
    page.get_by_role("button", name=said["go_on"]).click()
    page.get_by_text(said["step_2"]).wait_for()


def planned_a_season(page: Page, said: dict[str, str]) -> None:
    """Steps 2 and 3: a network, and one free meeting in it."""
    page.get_by_role("link", name=said["network"]).click()
    page.locator("#name").fill("Rektorer")
    page.get_by_role("button", name=said["network"]).click()
    page.get_by_label(said["title"]).fill("Hösten 2026")
    page.get_by_label(said["day"]).fill("2026-10-14")
    page.locator("#m_from-1").fill("09:00")
    page.locator("#m_to-1").fill("12:00")
    page.locator("#p_amount-1").fill("0")
    page.get_by_role("button", name=said["save"]).last.click()
    page.get_by_text(said["planned"]).wait_for()


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
def test_the_printed_link_leads_from_nothing_to_a_season_that_can_be_booked(
    new_database: Databases, language: str, width: int
) -> None:
    said = WORDS[language]
    with new_database() as url, installed(url) as there:
        secret = there.stage.institute.services.sign_in.first_admin_link()
        with there.opened(language=language, width=width) as page:
            page.goto(f"/sign-in/{secret}")
            page.get_by_role("button", name=said["enter"]).click()
            found_the_organiser(page, said)
            planned_a_season(page, said)
            page.goto("/natverket-for-skola/start")
            page.get_by_text(said["step_4"]).wait_for()
            page.get_by_role("link", name=said["open"]).click()
            page.get_by_role("button", name=said["open"]).click()
            page.get_by_text(said["opened"]).first.wait_for()
            page.goto("/natverket-for-skola/start")
            page.get_by_text(said["ready"]).first.wait_for()
            share = page.locator("main a").first.get_attribute("href") or ""
        with there.opened(language=language, width=width) as page:
            page.goto(share)
            assert "Hösten 2026" in page.locator("h1").inner_text()
            assert page.get_by_label(said["email"]).is_visible()
        assert there.stage.institute.services.sign_in.first_admin_link() is None
