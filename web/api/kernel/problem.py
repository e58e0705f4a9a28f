"""A refusal as the API answers it: application/problem+json (RFC 9457), with the facts beside the sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from flask import Response, current_app, g, request
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from domain.kernel.errors import PlatsError
from web.kernel.errors import facts_of, name_of, sentence, status_of, title_of
from web.kernel.problems import UNAVAILABLE, sent_away
from web.kernel.trail import note_refusal
from web.words.language import Say, read_phrases
from web.words.refusal import reworded

PROBLEM = "application/problem+json"
A_MOMENT = "1"
UNSIGNED = 401
_FAULT = 500
HTTP = {
    "NotJson": "not-json",
    "KeyMissing": "key-missing",
    "BadHeader": "bad-header",
    "400": "bad-request",
    "404": "not-found",
    "405": "method-not-allowed",
    "413": "too-large",
    "415": "not-json-type",
}
"""The name of a problem, by the class or the status of what was raised."""
_RENAMED = {"title": "name", "status": "state", "type": "kind", "detail": "about"}
_ECHOED = 100


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one value of a body or an address; `pointer` says where it stands (RFC 6901)."""

    pointer: str
    detail: str


@dataclass(frozen=True)
class Problem:
    """Why something was refused. `type` never changes; `detail` is a sentence in the asker's language (sv or en).

    The facts of the refusal stand beside these, each by its name. Nothing was recorded.
    """

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[FieldError, ...] = ()


def answer_of(error: Exception) -> Response:
    """The answer to a request that came to this."""
    if isinstance(error, PlatsError):
        note_refusal(error, g.get("asker"))
        answered = _refusal(error)
    elif isinstance(error, ValidationError):
        answered = _invalid(error)
    elif isinstance(error, HTTPException):
        answered = _http(error)
    else:
        current_app.logger.error("%s %s failed", request.method, request.url_rule or "?", exc_info=error)
        answered = _problem(_FAULT, "fault", "Fault")
    answered.headers["Cache-Control"] = "no-store"
    answered.headers["Vary"] = "Accept-Language"
    return answered


def language() -> str:
    """The language the asker wants the sentence in; English where they do not say."""
    return request.accept_languages.best_match(("en", "sv")) or "en"


def _say() -> Say:
    return read_phrases().speaking(language())


def _refusal(error: PlatsError) -> Response:
    status = status_of(error)
    if status == _FAULT:
        current_app.logger.error("%s %s failed", request.method, request.url_rule or "?", exc_info=error)
        return _problem(status, "fault", "Fault")
    facts = {_RENAMED.get(name, name): _plain(value) for name, value in facts_of(error).items()}
    answered = _made(status, name_of(error), title_of(error), sentence(error, language(), g.get("actor")), facts)
    if status == UNAVAILABLE:
        answered.headers["Retry-After"] = A_MOMENT
        sent_away.tell(error, f"{request.method} {request.url_rule}")
    if status == UNSIGNED:
        answered.headers["WWW-Authenticate"] = "Bearer"
    return answered


def _invalid(error: ValidationError) -> Response:
    found = [FieldError(pointer, reworded(why, "problem.field_", _say())) for pointer, why in _walk(error.messages, "")]
    return _problem(422, "not-valid", "Not valid", errors=found)


def _http(error: HTTPException) -> Response:
    status = error.code or _FAULT
    name = HTTP.get(type(error).__name__) or HTTP.get(str(status), "refused")
    answered = _problem(status, name, name.replace("-", " ").capitalize())
    for header, value in error.get_headers():
        if header in ("Allow", "Retry-After"):
            answered.headers[header] = value
    return answered


def _problem(status: int, name: str, title: str, errors: list[FieldError] | None = None) -> Response:
    return _made(status, name, title, _say()(f"problem.{name}"), {"errors": errors} if errors else {})


def _made(status: int, name: str, title: str, detail: str, facts: dict[str, Any]) -> Response:
    body = {"type": f"/problems/{name}", "title": title, "status": status, "detail": detail, **facts}
    return current_app.response_class(msgspec.json.encode(body), status=status, content_type=PROBLEM)


def _walk(messages: object, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(messages, dict):
        for key, inside in messages.items():
            yield from _walk(inside, pointer if key == "_schema" else f"{pointer}/{_key(key)}")
    elif isinstance(messages, list):
        for each in messages:
            yield from _walk(each, pointer)
    else:
        yield pointer, str(messages)


def _key(key: object) -> str:
    shown = "".join(mark if mark.isprintable() else "?" for mark in str(key)[:_ECHOED])
    return shown.replace("~", "~0").replace("/", "~1")


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    return str(value)
