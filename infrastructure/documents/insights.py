"""A season's insights by typst. All that stands on the paper goes in as data."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

import typst

from application.learning.documentation import Documentation
from infrastructure.documents.typesetting import fonts_of_pages


class TypstInsights:
    """`application.learning.documentation.InsightsPress` by typst."""

    def set(self, documentation: Documentation) -> bytes:
        """A PDF (A4), with its language and headings for those who have it read aloud."""
        folder = Path(str(files("infrastructure.documents"))) / "templates"
        data = json.dumps(asdict(documentation), ensure_ascii=False)
        made = typst.compile(
            folder / "insights.typ", root=folder, font_paths=fonts_of_pages(), sys_inputs={"data": data}, format="pdf"
        )
        if not isinstance(made, bytes):
            raise TypeError("one document is one file")
        return made
