"""Queues for decisions: who waits in the same line is served together, by one of those who wait."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar
from uuid import UUID

T = TypeVar("T")

BATCH = 32
"""The most that are served in one transaction."""

WARM = 1.0
"""Seconds that an id has a line of its own after a conflict on it."""


class Place(Generic[T]):
    """Somebody's place in a line."""

    def __init__(self, request: T) -> None:
        self.request = request
        self.leads = False
        self._asleep = threading.Lock()
        self._asleep.acquire()

    def sleep(self) -> None:
        """Wait to be woken: to lead, or because the request has been served."""
        self._asleep.acquire()

    def wake(self) -> None:
        """End the sleep, or the next one."""
        self._asleep.release()


class _Line(Generic[T]):
    def __init__(self) -> None:
        self.waiting: deque[Place[T]] = deque()
        self.is_led = False


class CommitQueue(Generic[T]):
    """The lines of one process, and which ids are busy enough to need one of their own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: dict[tuple[UUID, ...], _Line[T]] = {}
        self._warm_until: dict[UUID, float] = {}

    def is_warm(self, serial: tuple[UUID, ...]) -> bool:
        """Whether somebody else has lately recorded on one of these while we were at it."""
        if not self._warm_until:
            return False
        with self._lock:
            return any(self._is_warm(one) for one in serial)

    def collided(self, serial: tuple[UUID, ...]) -> None:
        """Somebody else recorded first on one of these."""
        with self._lock:
            for one in serial:
                self._warm_until[one] = time.monotonic() + WARM

    def wait(self, serial: tuple[UUID, ...], request: T, serve: Callable[[list[T]], None]) -> None:
        """Queue until `serve` has been run with the request, by this thread or by another one in the line."""
        place = Place(request)
        with self._lock:
            line = self._lines.setdefault(serial, _Line())
            line.waiting.append(place)
            if not line.is_led:
                line.is_led = place.leads = True
                place.wake()
        place.sleep()
        if place.leads:
            self._lead(serial, line, serve)

    def _lead(self, serial: tuple[UUID, ...], line: _Line[T], serve: Callable[[list[T]], None]) -> None:
        with self._lock:
            served = [line.waiting.popleft() for _ in range(min(BATCH, len(line.waiting)))]
        try:
            serve([place.request for place in served])
        finally:
            self._hand_over(serial, line)
            for place in served:
                place.wake()

    def _hand_over(self, serial: tuple[UUID, ...], line: _Line[T]) -> None:
        with self._lock:
            if line.waiting:
                line.waiting[0].leads = True
                line.waiting[0].wake()
            else:
                line.is_led = False
                del self._lines[serial]

    def _is_warm(self, one: UUID) -> bool:
        until = self._warm_until.get(one)
        if until is None:
            return False
        if until > time.monotonic():
            return True
        del self._warm_until[one]
        return False
