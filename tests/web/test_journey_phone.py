"""How much it takes to book two seats on a phone, from the programme: counted, printed with `pytest -s`, and held to.

An action is a click or a field that is filled in. A page is what is loaded before the confirmation, the programme not
counted. Programmes are read, so the way begins with the link in the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page

from tests.conftest import Databases
from tests.web.browsing import NEEDS_BROWSER, PHONE, Browsing, browsing, conference, words_of
from tests.web.stage import SLUG, stage

pytestmark = NEEDS_BROWSER

SEATS_BY_INVOICE = 12, 2
A_MEMBERS_TWO_SEATS = 5, 2
"""Actions and pages at most."""


@pytest.fixture(scope="module")
def there(new_database: Databases) -> Iterator[Browsing]:
    with new_database() as url, stage(url) as made, browsing(made) as found:
        yield found


@dataclass
class Journey:
    """Somebody's way through the pages, with what they have had to do."""

    page: Page
    actions: list[str] = field(default_factory=list)
    pages: int = 0

    def begin(self, address: str) -> None:
        """Open the page that the way begins on; each page that is loaded from there on counts."""
        self.page.goto(address)
        self.page.on("load", self._loaded)

    def click(self, found: Locator) -> None:
        """One thing pressed."""
        self.actions.append(f"click {found.inner_text() or found.get_attribute('aria-label')}")
        found.click()

    def fill(self, label: str, words: str) -> None:
        """One field filled in."""
        self.actions.append(f"fill {label}")
        self.page.get_by_label(label, exact=True).fill(words)

    def must_be_within(self, most: tuple[int, int]) -> None:
        """Raises where it takes more; the last page is the confirmation."""
        told = "\n".join(
            [f"{len(self.actions)} actions, {self.pages - 1} pages before the confirmation", *self.actions]
        )
        print(told)  # noqa: T201 # the figures, read with `pytest -s`
        assert len(self.actions) <= most[0] and self.pages - 1 <= most[1], told

    def _loaded(self, _: Page) -> None:
        self.pages += 1


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("named", [True, False], ids=["both named", "one later"])
def test_a_stranger_books_two_seats_by_invoice(there: Browsing, *, script: bool, named: bool) -> None:
    season = conference(there)
    with there.opened(width=PHONE, script=script) as page:
        way = Journey(page)
        way.begin(f"/{SLUG}")
        way.click(page.locator(f"a[href$='{season}']"))
        way.click(page.locator(".bar").get_by_role("link", name="Boka plats"))
        way.click(page.get_by_role("button", name="En plats till"))
        page.locator("#name_2").wait_for()
        way.fill("Ditt namn", "Nina Ny")
        way.fill("Din e-post", f"nina.{script}.{named}@example.org".lower())
        if named:
            way.fill("Namn", "Bo Ek")
            way.fill("E-post", f"bo.{script}@example.org".lower())
        way.fill("Organisation", "Ny AB")
        way.fill("Organisationsnummer", "556999-9005")
        way.fill("Fakturaadress", "Gatan 1, 111 11 Stockholm")
        way.click(page.get_by_role("button", name="Boka 2 platser · 30 000 kr inkl. moms"))
        page.get_by_text("Anmälan är mottagen.").wait_for()
        said = words_of(page)
        assert "2 platser, 30 000 kr inkl. moms" in said and ("Bo Ek" in said) is named
    way.must_be_within(SEATS_BY_INVOICE)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_member_books_two_seats(there: Browsing, *, script: bool) -> None:
    season = conference(there)
    with there.opened("anna", width=PHONE, script=script) as page:
        way = Journey(page)
        way.begin(f"/{SLUG}")
        way.click(page.locator(f"a[href$='{season}']"))
        way.click(page.locator(".bar").get_by_role("link", name="Boka plats"))
        way.click(page.get_by_role("button", name="En plats till"))
        page.locator("#name_2").wait_for()
        way.click(page.get_by_role("button", name="Boka 2 platser · 15 000 kr inkl. moms"))
        page.get_by_text("Bokningen är gjord.").wait_for()
    way.must_be_within(A_MEMBERS_TWO_SEATS)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_button_is_in_the_first_screen_and_hides_no_field_that_has_the_focus(
    there: Browsing, language: str
) -> None:
    season = conference(there)
    with there.opened(width=PHONE, language=language) as page:
        page.set_viewport_size({"width": PHONE, "height": 844})
        page.goto(f"/{SLUG}/seasons/{season}")
        bar = page.locator("article .bar a").bounding_box()
        assert bar is not None and bar["y"] + bar["height"] <= 844
        for name in ("email", "employer", "address", "reference"):
            page.locator(f"#{name}").focus()
            at, foot = page.locator(f"#{name}").bounding_box(), page.locator("#bar").bounding_box()
            assert at is not None and foot is not None
            assert at["y"] >= 0 and at["y"] + at["height"] <= max(foot["y"], 0) + 1
    with there.opened(width=1280, language=language) as page:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(f"/{SLUG}/seasons/{season}")
        button = page.locator(".beside a.button").first.bounding_box()
        assert button is not None and button["y"] + button["height"] <= 800
        assert page.locator("article .bar").is_hidden()


def test_what_is_not_chosen_is_not_asked_for(there: Browsing) -> None:
    season = conference(there)
    with there.opened(width=PHONE, script=False) as page:
        page.goto(f"/{SLUG}/seasons/{season}")
        assert page.get_by_label("Organisation", exact=True).is_visible()
        page.get_by_label("Mig själv, som privatperson").check()
        assert page.get_by_label("Organisation", exact=True).is_hidden()
        assert page.get_by_label("Organisationsnummer").is_hidden() and page.get_by_label("Fakturaadress").is_visible()
