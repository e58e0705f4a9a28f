"""What is left empty is asked for by its name, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

from web.words.language import read_phrases

PAGES = Path(__file__).parents[4] / "web" / "pages"
_ASKED = re.compile(r'\.(?:required|missing)\(f?"([a-z_]+)[^")]*"\)|organisation_meant\(.*"([a-z_]+)"\)')


def _asked() -> set[str]:
    found = [pair for page in PAGES.rglob("*.py") for pair in _ASKED.findall(page.read_text())]
    return {name or other for name, other in found}


def test_whatever_a_form_asks_for_has_a_name_that_is_said_when_it_is_empty() -> None:
    asked = _asked()
    assert {"name", "reason", "title", "organisation", "m_on"} <= asked
    phrases = read_phrases().by_language
    for language in ("sv", "en"):
        assert not {each for each in asked if f"refusal.field_{each}" not in phrases[language]}


def test_no_form_says_only_that_something_is_missing() -> None:
    for language, words in read_phrases().by_language.items():
        assert "{field}" in str(words["form.fill_in"]), language
