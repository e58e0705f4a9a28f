"""Times of day on pages: "09.00–12.00" stays on one line, also where the line is short, and within a phrase."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ParamSpec

from markupsafe import Markup, escape

from web.words.language import Say

P = ParamSpec("P")

_CLOCK = r"\d\d[.:]\d\d(?: \([^)]+\))?"
_FROM_TO = re.compile(rf"{_CLOCK}–{_CLOCK}")


def unbroken(words: Callable[P, str]) -> Callable[P, Markup]:
    """The same words for a page, where no line ends within a pair of times."""

    def held_together(*given: P.args, **named: P.kwargs) -> Markup:
        safe = str(escape(words(*given, **named)))
        return Markup(_FROM_TO.sub(r'<span class="short">\g<0></span>', safe))  # noqa: S704 - escaped just above

    return held_together


class OnPage(Say):
    """Speaks on a page: where a fact is held together, the whole phrase is, and the rest of it is text."""

    def __call__(self, key: str, **facts: object) -> str:
        """As everywhere else. Raises NoSuchPhrase."""
        say = super().__call__
        if not any(isinstance(each, Markup) for each in facts.values()):
            return say(key, **facts)
        return unbroken(say)(key, **{name: _plain(each) for name, each in facts.items()})


def _plain(fact: object) -> object:
    return fact.striptags() if isinstance(fact, Markup) else fact
