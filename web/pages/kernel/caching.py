"""Who may keep an answer: what is private is kept by nobody, in no browser and nowhere on the way. One rule for all."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.wrappers import Response

from web.pages.kernel.visit import TOKEN_COOKIE

NOBODY_KEEPS = "no-store"
ALIKE = frozenset(
    {
        "static",
        "favicon",
        "organiser.logo",
        "poster.picture",
        "image.picture",
        "image.plan",
        "face.picture",
        "accents.sheet",
        "sheet.page",
        "sheet.live",
        "fonts.face",
        "fonts.licence",
    }
)
"""The same for every reader, whoever asks."""

FOR_ANYONE = ALIKE | {
    "programme.home", "programme.organiser", "network_home.page", "season.page", "calendar.season",
    "feeds.calendar_of_all", "feeds.atom_of_all", "feeds.calendar", "feeds.announced", "feeds.calendar_of_network",
    "feeds.announced_in_network", "embed.page",
    "goods.page", "order.ordered", "openapi",
}  # fmt: skip
"""What anyone may read, as a stranger reads it. All else is private, a new page too, until it is named here."""


def register_caching(app: Flask) -> None:
    """Say it of every answer; to be registered first, so that it has the last word."""
    app.after_request(_private_unless_public)


def is_private() -> bool:
    """Whether the answer to this request is for whoever asks alone, or follows from what they have sent."""
    if request.method not in ("GET", "HEAD") or request.endpoint not in FOR_ANYONE:
        return True
    is_known = bool(request.cookies.get(TOKEN_COOKIE)) or "Authorization" in request.headers
    return is_known and request.endpoint not in ALIKE


def _private_unless_public(answer: Response) -> Response:
    if is_private() or "Set-Cookie" in answer.headers:
        answer.headers["Cache-Control"] = NOBODY_KEEPS
    return answer
