"""Posters by typst: a picture for places that show a link as a card. All that stands on one goes in as data."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import typst

from application.programme.poster import Poster
from infrastructure.documents.typesetting import fonts_of_pages

KEPT = 64
"""How many posters a process remembers: one is some 80 kB, and takes some 0.1 s to draw."""
MOST = {"network": 120, "title": 90, "place": 90, "organiser": 70}
"""How many characters of each are shown: more would not fit at a size that can be read."""
UNBROKEN = 24
"""A word longer than this may be broken anywhere."""


class TypstPosters:
    """`application.programme.poster.PosterPress` by typst."""

    def draw(self, poster: Poster) -> bytes:
        """The picture, PNG of 1200 × 630."""
        return _drawn(poster)

    def mark_of(self, poster: Poster) -> str:
        """Of what stands on it, and of the template that it is drawn by."""
        return sha256(f"{_template()}{_data(poster)}".encode()).hexdigest()[:16]


@lru_cache(maxsize=KEPT)
def _drawn(poster: Poster) -> bytes:
    folder = _folder()
    drawn = typst.compile(
        folder / "poster.typ",
        root=folder,
        font_paths=fonts_of_pages(),
        sys_inputs={"data": _data(poster)},
        format="png",
        ppi=72,
    )
    if not isinstance(drawn, bytes):
        raise TypeError("one poster is one picture")
    return drawn


def _data(poster: Poster) -> str:
    facts = asdict(poster)
    colours = {name: facts.pop(name) for name in ("accent", "on_accent", "paper")}
    cut = {name: _breakable(_shortened(facts[name], most)) for name, most in MOST.items()}
    return json.dumps({**facts, **cut, "colours": colours}, ensure_ascii=False)


def _shortened(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _breakable(words: str) -> str:
    """Long words may be broken between any two letters (U+200B)."""
    return " ".join("\u200b".join(word) if len(word) > UNBROKEN else word for word in words.split())


def _folder() -> Path:
    return Path(str(files("infrastructure.documents"))) / "templates"


@cache
def _template() -> str:
    return (_folder() / "poster.typ").read_text(encoding="utf-8")
