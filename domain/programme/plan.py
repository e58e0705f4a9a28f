"""A plan of the way in as a PDF, as a venue gives it to its guests: kept and shown as it is, if it is only paper."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from domain.kernel.errors import RuleBroken
from domain.kernel.image import LARGEST, ImageTooLarge

BEGINS, ENDS = b"%PDF-", b"%%EOF"
NOT_PAPER = (
    b"/Encrypt",
    b"/JavaScript",
    b"/Launch",
    b"/EmbeddedFile",
    b"/RichMedia",
    b"/SubmitForm",
    b"/XFA",
)
"""What is locked, runs something, sends something or carries other files is more than paper."""
MOST_UNPACKED = 4 * LARGEST
"""Bytes of objects that are packed together; no plan has as many."""
_TAIL = 2048
_PACKED, _STREAM = b"/ObjStm", re.compile(rb"stream\r?\n")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


class NotAPlan(RuleBroken):
    """The PDF is cut, locked, or does more than paper does."""


def is_pdf(content: bytes) -> bool:
    """Whether a file says that it is a PDF."""
    return content.startswith(BEGINS)


def must_be_paper(content: bytes) -> None:
    """Raises ImageTooLarge, NotAPlan."""
    if len(content) > LARGEST:
        raise ImageTooLarge
    parts = (_unescaped(content), *_unpacked(content))
    if ENDS not in content[-_TAIL:] or any(sign in part for part in parts for sign in NOT_PAPER):
        raise NotAPlan


def _unescaped(part: bytes) -> bytes:
    """With names as they are meant: a letter may be written as its number ("/J#61vaScript")."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Objects that are packed together, as they are meant. Raises NotAPlan where they cannot be looked into."""
    room = MOST_UNPACKED
    for part in content.split(b"endstream")[:-1]:
        if _PACKED not in (told := _unescaped(part)):
            continue
        begins = [found.end() for found in _STREAM.finditer(part)]
        if len(begins) != 1 or told.count(b"Decode", 0, begins[0]) > 1:
            raise NotAPlan
        try:
            objects = zlib.decompressobj().decompress(part[begins[0] :], room)
        except zlib.error:
            raise NotAPlan from None
        room -= len(objects)
        if room <= 0:
            raise NotAPlan
        yield _unescaped(objects)
