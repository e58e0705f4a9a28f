"""One call of the API: who asks, what they send, and how it is answered."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from flask import Response, current_app, request
from werkzeug.exceptions import BadRequest

from application.kernel.actor import Actor, stranger
from application.kernel.ports import Committed
from application.services import Services
from domain.kernel.errors import BadValue, NotFound
from domain.kernel.ids import OrganiserId
from web.api.kernel.shown import LONGEST, SHOWN

C = TypeVar("C")
R = TypeVar("R")
UseCase = Callable[[Actor, C, str | None], Committed[R]]

PREFIX = "/api/v1"
JSON = "application/json"
POSITION, KEY, REPLAYED = "Plats-Position", "Idempotency-Key", "Idempotency-Replayed"
SHORTEST_KEY, LONGEST_KEY = 8, 255
A_SECOND = 1.0

Body = dict[str, Any]
"""What a marshmallow schema has loaded: its types are the schema's, which mypy does not see."""

_PRIVATE = (("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"))
_KEY = re.compile(r"[!-~]{8,255}")
_POSITION = re.compile(r"\d{1,18}", re.ASCII)


class KeyMissing(BadRequest):
    """A call that records something must carry an idempotency key, so that it can be sent again."""


class BadHeader(BadRequest):
    """A header of ours has a value that cannot be."""


@dataclass(frozen=True, slots=True)
class Call:
    """Who asks for what. `body` and `query` have been checked by their schemas."""

    services: Services
    actor: Actor
    key: str | None
    body: Body
    query: Body

    def at(self, organiser_id: UUID) -> Actor:
        """The actor on an organiser's public pages: a stranger there, unless the token is the organiser's."""
        if self.actor.organiser_id == organiser_id:
            return self.actor
        return stranger(OrganiserId(organiser_id)).seeing(self.actor.seen)

    def anyone(self, organiser_id: UUID) -> Actor:
        """A stranger on an organiser's public pages, whatever token is shown."""
        return stranger(OrganiserId(organiser_id))

    def own(self, organiser_id: UUID) -> OrganiserId:
        """An organiser's id, provided that it is the actor's own. Raises NotFound."""
        if self.actor.organiser_id != organiser_id and not self.actor.is_system:
            raise NotFound(what="organiser")
        return OrganiserId(organiser_id)

    def content(self) -> bytes:
        """The file in the body, which is base64. Raises BadValue."""
        try:
            return base64.b64decode(self.body["content"], validate=True)
        except (ValueError, binascii.Error):
            raise BadValue(field="content", why="base64") from None

    def execute(self, use_case: UseCase[C, R], command: C, location: str | None = None) -> Written:
        """What came of a command. `location`: where to read it; `{season_id}` in it is what the answer says."""
        recorded = use_case(self.actor, command, self.key)
        return written(recorded, location and PREFIX + location.format(**vars(recorded.answer)))


@dataclass(frozen=True, slots=True)
class Written:
    """What a call has recorded: the answer, where it stands in the log, and where to read it."""

    answer: object
    position: int
    is_repeated: bool
    location: str | None = None


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """A file as the answer of a call, with the name to keep it under."""

    name: str
    media_type: str
    content: bytes


def written(recorded: Committed[R], location: str | None = None) -> Written:
    """The answer of a use case as the answer of a call."""
    return Written(recorded.answer, recorded.position, recorded.repeated, location)


def key_of_call(*, is_needed: bool) -> str | None:
    """The idempotency key. Raises KeyMissing, BadHeader."""
    key = request.headers.get(KEY)
    if key is None:
        if is_needed:
            raise KeyMissing
        return None
    if not _KEY.fullmatch(key):
        raise BadHeader
    return key


def shown_of_call() -> str | None:
    """What the call says it was shown, if it says so. Raises BadHeader."""
    shown = request.headers.get(SHOWN)
    if shown is not None and len(shown) > LONGEST:
        raise BadHeader
    return shown


def catch_up(services: Services) -> None:
    """Wait briefly for what the reader has just written, where they say how far that is. Raises BadHeader."""
    position = request.headers.get(POSITION)
    if position is not None:
        if not _POSITION.fullmatch(position):
            raise BadHeader
        services.freshness.wait_for(int(position), A_SECOND)


def answer_written(given: Written, status: int) -> Response:
    """The answer to a call that recorded something."""
    headers = [*_PRIVATE, (POSITION, str(given.position))]
    if given.is_repeated:
        headers.append((REPLAYED, "true"))
    if given.location is not None:
        headers.append(("Location", given.location))
    return _answer(b"" if given.answer is None else msgspec.json.encode(given.answer), status, headers)


def answer_read(given: object) -> Response:
    """The answer to a question, or 304 when the asker has it already."""
    encoded = given.content if isinstance(given, FileAnswer) else msgspec.json.encode(given)
    tag = hashlib.blake2b(encoded, digest_size=12).hexdigest()
    headers = [*_PRIVATE, ("ETag", f'"{tag}"')]
    if request.method in ("GET", "HEAD") and request.if_none_match.contains_weak(tag):
        return _answer(b"", 304, headers)
    if isinstance(given, FileAnswer):
        headers.append(("Content-Disposition", f'attachment; filename="{given.name}"'))
        return _answer(encoded, 200, headers, given.media_type)
    return _answer(encoded, 200, headers)


def _answer(encoded: bytes, status: int, headers: list[tuple[str, str]], media_type: str = JSON) -> Response:
    return current_app.response_class(encoded, status, headers, content_type=media_type if encoded else None)
