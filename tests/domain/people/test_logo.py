"""A logo is a small PNG and nothing else."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people.logo import NotALogo, logo_of
from tests.pictures import SIGNATURE, chunk, header, png

SEVEN_PASSES = 17 * 17 * 4 + 3 + 3 + 2 + 5 + 4 + 9 + 8
"""Bytes of 17 × 17 pixels when they come in seven passes, each row with its filter byte."""


def test_a_picture_is_kept_without_who_made_it_and_has_one_name() -> None:
    plain, signed = logo_of(png()), logo_of(png(note=b"Anna Andersson"))
    assert plain == signed and b"Anna" not in signed.content
    assert logo_of(plain.content) == plain
    assert logo_of(png(121)).digest != plain.digest


def test_what_comes_after_the_picture_is_not_kept() -> None:
    assert logo_of(png() + b"<script>alert(1)</script>") == logo_of(png())


def test_a_picture_that_comes_in_passes_is_taken() -> None:
    body = zlib.compress(bytes(SEVEN_PASSES))
    whole = SIGNATURE + header(17, 17, 1) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    assert logo_of(whole).content == whole


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        SIGNATURE,
        png()[:-20],
        png(15, 40),
        png(40, 15),
        png(2001, 16),
        png().replace(b"IDAT", b"IDAX"),
        png()[:60] + b"\0" + png()[61:],
        SIGNATURE + header(120, 40) + chunk(b"IDAT", zlib.compress(bytes(40 * 481 - 1))) + chunk(b"IEND", b""),
        SIGNATURE + header(120, 40) + chunk(b"IDAT", zlib.compress(bytes(40 * 481 + 1))) + chunk(b"IEND", b""),
        SIGNATURE + header(120, 40) + chunk(b"IDAT", zlib.compress(bytes(50_000_000))) + chunk(b"IEND", b""),
        SIGNATURE + header(120, 40) + chunk(b"IDAT", b"not packed") + chunk(b"IEND", b""),
        SIGNATURE + header(120, 40) + chunk(b"IEND", b""),
        png() + bytes(200 * 1024),
    ],
    ids=[
        "nothing", "gif", "svg", "only a signature", "cut off", "narrow", "low", "wide", "unknown pieces", "damaged",
        "too few pixels", "too many pixels", "far too many pixels", "not packed", "no pixels", "large",
    ],
)  # fmt: skip
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(NotALogo):
        logo_of(content)


@given(st.binary(max_size=200))
def test_whatever_is_sent_is_a_picture_or_refused(noise: bytes) -> None:
    for content in (noise, SIGNATURE + noise, png()[:50] + noise):
        with pytest.raises(NotALogo):
            logo_of(content)
