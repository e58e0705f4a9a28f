"""How long somebody tries again who met others, or whose connection broke: a time, not a number of times."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from application.kernel.ports import Busy
from domain.kernel.errors import PlatsError
from infrastructure.postgres.connections import ConnectionLost

R = TypeVar("R")

SECONDS = 5.0
_FIRST, _LONGEST = 0.002, 0.1


class Backoff:
    """The pauses of one decision, or of one line of decisions."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._began = time.monotonic()
        self._seconds = seconds
        self._turns = 0

    def pause(self, after: PlatsError) -> None:
        """Wait a while that grows, by chance, so that those who met do not meet again. Raises Busy when time is up."""
        gone = time.monotonic() - self._began
        self._turns += 1
        if gone > self._seconds:
            raise Busy(
                f"tried {self._turns} times in {gone:.1f} s; at last: {type(after).__name__}: {after}"
            ) from after
        time.sleep(random.uniform(0, min(_LONGEST, _FIRST * 2**self._turns)))  # noqa: S311  # no secret


def with_retries(question: Callable[[], R]) -> R:
    """The answer to a question that changes nothing, asked again when the connection broke. Raises Busy."""
    backoff = Backoff()
    while True:
        try:
            return question()
        except ConnectionLost as error:
            backoff.pause(error)
