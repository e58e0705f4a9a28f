"""The facts of a refusal as sentences use them: numbers and days that may be missing, and words joined by "or"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from web.words import formats

Facts = Mapping[str, object]
Sentence = str | Callable[[Facts], str]


def count(facts: Facts, name: str) -> int:
    """A number among the facts; 0 where it is not told."""
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def word(facts: Facts, name: str) -> str:
    """A word among the facts; empty where it is not told."""
    value = facts.get(name)
    return "" if value is None else str(value)


def words(facts: Facts, name: str) -> list[str]:
    """A list of words among the facts."""
    value = facts.get(name)
    return [str(each) for each in value] if isinstance(value, list | tuple) else []


def day(facts: Facts, name: str, language: str) -> str:
    """A day (ISO 8601) among the facts as people write it; empty where there is none."""
    value = word(facts, name)
    return formats.short_day(date.fromisoformat(value), language) if value else ""


def either(listed: Iterable[str], or_: str) -> str:
    """Words joined by commas, the last one by a word for "or"."""
    given = list(listed)
    if len(given) < 2:
        return "".join(given)
    return f"{', '.join(given[:-1])} {or_} {given[-1]}"


def said(sentence: Sentence, facts: Facts) -> str:
    """The sentence with its facts in it."""
    return sentence if isinstance(sentence, str) else sentence(facts)
