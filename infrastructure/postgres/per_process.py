"""Things a process must not share with its children: made on first use, and anew after a fork."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class PerProcess(Generic[T]):
    """Holds one thing for each process that asks.

    What a parent made is kept and never touched by its child: closing it, or letting it be collected, would speak on
    the parent's sockets.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._pid = 0
        self._thing: T | None = None
        self._inherited: list[T] = []
        self._lock = threading.Lock()

    def get(self) -> T:
        """The thing of this process."""
        if self._pid == os.getpid() and self._thing is not None:
            return self._thing
        return self._renew()

    def made(self) -> T | None:
        """The thing of this process if it has been made."""
        return self._thing if self._pid == os.getpid() else None

    def forget(self) -> None:
        """Let the next `get` make a new one."""
        if self._pid == os.getpid():
            self._thing = None

    def _renew(self) -> T:
        if self._pid not in (0, os.getpid()):
            self._lock = threading.Lock()  # the parent may have held it at the fork, and nobody here would let go
            if self._thing is not None:
                self._inherited.append(self._thing)
            self._thing, self._pid = None, os.getpid()
        with self._lock:
            if self._thing is None:
                self._thing, self._pid = self._make(), os.getpid()
            return self._thing
