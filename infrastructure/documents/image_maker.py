"""Makes pictures of what people give; Pillow comes into a process with the first one, since most never make any."""

from __future__ import annotations

from application.kernel.image import ImageMaker, Made


class PillowMaker(ImageMaker):
    """Decodes once, whatever the file says of itself, and encodes as WebP."""

    def whole(self, content: bytes) -> Made:
        """In the usual widths that are not wider than it."""
        from infrastructure.documents.pixels import whole

        return whole(content)

    def face(self, content: bytes) -> Made:
        """Small squares."""
        from infrastructure.documents.pixels import face

        return face(content)
