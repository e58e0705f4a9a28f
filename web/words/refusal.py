"""Refusals as sentences, from the catalogue: what a refusal tells is put in its words as the language writes it."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from web.words import formats
from web.words.accounts import account_name
from web.words.language import Say, read_phrases

Facts = Mapping[str, object]


def sentence_of(names: Sequence[str], facts: Facts, language: str) -> str:
    """The sentence of the first of the names (a refusal's and its parents') that has one."""
    say = read_phrases().speaking(language)
    name = next(each for each in names if f"refusal.{each}" in say.phrases)
    key = next(key for told, key in _variants(name) if all(_is_told(facts.get(each)) for each in told))
    return _first_up(_Pen(say).vformat(say(key), (), facts), name)


@cache
def _variants(name: str) -> list[tuple[list[str], str]]:
    """The facts that a sentence is for and its key, the one with most facts first: `SeatsShort-left`."""
    keys = [key for key in read_phrases().by_language["en"] if key.split("-")[0] == f"refusal.{name}"]
    return sorted(((key.split("-")[1:], key) for key in keys), key=lambda each: -len(each[0]))


def _is_told(fact: object) -> bool:
    return bool(fact) and not (isinstance(fact, int) and fact < 0)


def _first_up(text: str, name: str) -> str:
    """A sentence that begins with the name of a value begins with a capital."""
    return text[:1].upper() + text[1:] if name == "BadValue" else text


class _Pen(string.Formatter):
    """Writes a fact the way that stands after its name: {until:day}; one that is not told as nothing."""

    def __init__(self, say: Say) -> None:
        self._say = say

    def get_value(self, key: int | str, _args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        return kwargs.get(str(key))

    def format_field(self, value: Any, format_spec: str) -> str:
        number = value if isinstance(value, int) else 0
        plain = {
            "": lambda: "" if value is None else str(value),
            "n": lambda: str(number),
            "sum": lambda: formats.figures(number, self._say.language),
            "day": lambda: formats.short_day(date.fromisoformat(str(value)), self._say.language) if value else "",
            "account": lambda: account_name(str(value or ""), self._say),
            "why": lambda: reworded(str(value or ""), "value.", self._say),
        }
        if format_spec in plain:
            return plain[format_spec]()
        words = [str(each) for each in value] if isinstance(value, list | tuple) else str(value or "").split(" or ")
        if f"refusal.{format_spec}" in self._say.phrases:
            return self._counted(format_spec, number if words != ["1"] else 1)
        return self._listed([self._word(format_spec.rstrip(","), each) for each in words], format_spec)

    def _counted(self, phrase: str, number: int) -> str:
        return self._say(f"refusal.{phrase}", n=number, number=formats.number(number, self._say.language))

    def _word(self, kind: str, value: str) -> str:
        """A word that a fact holds, as the language says it; one that has none as it is."""
        keys = (f"refusal.{kind}_{value or 'none'}", f"refusal.{kind}_")
        return next((self._say(key) for key in keys if key in self._say.phrases), value)

    def _listed(self, words: Sequence[str], how: str) -> str:
        if how.endswith(",") or len(words) < 2:
            return ", ".join(words)
        return f"{', '.join(words[:-1])} {self._say('refusal.or')} {words[-1]}"


def reworded(english: str, family: str, say: Say) -> str:
    """The phrase of a family whose English it is, in the language; the family's UNKNOWN where there is none."""
    for shape, key in _shapes(family):
        found = shape.fullmatch(english)
        if found:
            return say(key).format(*found.groups())
    return say(f"{family}UNKNOWN")


@cache
def _shapes(family: str) -> list[tuple[re.Pattern[str], str]]:
    english = read_phrases().speaking("en")
    keys = [key for key in english.phrases if key.startswith(family)]
    return [(re.compile(re.escape(english(key)).replace(r"\{\}", "(.+)")), key) for key in keys]
