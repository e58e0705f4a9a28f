"""Checks on what people type, before it becomes a fact: length, characters, organisation numbers, addresses."""

from __future__ import annotations

import re
import unicodedata

from domain.errors import BadValue

_PEPPOL = re.compile(r"[0-9]{4}:[A-Za-z0-9][A-Za-z0-9.:\-]{0,49}")
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


def country_of(value: str) -> str:
    """A country code of two capital letters (ISO 3166-1). Raises BadValue."""
    if len(value) != 2 or not (value.isascii() and value.isalpha() and value.isupper()):
        raise BadValue(field="country", why="not a country code of two capital letters")
    return value


def peppol_id_of(value: str) -> str:
    """An address for e-invoices as scheme:number. Raises BadValue for a wrong form or check digit (0007, 0088)."""
    text = clean_line("peppol_id", value, 60)
    if not _PEPPOL.fullmatch(text):
        raise BadValue(field="peppol_id", why="is four digits, a colon and a number")
    scheme, number = text.split(":", 1)
    if scheme == "0007":
        return f"0007:{org_number_of(number)}"
    if scheme == "0088" and not _is_gln(number):
        raise BadValue(field="peppol_id", why="a GLN has 13 digits, the last one a check digit")
    return text


def _is_gln(number: str) -> bool:
    if len(number) != 13 or not (number.isascii() and number.isdigit()):
        return False
    weighed = (int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(number))
    return sum(weighed) % 10 == 0


def org_number_of(value: str) -> str:
    """A Swedish organisation number as ten digits. Raises BadValue unless its check digit is right (Luhn)."""
    digits = value.replace("-", "").replace(" ", "")
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        raise BadValue(field="org_number", why="an organisation number has ten digits")
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits)]
    if sum(digit // 10 + digit % 10 for digit in doubled) % 10:
        raise BadValue(field="org_number", why="the check digit is wrong")
    return digits
