"""Countries by the names that people write at the end of an address."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

LANGUAGES = ("sv", "en", "nb", "da", "fi", "de", "fr", "nl", "pl", "es", "it", "et", "lv", "lt", "is")
"""In which languages names of countries are known."""


def country_named(address: str) -> str:
    """The code (ISO 3166-1) of the country that an address ends with, by name or by code; "" where it names none."""
    parts = [part.strip() for part in re.split(r"[\n,]", address) if part.strip()]
    return _codes().get(parts[-1].casefold().rstrip("."), "") if len(parts) > 1 else ""


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(name.casefold(), code)
                found[code.casefold()] = code
    return found
