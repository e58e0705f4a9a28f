"""How a route is described in the OpenAPI document: everything it takes, and every status it can answer."""

from __future__ import annotations

import inspect
import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

import msgspec
from marshmallow import Schema

from web.api.kernel.call import JSON, KEY, LONGEST_KEY, POSITION, REPLAYED, SHORTEST_KEY
from web.api.kernel.problem import PROBLEM, Problem
from web.api.kernel.shown import LONGEST, SHOWN, subject_of
from web.api.kernel.who import Who

Doc = dict[str, Any]
_PLACE = "#/components/schemas/{name}"
_BAD, _UNSIGNED, _FORBIDDEN, _MISSING, _CONFLICT, _GONE = 400, 401, 403, 404, 409, 410
_LARGE, _TYPE, _INVALID, _OFTEN, _BUSY = 413, 415, 422, 429, 503
_NOT_MODIFIED, _CREATED = 304, 201


def may_be_left_out(body: Schema) -> bool:
    """Whether nothing in a body is needed."""
    return not any(each.required for each in body.fields.values())


@dataclass(frozen=True)
class Route:
    """What a route is, as it is declared."""

    method: str
    rule: str
    who: Who
    answer: Hashable
    status: int
    body: type[Schema] | None = None
    query: type[Schema] | None = None
    writes: bool = False
    is_keyed: bool = False
    previews: bool = False
    media_type: str = JSON
    streams: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """What it is about, whose state is told or asked (`Plats-Shown`); "" for files and what is about nothing."""
        if self.streams or self.media_type != JSON:
            return ""
        fields = frozenset(self.body().fields) if self.body is not None else frozenset[str]()
        return subject_of(self.rule, fields)

    def doc(self, example: Doc | None) -> Doc:
        """Its operation object, as far as it cannot be seen from its function."""
        found: Doc = {
            "security": [{}, {"bearer": []}] if self.who is Who.ANYONE else [{"bearer": []}],
            "parameters": list(self._parameters()),
            "responses": {str(status): response for status, response in self._responses()},
            "x-who": str(self.who),
        }
        if self.body is not None:
            content: Doc = {"schema": self.body}
            if example is not None:
                content["example"] = example
            found["requestBody"] = {"required": not may_be_left_out(self.body()), "content": {JSON: content}}
        return found

    def _parameters(self) -> Iterator[Doc]:
        if self.query is not None:
            yield {"in": "query", "schema": self.query}
        yield _header("Accept-Language", "The language of sentences for people: sv or en.", {"type": "string"})
        if self.writes:
            told = "The same key with the same body gives the same answer and records nothing more; with another: 409."
            shape = {"type": "string", "minLength": SHORTEST_KEY, "maxLength": LONGEST_KEY, "pattern": "^[!-~]{8,255}$"}
            yield {**_header(KEY, told, shape), "required": self.is_keyed}
            if self.subject:
                told = "The Plats-Shown of what was read or previewed; if it stands so no longer, nothing is done."
                yield _header(SHOWN, told, {"type": "string", "maxLength": LONGEST})
        else:
            told = "The Plats-Position of a write that the answer must show; waited for at most a second."
            yield _header(POSITION, told, {"type": "string", "pattern": r"^[0-9]{1,18}$"})
        if self.method == "GET" and not self.streams:
            yield _header("If-None-Match", "An ETag of an earlier answer.", {"type": "string"})

    def _responses(self) -> Iterator[tuple[int, Doc]]:
        yield self.status, self._answered()
        if self.method == "GET" and not self.streams:
            yield _NOT_MODIFIED, {"description": "As it was."}
        refused = [_BAD, _UNSIGNED, _MISSING, _INVALID, _BUSY]
        refused += [] if self.who is Who.ANYONE and not self.writes else [_FORBIDDEN]
        refused += [_CONFLICT] if self.writes or self.body or self.previews else []
        refused += [_LARGE, _TYPE] if self.body else []
        refused += [_GONE] if self._is_by_link() else []
        refused += [_OFTEN] if self.who is Who.ANYONE and self.writes else []
        for status in sorted(refused):
            yield status, _refusal(status)

    def _is_by_link(self) -> bool:
        """Whether the secret of a mailed link is what lets somebody in, which may open nothing any longer."""
        return self.who is Who.ANYONE and self.body is not None and "code" in self.body().fields

    def _answered(self) -> Doc:
        found: Doc = {"description": HTTPStatus(self.status).phrase}
        if self.streams:
            found["content"] = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in self.streams}
        elif self.media_type != JSON:
            found["content"] = {self.media_type: {"schema": {"type": "string", "format": "binary"}}}
        elif self.answer is not None:
            found["content"] = {JSON: {"schema": shape_of(self.answer)}}
        headers: Doc = {}
        if self.writes:
            headers[POSITION] = _told("Where in the log it stands; give it to a read to see it there.", "^[0-9]+$")
            headers[REPLAYED] = _told("The answer was given before, to the same key.", "^true$")
        if self.status == _CREATED:
            headers["Location"] = _told("Where to read it.")
        if self.streams:
            headers["Content-Disposition"] = _told("The name to save it by.")
        elif self.method == "GET":
            headers["ETag"] = _told("Changes with the answer.")
        if self.subject and not self.writes:
            headers[SHOWN] = _told("How it stands; bring it back with what is done about it.", "^[0-9a-f]+$")
        if headers:
            found["headers"] = headers
        return found


