"""What the tests of followers share: waiting for a condition, many bookings at once, and the digests of all tables."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from application.booking.booking import MakeBooking
from application.people.participant import Participant
from domain.kernel.ids import SeasonId
from infrastructure.event_store.store import Store
from infrastructure.jobs.worker import Worker
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.subscriptions.digest import digests
from tests.samples import Institute


def until(condition: Callable[[], bool], seconds: float = 120.0) -> None:
    """Wait until it holds; fails when that takes far longer than on a busy machine."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.005)


def book_many(institute: Institute, season: SeasonId, number: int, first: int = 0) -> int:
    """So many paid bookings, each by a person of its own; the position of the last."""
    position = 0
    for no in range(first, first + number):
        participant = Participant(name=f"Person {no}", email=f"person{no}@x.example")
        command = MakeBooking(season, (participant,), institute.acme)
        position = institute.services.bookings.make(institute.admin, command, key=f"many-{no}").position
    return position


def all_digests(store: Store) -> dict[str, str]:
    """The digest of every live table."""
    with store.connections.borrow() as connection:
        return {name: value for one in PROJECTIONS for name, value in digests(connection, one).items()}


def count(store: Store, statement: str) -> int:
    """The one number that a question answers with."""
    [(number,)] = store.recorder.query(statement, [])
    return int(number)


@contextmanager
def running(*workers: Worker) -> Iterator[list[BaseException]]:
    """Workers at work, each in a thread, while the block lasts; the list holds what they died of."""
    stop, deaths = threading.Event(), list[BaseException]()

    def run(worker: Worker) -> None:
        try:
            worker.run(stop)
        except BaseException as error:  # noqa: BLE001  # what a worker dies of is what the tests look at
            deaths.append(error)

    threads = [threading.Thread(target=run, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    try:
        yield deaths
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=60)


def kill_backends(store: Store, chosen: str) -> None:
    """Cut off connections to this database, chosen by a condition on pg_stat_activity."""
    with store.connections.dedicated() as connection:
        connection.execute(
            f"select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
            f"and pid <> pg_backend_pid() and {chosen}".encode()
        )
