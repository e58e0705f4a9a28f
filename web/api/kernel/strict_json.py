"""JSON as the API takes it: one reading only, so nothing doubled, nothing that is no number, no broken text."""

from __future__ import annotations

import json
import re

from werkzeug.exceptions import BadRequest

DEEPEST = 16
"""How deep arrays and objects may lie in each other."""

_ESCAPED = b"\\u"
_SURROGATE = re.compile("[\ud800-\udfff]")


class NotJson(BadRequest):
    """The body is not JSON, or not JSON that can be read in one way only."""


def read_json(raw: bytes) -> object:
    """The value in a body. Raises NotJson."""
    try:
        text = raw.decode()
        value = _DECODER.decode(text)
    except (ValueError, RecursionError):
        raise NotJson from None
    if raw.count(b"{") + raw.count(b"[") > DEEPEST and _depth(value, 0) > DEEPEST:
        raise NotJson
    if _ESCAPED in raw and _SURROGATE.search(json.dumps(value, ensure_ascii=False)):
        raise NotJson
    return value


def _depth(value: object, above: int) -> int:
    if above > DEEPEST:
        return above
    inside: list[object] = []
    if isinstance(value, dict):
        inside = list(value.values())
    elif isinstance(value, list):
        inside = value
    else:
        return above
    return max((_depth(each, above + 1) for each in inside), default=above + 1)


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(word: str) -> object:
    raise ValueError(f"{word} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_each_once, parse_constant=_no_number)
