"""What stands on a letter's sheet, block by block, in its reader's words: text and HTML are both set of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, get_args


@dataclass(frozen=True)
class Paragraph:
    """Lines of text; a line that is an address and nothing else can be clicked."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """The name of a part."""

    words: str


@dataclass(frozen=True)
class Button:
    """Where to go on; the first of a letter is filled."""

    words: str
    link: str
    is_first: bool


@dataclass(frozen=True)
class Ticket:
    """A meeting with its day, and who sits there. `when`: as a text says it; `on`: the same without the day."""

    title: str
    weekday: str
    number: str
    month: str
    when: str
    on: str
    where: str
    map: str
    is_off: bool
    seats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A meeting in a list: its day, and (`when`) all that is known of when and where."""

    day: str
    title: str
    on: str
    when: str
    is_off: bool


@dataclass(frozen=True)
class Rows:
    """Meetings, one to a row."""

    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Seats:
    """Who sits there, where no ticket stands."""

    seats: tuple[str, ...]


@dataclass(frozen=True)
class Code:
    """A code to be typed."""

    code: str


@dataclass(frozen=True)
class Qr:
    """A code to be shown at a door: as a picture that goes with the letter (`alt`: what it is), and as it is said."""

    code: str
    alt: str
    aloud: str


Block: TypeAlias = Paragraph | Heading | Button | Ticket | Rows | Seats | Code | Qr
BLOCKS: tuple[type[Block], ...] = get_args(Block)
