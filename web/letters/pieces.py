"""The words of a kind of letter, taken apart once: paragraphs, and what its marks stand for.

In a body, paragraphs are parted by an empty line. `# Words` begins a part of the letter with a heading of its own;
`[Words]({link})` is a button, the first of a letter the filled one; `{next:ticket}` alone is a meeting as it stands
on a ticket, and `{people:people}` after it who sits there; `{meetings:meetings}` alone is a list of meetings,
`{code:code}` a code to be typed, `{entry:qr}` a code to be shown at a door, as a picture and as text; `{text:own}` the
organiser's own words. In a subject or a title, each line is another way to say it: the first that has its facts is
said.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
FRAME = "frame"
"""The file of the words that every letter begins and ends with."""

_BUTTON = re.compile(r"\[([^\]]+)\]\((\{\w+\})\)")
_ALONE = re.compile(r"\{(\w+):(ticket|people|meetings|code|qr|own)\}")


class Mark(StrEnum):
    """What a piece of a body is."""

    TEXT = "text"
    HEADING = "heading"
    BUTTON = "button"
    TICKET = "ticket"
    PEOPLE = "people"
    MEETINGS = "meetings"
    CODE = "code"
    QR = "qr"
    OWN = "own"


@dataclass(frozen=True)
class Piece:
    """A piece of a body: its words with facts still to be put in, or the one fact it is made of; a button's address."""

    mark: Mark
    words: str
    target: str = ""
    facts: frozenset[str] = frozenset()


@cache
def read_letters(folder: Path = FOLDER) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Kind → subject, title and body → language → words."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))}


@cache
def body_of(kind: str, language: str) -> tuple[Piece, ...]:
    """A kind's body in pieces. Raises KeyError for one that has no file."""
    return tuple(_piece(each.strip()) for each in read_letters()[kind]["body"][language].strip().split("\n\n"))


@cache
def ways_to_say(kind: str, what: str, language: str) -> tuple[Piece, ...]:
    """The lines of a subject, a title or a phrase of the frame. Raises KeyError."""
    return tuple(_piece(each) for each in read_letters()[kind][what][language].strip().splitlines())


def facts_named(words: str) -> frozenset[str]:
    """The facts that words need."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(words) if name)


def _piece(paragraph: str) -> Piece:
    if alone := _ALONE.fullmatch(paragraph):
        return Piece(Mark(alone[2]), alone[1], facts=frozenset({alone[1]}))
    if button := _BUTTON.fullmatch(paragraph):
        return Piece(Mark.BUTTON, button[1], button[2], facts_named(f"{button[1]}{button[2]}"))
    if paragraph.startswith("# "):
        return Piece(Mark.HEADING, paragraph.removeprefix("# "), facts=facts_named(paragraph))
    return Piece(Mark.TEXT, paragraph, facts=facts_named(paragraph))
