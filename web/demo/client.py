"""A client of the JSON API, with nothing but the standard library: whoever holds its token, acting."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

Json = dict[str, Any]  # what an answer holds is for each reader of it to know

API = "/api/v1"
SECONDS = 30


@dataclass(frozen=True)
class Answered:
    """An answer: its status and what it says."""

    status: int
    body: Any


class Unexpected(Exception):
    """The API answered something else than was expected."""


@dataclass
class Log:
    """Where the last write stands, for every reader to wait for; and how many keys have been given."""

    position: str = ""
    keys: int = 0


@dataclass(frozen=True)
class Client:
    """Acts with a token ("" for a stranger). What one client wrote, all clients of the same log read."""

    url: str
    token: str
    log: Log = field(default_factory=Log)

    def get(self, path: str, **asked: object) -> Json:
        """Read. Raises Unexpected unless it is there."""
        answer = self.ask("GET", _with(path, asked))
        found: Json = _wanted(answer, 200, path).body
        return found

    def kept_out(self, path: str, status: int) -> None:
        """Try to read what one may not. Raises Unexpected unless that is answered so."""
        _wanted(self.ask("GET", path), status, path)

    def every(self, path: str, **asked: object) -> list[Json]:
        """All rows of a list, page by page."""
        return list(self._rows(path, asked))

    def post(self, path: str, body: Mapping[str, object] | None, status: int = 201, key: str | None = None) -> Json:
        """Write. Raises Unexpected unless it is answered with that status."""
        made: Json = _wanted(self.ask("POST", path, body, key), status, path).body
        return made

    def put(self, path: str, body: Mapping[str, object]) -> Json:
        """Write in place. Raises Unexpected unless it is done."""
        made: Json = _wanted(self.ask("PUT", path, body), 200, path).body
        return made

    def refused(self, path: str, body: Mapping[str, object], why: str) -> None:
        """Write what must be refused for that reason. Raises Unexpected unless it is."""
        answer = self.ask("POST", path, body)
        named = str(answer.body.get("type", "")).rsplit("/", 1)[-1]
        if not 400 <= answer.status < 500 or named != why:
            raise Unexpected(f"{path}: {answer.status} {answer.body} instead of {why}")

    def new_key(self) -> str:
        """An idempotency key that nobody has used."""
        self.log.keys += 1
        return f"demo-check-{self.log.keys}"

    def ask(self, method: str, path: str, body: Mapping[str, object] | None = None, key: str | None = None) -> Answered:
        """Send one request."""
        parts = urlsplit(self.url)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)
        try:
            sent = None if body is None else json.dumps(body).encode()
            connection.request(method, API + path, sent, self._headers(method, key))
            response = connection.getresponse()
            read = response.read()
            if method != "GET":
                self.log.position = response.getheader("Plats-Position") or self.log.position
            return Answered(response.status, json.loads(read) if read else {})
        finally:
            connection.close()

    def _headers(self, method: str, key: str | None) -> dict[str, str]:
        headers = {"Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.log.position:
            headers["Plats-Position"] = self.log.position
        if method != "GET":
            headers |= {"Content-Type": "application/json", "Idempotency-Key": key or self.new_key()}
        return headers

    def _rows(self, path: str, asked: Mapping[str, object]) -> Iterator[Json]:
        cursor: dict[str, object] = {}
        while True:
            found = _wanted(self.ask("GET", _with(path, {**asked, **cursor})), 200, path).body
            if isinstance(found, list):
                yield from found
                return
            yield from found["items"]
            if not found["next_cursor"]:
                return
            cursor = {"cursor": found["next_cursor"]}


def _with(path: str, asked: Mapping[str, object]) -> str:
    return f"{path}?{urlencode(asked)}" if asked else path


def _wanted(answer: Answered, status: int, path: str) -> Answered:
    if answer.status != status:
        raise Unexpected(f"{path}: {answer.status} instead of {status}: {answer.body}")
    return answer
