"""Checks on what people type, before it becomes a fact: length, characters, addresses.

Two texts that look the same are the same: marks that nobody sees (formatting, direction, zero width) are taken out, and
what is no text at all (control characters, damaged, unassigned or private ones) is refused.
"""

from __future__ import annotations

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

from domain.kernel.errors import BadValue

LANGUAGES = ("sv", "en")
"""What letters and paper documents can be written in."""

_PHONE = re.compile(r"\+?[0-9 ()/.\-]+(?:(?:ext\.?|ank\.?|x) ?[0-9]{1,6})?", re.ASCII)
_NO_TEXT = ("Cc", "Cs", "Co", "Cn")
_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n"})
_STROKES = str.maketrans("øæłđðħı", "oalddhi")
"""Letters that Unicode does not take apart."""
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U000e0000-\U000e0fff]"
)
"""What Unicode lets programs not show (Default_Ignorable_Code_Point) beside category Cf, and the blank Braille sign."""


def visible(text: str) -> str:
    """The text without what nobody sees, its letters composed; every space that is not a line's end is a plain one."""
    if text.isascii():
        return text
    seen = "".join(mark for mark in _INVISIBLE.sub("", text) if unicodedata.category(mark) != "Cf")
    spaced = "".join(" " if unicodedata.category(mark) == "Zs" else mark for mark in seen.translate(_LINE_ENDS))
    return unicodedata.normalize("NFC", spaced)


def is_text(text: str) -> bool:
    """Whether every character is one that people write: none of control, damaged, unassigned or private use."""
    if text.isascii() and text.isprintable():
        return True
    return not any(
        mark == "\ufffd" or (unicodedata.category(mark) in _NO_TEXT and mark not in "\n\t\r") for mark in text
    )


def clean(field: str, value: str, longest: int, *, may_be_empty: bool = False) -> str:
    """The visible text without surrounding space. Raises BadValue when empty, too long, or not text."""
    text = visible(value).strip()
    if not text and not may_be_empty:
        raise BadValue(field=field, why="may not be empty")
    if len(text) > longest:
        raise BadValue(field=field, why=f"at most {longest} characters")
    if not is_text(text):
        raise BadValue(field=field, why="has characters that are not text")
    return text


def clean_line(field: str, value: str, longest: int, *, may_be_empty: bool = False) -> str:
    """As `clean`, on one line."""
    text = clean(field, value, longest, may_be_empty=may_be_empty)
    if any(mark in text for mark in "\n\r\t"):
        raise BadValue(field=field, why="stands on one line")
    return text


def name_of(field: str, value: str, longest: int = 300) -> str:
    """A name: one line with single spaces, and at least one letter. Raises BadValue."""
    text = " ".join(clean_line(field, value, longest).split())
    if not any(unicodedata.category(mark).startswith("L") for mark in text):
        raise BadValue(field=field, why="has no letter")
    return text


def title_of(field: str, value: str, longest: int = 300) -> str:
    """What a thing or an organisation is called: one line with at least one letter or digit. Raises BadValue."""
    text = clean_line(field, value, longest)
    if not any(unicodedata.category(mark)[0] in "LN" for mark in text):
        raise BadValue(field=field, why="has no letter or digit")
    return text


def same_name(one: str, other: str) -> bool:
    """Whether two names are clearly the same one: case, accents, hyphens and points apart."""
    return folded(one) == folded(other)


def folded(name: str) -> str:
    """A name by its letters and digits alone, words apart: "Åsa-Lena  Ö." is "asa lena o"."""
    return " ".join("".join(mark if mark.isalnum() else " " for mark in plain(name)).split())


def plain(text: str) -> str:
    """The text as people search for it: small letters without accents, rings, dots and strokes ("Åsa" is "asa")."""
    small = text.casefold()
    if small.isascii():
        return small
    bare = unicodedata.normalize("NFKD", small)
    return "".join(mark for mark in bare if not unicodedata.combining(mark)).translate(_STROKES)


def email_of(value: str) -> str:
    """An e-mail address that every mail server can carry: lower case, its domain in ASCII (IDNA). Raises BadValue."""
    text = clean_line("email", value, 254).lower()
    if "@" in text and not text.rpartition("@")[0].isascii():
        raise BadValue(field="email", why="has letters before the @ that mail cannot carry")
    try:
        found = validate_email(text, allow_smtputf8=False, strict=True, check_deliverability=False)
    except EmailNotValidError:
        raise BadValue(field="email", why="is not an e-mail address") from None
    return (found.ascii_email or "").lower()


def phone_of(value: str) -> str:
    """A telephone number as it was written, with 5 to 17 digits. Raises BadValue."""
    text = " ".join(clean_line("phone", value, 40).replace("\N{NON-BREAKING HYPHEN}", "-").split())
    if not _PHONE.fullmatch(text) or not 5 <= sum(mark.isdigit() for mark in text) <= 17:
        raise BadValue(field="phone", why="is not a telephone number")
    return text


def country_of(value: str) -> str:
    """A country code of two capital letters (ISO 3166-1). Raises BadValue."""
    if len(value) != 2 or not (value.isascii() and value.isalpha() and value.isupper()):
        raise BadValue(field="country", why="not a country code of two capital letters")
    return value
