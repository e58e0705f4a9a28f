"""Pictures of twelve pages, each wide, on a phone and in the dark, taken anew of the demo. Run by `make screenshots`.

They lie in docs/pictures as `<page>-1280.png`, `<page>-390.png` and `<page>-dark.png`, in few colours so that the
repository stays small.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from application.billing.queries.invoice import DocumentFilter
from application.kernel.actor import Actor, Role
from application.mail.letter_desk import LetterFilter
from demo import cluster
from demo.clock import DemoClock
from demo.loading import Loaded, load
from demo.news_medium import NEWS_MEDIUM
from infrastructure.event_store.opening import prepare
from infrastructure.kernel.clock import SystemClock
from infrastructure.kernel.settings import Settings
from infrastructure.postgres.database import database_url
from infrastructure.postgres.throwaway_database import throwaway_database
from web.server.server import served
from web.wiring import Installation, build

CHROMIUM = "/usr/bin/chromium"
PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
COLOURS = 128
"""Enough for text, its smooth edges and one accent; a photograph would want more."""


@dataclass(frozen=True)
class Look:
    """How a page is looked at: the end of the file's name, how large the window is, in which light."""

    name: str
    width: int
    height: int
    is_dark: bool = False


LOOKS = (Look("1280", 1280, 1000), Look("390", 390, 844), Look("dark", 1280, 1000, is_dark=True))


@dataclass(frozen=True)
class Shot:
    """A page: the beginning of its files' names, who looks at which address; `at`: what is to stand at the top."""

    name: str
    who: str
    address: str
    at: str = ""


def shots(house: Installation, institute: Loaded, medium: Loaded) -> Iterator[Shot]:
    """Twelve pages: what everyone sees with the news medium, what members and staff see with the institute."""
    at, other = f"/{institute.sketch.slug}", f"/{medium.sketch.slug}"
    programme = house.services.programme
    admin = Actor("screenshots", institute.organiser_id, frozenset({Role.ADMIN, Role.FINANCE}))
    seasons = programme.seasons(institute.organiser_id).items
    season = f"{at}/seasons/{next(each.season_id for each in seasons if each.title == cluster.TITLE)}"
    member = replace(admin, roles=frozenset({Role.MEMBER}), person_id=institute.people[Role.MEMBER])
    booking = house.services.booking_questions.mine(member).items[0].booking_id
    invoice = house.services.invoice_questions.list(admin, DocumentFilter(kind="invoice")).items[0].document_id
    letter = house.services.letters.find(admin, LetterFilter(kind="booked"))[0].letter_id
    yield Shot("front", "", "/")
    yield Shot("programme", "", other)
    yield Shot("season", "", _with_a_postponed_meeting(house, medium))
    yield Shot("book", "member", season, at="#book")
    yield Shot("booking", "member", f"{at}/bookings/{booking}")
    yield Shot("my-bookings", "member", f"{at}/bookings")
    yield Shot("desk", "admin", f"{at}/desk")
    yield Shot("season-desk", "admin", f"{season}/run")
    yield Shot("roster", "admin", f"{season}/roster")
    yield Shot("finance", "finance", f"{at}/finance")
    yield Shot("invoice", "finance", f"{at}/invoices/{invoice}")
    yield Shot("letter", "admin", f"{at}/letters/{letter}/page")


def _with_a_postponed_meeting(house: Installation, loaded: Loaded) -> str:
    """The page of a season in which a meeting is postponed, with a picture."""
    asker, programme = Actor("screenshots", None, is_system=True), house.services.programme
    for row in programme.seasons(loaded.organiser_id).items:
        view = programme.season(asker, row.season_id)
        if view.images and any(each.time.kind.value == "postponed" for each in view.meetings):
            return f"/{loaded.sketch.slug}/seasons/{row.season_id}"
    raise LookupError("the demo has a season with a postponed meeting")


def main() -> None:
    """Take every picture."""
    settings = Settings.read()
    PICTURES.mkdir(exist_ok=True)
    with _demo(settings) as (own, house, loaded):
        institute, medium = loaded[0], next(each for each in loaded if each.sketch is NEWS_MEDIUM)
        keys = _keys(house, institute)
        taken = list(shots(house, institute, medium))
        with served(own) as running, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM)
            for shot, look in product(taken, LOOKS):
                size = _take(browser, running.url, keys[shot.who], shot, look)
                sys.stdout.write(f"{shot.name}-{look.name}.png {size}\n")
            browser.close()


@contextmanager
def _demo(settings: Settings) -> Iterator[tuple[Settings, Installation, tuple[Loaded, ...]]]:
    """The demo in a database of its own, dropped afterwards."""
    with TemporaryDirectory() as keys, throwaway_database(database_url(settings)) as url:
        own = replace(settings, database_url=url, keys=Path(keys) / "keys", home=Path(keys))
        clock = DemoClock(SystemClock())
        house = build(prepare(own), own, clock)
        try:
            yield own, house, load(house.services, house.worker.catch_up, lambda _programme: None, clock)
        finally:
            house.close()


def _keys(house: Installation, loaded: Loaded) -> Mapping[str, str]:
    made = {
        role.value: house.services.tokens.make(role, loaded.organiser_id, frozenset({role}), person_id)
        for role, person_id in loaded.people.items()
    }
    return {"": "", **made}


def _take(browser: Browser, url: str, key: str, shot: Shot, look: Look) -> int:
    """Into its file, whose bytes are told."""
    context = browser.new_context(
        base_url=url,
        viewport=ViewportSize(width=look.width, height=look.height),
        color_scheme="dark" if look.is_dark else "light",
        locale="sv-SE",
    )
    if key:
        context.add_cookies([{"name": "plats_token", "value": key, "url": url}])
    page = context.new_page()
    page.goto(shot.address)
    page.reload()  # with the face at hand, as on any page but the first
    if shot.at:
        page.locator(shot.at).evaluate("each => each.scrollIntoView({block: 'start'})")
    page.wait_for_load_state("networkidle")
    seen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    path = PICTURES / f"{shot.name}-{look.name}.png"
    seen.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
    return path.stat().st_size


if __name__ == "__main__":
    main()
