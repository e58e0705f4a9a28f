"""Jobs: what the leading worker does beside following the log, such as sending letters, each in its own thread."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from infrastructure.jobs.giving_way import GivingWay, NeverGivesWay
from infrastructure.jobs.job_states import JobBoard, JobState, NoBoard
from infrastructure.subscriptions.passing import PASSING

_REST = 0.5
_FIRST_PAUSE, _LAST_PAUSE = 0.5, 30.0
SHOWN_EVERY = 3.0
"""Seconds after which how the jobs are is shown again."""

_log = logging.getLogger(__name__)


class Job(Protocol):
    """Something to be done again and again. Killed in the middle of a turn, the next turn makes it good.

    One that has taken more than it has done gives it back in `leave`, when no more turns come for now.
    """

    def turn(self) -> bool:
        """Do one thing that is due; False when nothing is."""


class _Running:
    """A job, and how it has gone."""

    def __init__(self, job: Job, name: str) -> None:
        self.job, self.name = job, name
        self.turned = time.monotonic()
        self.failing: float | None = None
        self.error = ""

    def turn(self) -> bool:
        """One turn; what goes wrong is remembered and raised."""
        try:
            has_done = self.job.turn()
        except Exception as error:
            self.failing, self.error = self.failing or time.monotonic(), type(error).__name__
            raise
        else:
            self.failing, self.error = None, ""
            return has_done
        finally:
            self.turned = time.monotonic()

    def state(self, now: float) -> JobState:
        """How it is."""
        failing = self.failing
        return JobState(now - self.turned, None if failing is None else now - failing, self.error)


class Jobs:
    """Runs each job in a thread of its own; one that fails is said so, and tried again after a while.

    `way`: whom a job lets be first, after each turn in which it did something.
    """

    def __init__(self, jobs: Sequence[Job] = (), board: JobBoard | None = None, way: GivingWay | None = None) -> None:
        self.jobs, self._board, self._way = jobs, board or NoBoard(), way or NeverGivesWay()

    def finish(self) -> None:
        """Do all that is due now, here."""
        for job in self.jobs:
            while job.turn():
                pass

    @contextmanager
    def running(self) -> Iterator[None]:
        """They run for as long as the block lasts; at its end each may end its turn."""
        stop, running = threading.Event(), _named(self.jobs)
        threads = [threading.Thread(target=_run, args=(each, self._way, stop), daemon=True) for each in running]
        threads.append(threading.Thread(target=_show, args=(running, self._board, stop), daemon=True))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join(timeout=15.0)


def _named(jobs: Sequence[Job]) -> list[_Running]:
    """Each by the name it has, or that of its kind; a second of a name with its number."""
    seen: Counter[str] = Counter()
    running = []
    for job in jobs:
        name = str(getattr(job, "name", "") or type(job).__name__)
        seen[name] += 1
        running.append(_Running(job, name if seen[name] == 1 else f"{name} {seen[name]}"))
    return running


def _show(running: Sequence[_Running], board: JobBoard, stop: threading.Event) -> None:
    while True:
        now = time.monotonic()
        try:
            board.show({each.name: each.state(now) for each in running})
        except PASSING as error:
            _log.warning("how the jobs are cannot be shown: %s", type(error).__name__)
        if stop.wait(SHOWN_EVERY):
            return


def _run(running: _Running, way: GivingWay, stop: threading.Event) -> None:
    pause = _FIRST_PAUSE
    while not stop.is_set():
        began = time.thread_time()
        try:
            rest = way.rest(time.thread_time() - began) if running.turn() else _REST
            pause = _FIRST_PAUSE
        except PASSING as error:
            _log.warning("%s waits for the database: %s", running.name, type(error).__name__)
            rest, pause = pause, min(pause * 2, _LAST_PAUSE)
        except Exception:  # noqa: BLE001 # whatever is wrong with one job, the log is followed and the others go on
            _log.exception("%s failed and is tried again", running.name)
            rest, pause = pause, min(pause * 2, _LAST_PAUSE)
        stop.wait(rest)
    _leave(running)


def _leave(running: _Running) -> None:
    leave: Callable[[], None] | None = getattr(running.job, "leave", None)
    try:
        if leave is not None:
            leave()
    except PASSING as error:
        _log.warning("%s leaves what it has taken as it is: %s", running.name, type(error).__name__)
