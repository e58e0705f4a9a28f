"""Lines of a calendar (RFC 5545), to the byte what the icalendar library writes; an entry is a score of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

LONGEST = 74
"""Bytes of a line, without its end."""

_ENDS = re.compile(r"\r\n|\n|\r")
_QUOTED = re.compile("[ ',;:\N{RIGHT SINGLE QUOTATION MARK}]")


def written(lines: Iterable[str]) -> bytes:
    """Lines as they are sent. Raises ValueError for one with a line end in it."""
    return b"".join(_folded(each) + b"\r\n" for each in lines)


def text(value: str) -> str:
    """A text as it stands in a line."""
    value = value.replace(r"\N", "\n").replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    return _ENDS.sub(r"\\n", value)


def instant(at: datetime) -> str:
    """An instant, in UTC."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def person(role: str, name: str, address: str, told: Mapping[str, str] | None = None) -> str:
    """Somebody with their address, and what else is told of them."""
    called = {"CN": _name(name)} if name else {}
    said = "".join(f";{key}={value}" for key, value in {**called, **(told or {})}.items())
    return f"{role}{said}:mailto:{address}"


def _name(name: str) -> str:
    """A name as a parameter (RFC 6868): in quotation marks where it is of several words, and with none of its own."""
    escaped = _ENDS.sub("^n", name.replace('"', "").replace("^", "^^"))
    return f'"{escaped}"' if _QUOTED.search(name) else escaped


def _folded(line: str) -> bytes:
    """A line that is long goes on in the next, after a space; no letter and no escaped mark is taken apart."""
    if _ENDS.search(line):
        raise ValueError("a line of a calendar has no line ends in it")
    content, pieces = line.encode(), []
    while len(content) > LONGEST:
        end = LONGEST
        while content[end] & 0xC0 == 0x80:
            end -= 1
        end -= content[end - 1] in b"\\^"
        pieces.append(content[:end])
        content = content[end:]
    return b"\r\n ".join([*pieces, content])
