"""Clients for the bench: some kept-alive connections in one process, each sending its next request when it is answered.

As any client should, one who is told that the service is too busy (503 with Retry-After) waits as long as it was told
and sends the same request again; that is counted, and all of it is that request's latency.
Nothing is parsed that need not be, so that the clients take little of the machine from the server; how much they took
is told.
"""

from __future__ import annotations

import math
import resource
import select
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.kernel.errors import PlatsError

_HEAD_END = b"\r\n\r\n"
_LENGTH, _AGAIN_AFTER = b"content-length:", b"retry-after:"
_TOO_BUSY = 503
_TIMEOUT = 30.0  # seconds


class UnexpectedAnswer(PlatsError):
    """A request of the bench was answered otherwise than it should be."""

    @classmethod
    def instead_of(cls, wanted: int, answer: bytes) -> UnexpectedAnswer:
        """The answer that came instead of the status wanted."""
        return cls(f"The bench wanted the answer {wanted} and got: {answer[:600].decode(errors='replace')}")


@dataclass(frozen=True)
class Plan:
    """What to send where: `clients` connections share the requests, until they run out or `seconds` have gone."""

    host: str
    port: int
    clients: int
    seconds: float
    requests: Sequence[bytes]
    status: int = 201


@dataclass(frozen=True)
class Outcome:
    """How it went: seconds until the last answer, the latency of each answer in seconds, CPU seconds of the clients.

    `sent_again`: how often the service was too busy.
    """

    seconds: float
    latencies: tuple[float, ...]
    client_cpu: float
    sent_again: int = 0


@dataclass
class _Connection:
    socket: socket.socket
    request: bytes = b""
    sent: float = 0.0
    rests_until: float = math.inf
    received: bytearray = field(default_factory=bytearray)


def drive(plan: Plan) -> Outcome:
    """Send the requests and wait for every answer. Raises UnexpectedAnswer at the first one of another status."""
    used, began = _cpu(), time.perf_counter()
    load = _Load(plan, began + plan.seconds)
    try:
        load.run()
    finally:
        load.close()
    return Outcome(time.perf_counter() - began, tuple(load.latencies), _cpu() - used, load.sent_again)


class _Load:
    def __init__(self, plan: Plan, end: float) -> None:
        self._plan, self._end = plan, end
        self._waiting = iter(plan.requests)
        self._poller = select.poll()
        self._connections: dict[int, _Connection] = {}
        self.latencies: list[float] = []
        self.sent_again = 0

    def run(self) -> None:
        for _ in range(self._plan.clients):
            connection = _Connection(_connected(self._plan))
            self._connections[connection.socket.fileno()] = connection
            self._poller.register(connection.socket, select.POLLIN)
            self._go_on(connection)
        while self._connections:
            for descriptor, _ in self._poller.poll(self._patience() * 1000):
                self._hear(self._connections[descriptor])
            for connection in [*self._connections.values()]:
                self._look_after(connection)

    def close(self) -> None:
        for connection in self._connections.values():
            connection.socket.close()

    def _patience(self) -> float:
        """Seconds until something must be done although nothing has been heard."""
        rests = min(each.rests_until for each in self._connections.values())
        return max(0.0, min(_TIMEOUT, rests - time.perf_counter()))

    def _hear(self, connection: _Connection) -> None:
        match _answered(connection):
            case None:
                return
            case self._plan.status, _:
                self.latencies.append(time.perf_counter() - connection.sent)
                self._go_on(connection)
            case _, float(rest):
                self.sent_again += 1
                connection.rests_until = time.perf_counter() + rest
            case _:
                raise UnexpectedAnswer.instead_of(self._plan.status, bytes(connection.received))
        connection.received.clear()

    def _look_after(self, connection: _Connection) -> None:
        now = time.perf_counter()
        if connection.rests_until <= now:
            connection.rests_until = math.inf
            connection.socket.sendall(connection.request)
        elif now - connection.sent > _TIMEOUT:
            raise UnexpectedAnswer.instead_of(self._plan.status, bytes(connection.received) or b"nothing")

    def _go_on(self, connection: _Connection) -> None:
        """Send the next request, or leave when time or requests have run out."""
        request = next(self._waiting, None) if time.perf_counter() < self._end else None
        if request is not None:
            connection.request, connection.sent = request, time.perf_counter()
            connection.socket.sendall(request)
            return
        self._poller.unregister(connection.socket)
        del self._connections[connection.socket.fileno()]
        connection.socket.close()


def _connected(plan: Plan) -> socket.socket:
    connected = socket.create_connection((plan.host, plan.port), timeout=30)
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connected


def _answered(connection: _Connection) -> tuple[int, float | None] | None:
    """Take in what has come; when the answer is whole, its status and the seconds to rest if it is too busy."""
    received = connection.received
    part = connection.socket.recv(65536)
    received += part
    head = received.find(_HEAD_END)
    if head < 0:
        return None if part else (0, None)
    lowered = received[:head].lower()
    if len(received) < head + len(_HEAD_END) + int(_value(lowered, _LENGTH) or 0):
        return None if part else (0, None)
    status = int(received[9:12])
    rest = _value(lowered, _AGAIN_AFTER) if status == _TOO_BUSY else None
    return status, float(rest) if rest else None


def _value(head: bytearray, name: bytes) -> bytes | None:
    at = head.find(name)
    return None if at < 0 else bytes(head[at + len(name) :].split(b"\r\n", 1)[0])


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
