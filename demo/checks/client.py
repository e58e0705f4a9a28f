"""A client of the JSON API, with nothing but the standard library: whoever holds its token, acting."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

Json = dict[str, Any]  # what an answer holds is for each reader of it to know

API = "/api/v1"
SECONDS = 30
TIMEOUT = 60.0
"""Seconds within which everything has followed from what was written."""


@dataclass(frozen=True)
class Answered:
    """An answer: its status and what it says, or a file's bytes."""

    status: int
    body: Any


class Unexpected(Exception):
    """The API answered something else than was expected."""


@dataclass
class Log:
    """Where the last write stands, for every reader to wait for; and how many keys have been given.

    `is_read`: the read models are known to have come that far. On a busy machine that takes longer than the second
    that an answer waits for it.
    """

    position: str = ""
    is_read: bool = True
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

    def file(self, path: str, **asked: object) -> bytes:
        """Read a file. Raises Unexpected unless it is there."""
        read: bytes = _wanted(self.ask("GET", _with(path, asked)), 200, path).body
        return read

    def every(self, path: str, **asked: object) -> list[Json]:
        """All rows of a list, page by page."""
        return list(self._rows(path, asked))

    def post(self, path: str, body: Mapping[str, object] | None, key: str | None = None) -> Json:
        """Write. Raises Unexpected unless it is done."""
        made: Json = _done(self.ask("POST", path, body, key), path).body
        return made

    def put(self, path: str, body: Mapping[str, object]) -> Json:
        """Write in place. Raises Unexpected unless it is done."""
        made: Json = _done(self.ask("PUT", path, body), path).body
        return made

    def delete(self, path: str) -> Json:
        """Take back. Raises Unexpected unless it is done."""
        gone: Json = _done(self.ask("DELETE", path), path).body
        return gone

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
        """Send one request; a question waits until what was written can be read."""
        if method == "GET" and not self.log.is_read:
            self._wait_until_read()
        sent = None if body is None else json.dumps(body).encode()
        answer, position = self._send(method, API + path, sent, self._headers(method, key))
        if method != "GET" and position:
            self.log.position, self.log.is_read = position, False
        return answer

    def _send(
        self, method: str, path: str, sent: bytes | None, headers: Mapping[str, str]
    ) -> tuple[Answered, str | None]:
        parts = urlsplit(self.url)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)
        try:
            connection.request(method, path, sent, dict(headers))
            response = connection.getresponse()
            body = _body(response.getheader("Content-Type", ""), response.read())
            return Answered(response.status, body), response.getheader("Plats-Position")
        finally:
            connection.close()

    def _wait_until_read(self) -> None:
        """Raises Unexpected when the read models stay behind."""
        until = time.monotonic() + TIMEOUT
        while True:
            answer, _ = self._send("GET", "/readyz", None, {})
            if answer.body.get("behind") == 0:
                self.log.is_read = True
                return
            if time.monotonic() > until:
                raise Unexpected(f"the read models stay behind: {answer.body}")
            time.sleep(0.02)

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


def _body(kind: str, read: bytes) -> Any:
    """What an answer says; of a file its bytes."""
    if not read:
        return {}
    return json.loads(read) if "json" in kind else read


def _with(path: str, asked: Mapping[str, object]) -> str:
    return f"{path}?{urlencode(asked)}" if asked else path


def _wanted(answer: Answered, status: int, path: str) -> Answered:
    if answer.status != status:
        raise Unexpected(f"{path}: {answer.status} instead of {status}: {answer.body}")
    return answer


def _done(answer: Answered, path: str) -> Answered:
    if not 200 <= answer.status < 300:
        raise Unexpected(f"{path}: {answer.status} {answer.body}")
    return answer