@cache
def shape_of(answer: Hashable) -> Doc:
    """The reference to the shape of an answer's type."""
    reference, _ = msgspec.json.schema_components([answer], ref_template=_PLACE)
    renamed: Doc = _renamed(reference[0])
    return renamed


def shapes_of(answers: list[object]) -> Doc:
    """The shapes of all types that answers are made of, by name; an answer has all its fields, a problem may not."""
    _, shapes = msgspec.json.schema_components([*answers, Problem], ref_template=_PLACE)
    return {
        _plain(name): _renamed(shape if name == Problem.__name__ else _whole(shape)) for name, shape in shapes.items()
    }


def _whole(shape: Doc) -> Doc:
    return {**shape, "required": list(shape["properties"])} if "properties" in shape else shape


def _renamed(shape: Any) -> Any:
    if isinstance(shape, dict):
        return {name: _renamed(_value(name, value)) for name, value in _pairs_as_lists(shape).items()}
    if isinstance(shape, list):
        return [_renamed(each) for each in shape]
    return shape


def _pairs_as_lists(shape: Doc) -> Doc:
    """A list of a few values of different kinds, in words that those who read descriptions know (no `prefixItems`)."""
    kinds = shape.get("prefixItems")
    if not isinstance(kinds, list):
        return shape
    different = list({repr(each): each for each in kinds}.values())
    items = different[0] if len(different) == 1 else {"anyOf": different}
    return {name: value for name, value in {**shape, "items": items}.items() if name != "prefixItems"}


def _value(name: str, value: Any) -> Any:
    if name == "$ref":
        return re.sub(r"[^/]+$", lambda found: _plain(found[0]), value)
    if name == "description" and isinstance(value, str):
        return inspect.cleandoc(value)
    return value


def _plain(name: str) -> str:
    paged = re.fullmatch(r"Page_(\w+?)_", name)
    return f"{paged[1]}Page" if paged else name


def _header(name: str, told: str, shape: Doc) -> Doc:
    return {"in": "header", "name": name, "description": told, "required": False, "schema": shape}


def _told(told: str, pattern: str | None = None) -> Doc:
    shape: Doc = {"type": "string"}
    if pattern:
        shape["pattern"] = pattern
    return {"description": told, "schema": shape}


def _refusal(status: int) -> Doc:
    found: Doc = {"description": HTTPStatus(status).phrase, "content": {PROBLEM: {"schema": shape_of(Problem)}}}
    if status == _BUSY:
        found["headers"] = {"Retry-After": _told("Seconds to wait.")}
    if status == _UNSIGNED:
        found["headers"] = {"WWW-Authenticate": _told("Bearer.")}
    return found
