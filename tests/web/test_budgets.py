"""What every page weighs, and what its stylesheets may ask of a browser: light enough, and readable in one of 2022."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.every_page import pages_of
from tests.web.stage import SLUG, Stage, stage
from web.pages.kernel.accents import written
from web.pages.kernel.fonts import WEIGHTS, cut
from web.pages.kernel.sheet import LIVE, PARTS, written_live
from web.pages.kernel.sheet import written as one_sheet

SHEETS = Path(__file__).parents[2] / "web" / "static"
A_PAGE, A_SHEET, A_LIVE_SHEET, AN_ACCENT, FONTS = 45_000, 20_000, 8_000, 500, 120_000
"""Bytes, before they are compressed."""
TOO_NEW = {
    "nesting": r"[{;]\s*&|\{[^{}@]*\{(?![^{}]*:root)",
    "oklch and its kind": r"\b(oklch|oklab|lch|lab|color|color-mix)\(",
    "light-dark": r"light-dark\(",
    "container queries": r"@container|container-type",
    "layers": r"@layer|@scope|@property|@starting-style",
    "subgrid": r"subgrid",
    "range media queries": r"@media[^{]*[<>]",
    "new units": r"\b\d*\.?\d+(dvh|svh|lvh|cqi|cqw|cap|rlh|lh)\b",
    "newer properties": r"\b(field-sizing|anchor-name|interpolate-size|text-box|view-transition-name)\s*:",
}
"""What a browser of 2022 does not know, and what no rule of ours may therefore need."""
STYLED = re.compile(r'<link rel="stylesheet" href="([^"]*)"')
CALM = r":has\(|::details-content|text-wrap"
"""What makes a page calmer where it is known: it takes away or unfolds, and nothing is missing without it."""


@pytest.fixture(scope="module")
def acted(module_database_url: str) -> Iterator[Stage]:
    with stage(module_database_url) as made:
        yield made


def sheet(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (SHEETS / name).read_text(), flags=re.S)


NAMES = sorted(each.name for each in SHEETS.glob("*.css"))


def test_every_page_is_light_and_made_of_what_is_ours(acted: Stage) -> None:
    wrong: list[str] = []
    for path, who in pages_of(acted).items():
        html = acted.browser(who).open(path).html
        if len(html.encode()) > A_PAGE:
            wrong.append(f"{path}: {len(html.encode())} bytes")
        if found := re.search(r"<style|\sstyle=|<script(?![^>]*(?: src=|ld\+json))|\son[a-z]+=", html):
            wrong.append(f"{path}: {found.group()}")
        wrong += [
            f"{path}: {each}"
            for each in re.findall(r'(?:\bsrc|rel="stylesheet" href)="(?:https?:)?//(?!localhost/)[^"]+', html)
        ]
        for image in re.findall(r"<img[^>]*>", html):
            is_sized = ('width="' in image and 'height="' in image) or 'class="logo"' in image
            wrong += [] if is_sized and " alt=" in image else [f"{path}: {image}"]
    assert wrong == []


def test_the_stylesheet_and_the_fonts_are_light() -> None:
    assert set(NAMES) == {*PARTS, LIVE}
    widest = max(len(written(hue).encode()) for hue in range(361))
    assert (len(one_sheet().encode()) <= A_SHEET, widest <= AN_ACCENT) == (True, True)
    assert len(written_live().encode()) <= A_LIVE_SHEET
    assert sum(len(cut(weight)) for weight in WEIGHTS) <= FONTS


def test_one_stylesheet_and_the_accent_are_all_a_page_asks_for_and_they_are_kept(acted: Stage) -> None:
    opened = acted.browser("admin")
    asked = {each for path in ("/", f"/{SLUG}", f"/{SLUG}/desk") for each in STYLED.findall(opened.open(path).html)}
    assert len(asked) == 1
    answer = opened.client.get(asked.pop())
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/css", "public, max-age=31536000, immutable")
    assert opened.client.get("/style-00000000.css").status_code == 404
    assert answer.text == one_sheet()


def test_pages_used_in_the_room_ask_for_a_second_sheet_which_is_kept_too(acted: Stage) -> None:
    opened = acted.browser("admin")
    asked = STYLED.findall(opened.open(f"/{SLUG}/seasons/{acted.conference}/badges").html)
    (live,) = [each for each in asked if each.startswith("/live-")]
    answer = opened.client.get(live)
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/css", "public, max-age=31536000, immutable")
    assert opened.client.get("/live-00000000.css").status_code == 404
    assert answer.text == written_live()


@pytest.mark.parametrize("name", NAMES)
def test_no_rule_needs_what_a_browser_of_2022_does_not_know(name: str) -> None:
    rules = re.sub(r"@(media|supports)[^{]*\{((?:[^{}]|\{[^{}]*\})*)\}", r"\2", sheet(name))  # one level unwrapped
    rules = re.sub(r"@(media|supports)[^{]*\{((?:[^{}]|\{[^{}]*\})*)\}", r"\2", rules)
    asked = {what: found for what, new in TOO_NEW.items() if (found := re.findall(new, rules))}
    assert asked == {}
    for rule in re.findall(r"[^{}]+\{[^{}]*\}", rules):
        if re.search(r":has\(|::details-content", rule):
            assert re.search(r"display: none|content-visibility|max-width|grid-column|flex-wrap", rule), rule
    assert re.search(CALM, sheet("style.css"))  # so that this is about something


@pytest.mark.parametrize("name", NAMES)
def test_every_colour_and_size_that_is_asked_for_by_name_has_been_given(name: str) -> None:
    given = set(re.findall(r"(--[\w-]+):", "".join(map(sheet, NAMES))))
    assert set(re.findall(r"var\((--[\w-]+)", sheet(name))) - given == set()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_moves_for_whoever_has_asked_for_stillness(name: str) -> None:
    still = re.sub(r"@media \(prefers-reduced-motion: no-preference\) \{(?:[^{}]|\{[^{}]*\})*\}", "", sheet(name))
    assert re.findall(r"\b(?:animation|transition|scroll-behavior)\b[^;}]*", still) == []


def test_every_class_that_is_styled_is_on_some_page() -> None:
    styled = {
        name for each in NAMES for name in re.findall(r"\.([a-z_][\w-]*)", re.sub(r"url\([^)]*\)", "", sheet(each)))
    }
    files = [*(SHEETS.parent / "templates").rglob("*.html"), *SHEETS.parent.rglob("*.py"), *SHEETS.glob("*.js")]
    written_down = " ".join(each.read_text() for each in files)
    assert {name for name in styled if not re.search(rf"\b{name}\b", written_down)} - KEPT == set()


KEPT = {"to_come", "month", "postponed", "held", "ahead"}
"""States of a meeting, which pages write as their value."""
