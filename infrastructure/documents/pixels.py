"""Pictures read and written by Pillow: upright, in the colours of screens, without anything but the picture."""

from __future__ import annotations

import io
import struct
from hashlib import sha256
from threading import Lock

from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from application.kernel.image import Made
from domain.kernel.image import (
    FACE_WIDTHS,
    LARGEST,
    WIDTHS,
    Image,
    ImageTooLarge,
    NotAnImage,
    must_be_of_use,
    widths_of,
)

FORMATS = ("JPEG", "PNG", "WEBP")
"""What is read; no other reader of Pillow's is ever asked."""
WEBP = "image/webp"
Pillow.MAX_IMAGE_PIXELS = None  # how large it is we ask ourselves, and say so
QUALITY = 80
FACE_FROM_TOP = 0.35
"""Where the middle of a face is, in a picture that is taller than wide."""
_ORIENTATION = 0x0112
_TURNS = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}
"""What makes upright what a camera calls by such a number (Exif 2.3, 4.6.4)."""
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, TypeError, LookupError, ArithmeticError, struct.error)
"""What readers stumble with over files that have been damaged, or made to make them stumble."""
_UNFOLDING = Lock()
"""A file of 100 kB may take half a gigabyte while it is unfolded, so a process unfolds one at a time."""


def whole(content: bytes) -> Made:
    """A picture in the usual widths that are not wider than it. Raises NotAnImage, ImageTooLarge."""
    picture = _read(content)
    by_width = {width: _encoded(_narrowed(picture, width)) for width in widths_of(picture.width)}
    widest = max(by_width)
    height = max(1, round(picture.height * widest / picture.width))
    return Made(Image(_name(by_width[widest]), widest, height), by_width, WEBP)


def face(content: bytes) -> Made:
    """A picture of somebody as small squares. Raises NotAnImage, ImageTooLarge."""
    picture = _read(content)
    side = min(picture.size)
    square = ImageOps.fit(picture, (side, side), centering=(0.5, FACE_FROM_TOP))
    by_width = {width: _encoded(_narrowed(square, width)) for width in FACE_WIDTHS}
    return Made(Image(_name(by_width[max(by_width)]), max(by_width), max(by_width)), by_width, WEBP)


def _read(content: bytes) -> Pillow.Image:
    """The first picture in a file, unfolded only when its size is known. Raises NotAnImage, ImageTooLarge."""
    if len(content) > LARGEST:
        raise ImageTooLarge
    try:
        with _UNFOLDING, Pillow.open(io.BytesIO(content), formats=FORMATS) as picture:
            must_be_of_use(*picture.size)
            of_use = _of_use(*picture.size)
            picture.draft("RGB", of_use)  # a JPEG unfolds no larger than is of use
            return _in_screen_colours(_upright(_lessened(picture, of_use)))
    except _DAMAGED as error:
        raise NotAnImage from error


def _of_use(width: int, height: int) -> tuple[int, int]:
    """The size beyond which nothing can be seen of it, whichever way it is turned."""
    least = min(width, height, WIDTHS[-1])
    return max(least, round(width * least / min(width, height))), max(least, round(height * least / min(width, height)))


def _lessened(picture: Pillow.Image, size: tuple[int, int]) -> Pillow.Image:
    """Made small before anything else is done to it, since each step takes as much room again."""
    if picture.width <= size[0]:
        return picture
    if picture.mode in ("1", "P") or "transparency" in picture.info:
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    return picture.resize(size, Pillow.Resampling.BOX)


def _upright(picture: Pillow.Image) -> Pillow.Image:
    """Turned as whoever took it held it; as it lies where what the camera wrote about that cannot be read."""
    try:
        turn = _TURNS.get(picture.getexif().get(_ORIENTATION, 0))
    except _DAMAGED:
        turn = None
    return picture if turn is None else picture.transpose(turn)


def _in_screen_colours(picture: Pillow.Image) -> Pillow.Image:
    """As sRGB, whatever the camera meant; see-through where it was."""
    profile = picture.info.get("icc_profile")
    mode = "RGBA" if "A" in picture.mode or "transparency" in picture.info else "RGB"
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        try:
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            found = ImageCms.profileToProfile(picture, meant, ImageCms.createProfile("sRGB"), outputMode=mode)
            return found if found is not None else picture.convert(mode)
        except (ImageCms.PyCMSError, OSError):  # a profile that cannot be read: as if there were none
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
