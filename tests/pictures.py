"""Pictures for stories: PNG files made of a few bytes."""

from __future__ import annotations

import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, body: bytes) -> bytes:
    """A piece of a PNG file."""
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def header(width: int, height: int, interlace: int = 0) -> bytes:
    """What a file of true colours with transparency begins with."""
    return chunk(b"IHDR", width.to_bytes(4) + height.to_bytes(4) + bytes((8, 6, 0, 0, interlace)))


def png(width: int = 120, height: int = 40, *, note: bytes = b"") -> bytes:
    """A picture of one colour; `note`: what somebody's drawing program wrote beside it."""
    rows = (b"\0" + b"\x20\x60\xa0\xff" * width) * height
    beside = chunk(b"tEXt", b"Author\0" + note) if note else b""
    packed = zlib.compress(rows)
    return SIGNATURE + header(width, height) + beside + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
