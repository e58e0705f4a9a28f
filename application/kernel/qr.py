"""QR codes with the mask that ISO/IEC 18004 chooses, weighed a code at a time instead of a module at a time.

The eight masks are weighed on the whole code as one integer. The code that comes of it is to the bit what segno would
have made by itself, at a fraction of the cost, and so is its picture: what has been issued or sent keeps its bytes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from struct import pack
from typing import Any, NamedTuple

import segno
from segno import encoder as _untyped

encoder: Any = _untyped
_drawn: Any = segno.QRCode
MASKS = 8
_PATTERN = 7
_TO_DIGITS, _TO_MODULES = bytes.maketrans(b"\x00\x01", b"01"), bytes.maketrans(b"01", b"\x00\x01")
_LIGHT = bytes.maketrans(b"\x00\x01", b"10")
_DARK = re.compile(b"\x01+")
_WITH_VERSION = 45
"""Modules on a side from which a code says its version."""
MARGIN = 4
"""White modules around a code, so that it is read in any light."""


class _Code(NamedTuple):
    """Its rows one after the other, a bit for each module, and its columns."""

    rows: int
    columns: int

    def under(self, mask: _Code) -> _Code:
        """With a mask put on it, or taken off."""
        return _Code(self.rows ^ mask.rows, self.columns ^ mask.columns)


class _Places(NamedTuple):
    """Of codes of a size: all modules of a line, and where in each line something may begin."""

    size: int
    line: int
    pairs: int
    patterns: int


def qr_of(content: str) -> segno.QRCode:
    """The code of a text, with a quarter of it to spare for damage where there is room."""
    made = encoder.encode(content, error="m", mask=0, micro=False)
    masks, places = _masks(len(made.matrix)), _places(len(made.matrix))
    bare = _code(_without_format(made.matrix)).under(masks[0])
    best = min(range(MASKS), key=lambda number: _penalty(bare.under(masks[number]), places))
    matrix = _matrix(bare.under(masks[best]).rows, places.size)
    encoder.add_format_info(matrix, made.version, made.error, best)
    encoder.add_version_info(matrix, made.version)
    drawn: segno.QRCode = _drawn(made._replace(matrix=matrix, mask=best))
    return drawn


def png_of(content: str, scale: int) -> bytes:
    """The code of a text as a picture with its white margin, so many pixels to a module."""
    matrix = qr_of(content).matrix
    side = (len(matrix) + 2 * MARGIN) * scale
    margin, edge = _pixels(b"1" * side) * (MARGIN * scale), b"1" * (MARGIN * scale)
    as_above = (b"\2" + bytes(-(-side // 8))) * (scale - 1)
    lines = [_pixels(edge + _wide(row, scale) + edge) + as_above for row in matrix]
    image = zlib.compress(b"".join([margin, *lines, margin]), 9)
    parts = (b"IHDR", pack(b">2I5B", side, side, 1, 0, 0, 0, 0)), (b"IDAT", image), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in parts)


def svg_of(content: str) -> str:
    """The code of a text as a drawing with its white margin, a unit to a module: each run of dark ones is a stroke."""
    matrix = qr_of(content).matrix
    strokes: list[str] = []
    side, x, y = len(matrix) + 2 * MARGIN, 0, 0
    for no, row in enumerate(matrix, MARGIN):
        for run in _DARK.finditer(row):
            first, last = run.start() + MARGIN, run.end() + MARGIN
            strokes.append(f"m{first - x} {no - y}h{last - first}" if strokes else f"M{first} {no}.5h{last - first}")
            x, y = last, no
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" class="segno">'
    path = f'<path class="qrline" stroke="#000" d="{"".join(strokes)}"/>'
    return f'<?xml version="1.0" encoding="utf-8"?>\n{head}{path}</svg>\n'


def _wide(row: Sequence[int], scale: int) -> bytes:
    """A row's modules as figures, 1 for white, each so many times."""
    return bytes(row).translate(_LIGHT).replace(b"1", b"1" * scale).replace(b"0", b"0" * scale)


