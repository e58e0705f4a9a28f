"""The pictures in the README, taken anew: the demo is loaded, a browser opens its pages. Run by `make screenshots`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from application.billing.queries.invoice import DocumentFilter
from application.kernel.actor import Actor, Role
from demo import cluster
from demo.clock import DemoClock
from demo.loading import Loaded, load
from infrastructure.clock import SystemClock
from infrastructure.postgres.database import database_url, prepare
from infrastructure.postgres.throwaway_database import throwaway_database
from infrastructure.settings import Settings
from web.server.server import served
from web.wiring import Installation, build

CHROMIUM = "/usr/bin/chromium"
DOCS = Path(__file__).parents[1] / "docs"
PHONE, DESKTOP = 390, 1100


@dataclass(frozen=True)
class Shot:
    """A picture: its file's name, who looks at which address, how wide, in which light and language."""

    name: str
    who: str
    address: str
    width: int = DESKTOP
    height: int = 1000
    dark: bool = False
    language: str = "sv"


def shots(house: Installation, loaded: Loaded) -> Iterator[Shot]:
    """What the README shows, of the demo's first organiser, and a season with a postponed meeting."""
    at = f"/{loaded.sketch.slug}"
    admin = Actor("screenshots", loaded.organiser_id, frozenset({Role.ADMIN, Role.FINANCE}))
    seasons = house.services.programme.seasons(loaded.organiser_id).items
    season = f"{at}/seasons/{next(each.season_id for each in seasons if each.title == cluster.TITLE)}"
    invoice = house.services.invoice_questions.list(admin, DocumentFilter(kind="invoice")).items[0].document_id
    yield Shot("season", "", _with_a_postponed_meeting(house), height=1250)
    yield Shot("season-phone-dark", "member", season, PHONE, 1100, dark=True)
    yield Shot("my-bookings", "member", f"{at}/bookings")
    yield Shot("roster", "admin", f"{season}/roster")
    yield Shot("desk", "admin", f"{at}/desk")
    yield Shot("finance", "finance", f"{at}/finance", language="en")
    yield Shot("invoices", "finance", f"{at}/invoices", language="en")
    yield Shot("planning", "admin", f"{at}/seasons/new?copy={season.rpartition('/')[2]}")
    yield Shot("invoice", "finance", f"{at}/invoices/{invoice}", language="en")


def _with_a_postponed_meeting(house: Installation) -> str:
    """The page of a season in which a meeting is postponed, whoever's it is."""
    asker = Actor("screenshots", None, is_system=True)
    programme = house.services.programme
    for organiser in programme.organisers():
        for row in programme.seasons(organiser.organiser_id).items:
            if any(each.time.kind.value == "postponed" for each in programme.season(asker, row.season_id).meetings):
                return f"/{organiser.slug}/seasons/{row.season_id}"
    raise LookupError("the demo has a season with a postponed meeting")


def main() -> None:
    """Take every picture into docs/."""
    settings = Settings.read()
    with _demo(settings) as (own, house, loaded):
        organiser = loaded[0]
        keys = _keys(house, organiser)
        taken = list(shots(house, organiser))
        with served(own) as running, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM)
            for shot in taken:
                _take(browser, running.url, keys, shot)
                sys.stdout.write(f"docs/{shot.name}.png\n")
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


def _take(browser: Browser, url: str, keys: Mapping[str, str], shot: Shot) -> None:
    context = browser.new_context(
        base_url=url,
        viewport=ViewportSize(width=shot.width, height=shot.height),
        color_scheme="dark" if shot.dark else "light",
        locale="sv-SE" if shot.language == "sv" else "en-GB",
    )
    if shot.who:
        context.add_cookies([{"name": "plats_token", "value": keys[shot.who], "url": url}])
    page = context.new_page()
    page.goto(shot.address)
    page.screenshot(path=DOCS / f"{shot.name}.png")
    context.close()


if __name__ == "__main__":
    main()
