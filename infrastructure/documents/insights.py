"""A season's insights by typst. All that stands on the paper goes in as data."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path

import font_hanken_grotesk
import typst

from application.learning.documentation import Documentation


class TypstInsights:
    """`application.learning.documentation.InsightsPress` by typst."""

    def set(self, documentation: Documentation) -> bytes:
        """A PDF (A4), with its language and headings for those who have it read aloud."""
        folder = Path(str(files("infrastructure.documents"))) / "templates"
        data = json.dumps(asdict(documentation), ensure_ascii=False)
        made = typst.compile(
            folder / "insights.typ", root=folder, font_paths=_fonts(), sys_inputs={"data": data}, format="pdf"
        )
        if not isinstance(made, bytes):
            raise TypeError("one document is one file")
        return made


@cache
def _fonts() -> typst.Fonts:
    hanken = Path(str(font_hanken_grotesk.__file__)).parent / "files"
    return typst.Fonts(include_system_fonts=False, font_paths=[hanken])
