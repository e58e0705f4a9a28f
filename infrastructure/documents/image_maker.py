"""Pictures read and written by Pillow: upright, in the colours of screens, without anything but the picture."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from application.kernel.image import ImageMaker, Made
from domain.kernel.image import FACE_WIDTHS, LARGEST, Image, ImageTooLarge, NotAnImage, must_be_of_use, widths_of

FORMATS = ("JPEG", "PNG", "WEBP")
"""What is read; no other reader of Pillow's is ever asked."""
WEBP = "image/webp"
Pillow.MAX_IMAGE_PIXELS = None  # how large it is we ask ourselves, and say so
QUALITY = 80
FACE_FROM_TOP = 0.35
"""Where the middle of a face is, in a picture that is taller than wide."""


class PillowMaker(ImageMaker):
    """Decodes once, whatever the file says of itself, and encodes as WebP."""

    def whole(self, content: bytes) -> Made:
        """In the usual widths that are not wider than it."""
        with _opened(content) as picture:
            by_width = {width: _encoded(_narrowed(picture, width)) for width in widths_of(picture.width)}
        widest = max(by_width)
        height = max(1, round(picture.height * widest / picture.width))
        return Made(Image(_name(by_width[widest]), widest, height), by_width, WEBP)

    def face(self, content: bytes) -> Made:
        """Small squares."""
        with _opened(content) as picture:
            side = min(picture.size)
            square = ImageOps.fit(picture, (side, side), centering=(0.5, FACE_FROM_TOP))
            by_width = {width: _encoded(_narrowed(square, width)) for width in FACE_WIDTHS}
        return Made(Image(_name(by_width[max(by_width)]), max(by_width), max(by_width)), by_width, WEBP)


@contextmanager
def _opened(content: bytes) -> Iterator[Pillow.Image]:
    """The first picture in a file, unfolded only when its size is known. Raises NotAnImage, ImageTooLarge."""
    if len(content) > LARGEST:
        raise ImageTooLarge
    try:
        with Pillow.open(io.BytesIO(content), formats=FORMATS) as picture:
            must_be_of_use(*picture.size)
            picture.draft("RGB", (2560, 2560))  # a JPEG unfolds no larger than is of use
            yield _in_screen_colours(ImageOps.exif_transpose(picture))
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise NotAnImage from error


def _in_screen_colours(picture: Pillow.Image) -> Pillow.Image:
    """As sRGB, whatever the camera meant; see-through where it was."""
    profile = picture.info.get("icc_profile")
    mode = "RGBA" if "A" in picture.mode or "transparency" in picture.info else "RGB"
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        try:
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            found = ImageCms.profileToProfile(picture, meant, ImageCms.createProfile("sRGB"), outputMode=mode)
            return found if found is not None else picture.convert(mode)
        except ImageCms.PyCMSError:  # a profile that cannot be read: as if there were none
            pass
    return picture.convert(mode)


def _narrowed(picture: Pillow.Image, width: int) -> Pillow.Image:
    if picture.width == width:
        return picture
    return picture.resize((width, max(1, round(picture.height * width / picture.width))), Pillow.Resampling.LANCZOS)


def _encoded(picture: Pillow.Image) -> bytes:
    """Made from the pixels alone: who took it, where and with what is not in it."""
    made = io.BytesIO()
    plain = Pillow.new(picture.mode, picture.size)
    plain.paste(picture)
    plain.save(made, "WEBP", quality=QUALITY, method=4)
    return made.getvalue()


def _name(content: bytes) -> str:
    return sha256(content).hexdigest()
