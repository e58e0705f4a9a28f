"""What people send as a picture: read only when it is one, turned upright, and kept without what is not the picture."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
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


def test_what_a_camera_wrote_badly_beside_the_picture_is_passed_over() -> None:
    told = Pillow.Exif()
    told[0x0112], told[0x011A] = 6, 3
    as_no_number = told.tobytes().replace(b"\x01\x1a\x00\x05", b"\x01\x1a\x00\x01")
    assert as_no_number != told.tobytes()
    assert (made := MAKER.whole(photo(exif=as_no_number)).image).height > made.width
    for lies in (photo(exif=b"Exif\0\0 nothing of the kind"), photo(icc_profile=b"no profile" * 20)):
        assert MAKER.whole(lies).image.width == 1280


@pytest.mark.parametrize("turn", range(1, 9))
def test_it_is_upright_however_the_camera_was_held(turn: int) -> None:
    told = Pillow.Exif()
    told[0x0112] = turn
    shown = opened(MAKER.whole(photo(1600, 900, "PNG", exif=told)).by_width[640 if turn < 5 else 900]).convert("RGB")
    red = {1: (0, 0), 2: (1, 0), 3: (1, 0), 4: (0, 0), 5: (0, 0), 6: (0, 0), 7: (0, 1), 8: (0, 1)}[turn]
    x, y = (round(part * 0.8 * side + 0.1 * side) for part, side in zip(red, shown.size, strict=True))
    assert shown.crop((x, y, x + 1, y + 1)).tobytes()[0] > 150 and (shown.height > shown.width) == (turn > 4)


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGBA", "PNG"), ("P", "PNG"), ("LA", "PNG"), ("I;16", "PNG"), ("L", "JPEG")]
)
def test_a_large_picture_of_any_kind_is_made_small(mode: str, kind: str) -> None:
    sent = io.BytesIO()
    Pillow.new(mode, (4000, 3000)).save(sent, kind)
    assert (MAKER.whole(sent.getvalue()).image.height, MAKER.face(sent.getvalue()).image.width) == (960, 336)


_UNFOLD = """
import pathlib, sys
from infrastructure.documents.image_maker import PillowMaker
def most():
    return int(pathlib.Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) // 1024
content, before = sys.stdin.buffer.read(), most()
PillowMaker().face(content)
print(most() - before)
"""
"""The most memory that a process has taken, in MB; what `resource` says of it counts its parent's too."""


def test_a_small_file_that_unfolds_into_much_takes_the_room_of_its_pixels_once() -> None:
    sent = io.BytesIO()
    Pillow.new("RGB", (8000, 5000)).save(sent, "PNG")
    assert len(sent.getvalue()) < 200_000
    asked = subprocess.run([sys.executable, "-c", _UNFOLD], input=sent.getvalue(), capture_output=True, check=True)
    assert int(asked.stdout) < 300, "MB, of which the pixels are 160"
