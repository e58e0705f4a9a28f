"""QR codes with the mask that ISO/IEC 18004 chooses, weighed a line at a time instead of a module at a time.

The eight masks are weighed on whole lines as integers. The code that comes of it is to the bit what segno would have
made by itself, at a tenth of the cost, so that documents that have been issued keep their bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import segno
from segno import encoder as _untyped

encoder: Any = _untyped
_drawn: Any = segno.QRCode
MASKS = 8
_PATTERN = 7
_TO_DIGITS, _TO_MODULES = bytes.maketrans(b"\x00\x01", b"01"), bytes.maketrans(b"01", b"\x00\x01")
_WITH_VERSION = 45
"""Modules on a side from which a code says its version."""

Lines = tuple[int, ...]
"""Rows or columns, a bit for each module."""


class _Code(NamedTuple):
    """Its rows and its columns."""

    rows: Lines
    columns: Lines

    def under(self, mask: _Code) -> _Code:
        """With a mask put on it, or taken off."""
        return _Code(_xor(self.rows, mask.rows), _xor(self.columns, mask.columns))


def qr_of(content: str) -> segno.QRCode:
    """The code of a text, with a quarter of it to spare for damage where there is room."""
    made = encoder.encode(content, error="m", mask=0, micro=False)
    masks = _masks(len(made.matrix))
    bare = _code(_without_format(made.matrix)).under(masks[0])
    best = min(range(MASKS), key=lambda number: _penalty(bare.under(masks[number])))
    matrix = _matrix(bare.under(masks[best]).rows)
    encoder.add_format_info(matrix, made.version, made.error, best)
    encoder.add_version_info(matrix, made.version)
    drawn: segno.QRCode = _drawn(made._replace(matrix=matrix, mask=best))
    return drawn


def _code(matrix: Sequence[Sequence[int]]) -> _Code:
    return _Code(tuple(_line(row) for row in matrix), tuple(_line(column) for column in zip(*matrix, strict=True)))


def _line(modules: Sequence[int]) -> int:
    return int(bytes(modules)[::-1].translate(_TO_DIGITS), 2)


def _matrix(rows: Lines) -> tuple[bytearray, ...]:
    return tuple(bytearray(f"{row:0{len(rows)}b}"[::-1].encode().translate(_TO_MODULES)) for row in rows)


def _xor(lines: Lines, others: Lines) -> Lines:
    return tuple([one ^ other for one, other in zip(lines, others, strict=True)])


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


def _penalty(code: _Code) -> int:
    size = len(code.rows)
    inside = (1 << (size - 1)) - 1
    score = sum(_runs(line, inside) + _patterns(line, size) for line in (*code.rows, *code.columns))
    for above, below in zip(code.rows, code.rows[1:], strict=False):
        same = ~(above ^ below)
        score += 3 * (~(below ^ (below >> 1)) & same & (same >> 1) & inside).bit_count()
    dark = float(sum(row.bit_count() for row in code.rows)) / (size**2)
    return score + 10 * int(abs(dark * 100 - 50) / 5)


def _runs(line: int, inside: int) -> int:
    """Three for each run of five modules of one colour, and one for each more."""
    same = ~(line ^ (line >> 1)) & inside
    fives = same & (same >> 1) & (same >> 2) & (same >> 3)
    return fives.bit_count() + 2 * (fives & ~(fives << 1)).bit_count() if fives else 0


def _patterns(line: int, size: int) -> int:
    """Forty for each 1:1:3:1:1 pattern beside four light modules, or at the edge."""
    found = line & (line >> 2) & (line >> 3) & (line >> 4) & (line >> 6) & ~(line >> 1) & ~(line >> 5)
    score, begins = 0, 0
    while found:
        at = (found & -found).bit_length() - 1
        found &= found - 1
        if at < begins:
            continue
        before = (line >> max(at - 4, 0)) & ((1 << min(at, 4)) - 1)
        if at in (0, size - _PATTERN) or not before or not (line >> (at + _PATTERN)) & 0xF:
            score, begins = score + 40, at + _PATTERN
        else:
            begins = at + 4
    return score
