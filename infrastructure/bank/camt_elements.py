"""Elements of a bank's XML by their local names, whatever the version of the format calls its namespace."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pyexpat import ExpatError, ParserCreate

from application.payments.bank_entry import NotABankFile

_PIECE = 1 << 12
"""Bytes that are read at once: nothing of a long file is held but what stands there, and that stays near at hand."""

_UTF8 = re.compile(rb"<\?xml[^>]*encoding=[\"']utf_?8[\"']", re.IGNORECASE)
"""Called so by some programs; the parser knows it by its full name alone."""

_NOBODY: tuple[CamtElement, ...] = ()


class CamtElement:
    """An element and all below it, but what is told apart: `below` by local name, in the order of the file."""

    __slots__ = ("below", "currency", "name", "text")

    def __init__(self, name: str, currency: str) -> None:
        self.name, self.currency, self.text = name, currency, ""
        self.below: dict[str, list[CamtElement]] = {}


class _Reading:
    """What has been told of a file: elements that begin, as they begin, and elements that are apart, as they end."""

    def __init__(self, begin: frozenset[str], apart: frozenset[str]) -> None:
        self._begin, self._apart = begin, apart
        self._above = [CamtElement("", "")]
        self._names: dict[str, str] = {}
        self.text: list[str] = []
        self.told: list[tuple[bool, CamtElement, CamtElement]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = self._names.get(name)
        if local is None:
            local = self._names[name] = name.rpartition(":")[2]
        element = CamtElement(local, attributes.get("Ccy", "") if attributes else "")
        if local in self._begin:
            self.told.append((True, element, self._above[-1]))
        self._above.append(element)
        self.text.clear()

    def end(self, _: str) -> None:
        element = self._above.pop()
        if self.text:
            if not element.below:
                element.text = "".join(self.text).strip()
            self.text.clear()
        name, above = element.name, self._above[-1]
        if name in self._apart:
            self.told.append((False, element, above))
        elif name in above.below:
            above.below[name].append(element)
        else:
            above.below[name] = [element]


def elements_of(
    content: bytes, begin: frozenset[str], apart: frozenset[str]
) -> Iterator[tuple[bool, CamtElement, CamtElement]]:
    """Elements named in `begin` as they begin (True), in `apart` as they end, each with the one above it.

    Raises NotABankFile for what is no XML, and for a file that declares a doctype: nothing outside it is ever read.
    """
    reading = _Reading(begin, apart)
    parser = ParserCreate("utf-8" if _UTF8.match(content) else None)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    parser.CharacterDataHandler = reading.text.append
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for place in range(0, len(content) + 1, _PIECE):
            parser.Parse(content[place : place + _PIECE], place + _PIECE > len(content))
            yield from reading.told
            reading.told.clear()
    except (ExpatError, LookupError, ValueError) as error:
        raise NotABankFile(why="xml") from error


def _refuse_doctype(*_: object) -> None:
    raise NotABankFile(why="doctype")


def all_of(element: CamtElement, path: str) -> list[CamtElement]:
    """The elements at a path of names below one."""
    found = [element]
    for name in path.split("/"):
        found = [child for each in found for child in each.below.get(name, _NOBODY)]
    return found


def text_of(element: CamtElement, path: str) -> str:
    """What stands in the first of them; "" for none."""
    return _text(element, _names_of(path))


@lru_cache(maxsize=200)
def _names_of(path: str) -> tuple[str, ...]:
    return tuple(path.split("/"))


def _text(element: CamtElement, names: tuple[str, ...]) -> str:
    for place, name in enumerate(names):
        found = element.below.get(name)
        if found is None:
            return ""
        if len(found) > 1 and place < len(names) - 1:
            return next(filter(None, (_text(each, names[place + 1 :]) for each in found)), "")
        element = found[0]
    return element.text
