"""The text of a bank's file, whichever charset it is written in."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import suppress

_SPOILT = "\N{REPLACEMENT CHARACTER}"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def is_wide(content: bytes) -> bool:
    """Whether it begins with the mark of UTF-16."""
    return content.startswith(_WIDE)


def decoded(content: bytes) -> str:
    """UTF-16 by its mark, UTF-8, or else what Windows wrote in Western Europe; a spoilt byte spoils no other."""
    if is_wide(content):
        return content.decode("utf-16", errors="replace")
    with suppress(UnicodeDecodeError):
        return content.decode("utf-8-sig")
    text = content.decode("utf-8-sig", errors="replace")
    if content.startswith(codecs.BOM_UTF8) or text.count(_SPOILT) < _letters_beyond_ascii(text):
        return text
    with suppress(UnicodeDecodeError):
        return content.decode("cp1252")
    return content.decode("latin-1")


def _letters_beyond_ascii(text: str) -> int:
    return sum(not mark.isascii() and mark != _SPOILT for mark in text)


def readings(content: bytes) -> Iterator[str]:
    """The text in each charset that an export may be written in, the likeliest first, with lines that end alike."""
    yield _lines(decoded(content))
    if not is_wide(content):
        for charset in ("utf-16-le", "utf-16-be") if b"\0" in content[:200] else ("cp850", "mac-roman"):
            yield _lines(content.decode(charset, errors="replace"))


def _lines(text: str) -> str:
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
