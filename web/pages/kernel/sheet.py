"""The stylesheet of all pages, and a second one for pages used in the room, without what only people read."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort, url_for
from rcssmin import cssmin
from werkzeug.wrappers import Response as AnyResponse

STATIC = Path(__file__).parents[2] / "static"
PARTS = ("style.css", "forms.css", "tables.css", "widths.css", "staff.css", "print.css")
"""In the order in which they count: elements and parts, forms, tables, what changes with the window, staff, paper."""

LIVE = "live.css"
"""What stands up in the room: the door, tickets, badges, what is answered on a phone. Only those pages ask for it."""

ENDPOINT = "sheet.page"
LIVE_ENDPOINT = "sheet.live"


def register_sheet(app: Flask) -> None:
    """Serve it, and let templates link it."""
    app.add_url_rule("/style-<mark>.css", ENDPOINT, _serve)
    app.add_url_rule("/live-<mark>.css", LIVE_ENDPOINT, _serve_live)
    app.jinja_env.globals["stylesheet"] = stylesheet
    app.jinja_env.globals["live_sheet"] = live_sheet


@cache
def written() -> str:
    """The whole sheet as browsers read it."""
    return _minified(*PARTS)


@cache
def written_live() -> str:
    """The second sheet, as browsers read it."""
    return _minified(LIVE)


def _minified(*names: str) -> str:
    minified: str = cssmin("".join((STATIC / name).read_text(encoding="utf-8") for name in names))
    return minified


def stylesheet() -> str:
    """Where it is: another sheet has another address."""
    return url_for(ENDPOINT, mark=mark_of(written()))


def live_sheet() -> str:
    """Where the second sheet is."""
    return url_for(LIVE_ENDPOINT, mark=mark_of(written_live()))


def mark_of(sheet: str) -> str:
    """What tells a sheet from every other."""
    return sha256(sheet.encode()).hexdigest()[:8]


def kept_for_ever(sheet: str) -> AnyResponse:
    """A sheet that a browser need never ask for again: its address names what is in it."""
    answer = Response(sheet, mimetype="text/css")
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


def _serve(mark: str) -> AnyResponse:
    return _if_current(written(), mark)


def _serve_live(mark: str) -> AnyResponse:
    return _if_current(written_live(), mark)


def _if_current(sheet: str, mark: str) -> AnyResponse:
    if mark != mark_of(sheet):
        abort(404)
    return kept_for_ever(sheet)
