"""A logo: a small PNG picture, taken in only when it is what it says, and kept without anything but the picture."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from domain.kernel.errors import RuleBroken

LARGEST = 200 * 1024
"""Bytes of a file."""
LEAST_SIDE, MOST_SIDE = 16, 2000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
"""What the picture consists of; where and by whom it was made goes."""
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_WHOLE = ((0, 0, 1, 1),)
_INTERLACED = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""The passes of a picture (PNG, second edition, 8.2): first column and row, and the steps between them."""


class NotALogo(RuleBroken):
    """The file is no PNG picture of a size that a logo has."""


@dataclass(frozen=True)
class Logo:
    """A picture, and the name that follows from it."""

    content: bytes
    digest: str

    @property
    def width(self) -> int:
        """As its header says."""
        return int.from_bytes(self.content[16:20])

    @property
    def height(self) -> int:
        """As its header says."""
        return int.from_bytes(self.content[20:24])


def logo_of(content: bytes) -> Logo:
    """The picture in a file. Raises NotALogo unless it is a whole PNG of at most 200 kB that decodes to its size."""
    if len(content) > LARGEST or not content.startswith(_SIGNATURE):
        raise NotALogo
    chunks = [(kind, body) for kind, body in _chunks(content) if kind in _KEPT]
    if [kind for kind, _ in chunks][:1] != [b"IHDR"] or [kind for kind, _ in chunks][-1:] != [b"IEND"]:
        raise NotALogo
    expected = _decoded_size(chunks[0][1])
    if _unpacked(b"".join(body for kind, body in chunks if kind == b"IDAT"), expected + 1) != expected:
        raise NotALogo
    whole = _SIGNATURE + b"".join(_chunk(kind, body) for kind, body in chunks)
    return Logo(whole, sha256(whole).hexdigest())


def size_of(picture: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture that has been taken in."""
    return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_SIGNATURE)
    while place < len(content):
        length = int.from_bytes(content[place : place + 4])
        kind, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        if content[place : place + 12 + length] != _chunk(kind, body):
            raise NotALogo
        yield kind, body
        if kind == b"IEND":
            return
        place += 12 + length


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def _decoded_size(header: bytes) -> int:
    """How many bytes the picture has, from its header: a filter byte and the pixels of every row."""
    if len(header) != 13:
        raise NotALogo
    width, height = int.from_bytes(header[:4]), int.from_bytes(header[4:8])
    depth, colour, *methods, interlace = header[8:]
    if not all(LEAST_SIDE <= side <= MOST_SIDE for side in (width, height)):
        raise NotALogo
    if depth not in _DEPTHS.get(colour, ()) or methods != [0, 0] or interlace > 1:
        raise NotALogo
    bits = depth * _CHANNELS[colour]
    passes = _INTERLACED if interlace else _WHOLE
    return sum(_size(width, height, bits, one) for one in passes)


def _size(width: int, height: int, bits: int, one: tuple[int, int, int, int]) -> int:
    column, row, step, rows = one
    return -(-(height - row) // rows) * (1 + -(-(-(-(width - column) // step) * bits) // 8))


def _unpacked(packed: bytes, most: int) -> int:
    """How many bytes come out, and never more than that: a small file may hold a very large picture."""
    unpacker = zlib.decompressobj()
    try:
        found = len(unpacker.decompress(packed, most))
    except zlib.error:
        raise NotALogo from None
    return found if unpacker.eof else most
