"""Sets a letter on paper: as HTML that mail programs show, and as text with the same facts and whole addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

from application.mail.letters import LOGO, QR, Masthead
from domain.people.accent import Accent, accent
from web.letters.blocks import BLOCKS, Block, Paragraph, Ticket

FOLDER = Path(__file__).parent
LONGEST_BEFOREHAND = 90
"""Characters that mail programs show of a letter beside its subject."""


@dataclass(frozen=True)
class Sheet:
    """All that stands in a letter, in its reader's words."""

    language: str
    subject: str
    title: str
    hello: str
    blocks: tuple[Block, ...]
    ask: str
    who: str
    no_more: str
    map: str
    whose: Masthead

    @property
    def beforehand(self) -> str:
        """What mail programs show before the letter is opened: when and where, or how it begins."""
        for each in self.blocks:
            if isinstance(each, Ticket):
                return _shortened(", ".join(part for part in (each.when, each.where) if part))
            if isinstance(each, Paragraph):
                return _shortened(" ".join(each.lines))
        return self.title

    @property
    def colours(self) -> Accent:
        """The organiser's accent."""
        return accent(self.whose.hue)


def set_as_html(sheet: Sheet) -> str:
    """One document without anything to be fetched."""
    return _template("letter.html").render(sheet=sheet, colours=sheet.colours, logo=LOGO, picture=QR, is_link=_is_link)


def set_as_text(sheet: Sheet) -> str:
    """Lines of text."""
    return _template("letter.txt").render(sheet=sheet).strip() + "\n"


@cache
def _template(name: str) -> Template:
    kept = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for block in BLOCKS:
        kept.tests[block.__name__.lower()] = _is_a(block)
    return kept.get_template(name)


def _is_a(block: type[Block]) -> Callable[[object], bool]:
    """What `{% if block is ticket %}` asks."""
    return lambda each: isinstance(each, block)


def _is_link(line: str) -> bool:
    return line.startswith(("https://", "http://")) and " " not in line


def _shortened(words: str) -> str:
    if len(words) <= LONGEST_BEFOREHAND:
        return words
    return words[: LONGEST_BEFOREHAND - 1].rpartition(" ")[0].rstrip(",.") + "…"
