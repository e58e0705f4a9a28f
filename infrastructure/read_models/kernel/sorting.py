"""The order of names as Swedes read them: case does not count, and å, ä, ö stand after z; search minds none of that."""

from __future__ import annotations

import unicodedata

from domain.kernel.text import plain, visible

_AFTER_Z = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})
AFTER_Z, BEFORE_Z = "{|}", "aao"
"""How å, ä, ö are written in sort keys, and which letters stand for them where accents do not count."""


def sort_key(name: str) -> str:
    """What to compare, character by character (in SQL: collation "C"); é sorts as e."""
    return plain(unicodedata.normalize("NFC", name).casefold().translate(_AFTER_Z))


def search_key(key: str) -> str:
    """What is searched in, made of a sort key: å and ä as a, ö as o. In SQL: `translate(key, AFTER_Z, BEFORE_Z)`."""
    return key.translate(str.maketrans(AFTER_Z, BEFORE_Z))


def searched(text: str) -> str:
    """A text as it is searched, whatever its case and accents; what cannot be read parts words."""
    return search_key(sort_key("".join(mark if mark.isprintable() else " " for mark in visible(text))))
