"""What the tests of the event store share: commands in plain words on a seating, and many threads at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

from application.kernel.actor import SYSTEM, Actor
from application.kernel.ports import CommandContext, Committed, UnitOfWork
from domain.booking.seating import Seating
from domain.kernel.ids import BookingId, OrganiserId, SeasonId
from infrastructure.event_store.store import Store, open_store
from infrastructure.serialization.event_mapper import Entry
from infrastructure.subscriptions.log import Log
from tests.clock import FixedClock

T = TypeVar("T")


@dataclass(frozen=True)
class Seated:
    """Somebody has a seat, and so many are left."""

    booking_id: UUID
    left: int


@contextmanager
def opened_store(database_url: str, keys: Path) -> Iterator[Store]:
    store = open_store(database_url, keys, FixedClock())
    try:
        yield store
    finally:
        store.close()


def open_seating(store: Store, seats: int) -> UUID:
    def decision(work: UnitOfWork) -> UUID:
        seating = Seating(OrganiserId(uuid4()), SeasonId(uuid4()), seats)
        work.add(seating)
        return seating.id

    return store.decisions.execute(CommandContext(SYSTEM), UUID, decision).answer


def take_seat(
    store: Store, seating: UUID, key: str | None = None, *, actor: Actor = SYSTEM, content: str = "", queue: bool = True
) -> Committed[Seated]:
    def decision(work: UnitOfWork) -> Seated:
        hall = work.load(Seating, seating)
        booking = BookingId(work.new_id())
        hall.take(booking, 1)
        return Seated(booking, hall.left_at(work.now))

    serial = (seating,) if queue else ()
    order = CommandContext(actor, key=key, content=content, serial=serial, needs=((Seating, seating),))
    return store.decisions.execute(order, Seated, decision)


def seats_left(store: Store, seating: UUID) -> int:
    return store.decisions.dry_run(SYSTEM, lambda work: work.load(Seating, seating).left_at(work.now))


def readable(store: Store, position: int) -> list[Entry]:
    """The log from there on, once a follower may read so far: anybody's transaction in the cluster may delay it."""
    until = time.monotonic() + 60
    log = Log(store.recorder, store.mapper)
    while log.head() < position and time.monotonic() < until:
        time.sleep(0.002)
    return log.after(position - 1, 10)


def all_at_once(number: int, each: Callable[[int], T]) -> list[T | Exception]:
    """Run it in so many threads that start together; what each returned or raised."""
    came_of_it: list[T | Exception] = [RuntimeError("did not end")] * number
    start = threading.Barrier(number)

    def run(which: int) -> None:
        start.wait()
        try:
            came_of_it[which] = each(which)
        except Exception as error:  # noqa: BLE001  # it is what the test is about
            came_of_it[which] = error

    threads = [threading.Thread(target=run, args=(which,)) for which in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came_of_it
