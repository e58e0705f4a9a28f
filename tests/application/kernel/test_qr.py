"""Codes are to the bit those that segno makes: documents that have been issued keep their bytes."""

from __future__ import annotations

import random
import string

import pytest
import segno

from application.kernel.qr import qr_of

LETTERS = string.ascii_letters + string.digits + ' åäö{}":,-'


@pytest.mark.parametrize("length", [1, 14, 40, 90, 170, 300, 700])
def test_a_code_has_the_mask_that_is_best_of_all(length: int) -> None:
    chance = random.Random(length)
    for _ in range(6):
        text = "".join(chance.choices(LETTERS, k=length))
        usual, ours = segno.make_qr(text, error="m"), qr_of(text)
        assert (ours.mask, ours.version, ours.error) == (usual.mask, usual.version, usual.error)
        assert ours.matrix == usual.matrix
