"""Checks on what people type, before it becomes a fact: length, characters, organisation numbers, addresses."""

from __future__ import annotations

import re
import unicodedata

from domain.errors import BadValue

_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,180}\.[^\s@<>,;:\"()\[\]\\.]{2,60}")


def clean(field: str, value: str, longest: int, *, may_be_empty: bool = False) -> str:
    """The text without surrounding space. Raises BadValue when empty, too long, or with characters nobody can type."""
    text = unicodedata.normalize("NFC", value).strip()
    if not text and not may_be_empty:
        raise BadValue(field=field, why="may not be empty")
    if len(text) > longest:
        raise BadValue(field=field, why=f"at most {longest} characters")
    if any(unicodedata.category(mark) in ("Cc", "Cs") and mark not in "\n\t\r" for mark in text):
        raise BadValue(field=field, why="has characters that are not text")
    return text


def clean_line(field: str, value: str, longest: int, *, may_be_empty: bool = False) -> str:
    """As `clean`, on one line."""
    text = clean(field, value, longest, may_be_empty=may_be_empty)
    if any(mark in text for mark in "\n\r\t"):
        raise BadValue(field=field, why="stands on one line")
    return text


def email_of(value: str) -> str:
    """An e-mail address in lower case. Raises BadValue for what is not one."""
    text = clean_line("email", value, 254).lower()
    if not _EMAIL.fullmatch(text):
        raise BadValue(field="email", why="is not an e-mail address")
    return text


def org_number_of(value: str) -> str:
    """A Swedish organisation number as ten digits. Raises BadValue unless its check digit is right (Luhn)."""
    digits = value.replace("-", "").replace(" ", "")
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        raise BadValue(field="org_number", why="an organisation number has ten digits")
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits)]
    if sum(digit // 10 + digit % 10 for digit in doubled) % 10:
        raise BadValue(field="org_number", why="the check digit is wrong")
    return digits
