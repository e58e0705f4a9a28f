"""The order of names as Swedes read them: case does not count, and å, ä, ö stand after z."""

from __future__ import annotations

import unicodedata

_AFTER_Z = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})


def sort_key(name: str) -> str:
    """What to compare, character by character (in SQL: collation "C"); é sorts as e."""
    lower = unicodedata.normalize("NFC", name).casefold().translate(_AFTER_Z)
    return "".join(mark for mark in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(mark))