def _pixels(figures: bytes) -> bytes:
    """A line of a picture: eight pixels to a byte."""
    width = -(-len(figures) // 8)
    return b"\0" + int(figures.ljust(8 * width, b"0"), 2).to_bytes(width)


def _chunk(name: bytes, data: bytes) -> bytes:
    return pack(b">I", len(data)) + name + data + pack(b">I", zlib.crc32(name + data))


def _code(matrix: Sequence[Sequence[int]]) -> _Code:
    return _Code(_joined(matrix), _joined([*zip(*matrix, strict=True)]))


def _joined(lines: Sequence[Sequence[int]]) -> int:
    return int(b"".join(map(bytes, lines))[::-1].translate(_TO_DIGITS), 2)


def _matrix(rows: int, size: int) -> tuple[bytearray, ...]:
    modules = f"{rows:0{size * size}b}"[::-1].encode().translate(_TO_MODULES)
    return tuple(bytearray(modules[at : at + size]) for at in range(0, size * size, size))


@cache
def _places(size: int) -> _Places:
    each = sum(1 << (size * no) for no in range(size))
    return _Places(size, (1 << size) - 1, ((1 << (size - 1)) - 1) * each, ((1 << (size - _PATTERN + 1)) - 1) * each)


@cache
def _masks(size: int) -> tuple[_Code, ...]:
    """The masks of a size of code, where its data stands."""
    places = encoder.make_matrix(size, size)
    encoder.add_finder_patterns(places, size, size)
    encoder.add_alignment_patterns(places, size, size)
    places[-8][8] = 1
    return tuple(
        _code([[int(module > 1 and turns(i, j)) for j, module in enumerate(row)] for i, row in enumerate(places)])
        for turns in encoder.get_data_mask_functions(False)
    )


def _without_format(matrix: Sequence[Sequence[int]]) -> list[bytearray]:
    """What is weighed: masks are weighed before a code says which one it has."""
    bare = [bytearray(row) for row in matrix]
    for i, j in _format_places(len(bare)):
        bare[i][j] = 0
    return bare


def _format_places(size: int) -> Iterator[tuple[int, int]]:
    for place in range(8):
        past_timing = place + (place >= 6)
        yield from ((past_timing, 8), (8, past_timing), (8, -1 - place), (-1 - place, 8))
    if size >= _WITH_VERSION:
        yield from ((i, j) for i in range(6) for j in (-11, -10, -9))
        yield from ((i, j) for i in (-11, -10, -9) for j in range(6))


def _penalty(code: _Code, places: _Places) -> int:
    score = sum(_runs(lines, places) + _patterns(lines, places) for lines in code)
    below, same = code.rows >> places.size, ~(code.rows ^ (code.rows >> places.size))
    blocks = ~(below ^ (below >> 1)) & same & (same >> 1) & (places.pairs >> places.size)
    dark = float(code.rows.bit_count()) / (places.size**2)
    return score + 3 * blocks.bit_count() + 10 * int(abs(dark * 100 - 50) / 5)


def _runs(lines: int, places: _Places) -> int:
    """Three for each run of five modules of one colour, and one for each more."""
    same = ~(lines ^ (lines >> 1)) & places.pairs
    fives = same & (same >> 1) & (same >> 2) & (same >> 3)
    return fives.bit_count() + 2 * (fives & ~(fives << 1)).bit_count()


def _patterns(lines: int, places: _Places) -> int:
    """Forty for each 1:1:3:1:1 pattern beside four light modules, or at the edge."""
    found = lines & (lines >> 2) & (lines >> 3) & (lines >> 4) & (lines >> 6) & ~(lines >> 1) & ~(lines >> 5)
    found &= places.patterns
    score, begins = 0, 0
    while found:
        place = (found & -found).bit_length() - 1
        found &= found - 1
        if place < begins:
            continue
        at = place % places.size
        line = (lines >> (place - at)) & places.line
        before = (line >> max(at - 4, 0)) & ((1 << min(at, 4)) - 1)
        if at in (0, places.size - _PATTERN) or not before or not (line >> (at + _PATTERN)) & 0xF:
            score, begins = score + 40, place + _PATTERN
        else:
            begins = place + 4
    return score
