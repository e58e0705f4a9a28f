"""Codes are to the bit those that segno makes: documents that have been issued keep their bytes."""

from __future__ import annotations

import io
import random
import string

import pytest
import segno

from application.kernel.qr import png_of, qr_of, svg_of

LETTERS = string.ascii_letters + string.digits + ' åäö{}":,-'


@pytest.mark.parametrize("length", [1, 14, 40, 90, 170, 300, 700])
def test_a_code_has_the_mask_that_is_best_of_all(length: int) -> None:
    chance = random.Random(length)
    for _ in range(6):
        text = "".join(chance.choices(LETTERS, k=length))
        usual, ours = segno.make_qr(text, error="m"), qr_of(text)
        assert (ours.mask, ours.version, ours.error) == (usual.mask, usual.version, usual.error)
        assert ours.matrix == usual.matrix


@pytest.mark.parametrize("scale", [1, 3, 5, 8])
def test_its_picture_is_to_the_byte_what_segno_draws(scale: int) -> None:
    chance = random.Random(scale)
    for length in (1, 29, 90, 300):
        text, drawn = "".join(chance.choices(LETTERS, k=length)), io.BytesIO()
        segno.make_qr(text, error="m").save(drawn, kind="png", scale=scale, border=4)
        assert png_of(text, scale) == drawn.getvalue()


@pytest.mark.parametrize("length", [1, 40, 170, 700])
def test_its_drawing_is_to_the_byte_what_segno_draws(length: int) -> None:
    chance = random.Random(length)
    for _ in range(6):
        text, drawn = "".join(chance.choices(LETTERS, k=length)), io.BytesIO()
        segno.make_qr(text, error="m").save(drawn, kind="svg")
        assert svg_of(text) == drawn.getvalue().decode()
