"""Words of an organiser's own in a letter: plain paragraphs with places for a few facts, and nothing that runs."""

from __future__ import annotations

import re

from domain.kernel.errors import BadValue
from domain.kernel.text import clean

PLACEHOLDERS = frozenset({"name", "organiser", "season", "next_meeting"})
"""The facts that may be named, in braces."""
OF_A_SEASON = frozenset({"season", "next_meeting"})
LONGEST = 5000

PLACE = re.compile(r"\{([^{}]*)\}")


class UnknownPlaceholder(BadValue):
    """Something stands in braces that is no fact that may be named (`given`); `known` are those that may."""


def own_words(field: str, text: str, *, has_season: bool, longest: int = LONGEST, may_be_empty: bool = False) -> str:
    """The words as they are kept, each fact that they name being one that is known there.

    Raises BadValue, UnknownPlaceholder.
    """
    words = clean(field, text, longest, may_be_empty=may_be_empty)
    known = PLACEHOLDERS if has_season else PLACEHOLDERS - OF_A_SEASON
    for given in PLACE.findall(words):
        if given not in known:
            raise _unknown(field, given, known)
    rest = PLACE.sub("", words)
    if "{" in rest or "}" in rest:
        raise _unknown(field, rest[max(0, rest.find("{")) :][:20], known)
    return words


def _unknown(field: str, given: str, known: frozenset[str]) -> UnknownPlaceholder:
    names = ", ".join(f"{{{each}}}" for each in sorted(known))
    return UnknownPlaceholder(field=field, why="only facts that are known", given=given[:40], known=names)
