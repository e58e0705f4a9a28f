"""An organiser chooses its colour: looked at first, kept, linked by its pages as a sheet that is kept for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.people.accent import USUAL, accent
from tests.web.page import Page
from tests.web.stage import Stage, stage

SETTINGS = "/institutet/organiser"
SHEET = Path(__file__).parents[4] / "web" / "static" / "style.css"


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def sheet_of(page: Page) -> str:
    found = re.search(r'<link rel="stylesheet" href="(/accent/[^"]+)">', page.html)
    return found.group(1) if found else ""


def test_a_colour_is_shown_first_and_then_used_by_every_page(acted: Stage) -> None:
    finance, anyone = acted.browser("finance"), acted.browser()
    page = finance.open(SETTINGS)
    assert page.says("Tegel") and 'value="48" checked' in page.html and sheet_of(page) == ""
    shown = finance.send(page, "swatch", swatch="255", do="show")
    assert accent(255).light.accent in shown.html and 'value="255" checked' in shown.html
    assert sheet_of(finance.open(SETTINGS)) == ""  # shown, not kept
    kept = finance.send(shown, "swatch", swatch="255", do="choose")
    assert kept.says("Färgen är sparad.")
    address = sheet_of(anyone.open("/institutet"))
    assert address.startswith("/accent/255-") and sheet_of(anyone.open("/")) == ""
    answer = anyone.client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/css")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert accent(255).light.accent in answer.text and accent(255).dark.accent in answer.text


def test_any_number_on_the_wheel_may_be_chosen_and_no_other(acted: Stage) -> None:
    finance = acted.browser("finance")
    refused = finance.send(finance.open(SETTINGS), "swatch", swatch="other", hue="400", do="choose")
    assert refused.status == 422 and 'id="hue-problem"' in refused.html and 'value="400"' in refused.html
    assert refused.says("Ange färgen som ett helt tal från 0 till 360.")
    assert finance.send(finance.open(SETTINGS), "swatch", swatch="other", hue="blå", do="show").status == 422
    page = finance.send(finance.open(SETTINGS), "swatch", swatch="other", hue="17", do="choose")
    assert page.says("Färgen är sparad.") and 'value="17"' in page.html
    assert sheet_of(page).startswith("/accent/17-")


def test_who_is_not_staff_chooses_no_colour(acted: Stage) -> None:
    anna = acted.browser("anna")
    token = re.search(r'name="form_token" value="([^"]+)"', anna.open("/institutet").html)
    data = {"form_token": token.group(1) if token else "", "swatch": "255", "do": "choose"}
    assert anna.client.post(f"{SETTINGS}/accent", data=data).status_code == 403


@pytest.mark.parametrize("path", ["/accent/255-00000000.css", "/accent/361-00000000.css", "/accent/x-y.css"])
def test_a_sheet_that_is_not_linked_is_not_there(acted: Stage, path: str) -> None:
    assert acted.browser().client.get(path).status_code == 404


def test_the_common_sheet_has_the_usual_colours_for_whoever_has_chosen_none() -> None:
    light, dark = SHEET.read_text().split("prefers-color-scheme: dark", 1)
    for text, shades in ((light, accent(USUAL).light), (dark, accent(USUAL).dark)):
        assert f"--accent: {shades.accent}; --soft: {shades.soft}; --tint: {shades.tint};" in text
        assert f"--paper: {shades.paper};" in text
