"""The text of a bank's file, whichever charset it is written in."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def is_wide(content: bytes) -> bool:
    """Whether it begins with the mark of UTF-16."""
    return content.startswith(_WIDE)


def decoded(content: bytes) -> str:
    """UTF-16 by its mark, UTF-8, or else what Windows wrote in Western Europe."""
    if is_wide(content):
        return content.decode("utf-16", errors="replace")
    for charset in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(charset)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def readings(content: bytes) -> Iterator[str]:
    """The text in each charset that an export may be written in, the likeliest first, with lines that end alike."""
    yield _lines(decoded(content))
    if not is_wide(content):
        for charset in ("utf-16-le", "utf-16-be") if b"\0" in content[:200] else ("cp850", "mac-roman"):
            yield _lines(content.decode(charset, errors="replace"))


def _lines(text: str) -> str:
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
