"""A picture that somebody has given: by what it is, how large it is, and what it shows in words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.kernel.errors import RuleBroken
from domain.kernel.text import clean_line

LARGEST = 8 * 1024 * 1024
"""Bytes of a file."""
MOST_PIXELS = 40_000_000
"""More than any telephone takes; a small file that unfolds into more is refused before it is unfolded."""
LEAST_SIDE = 112
WIDTHS = (640, 1280)
"""How wide a picture is kept, never wider than it came."""
FACE_WIDTHS = (112, 336)
"""A face is a square, 56 px on a page: for screens of two dots a pixel, and for larger places."""
MOST_ALT = 300


class NotAnImage(RuleBroken):
    """The file is no JPEG, PNG or WebP that can be read to its end, or too small to be seen."""


class ImageTooLarge(RuleBroken):
    """More bytes, or more pixels, than a page has any use for (`most_bytes`, `most_pixels`)."""

    def __init__(self, **facts: object) -> None:
        super().__init__(**{"most_bytes": LARGEST, "most_pixels": MOST_PIXELS, **facts})


@dataclass(frozen=True)
class Image:
    """A picture as a page needs it: its name, its size so that nothing jumps, its words ("": mere decoration)."""

    digest: str
    width: int
    height: int
    alt: str = ""

    @property
    def is_document(self) -> bool:
        """Whether it is a PDF, which is shown by a program of its own and has no size here."""
        return self.width == 0

    @property
    def widths(self) -> tuple[int, ...]:
        """How wide there are copies of it."""
        return widths_of(self.width)

    def saying(self, alt: str, *, is_decoration: bool) -> Image:
        """The same with its words. Raises BadValue where there are none and it is no decoration."""
        said = "" if is_decoration else clean_line("alt", alt, MOST_ALT)
        return replace(self, alt=said)


def widths_of(width: int) -> tuple[int, ...]:
    """The widths that a picture is kept in: the usual ones that are narrower than it, and its own or the widest."""
    widest = min(width, WIDTHS[-1])
    return (*(each for each in WIDTHS if each < widest), widest)


def must_be_of_use(width: int, height: int) -> None:
    """Raises NotAnImage for what is too small to be seen, ImageTooLarge for what is too large to be unfolded."""
    if min(width, height) < LEAST_SIDE:
        raise NotAnImage
    if width * height > MOST_PIXELS:
        raise ImageTooLarge
