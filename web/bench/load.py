"""Clients for the bench: some kept-alive connections in one process, each sending its next request when it is answered.

Nothing is parsed that need not be, so that the clients take little of the machine from the server; how much they took
is told.
"""

from __future__ import annotations

import resource
import select
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.errors import PlatsError

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length:"
_PATIENCE = 30_000  # milliseconds


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
    """How it went: seconds until the last answer, the latency of each answer in seconds, CPU seconds of the clients."""

    seconds: float
    latencies: tuple[float, ...]
    client_cpu: float


@dataclass
class _Connection:
    socket: socket.socket
    sent: float = 0.0
    received: bytearray = field(default_factory=bytearray)


def drive(plan: Plan) -> Outcome:
    """Send the requests and wait for every answer. Raises UnexpectedAnswer at the first one of another status."""
    used, began = _cpu(), time.perf_counter()
    load = _Load(plan, began + plan.seconds)
    try:
        load.run()
    finally:
        load.close()
    return Outcome(time.perf_counter() - began, tuple(load.latencies), _cpu() - used)


class _Load:
    def __init__(self, plan: Plan, end: float) -> None:
        self._plan, self._end = plan, end
        self._waiting = iter(plan.requests)
        self._poller = select.poll()
        self._connections: dict[int, _Connection] = {}
        self.latencies: list[float] = []

    def run(self) -> None:
        for _ in range(self._plan.clients):
            connection = _Connection(_connected(self._plan))
            self._connections[connection.socket.fileno()] = connection
            self._poller.register(connection.socket, select.POLLIN)
            self._go_on(connection)
        while self._connections:
            ready = self._poller.poll(_PATIENCE)
            if not ready:
                raise UnexpectedAnswer.instead_of(self._plan.status, b"nothing")
            for descriptor, _ in ready:
                connection = self._connections[descriptor]
                if _answered(connection, self._plan.status):
                    self.latencies.append(time.perf_counter() - connection.sent)
                    self._go_on(connection)

    def close(self) -> None:
        for connection in self._connections.values():
            connection.socket.close()

    def _go_on(self, connection: _Connection) -> None:
        """Send the next request, or leave when time or requests have run out."""
        request = next(self._waiting, None) if time.perf_counter() < self._end else None
        if request is not None:
            connection.sent = time.perf_counter()
            connection.socket.sendall(request)
            return
        self._poller.unregister(connection.socket)
        del self._connections[connection.socket.fileno()]
        connection.socket.close()


def _connected(plan: Plan) -> socket.socket:
    connected = socket.create_connection((plan.host, plan.port), timeout=30)
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connected


def _answered(connection: _Connection, status: int) -> bool:
    """Take in what has come; True when the answer is whole."""
    received = connection.received
    part = connection.socket.recv(65536)
    received += part
    head = received.find(_HEAD_END)
    if head < 0 and part:
        return False
    if int(received[9:12] or b"0") != status:
        raise UnexpectedAnswer.instead_of(status, bytes(received))
    lowered = received[:head].lower()
    at = lowered.find(_LENGTH) + len(_LENGTH)
    length = int(lowered[at:].split(b"\r\n", 1)[0])
    if len(received) < head + len(_HEAD_END) + length:
        return False
    received.clear()
    return True


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
