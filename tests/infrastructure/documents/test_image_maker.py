"""What people send as a picture: read only when it is one, turned upright, and kept without what is not the picture."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image as Pillow

from domain.kernel.image import LARGEST, Image, ImageTooLarge, NotAnImage, widths_of
from infrastructure.documents.image_maker import PillowMaker
from tests.pictures import SIGNATURE, chunk, png

MAKER = PillowMaker()


def photo(width: int = 1600, height: int = 900, kind: str = "JPEG", **saved: Any) -> bytes:
    """Red to the left, blue to the right."""
    picture = Pillow.new("RGB", (width, height), "#c00000")
    picture.paste("#0000c0", (width // 2, 0, width, height))
    made = io.BytesIO()
    picture.save(made, kind, **saved)
    return made.getvalue()


def opened(content: bytes) -> Pillow.Image:
    return Pillow.open(io.BytesIO(content), formats=["WEBP"])


def taken_at_home() -> Pillow.Exif:
    """Turned a quarter, with a camera's name and a place in it."""
    exif = Pillow.Exif()
    exif[0x0112], exif[0x010F] = 6, "Kamera AB"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (59.0, 20.0, 0.0)
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_in_the_usual_widths(kind: str) -> None:
    made = MAKER.whole(photo(kind=kind))
    assert (made.image.width, made.image.height, tuple(made.by_width)) == (1280, 720, (640, 1280))
    assert [opened(each).size for each in made.by_width.values()] == [(640, 360), (1280, 720)]
    assert MAKER.whole(photo(kind=kind)).image == made.image


def test_none_is_wider_than_it_came() -> None:
    made = MAKER.whole(photo(500, 300))
    assert (made.image.width, made.image.widths, tuple(made.by_width)) == (500, (500,), (500,))
    assert [widths_of(each) for each in (640, 641, 3000)] == [(640,), (640, 641), (640, 1280)]


def test_it_is_turned_upright_and_tells_nothing_of_who_took_it_where() -> None:
    sent = photo(1600, 900, exif=taken_at_home())
    assert b"Kamera AB" in sent
    made = MAKER.whole(sent)
    assert made.image.height > made.image.width
    for content in made.by_width.values():
        kept = opened(content)
        assert b"Kamera" not in content and not kept.getexif() and "icc_profile" not in kept.info
        assert kept.convert("RGB").getpixel((kept.width // 2, 5))[0] > 150  # type: ignore[index]  # three numbers
    assert opened(made.by_width[max(made.by_width)]).size == (made.image.width, made.image.height)


def test_a_face_is_a_small_square() -> None:
    made = MAKER.face(photo(900, 1600))
    assert [opened(each).size for each in made.by_width.values()] == [(112, 112), (336, 336)]


def test_what_can_be_seen_through_stays_so() -> None:
    drawn = io.BytesIO()
    Pillow.new("RGBA", (640, 400), (0, 0, 0, 0)).save(drawn, "PNG")
    assert opened(MAKER.whole(drawn.getvalue()).by_width[640]).mode == "RGBA"
    printed = io.BytesIO()
    Pillow.new("CMYK", (640, 400)).save(printed, "JPEG")
    assert opened(MAKER.whole(printed.getvalue()).by_width[640]).mode == "RGB"


def bomb(width: int, height: int) -> bytes:
    """A few bytes that unfold into very many."""
    header = chunk(b"IHDR", struct.pack(">II", width, height) + bytes((8, 0, 0, 0, 0)))
    return SIGNATURE + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("content", [bomb(30_000, 30_000), bomb(8000, 5001), b"\xff\xd8" + b"0" * LARGEST])
def test_what_is_too_large_is_not_unfolded(content: bytes) -> None:
    with pytest.raises(ImageTooLarge):
        MAKER.whole(content)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", photo(kind="GIF"),
        photo(kind="TIFF"), photo()[:2000], png()[:-20], photo(111, 500), bomb(500, 500), photo(kind="BMP"),
    ],
)  # fmt: skip
def test_what_is_no_whole_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NotAnImage):
        MAKER.whole(content)


def test_a_picture_says_what_it_shows_or_is_decoration() -> None:
    from domain.kernel.errors import BadValue

    image = Image("f", 640, 400)
    assert image.saying("Den gröna porten", is_decoration=False).alt == "Den gröna porten"
    assert image.saying("Den gröna porten", is_decoration=True).alt == ""
    for alt in ("", "  ", "x" * 301):
        with pytest.raises(BadValue):
            image.saying(alt, is_decoration=False)
