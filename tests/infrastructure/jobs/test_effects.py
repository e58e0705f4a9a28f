"""Effects on several machines: what takes its work row by row runs on all of them, all else on one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from infrastructure.jobs.effects import Effects
from infrastructure.jobs.jobs import Job
from tests.infrastructure.followers import until
from tests.samples import Institute


class OnceOnly:
    """A job that only one process may do at a time."""

    def __init__(self) -> None:
        self.turns = 0

    def turn(self) -> bool:
        self.turns += 1
        return False


class Anywhere(OnceOnly):
    """A job that any number of processes may do."""

    anywhere = True


@contextmanager
def at_work(institute: Institute, *jobs: Job) -> Iterator[threading.Event]:
    stop = threading.Event()
    thread = threading.Thread(target=Effects(institute.house.store, jobs).run, args=[stop])
    thread.start()
    try:
        yield stop
    finally:
        stop.set()
        thread.join(timeout=60)


def test_one_does_what_only_one_may_do_and_another_takes_over_when_it_ends(institute: Institute) -> None:
    first, second = (OnceOnly(), Anywhere()), (OnceOnly(), Anywhere())
    with at_work(institute, *first) as stop:
        until(lambda: first[0].turns > 0 and first[1].turns > 0)
        with at_work(institute, *second):
            until(lambda: second[1].turns > 1)
            assert second[0].turns == 0
            stop.set()
            until(lambda: second[0].turns > 0)
