"""The bench of slow clients: how fast others are served beside connections that send or read a byte now and then."""

from __future__ import annotations

import socket
import statistics
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from threading import Event, Thread

from bench.apart import apart
from bench.load import Plan, drive
from bench.machine import describe
from infrastructure.kernel.settings import Settings
from web.server.server import Running, served

SLOW, CLIENTS = 40, 16
PAGE = b"GET /sign-in HTTP/1.1\r\nHost: %b\r\n\r\n"
AT_LEAST = 0.8
_PULSE = 0.5

KINDS: Mapping[str, tuple[bytes, bytes]] = {
    "silent": (b"", b""),
    "head": (b"GET / HTTP/1.1\r\nHost: %b\r\n", b"X-More: x\r\n"),
    "body": (b"POST /sign-in HTTP/1.1\r\nHost: %b\r\nContent-Length: 9999\r\n\r\n", b"x"),
    "chunks": (b"POST /sign-in HTTP/1.1\r\nHost: %b\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "too large": (b"POST /sign-in HTTP/1.1\r\nHost: %b\r\nContent-Length: 99999999\r\n\r\n", b"x"),
    "leaving": (b"GET /healthz HTTP/1.1\r\nHost: %b\r\nConnection: close\r\n\r\n", b""),
    "reading nothing": (b"GET /sign-in HTTP/1.1\r\nHost: %b\r\n\r\n", b"GET /sign-in HTTP/1.1\r\nHost: %b\r\n\r\n"),
}
"""Each kind of slow client: what it sends at first, and what it sends now and then."""

Say = Callable[[str], None]


def measure(settings: Settings, say: Say, seconds: float = 20.0) -> dict[str, object]:
    """Serve a page to the clients so long (s), in turns without anybody beside them and with each kind of slow client.

    `ratios`: with ÷ without, each round beside the ones around it. Raises UnexpectedAnswer.
    """
    each = seconds / 4
    ratios: dict[str, float] = {}
    with (
        apart(settings, workers=2, threads=16) as own,
        served(own, worker=False) as running,
        ProcessPoolExecutor(1, get_context("spawn")) as clients,
    ):
        _speed(running, clients, 1.0)
        for kind in KINDS:
            say(f"{SLOW} connections: {kind}")
            ratios[kind] = _beside(running, clients, kind, each)
    return {
        "machine": describe(),
        "setting": {"slow": SLOW, "clients": CLIENTS, "seconds": seconds},
        "ratios": ratios,
        "to_reach": {"at_least": AT_LEAST, "reached": min(ratios.values()) >= AT_LEAST},
    }


def _beside(running: Running, clients: Executor, kind: str, seconds: float) -> float:
    alone, beside = [_speed(running, clients, seconds)], []
    for _ in range(2):
        with slow_clients(running.host, running.port, kind):
            beside.append(_speed(running, clients, seconds))
        alone.append(_speed(running, clients, seconds))
    return round(statistics.mean(beside) / statistics.mean(alone), 3)


def _speed(running: Running, clients: Executor, seconds: float) -> float:
    request = PAGE % f"{running.host}:{running.port}".encode()
    plan = Plan(running.host, running.port, CLIENTS, seconds, [request] * int(seconds * 5000), status=200)
    came = clients.submit(drive, plan).result()
    return len(came.latencies) / came.seconds


@contextmanager
def slow_clients(host: str, port: int, kind: str, number: int = SLOW) -> Iterator[None]:
    """So many connections of a kind for as long as the block lasts; one that is closed comes again."""
    stop, there = Event(), [Event() for _ in range(number)]
    threads = [Thread(target=_be_slow, args=(host, port, kind, each, stop)) for each in there]
    for thread in threads:
        thread.start()
    for each in there:
        each.wait(30)
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _be_slow(host: str, port: int, kind: str, there: Event, stop: Event) -> None:
    first, more = (part.replace(b"%b", f"{host}:{port}".encode()) for part in KINDS[kind])
    while not stop.is_set():
        with suppress(OSError), socket.create_connection((host, port), timeout=5) as slow:
            slow.sendall(first)
            there.set()
            while not stop.wait(_PULSE):
                slow.sendall(more)
