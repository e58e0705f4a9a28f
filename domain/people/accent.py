"""One accent for each organiser: a hue in degrees, and the colours that follow from it, light and dark.

Lightness is fixed in OKLCH and only the hue is chosen, so what reads well for one organiser reads well for all. The
colours are worked out here as sRGB, for pages, letters and pictures alike: nothing that shows them has to know OKLCH.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin

from domain.kernel.errors import RuleBroken

PAPER, INK_ON_DARK = "#fcfbf8", "#161715"
USUAL = 48
ENOUGH = 4.5
"""How much lighter one colour must be than another to be read on it (WCAG 2.2, 1.4.3)."""


class NotAHue(RuleBroken):
    """A hue is a whole number of degrees from 0 to 360, and what is written in it can be read."""


@dataclass(frozen=True, slots=True)
class Shades:
    """What an accent is made of on paper of one kind."""

    accent: str
    soft: str
    tint: str
    on_accent: str
    paper: str

    @property
    def lowest(self) -> float:
        """The smallest contrast of what is read: the accent on paper and on its tint, and the words on a button."""
        pairs = ((self.accent, self.paper), (self.accent, self.tint), (self.on_accent, self.accent))
        return min(contrast(one, other) for one, other in pairs)


@dataclass(frozen=True, slots=True)
class Accent:
    """The colours of a hue."""

    hue: int
    light: Shades
    dark: Shades


@cache
def accent(hue: int) -> Accent:
    """The colours of a hue; refused where it is none or could not be read."""
    if not 0 <= hue <= 360:
        raise NotAHue(hue=hue)
    found = Accent(
        hue,
        Shades(srgb(0.44, 0.13, hue), srgb(0.73, 0.08, hue), srgb(0.964, 0.011, hue), "#ffffff", PAPER),
        Shades(srgb(0.80, 0.10, hue), srgb(0.53, 0.07, hue), srgb(0.245, 0.016, hue), INK_ON_DARK, INK_ON_DARK),
    )
    if min(found.light.lowest, found.dark.lowest) < ENOUGH:
        raise NotAHue(hue=hue)
    return found


def srgb(lightness: float, chroma: float, hue: float) -> str:
    """An OKLCH colour as sRGB; where a screen cannot show it, as strong as can be shown at the same lightness."""
    while max(parts := _linear(lightness, chroma, hue)) > 1 or min(parts) < 0:
        chroma -= 0.001
    return "#" + "".join(f"{round(255 * _encoded(part)):02x}" for part in parts)


def contrast(one: str, other: str) -> float:
    """How much lighter the one is than the other, from 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """OKLCH to linear light (Björn Ottosson's matrices)."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _encoded(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
