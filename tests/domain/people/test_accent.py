"""Whatever hue an organiser chooses, what is written in it can be read, light and dark, as sRGB."""

from __future__ import annotations

import re

import pytest

from domain.people.accent import ENOUGH, USUAL, NotAHue, accent, contrast, srgb

HUES = range(361)


@pytest.mark.parametrize("shades", ["light", "dark"])
def test_every_hue_is_readable_on_paper_on_its_tint_and_on_a_button(shades: str) -> None:
    lowest = {hue: getattr(accent(hue), shades).lowest for hue in HUES}
    assert min(lowest.values()) >= ENOUGH, min(lowest, key=lambda hue: lowest[hue])
    assert min(lowest.values()) > 6  # with room to spare, so that thin letters are readable too


def test_the_second_tone_is_seen_beside_paper_and_beside_the_first() -> None:
    for hue in HUES:
        for shades in (accent(hue).light, accent(hue).dark):
            assert contrast(shades.soft, shades.accent) > 1.5, hue
            assert contrast(shades.soft, shades.paper) > 1.5, hue


def test_colours_are_those_of_srgb_and_go_round_in_a_circle() -> None:
    found = [accent(hue) for hue in HUES]
    parts = [part for each in found for part in (each.light.accent, each.light.soft, each.dark.accent, each.dark.tint)]
    assert all(re.fullmatch("#[0-9a-f]{6}", part) for part in parts)
    assert accent(0).light == accent(360).light
    assert len({each.light.accent for each in found}) > 300


def test_known_colours_come_out_as_they_are_known() -> None:
    assert srgb(1, 0, 0) == "#ffffff" and srgb(0, 0, 0) == "#000000"
    assert srgb(0.59987, 0, 48) == "#808080"
    red = srgb(0.62796, 0.25768, 29.234)  # the red of sRGB, at the edge of what there is
    assert all(abs(int(red[at : at + 2], 16) - known) < 8 for at, known in ((1, 255), (3, 0), (5, 0))), red
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_what_a_screen_cannot_show_is_shown_as_strong_as_it_can() -> None:
    assert srgb(0.44, 0.4, 155) != srgb(0.44, 0, 155)
    assert contrast(srgb(0.44, 0.4, 155), "#ffffff") > 6


@pytest.mark.parametrize("hue", [-1, 361, 1000])
def test_a_hue_outside_the_circle_is_none(hue: int) -> None:
    with pytest.raises(NotAHue):
        accent(hue)


def test_the_usual_hue_is_that_of_the_house() -> None:
    assert accent(USUAL).light.accent == "#853901"
