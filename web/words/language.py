"""In which language a reader is spoken to, and the phrases of the pages in both: Swedish first, then English."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Request

SWEDISH, ENGLISH = "sv", "en"
LANGUAGES = (SWEDISH, ENGLISH)
COOKIE = "plats_language"
FOLDER = Path(__file__).parents[1] / "translations"

Forms = Mapping[str, str]
"""One phrase in one language: "other", and "one" where a count of one is said differently."""


class NoSuchPhrase(KeyError):
    """A page asks for a phrase that nobody has written."""


@dataclass(frozen=True)
class Say:
    """Speaks one language: `say("wording.seats_left", n=3)`. `n` chooses between one and many."""

    language: str
    phrases: Mapping[str, Forms]

    def __call__(self, key: str, **facts: object) -> str:
        """The phrase with its facts in place. Raises NoSuchPhrase."""
        try:
            forms = self.phrases[key]
        except KeyError:
            raise NoSuchPhrase(key) from None
        chosen = forms["one"] if facts.get("n") == 1 and "one" in forms else forms["other"]
        return chosen.format(**facts) if facts else chosen

    def said(self, page: str) -> str:
        """All phrases whose key begins so, without it, as JSON: what a page's script says by itself."""
        return json.dumps(
            {key.removeprefix(page): forms for key, forms in self.phrases.items() if key.startswith(page)}
        )


@dataclass(frozen=True)
class Phrases:
    """Every phrase of the pages, in both languages."""

    by_language: Mapping[str, Mapping[str, Forms]]

    def speaking(self, language: str) -> Say:
        """A speaker of one language."""
        return Say(language, self.by_language[language])


@cache
def read_phrases(folder: Path = FOLDER) -> Phrases:
    """The catalogue, read once: a file for each page, each phrase in both languages beside each other."""
    found: dict[str, dict[str, Forms]] = {language: {} for language in LANGUAGES}
    for path in sorted(folder.glob("*.toml")):
        for name, both in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for language, written in both.items():
                found[language][f"{path.stem}.{name}"] = {"other": written} if isinstance(written, str) else written
    return Phrases(found)


def language_of(request: Request) -> str:
    """The reader's language: what they chose now, what they chose before, what their browser asks for, or Swedish."""
    for chosen in (request.args.get("language"), request.cookies.get(COOKIE)):
        if chosen in LANGUAGES:
            return str(chosen)
    asked = [tag.partition("-")[0].lower() for tag in request.accept_languages.values()]
    return next((each for each in asked if each in LANGUAGES), SWEDISH)
