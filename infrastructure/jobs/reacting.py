"""Reactions in a thread of their own, so that read models do not wait while something is decided.

Two threads share one interpreter, so no reaction begins while read models have something to take in, for a moment at
most.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType

_POLL = 0.25
PATIENCE = 0.1
"""Seconds after which a reaction begins also beside read models, so that invoices follow however much is booked."""


class Reacting:
    """Gives events to policies for as long as the block lasts. What stops it is raised where it is woken."""

    def __init__(self, react: Callable[[], int]) -> None:
        self._react = react
        self._woken, self._free, self._ended = threading.Event(), threading.Event(), threading.Event()
        self._why: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="reactions", daemon=True)

    def __enter__(self) -> Reacting:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._free.set()
        self._woken.set()
        self._thread.join()
        if error is None and self._why is not None:
            raise self._why

    def hold(self) -> None:
        """Read models come first now. Raises what has stopped the reactions."""
        if self._why is not None:
            raise self._why
        self._free.clear()

    def wake(self) -> None:
        """Read models are current, and there may be more to react to."""
        self._free.set()
        self._woken.set()

    def _run(self) -> None:
        try:
            while not self._ended.is_set():
                self._free.wait(PATIENCE)
                if not self._react():
                    self._woken.wait(_POLL)
                    self._woken.clear()
        except BaseException as error:  # noqa: BLE001  # it is raised again in the thread that leads
            self._why = error
