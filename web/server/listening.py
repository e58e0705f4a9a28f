"""The sockets on which an installation listens: the supervisor's, so that nobody fails while processes come and go."""

from __future__ import annotations

import errno
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from domain.kernel.errors import PlatsError

FREE_WITHIN = 12.0
"""Seconds for which an address that is taken is waited for: so long do processes of a supervisor that was killed finish
what they had begun."""


class AddressTaken(PlatsError):
    """Somebody else listens where we should."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"Plats cannot listen on {host}, port {port} ({why}): choose another with PLATS_PORT.")


@contextmanager
def listening(host: str, port: int, processes: int, told: threading.Event) -> Iterator[list[socket.socket]]:
    """A socket for each web process, all on one address; without the means for that, one for all.

    They are the supervisor's: while web processes are started again, clients wait instead of failing.
    Raises AddressTaken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        if port:
            _wait_until_free((host, port), family, told)
        number = processes if sys.platform == "linux" else 1
        listeners: list[socket.socket] = []
        for _ in range(number):  # the first one chooses the port if none was named
            place = listeners[0].getsockname()[:2] if listeners else (host, port)
            listeners.append(socket.create_server(place, family=family, backlog=2048, reuse_port=number > 1))
    except OSError as error:
        why, _, _ = (error.strerror or str(error)).partition(" (while attempting")  # what Python adds
        raise AddressTaken(host, port, why) from None
    with ExitStack() as open_things:
        for listener in listeners:
            open_things.enter_context(listener)
        yield listeners


def _wait_until_free(address: tuple[str, int], family: socket.AddressFamily, told: threading.Event) -> None:
    """Let whoever is there leave: processes of ours whose supervisor was killed. Raises OSError if they stay."""
    until = time.monotonic() + FREE_WITHIN
    while True:
        try:
            socket.create_server(address, family=family).close()
            return
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > until or told.wait(0.1):
                raise
