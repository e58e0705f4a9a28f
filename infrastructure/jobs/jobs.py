"""Jobs: what the leading worker does beside following the log, such as sending letters, each in its own thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from infrastructure.subscriptions.projector import PASSING

_REST = 0.5
_FIRST_PAUSE, _LAST_PAUSE = 0.5, 30.0

_log = logging.getLogger(__name__)


class Job(Protocol):
    """Something to be done again and again. Killed in the middle of a turn, the next turn makes it good."""

    def turn(self) -> bool:
        """Do one thing that is due; False when nothing is."""


class Jobs:
    """Runs each job in a thread of its own; one that fails is said so, and tried again after a while."""

    def __init__(self, jobs: Sequence[Job] = ()) -> None:
        self.jobs = jobs

    def finish(self) -> None:
        """Do all that is due now, here."""
        for job in self.jobs:
            while job.turn():
                pass

    @contextmanager
    def running(self) -> Iterator[None]:
        """They run for as long as the block lasts; at its end each may end its turn."""
        stop = threading.Event()
        threads = [threading.Thread(target=_run, args=(each, stop), daemon=True) for each in self.jobs]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join(timeout=15.0)


def _run(job: Job, stop: threading.Event) -> None:
    pause = _FIRST_PAUSE
    while not stop.is_set():
        try:
            rest = 0.0 if job.turn() else _REST
            pause = _FIRST_PAUSE
        except PASSING as error:
            _log.warning("%s waits for the database: %s", type(job).__name__, type(error).__name__)
            rest, pause = pause, min(pause * 2, _LAST_PAUSE)
        except Exception:  # noqa: BLE001 # whatever is wrong with one job, the log is followed and the others go on
            _log.exception("%s failed and is tried again", type(job).__name__)
            rest, pause = pause, min(pause * 2, _LAST_PAUSE)
        stop.wait(rest)
