"""Keeps Plats's processes alive: one that dies is started again, and all end when they are told to."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

GRACE = 15.0
"""Seconds that a process gets to end what it has begun before it is killed."""

_TURN = 0.05
_FIRST_PAUSE, _LONGEST_PAUSE, _HEALTHY = 0.1, 5.0, 10.0

_log = logging.getLogger("plats")


@dataclass(frozen=True)
class Program:
    """A process that should always run: its name, its command line and the file descriptors that it is given."""

    name: str
    words: Sequence[str]
    descriptors: tuple[int, ...] = ()


class Child:
    """One program as a process of ours, started again after a pause that grows while it does not live long."""

    def __init__(self, program: Program, environment: Mapping[str, str]) -> None:
        self.program, self._environment = program, environment
        self.starts = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._started = self._due = 0.0
        self._pause = _FIRST_PAUSE

    @property
    def pid(self) -> int | None:
        """The process, if it runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def tend(self, now: float) -> None:
        """Start it if it does not run and its pause is over."""
        if self._process is not None and (status := self._process.poll()) is not None:
            self._rest(status, now)
        if self._process is None and now >= self._due:
            self._start(now)

    def ask_to_end(self) -> None:
        """Tell it to end; it finishes what it has begun."""
        if self._process is not None:
            self._process.terminate()

    def see_off(self, until: float) -> None:
        """Wait for its end; after that moment it is killed with all that it started."""
        if self._process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.0, until - time.monotonic()))
        if self._process.poll() is None:
            _log.warning("%s did not end in time and is killed", self.program.name)
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._close_lifeline()

    def _start(self, now: float) -> None:
        self.starts += 1
        self._started = now
        self._process = subprocess.Popen(
            self.program.words,
            env=self._environment,
            stdin=subprocess.PIPE,  # the lifeline: it closes when we are gone, however we went
            pass_fds=self.program.descriptors,
            start_new_session=True,  # Ctrl-C in a terminal comes to us alone
        )

    def _rest(self, status: int, now: float) -> None:
        self._pause = _FIRST_PAUSE if now - self._started > _HEALTHY else min(self._pause * 2, _LONGEST_PAUSE)
        self._due = now + self._pause
        how = f"by {signal.Signals(-status).name}" if status < 0 else f"with status {status}"
        _log.warning("%s ended %s and is started again in %.1f s", self.program.name, how, self._pause)
        self._close_lifeline()
        self._process = None

    def _close_lifeline(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()


class Supervisor:
    """Runs programs until it is stopped, and looks after what they need (`watch`) once a second."""

    def __init__(
        self, programs: Sequence[Program], environment: Mapping[str, str], watch: Callable[[], None] = lambda: None
    ) -> None:
        self._children = {program.name: Child(program, environment) for program in programs}
        self._watch = watch
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._tend, name="supervisor")

    def start(self) -> None:
        """Start the programs, and from now on again and again."""
        self._thread.start()

    def stop(self) -> None:
        """End all programs and wait until they are gone."""
        self._stopped.set()
        self._thread.join()
        for child in self._children.values():
            child.ask_to_end()
        until = time.monotonic() + GRACE
        for child in self._children.values():
            child.see_off(until)

    def names(self) -> tuple[str, ...]:
        """The programs that it looks after."""
        return tuple(self._children)

    def pid(self, name: str) -> int | None:
        """The process of that program now."""
        return self._children[name].pid

    def starts(self, name: str) -> int:
        """How often the program has been started."""
        return self._children[name].starts

    def _tend(self) -> None:
        watched = time.monotonic()
        while not self._stopped.is_set():
            now = time.monotonic()
            for child in self._children.values():
                child.tend(now)
            if now - watched >= 1.0:
                self._look_after()
                watched = time.monotonic()
            self._stopped.wait(_TURN)

    def _look_after(self) -> None:
        try:
            self._watch()
        except Exception as trouble:  # noqa: BLE001 # whatever is wrong there, the programs go on being tended
            _log.warning("%s", trouble)
