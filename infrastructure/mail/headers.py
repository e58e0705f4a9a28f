"""The head of a letter, a line at a time: to the byte what the email library makes, and without its parsing.

Most lines are short and plain ASCII, and stand as they are. A subject in Swedish has its words from the first to the
last that need it in one encoded word (RFC 2047). All else the library parses and folds: it refuses what is no header.
"""

from __future__ import annotations

import re
from email import base64mime, quoprimime
from email.headerregistry import Address
from email.policy import EmailPolicy
from functools import lru_cache

LONGEST = 990
"""Characters of a line: long words in headers stay whole, and no server on the way has to write them anew."""

WIRE = EmailPolicy(linesep="\r\n", max_line_length=LONGEST, cte_type="7bit")

_ONE_LINE = re.compile(r"[^\x00-\x20\x7f]+(?: [^\x00-\x20\x7f]+)*")
_SHORTER = 5
"""By how many characters base64 must be the shorter one to be taken for an encoded word."""


def header(name: str, value: str) -> str:
    """A line with its end. Raises ValueError for a value with a line end in it: nobody adds a line of their own."""
    if _ONE_LINE.fullmatch(value) and len(value.splitlines()) == 1 and "=?" not in value:
        said = _in_an_encoded_word(value) if name == "Subject" else value
        if said.isascii() and len(name) + 2 + len(said) <= LONGEST:
            return f"{name}: {said}\r\n"
    return str(WIRE.fold(*WIRE.header_store_parse(name, value)))


@lru_cache(maxsize=256)
def person(name: str, called: str, address: str) -> str:
    """A line that names somebody: whose letter it is says the same in letter after letter, so a few are kept."""
    return header(name, str(Address(called, addr_spec=address)))


def _in_an_encoded_word(value: str) -> str:
    """Words of text, with those from the first to the last that is not ASCII in one."""
    words = value.split(" ")
    needy = [place for place, word in enumerate(words) if not word.isascii()]
    if not needy:
        return value
    first, last = needy[0], needy[-1] + 1
    return " ".join([*words[:first], _encoded_word(" ".join(words[first:last]).encode()), *words[last:]])


def _encoded_word(content: bytes) -> str:
    if quoprimime.header_length(content) - base64mime.header_length(content) < _SHORTER:
        return quoprimime.header_encode(content, "utf-8")
    return base64mime.header_encode(content, "utf-8")
