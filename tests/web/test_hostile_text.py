"""Whatever people type is shown as text on every page, and the layout holds: tags, reversed writing, endless words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.conftest import Databases
from tests.web.browsing import DESKTOP, NEEDS_BROWSER, PHONE, Browsing, browsing
from tests.web.every_page import pages_of
from tests.web.hostile import TAG, hostile
from tests.web.stage import stage

pytestmark = NEEDS_BROWSER


@pytest.fixture(scope="module")
def there(new_database: Databases) -> Iterator[Browsing]:
    with new_database() as url, stage(url, hostile) as made, browsing(made) as found:
        yield found


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
def test_hostile_text_is_shown_as_text_on_every_page_and_the_layout_holds(there: Browsing, width: int) -> None:
    pages = pages_of(there.stage)
    faults: list[str] = []
    shown = 0
    for who in sorted(set(pages.values())):
        with there.opened(who, width=width) as page:
            for path in (each for each, reader in pages.items() if reader == who and each != "/nowhere"):
                answer = page.goto(path)
                assert answer is not None and answer.status == 200, path
                for details in page.locator("details").all():
                    details.evaluate("each => { each.open = true }")
                faults += [f"{path} for {who or 'anybody'} at {width}: {what}" for what in broken(page, width)]
                shown += TAG in page.locator("body").inner_text()
    assert not faults, "\n".join(faults)
    assert shown > len(pages) // 2
