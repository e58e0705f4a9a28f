"""The text face comes from here, cut small, with its licence beside it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.web.stage import Stage, stage
from web.pages.kernel.fonts import WEIGHTS, cut

ROOT = Path(__file__).parents[4]


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


@pytest.mark.parametrize("weight", WEIGHTS)
def test_a_weight_has_our_letters_and_is_small(weight: int) -> None:
    face = TTFont(io.BytesIO(cut(weight)))
    assert set(map(ord, "åäöÅÄÖéüñ–×…0123456789\u2039\u203a\u2212")) <= set(face.getBestCmap())
    assert len(cut(weight)) < 30_000


def test_the_stylesheet_names_just_the_weights_there_are(acted: Stage) -> None:
    client = acted.browser().client
    sheet = (ROOT / "web" / "static" / "style.css").read_text()
    named = re.findall(r"/fonts/hanken-grotesk-(\d+)\.woff2", sheet)
    assert set(map(int, named)) == set(WEIGHTS)
    for weight in named:
        answer = client.get(f"/fonts/hanken-grotesk-{weight}.woff2")
        assert (answer.status_code, answer.mimetype) == (200, "font/woff2")
        assert answer.headers["Cache-Control"].startswith("public")
        again = client.get(f"/fonts/hanken-grotesk-{weight}.woff2", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
    assert client.get("/fonts/hanken-grotesk-500.woff2").status_code == 404
    assert "SIL OPEN FONT LICENSE" in client.get("/fonts/OFL.txt").text.upper()
