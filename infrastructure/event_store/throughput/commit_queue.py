"""Queues for group commit: requests in the same queue are handled together, by one of the threads that wait."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar
from uuid import UUID

T = TypeVar("T")

BATCH = 32
"""The most requests in one transaction."""

WARM = 1.0
"""Seconds that an id has a queue of its own after a conflict on it."""

Serial = tuple[UUID, ...]
"""The ids whose decisions are made one after the other."""


class _Waiter(Generic[T]):
    """A thread that waits in a queue with its request."""

    def __init__(self, request: T) -> None:
        self.request = request
        self.leads = False
        self._asleep = threading.Lock()
        self._asleep.acquire()

    def sleep(self) -> None:
        """Wait to be woken: to lead, or because the request has been handled."""
        self._asleep.acquire()

    def wake(self) -> None:
        """End the sleep, or the next one."""
        self._asleep.release()


class _Queue(Generic[T]):
    def __init__(self) -> None:
        self.waiting: deque[_Waiter[T]] = deque()
        self.has_leader = False


class CommitQueue(Generic[T]):
    """The queues of one process, and which ids are busy enough to need one of their own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queues: dict[Serial, _Queue[T]] = {}
        self._warm_until: dict[UUID, float] = {}

    def is_warm(self, serial: Serial) -> bool:
        """Whether somebody else has lately recorded on one of these while we were at it."""
        if not self._warm_until:
            return False
        with self._lock:
            return any(self._is_warm(aggregate_id) for aggregate_id in serial)

    def collided(self, serial: Serial) -> None:
        """Somebody else recorded first on one of these."""
        with self._lock:
            for aggregate_id in serial:
                self._warm_until[aggregate_id] = time.monotonic() + WARM

    def wait(self, serial: Serial, request: T, handle: Callable[[list[T]], None]) -> None:
        """Queue until `handle` has been run with the request, by this thread or by another one in the queue."""
        waiter = _Waiter(request)
        with self._lock:
            queue = self._queues.setdefault(serial, _Queue())
            queue.waiting.append(waiter)
            if not queue.has_leader:
                queue.has_leader = waiter.leads = True
                waiter.wake()
        waiter.sleep()
        if waiter.leads:
            self._lead(serial, queue, handle)

    def _lead(self, serial: Serial, queue: _Queue[T], handle: Callable[[list[T]], None]) -> None:
        with self._lock:
            batch = [queue.waiting.popleft() for _ in range(min(BATCH, len(queue.waiting)))]
        try:
            handle([waiter.request for waiter in batch])
        finally:
            self._choose_leader(serial, queue)
            for waiter in batch:
                waiter.wake()

    def _choose_leader(self, serial: Serial, queue: _Queue[T]) -> None:
        with self._lock:
            if queue.waiting:
                queue.waiting[0].leads = True
                queue.waiting[0].wake()
            else:
                queue.has_leader = False
                del self._queues[serial]

    def _is_warm(self, aggregate_id: UUID) -> bool:
        until = self._warm_until.get(aggregate_id)
        if until is None:
            return False
        if until > time.monotonic():
            return True
        del self._warm_until[aggregate_id]
        return False
