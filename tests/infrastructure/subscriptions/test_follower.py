"""A follower of the log misses nothing, however writers race, stall and give up; and the test sees it if one would."""

from __future__ import annotations

import logging
import random
import threading
import time
from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID, uuid4

import pytest

from infrastructure.event_store.store import Store
from infrastructure.event_store.write_batch import NewEvent, WriteBatch
from infrastructure.postgres.notifier import CHANNEL
from infrastructure.serialization.event_mapper import Entry
from infrastructure.subscriptions.chain import Chaining, look_through
from infrastructure.subscriptions.log import END, Log
from tests.infrastructure.log_of_tests import open_seating, readable, take_seat

WRITERS = 8


class ReadsWhateverIsThere(Log):
    """Follows without minding who is still under way."""

    NEXT: ClassVar[str] = Log.NEXT.replace("and position < position_watermark()", "")


MANY = 100
"""Events that are recorded at least, however slow the machine is."""


class Race:
    """Writers that stall within their transactions and sometimes give up, and a follower that reads beside them."""

    def __init__(self, store: Store, log: Log, seconds: float, seed: int, patience: float) -> None:
        self.recorder, self.log = store.recorder, log
        self.until, self.seed = time.monotonic() + seconds, seed
        self.patience = patience
        self.committed: set[tuple[UUID, int]] = set()
        self.seen: list[tuple[UUID, int]] = []
        self.position = 0

    def run(self) -> None:
        writers = [threading.Thread(target=self.write, args=(random.Random(self.seed + n),)) for n in range(WRITERS)]
        for writer in writers:
            writer.start()
        while any(writer.is_alive() for writer in writers):
            self.read()
        for writer in writers:
            writer.join()
        self.read_to_the_end()

    def read(self) -> None:
        for entry in self.log.after(self.position, 200):
            self.seen.append((entry.event.originator_id, entry.event.originator_version))
            self.position = entry.position

    def read_to_the_end(self) -> None:
        """Others in the cluster may hold the watermark back; what was missed is not seen however long one waits."""
        until = time.monotonic() + self.patience
        while self.missed and time.monotonic() < until:
            self.read()

    def write(self, chance: random.Random) -> None:
        version, stream = 0, uuid4()
        while time.monotonic() < self.until or len(self.committed) <= MANY:
            number = chance.choice([1, 1, 1, 3, 20])
            events = [new_event(stream, version + 1 + n) for n in range(number)]
            with self.recorder.connections.borrow() as connection:
                connection.execute("begin")
                self.recorder.append(WriteBatch(events=events), connection)
                time.sleep(chance.choice([0, 0, 0, 0.001, 0.02]))
                if chance.random() < 0.1:
                    connection.execute("rollback")
                    continue
                connection.execute("commit")
            version += number
            self.committed |= {(stream, event.originator_version) for event in events}

    @property
    def missed(self) -> int:
        return len(self.committed - set(self.seen))

    @property
    def is_in_order(self) -> bool:
        last: dict[UUID, int] = {}
        for stream, version in self.seen:
            if version != last.get(stream, 0) + 1:
                return False
            last[stream] = version
        return True


def new_event(stream: UUID, version: int) -> NewEvent:
    return NewEvent(stream, version, "Seating.SeatsAdded", b'{"seats":1}', datetime.now(UTC), "race", uuid4())


def race(store: Store, seconds: float, patience: float = 20.0, log: type[Log] = Log) -> Race:
    """By the very statement that the worker reads with."""
    seed = random.randrange(10**6)
    logging.getLogger(__name__).warning("seed %d", seed)
    one = Race(store, log(store.recorder, store.mapper), seconds, seed, patience)
    one.run()
    return one


def test_a_follower_misses_nothing(store: Store) -> None:
    run = race(store, seconds=4)

    assert (run.missed, len(run.seen) - len(set(run.seen)), run.is_in_order) == (0, 0, True)


def test_a_follower_that_minds_nobody_misses_events(store: Store) -> None:
    def missed() -> int:
        return race(store, seconds=3, patience=0.5, log=ReadsWhateverIsThere).missed

    assert any(missed() for _ in range(10))


@pytest.mark.torture
def test_a_follower_misses_nothing_in_two_minutes(store: Store) -> None:
    run = race(store, seconds=120)

    assert (run.missed, len(run.seen) - len(set(run.seen)), run.is_in_order) == (0, 0, True)


def test_a_follower_reads_between_bounds(store: Store) -> None:
    seating = open_seating(store, seats=9)
    second = take_seat(store, seating).position
    third = take_seat(store, seating).position
    assert len(readable(store, third)) == 1

    log = Log(store.recorder, store.mapper)
    assert [entry.topic for entry in log.after(0, 1)] == ["Seating.Opened"]
    assert [entry.position for entry in log.after(second, 10, third)] == [third] == [log.head()]
    assert log.after(third, 10) == []


def test_the_chain_misses_nothing_either(store: Store) -> None:
    """Links made while writers stall and give up hold every event, in order."""

    class Chains(Log):
        def after(self, position: int, limit: int, until: int = END) -> list[Entry]:
            Chaining(store).turn()
            return super().after(position, limit, until)

    assert race(store, seconds=2, log=Chains).missed == 0
    while Chaining(store).turn():
        pass
    with store.connections.borrow() as connection:
        found = look_through(connection, store.keyring.chain_key())
    assert (found.faults, found.waiting) == ((), 0) and found.events >= MANY


def test_a_position_says_where_the_last_event_of_a_decision_stands(store: Store) -> None:
    recorded = take_seat(store, open_seating(store, seats=9))

    [fact] = readable(store, recorded.position)
    assert fact.position == recorded.position


def test_followers_are_woken_after_the_commit(store: Store) -> None:
    seating = open_seating(store, seats=9)
    with store.connections.dedicated() as listener:
        listener.execute(f"listen {CHANNEL}")
        take_seat(store, seating)
        woken = list(listener.notifies(timeout=60, stop_after=1))
    assert len(woken) == 1
