"""Clients for the bench: some kept-alive connections in one process, each sending its next request when it is answered.

Nothing is parsed that need not be, so that the clients take little of the machine from the server; how much they took
is told.
"""

from __future__ import annotations

import resource
import select
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from domain.errors import PlatsError

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length:"


class UnexpectedAnswer(PlatsError):
    """A request of the bench was answered otherwise than it should be."""

    def __init__(self, wanted: int, answer: bytes) -> None:
        said = answer[:600].decode(errors="replace")
        super().__init__(f"The bench wanted the answer {wanted} and got: {said}")


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
    """How it went: seconds from start to the last answer, each answer's latency in seconds, CPU seconds of the client."""

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
    waiting = iter(plan.requests)
    latencies: list[float] = []
    poller = select.poll()
    connections: dict[int, _Connection] = {}
    used, began = _cpu(), time.perf_counter()
    end = began + plan.seconds
    try:
        for _ in range(plan.clients):
            connection = _Connection(_connected(plan))
            if _send_next(connection, waiting):
                connections[connection.socket.fileno()] = connection
                poller.register(connection.socket, select.POLLIN)
        while connections:
            for descriptor, _ in poller.poll(10_000):
                connection = connections[descriptor]
                if not _answered(connection, plan.status):
                    continue
                now = time.perf_counter()
                latencies.append(now - connection.sent)
                if now >= end or not _send_next(connection, waiting):
                    poller.unregister(descriptor)
                    connections.pop(descriptor).socket.close()
    finally:
        for connection in connections.values():
            connection.socket.close()
    return Outcome(time.perf_counter() - began, tuple(latencies), _cpu() - used)


def _connected(plan: Plan) -> socket.socket:
    connected = socket.create_connection((plan.host, plan.port), timeout=30)
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connected


def _send_next(connection: _Connection, waiting: Iterator[bytes]) -> bool:
    request = next(waiting, None)
    if request is None:
        return False
    connection.sent = time.perf_counter()
    connection.socket.sendall(request)
    return True


def _answered(connection: _Connection, status: int) -> bool:
    """Take in what has come; True when the answer is whole."""
    received = connection.received
    part = connection.socket.recv(65536)
    received += part
    head = received.find(_HEAD_END)
    if head < 0 and part:
        return False
    if int(received[9:12] or b"0") != status:
        raise UnexpectedAnswer(status, bytes(received))
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
