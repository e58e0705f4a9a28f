"""Pictures of every kind of letter, for looking at them: `python -m tests.letters FOLDER [KIND…]`.

Each in both languages, as wide as a mail program and as a phone, light and dark; the year in which everything happens
is lived for it, on a database of its own.
"""

from __future__ import annotations

import sys
from base64 import b64encode
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

from infrastructure.kernel.settings import Settings
from infrastructure.postgres.database import database_url
from infrastructure.postgres.throwaway_database import throwaway_database
from tests.samples import institute
from tests.scenarios.mail.every_letter import OfAKind, of_a_year

CHROMIUM = "/usr/bin/chromium"
WIDTHS = (600, 390)
LIGHTS: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main(folder: Path, *kinds: str) -> None:
    """Take them all, or those of some kinds."""
    folder.mkdir(parents=True, exist_ok=True)
    letters = [each for each in _longest(_year()) if not kinds or each.kind in kinds]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        for width, light in product(WIDTHS, LIGHTS):
            page = browser.new_page(viewport={"width": width, "height": 400}, color_scheme=light)
            for each in letters:
                page.set_content(_with_picture(each))
                name = f"{each.kind}-{each.language}-{width}-{light}.png"
                page.screenshot(path=folder / name, full_page=True)
        browser.close()


def _year() -> list[OfAKind]:
    settings = Settings.read()
    with throwaway_database(database_url(settings)) as url, institute(url) as made:
        return of_a_year(made)


def _longest(letters: list[OfAKind]) -> Iterator[OfAKind]:
    """One of each kind and language: the one in which most is said."""
    found: dict[tuple[str, str], OfAKind] = {}
    for each in letters:
        known = found.get((each.kind, each.language))
        if known is None or len(each.mailed.html) > len(known.mailed.html):
            found[each.kind, each.language] = each
    return iter(found.values())


def _with_picture(letter: OfAKind) -> str:
    html = letter.mailed.html
    for part in letter.mailed.message.walk():
        if part.get_content_type() == "image/png":
            picture = b64encode(part.get_content()).decode()
            html = html.replace(f"cid:{str(part['Content-ID']).strip('<>')}", f"data:image/png;base64,{picture}")
    return html


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
