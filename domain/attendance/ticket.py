"""The code of a ticket: 128 bits that mean nothing, as they are printed, read by a camera, read aloud and typed."""

from __future__ import annotations

import base64
import re

PREFIX = "P1:"
_SAID = str.maketrans({"0": "O", "1": "I", "8": "B"})
"""Digits that no code has, as what they are taken for."""

_SPACES = re.compile(r"[\s\-–.]+")
_CODE = re.compile(r"[A-Z2-7]{26}")


def written(secret: bytes) -> str:
    """The code of 16 bytes: `P1:` and 26 capitals and digits."""
    return PREFIX + base64.b32encode(secret).decode().rstrip("=")


def read(typed: str) -> bytes | None:
    """The 16 bytes in a code as somebody has typed it, in any case and with spaces; None where it is no code."""
    plain = _SPACES.sub("", typed).upper()
    if plain.startswith(PREFIX):
        plain = plain.removeprefix(PREFIX)
    found = _CODE.fullmatch(plain.translate(_SAID))
    return None if found is None else base64.b32decode(found[0] + "======")


def aloud(code: str) -> str:
    """The code in groups of four, as it is read aloud and typed."""
    plain = code.removeprefix(PREFIX)
    return f"{PREFIX} {' '.join(plain[no : no + 4] for no in range(0, len(plain), 4))}"
