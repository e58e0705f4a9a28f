"""From the mail to another name in the seat, on a phone: how many times somebody has to do something."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from application.booking.booking import MakeBooking
from application.people.participant import Participant
from tests.conftest import Databases
from tests.web.browsing import NEEDS_BROWSER, PHONE, Browsing, browsing, words_of
from tests.web.links import code_in, delivered, links_to
from tests.web.stage import SLUG, stage

pytestmark = NEEDS_BROWSER

SMALLEST = 320
MOST = 4
"""Opening the mail's link, choosing the seat, the name, and the address sent with Enter."""

WORDS = {
    "sv": (
        "Byt person",
        "Kollegans namn",
        "Kollegans e-post",
        "Platsen har bytt deltagare.",
        "Ångra, Bertil får tillbaka den",
        "Bytet är ångrat.",
    ),
    "en": (
        "Change person",
        "The colleague's name",
        "The colleague's e-mail",
        "The seat has changed hands.",
        "Undo, Bertil gets it back",
        "The swap is undone.",
    ),
}


class Doing:
    """What somebody does, counted: a press, or a field filled in (and sent, where Enter sends it)."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def follow(self, page: Page, way: str) -> None:
        self.done.append("follows the link of the mail")
        page.goto(way)

    def press(self, what: Locator) -> None:
        self.done.append(f"presses {what.inner_text().splitlines()[0]}")
        what.click()

    def fill(self, what: Locator, words: str, *, then_enter: bool = False) -> None:
        self.done.append(f"types {words}{' and Enter' if then_enter else ''}")
        what.fill(words)
        if then_enter:
            what.press("Enter")

    def must_be_few(self, most: int) -> None:
        sys.stdout.write(f"{len(self.done)} actions: {'; '.join(self.done)}\n")
        assert len(self.done) <= most, self.done


@pytest.fixture(scope="module")
def there(new_database: Databases) -> Iterator[Browsing]:
    with new_database() as url, stage(url) as made, browsing(made) as found:
        made.institute.person("Dora", made.institute.acme)
        yield found


def mailed(there: Browsing) -> str:
    """The way in of Anna's mail about a booking for herself and Bertil, in a conference of its own."""
    made = there.stage.institute
    delivered(made)
    season = made.conference(seats=40)
    command = MakeBooking(season, (Participant(there.stage.anna), Participant(there.stage.bertil)), made.acme)
    made.services.bookings.make(made.acting(there.stage.anna), command)
    return links_to(delivered(made), "anna@example.org")[0]


def fits(page: Page) -> bool:
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_name_is_swapped_from_the_mail_in_four_actions(there: Browsing, language: str, script: bool) -> None:
    swap, name, email, done, undo, undone = WORDS[language]
    way, doing = mailed(there), Doing()
    with there.opened(language=language, width=PHONE, script=script) as page:
        doing.follow(page, way)
        doing.press(page.locator(".seats").get_by_role("link", name=f"{swap} ").nth(1))
        doing.fill(page.get_by_label(name, exact=True), "Dora")
        doing.fill(page.get_by_label(email, exact=True), "dora@example.org", then_enter=True)
        page.get_by_text(done).wait_for()
        doing.must_be_few(MOST)
        assert "Dora" in page.locator(".seats").inner_text()
        if script:
            assert fits(page)
        assert "/link/" not in page.url

        page.get_by_role("button", name=undo).click()
        page.get_by_text(undone).wait_for()
        assert "Bertil" in page.locator(".seats").inner_text()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_booking_is_cancelled_from_the_mail_with_a_code(there: Browsing, script: bool) -> None:
    way, doing = mailed(there), Doing()
    with there.opened(width=PHONE, script=script) as page:
        doing.follow(page, way)
        doing.press(page.get_by_role("link", name="Avboka").last)
        doing.press(page.get_by_role("button", name="Avboka 2 platser · slipp betala 15 000 kr"))
        page.get_by_text("Vi har mejlat en kod").first.wait_for()
        code = code_in(delivered(there.stage.institute)[-1])
        doing.fill(page.get_by_label("Kod"), code, then_enter=True)
        page.get_by_text("Avbokningen är klar.").wait_for()
        doing.must_be_few(MOST)
        page.goto(f"/{SLUG}")
        assert "Öppnad som" not in words_of(page)


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_all_that_a_link_leads_to_is_calm_for_axe_on_the_smallest_phone(there: Browsing, dark: bool) -> None:
    way, axe = mailed(there), Axe()
    found: list[str] = []

    def look(page: Page, what: str) -> None:
        for details in page.locator("details").all():
            details.evaluate("each => { each.open = true }")
        found.extend(f"{what}: {each['id']}" for each in axe.run(page).response["violations"])
        found.extend([] if fits(page) else [f"{what} scrolls sideways"])

    with there.opened(width=SMALLEST, dark=dark) as page:
        page.goto(way)
        look(page, "the booking")
        at = page.url
        page.get_by_role("link", name="Berätta vad du behöver").click()
        look(page, "needs")
        page.goto(f"{at}/cancel")
        page.locator("button.danger").first.click()
        page.get_by_text("Vi har mejlat en kod").first.wait_for()
        look(page, "the code")
    with there.opened("bertil", width=SMALLEST, dark=dark) as page:
        page.goto(way)
        page.get_by_role("button", name="Öppna som Anna").wait_for()
        look(page, "the choice")
    with there.opened("admin", width=SMALLEST, dark=dark) as page:
        page.goto(f"/{SLUG}/links")
        look(page, "links again")
    assert found == []
