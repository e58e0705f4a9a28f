"""What is printed by typst for archives: PDF/A-3a and PDF/UA-1, checked by the printer itself.

What is said goes in as data, never as part of a template, so no text of anybody's can be taken for markup. Fonts come
from a package, so the same data gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import font_hanken_grotesk
import font_lato
import typst

_NO_GLYPH = re.compile("[^\n -\u024f\u0370-\u052f\u2010-\u2027\u20ac\u2212]")


def typeset(template: str, inputs: Mapping[str, str]) -> bytes:
    """The template as PDF with its inputs; `data` among them holds all words, as JSON.

    A name in letters that no font here has is printed with question marks for them.
    """
    try:
        return _compiled(template, dict(inputs))
    except typst.TypstError:
        return _compiled(template, {**inputs, "data": _NO_GLYPH.sub("?", inputs["data"])})


def _compiled(template: str, inputs: dict[str, str]) -> bytes:
    folder = Path(str(files("infrastructure.documents"))) / "templates"
    printed = typst.compile(
        folder / template,
        root=folder,
        font_paths=_fonts(),
        sys_inputs=inputs,
        pdf_standards=["a-3a", "ua-1"],
    )
    if not isinstance(printed, bytes):
        raise TypeError("one document is one file")
    return printed


@cache
def _fonts() -> typst.Fonts:
    """Read once for each process: that is most of the time a short document takes."""
    lato = Path(str(font_lato.__file__)).parent / "files"
    return typst.Fonts(include_system_fonts=False, font_paths=[lato])


@cache
def fonts_of_pages() -> typst.Fonts:
    """Those of the pages, for what is no document: posters, insights. Read once for each process."""
    hanken = Path(str(font_hanken_grotesk.__file__)).parent / "files"
    return typst.Fonts(include_system_fonts=False, font_paths=[hanken])
