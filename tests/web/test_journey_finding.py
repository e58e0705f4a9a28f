"""Somebody looks for something free online in March, on a phone: two presses, or two acts with words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.conftest import Databases
from tests.web.browsing import NEEDS_BROWSER, PHONE, Browsing, browsing
from tests.web.seasons_to_choose import seasons_to_choose
from tests.web.stage import SLUG, stage

pytestmark = NEEDS_BROWSER

WORDS = {
    "sv": ("Gratis, helt eller delvis på nätet", "Mars", "Att säga nej"),
    "en": ("Free, wholly or partly online", "March", "Att säga nej"),
}


@pytest.fixture(scope="module")
def there(new_database: Databases) -> Iterator[Browsing]:
    with new_database() as url, stage(url) as made:
        seasons_to_choose(made)
        with browsing(made) as found:
            yield found


def listed(page: Page) -> list[str]:
    """What stands in the list by date, as far as it is in sight."""
    return [each.inner_text() for each in page.locator(".dates h3").all() if each.is_visible()]


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("address", [f"/{SLUG}", "/"])
def test_something_free_online_in_march_is_two_presses_away(
    there: Browsing, address: str, language: str, *, script: bool
) -> None:
    free_online, march, one = WORDS[language]
    with there.opened(language=language, width=PHONE, script=script) as page:
        page.goto(address)
        presses = 0
        for words in (free_online, march):
            link = page.get_by_role("link", name=words).first
            assert link.is_visible()
            box = link.bounding_box()
            assert box is not None and box["height"] >= 24
            link.click()
            presses += 1
        assert presses == 2
        names = listed(page)
        assert len(names) == 2 and any(one in each for each in names)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_first_row_is_in_sight_on_a_phone_without_scrolling(there: Browsing) -> None:
    with there.opened(width=PHONE) as page:
        page.goto(f"/{SLUG}")
        box = page.locator(".dates > li").first.bounding_box()
        assert box is not None and box["y"] < 800


def test_words_are_typed_and_sent_by_the_key_alone(there: Browsing) -> None:
    with there.opened(width=PHONE) as page:
        page.goto(f"/{SLUG}")
        page.get_by_role("searchbox").fill("upphandl")
        page.keyboard.press("Enter")
        page.get_by_text("1 av 8 stämmer").wait_for()
        assert ["Säsong 4" in each for each in listed(page)] == [True]
        assert page.get_by_role("searchbox").input_value() == "upphandl"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("address", [f"/{SLUG}?month=2027-03&free=yes&q=a", f"/{SLUG}?town=Atlantis", "/?online=yes"])
def test_what_was_chosen_and_what_is_folded_away_is_right_for_axe(there: Browsing, address: str, *, dark: bool) -> None:
    with there.opened(width=PHONE, dark=dark) as page:
        page.goto(address)
        page.locator("main details").evaluate_all("each => each.forEach(one => { one.open = true })")
        assert Axe().run(page).response["violations"] == []
