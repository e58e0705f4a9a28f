"""Pictures as they are kept: cut to a few widths, without anything but the picture, each by what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from domain.kernel.image import Image


@dataclass(frozen=True)
class Made:
    """A picture made ready to be kept: the same for the same file, in one or several widths."""

    image: Image
    by_width: Mapping[int, bytes]
    media_type: str


class ImageMaker(Protocol):
    """Reads files that people send. What is in them is not to be trusted."""

    def whole(self, content: bytes) -> Made:
        """The picture turned upright, as it is, in the usual widths. Raises NotAnImage, ImageTooLarge."""

    def face(self, content: bytes) -> Made:
        """A square out of the middle of it. Raises NotAnImage, ImageTooLarge."""


class ImageShelf(Protocol):
    """Where pictures are kept, by their names."""

    def keep(self, made: Made, owner: UUID | None = None, secret: str = "") -> None:
        """Put a picture there; one that is there stays. With a `secret` nobody reads it who does not have that."""

    def find(self, digest: str, width: int | None = None, secret: str = "") -> bytes | None:
        """The picture of that name, in that width or the widest."""

    def drop(self, owner: UUID, but: str = "") -> None:
        """Throw away what is kept of an owner, `but` the picture of that name."""
