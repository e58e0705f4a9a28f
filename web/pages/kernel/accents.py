"""The organiser's accent as a stylesheet of one line: no inline style, and a browser keeps it for ever."""

from __future__ import annotations

from functools import cache

from flask import Flask, abort, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.people.accent import USUAL, NotAHue, Shades, accent
from web.pages.kernel.sheet import kept_for_ever, mark_of

ENDPOINT = "accents.sheet"


def register_accents(app: Flask) -> None:
    """Serve the sheets, and let templates link the one that a page needs."""
    app.add_url_rule("/accent/<int:hue>-<mark>.css", ENDPOINT, _serve)
    app.jinja_env.globals["accent_sheet"] = accent_sheet


def accent_sheet(hue: int) -> str:
    """Where the sheet of a hue is; "" for the usual one, which every page has already."""
    return "" if hue == USUAL else url_for(ENDPOINT, hue=hue, mark=mark_of(written(hue)))


@cache
def written(hue: int) -> str:
    """The colours of a hue in both lights. On paper all is black, so it says nothing there. Raises NotAHue."""
    found = accent(hue)
    dark = f"@media (prefers-color-scheme:dark){{{_rule(found.dark)}}}"
    return f"@media screen{{{_rule(found.light)}{dark}}}\n"


def _rule(shades: Shades) -> str:
    named = (("accent", shades.accent), ("soft", shades.soft), ("tint", shades.tint), ("on-accent", shades.on_accent))
    return f":root{{{';'.join(f'--{name}:{colour}' for name, colour in named)}}}"


def _serve(hue: int, mark: str) -> AnyResponse:
    try:
        is_known = mark == mark_of(written(hue))
    except NotAHue:
        is_known = False
    if not is_known:
        abort(404)
    return kept_for_ever(written(hue))
