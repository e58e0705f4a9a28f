"""Which browser somebody reads with, in two words: enough to know one's own sign-ins apart, and no more."""

from __future__ import annotations

from flask import Request

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser_name(asked: Request) -> str:
    """For example "Firefox · Windows"; empty for what cannot be told."""
    told = asked.headers.get("User-Agent", "")
    found = [next((name for mark, name in marks if mark in told), "") for marks in (_BROWSERS, _SYSTEMS)]
    return " · ".join(filter(None, found))
