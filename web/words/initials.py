"""Two letters that stand for somebody who shows no picture."""

from __future__ import annotations


def initials(name: str | None) -> str:
    """The first letters of a first and a last name; a dash for somebody erased."""
    words = (name or "").split()
    letters = [word[0].upper() for word in (*words[:1], *words[1:][-1:])]
    return "".join(letters) or "–"
