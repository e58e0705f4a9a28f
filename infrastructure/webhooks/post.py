"""One request to another system: to the number that was looked at, bounded in time and size, and led nowhere else."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from infrastructure.webhooks.guard import AddressRefused, Resolve, Way, by_name, way_to

PATIENCE, WHOLE = 5.0, 10.0
"""Seconds for each step, and for all of them."""
MOST_READ = 16 * 1024
"""Bytes of an answer that are looked at; what it says is of no consequence."""


@dataclass(frozen=True)
class Answer:
    """What came of it: the number of the answer, or 0 and why there was none."""

    status: int
    error: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether the other system has taken it. Whoever leads us elsewhere has not."""
        return 200 <= self.status < 300


class Poster:
    """Sends to addresses. Nothing of the environment (proxies, certificates of the house's own) is asked."""

    def __init__(
        self, *, may_be_here: bool = False, resolve: Resolve = by_name, trusted: ssl.SSLContext | None = None
    ) -> None:
        self._may_be_here, self._resolve = may_be_here, resolve
        self._trusted = trusted or ssl.create_default_context()

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send once. Never raises for what the other end, its name or the net does."""
        try:
            way = way_to(address, may_be_here=self._may_be_here, resolve=self._resolve)
            with _Line(way, self._trusted) as line:
                return Answer(line.ask(body, headers))
        except AddressRefused as refused:
            return Answer(0, str(refused))
        except (OSError, HTTPException, ValueError) as error:
            return Answer(0, type(error).__name__)


class _Line(HTTPConnection):
    """A connection to one number; it is cut when its whole time is up, however slowly somebody answers."""

    def __init__(self, way: Way, trusted: ssl.SSLContext) -> None:
        super().__init__(way.host, way.port, timeout=PATIENCE)
        self._way, self._trusted = way, trusted
        self._raw: socket.socket | None = None
        self._limit = threading.Timer(WHOLE, self._cut)
        self._limit.daemon = True

    def __enter__(self) -> _Line:
        self._limit.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._limit.cancel()
        self.close()

    def connect(self) -> None:
        """To the number that was looked at, whatever the name leads to by now."""
        self._raw = socket.create_connection((self._way.ip, self._way.port), timeout=PATIENCE)
        self.sock = self._raw
        if self._way.is_https:
            self.sock = self._raw = self._trusted.wrap_socket(self._raw, server_hostname=self._way.host)

    def ask(self, body: bytes, headers: Mapping[str, str]) -> int:
        """Send and read the answer's beginning; its number."""
        own = {"Host": self._way.host_header, "Content-Type": "application/json", "Connection": "close"}
        self.request("POST", self._way.target, body, {**own, **headers})
        answer = self.getresponse()
        answer.read(MOST_READ)
        return answer.status

    def _cut(self) -> None:
        if self._raw is not None:
            with suppress(OSError):  # closed already
                self._raw.shutdown(socket.SHUT_RDWR)
