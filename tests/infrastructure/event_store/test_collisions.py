"""Who meets others waits or tries again; nobody is sent away because others were first some times in a row."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from uuid import UUID

import pytest

from application.kernel.ports import Busy
from infrastructure.event_store.recorder import Conflict
from infrastructure.event_store.store import Store
from infrastructure.event_store.throughput.group_commit import lock_key
from infrastructure.event_store.write_batch import WriteBatch
from infrastructure.postgres.connections import Connection, ConnectionLost
from infrastructure.postgres.retry import Backoff, with_retries
from tests.infrastructure.followers import count, until
from tests.infrastructure.log_of_tests import Seated, all_at_once, open_seating, opened_store, seats_left, take_seat

WAITS_AT_THE_GATE = """
select count(*) from pg_locks where locktype = 'advisory' and mode = 'ShareLock' and not granted
and database = (select oid from pg_database where datname = current_database())"""


class SomebodyIsFirst:
    """Stands in for others who record first, so many times in a row."""

    def __init__(self, store: Store, times: int) -> None:
        self.append, self.times = store.recorder.append, times

    def __call__(self, batch: WriteBatch, connection: Connection | None = None) -> int:
        if self.times:
            self.times -= 1
            raise Conflict("event_pkey")
        return self.append(batch, connection)


def test_who_has_locked_nothing_waits_for_who_has(store: Store, database_url: str, tmp_path: Path) -> None:
    seating = open_seating(store, seats=5)
    came_of_it: list[Seated] = []
    late = threading.Thread(target=lambda: came_of_it.append(take_seat(store, seating).answer))
    with opened_store(database_url, tmp_path / "keys") as other, other.connections.dedicated() as holder:
        holder.execute("begin")
        holder.execute("select pg_advisory_xact_lock(%s)", [lock_key(seating)])
        late.start()
        until(lambda: count(other, WAITS_AT_THE_GATE) == 1)
        first = take_seat(other, seating, queue=False).answer
        assert (came_of_it, first.left) == ([], 4)
        holder.execute("commit")
    late.join()

    assert [each.left for each in came_of_it] == [3]


@pytest.mark.parametrize("queue", [True, False])
def test_who_meets_others_twenty_times_in_a_row_still_gets_a_seat(store: Store, queue: bool) -> None:
    seating = open_seating(store, seats=5)
    store.recorder.append = SomebodyIsFirst(store, times=20)  # type: ignore[method-assign]  # the others are planted

    assert take_seat(store, seating, queue=queue).answer.left == seats_left(store, seating) == 4


def test_of_sixteen_without_a_queue_everybody_gets_a_seat(store: Store) -> None:
    seating = open_seating(store, seats=200)

    came_of_it = all_at_once(16, lambda _: ten_seats(store, seating))

    assert came_of_it == [10] * 16
    assert seats_left(store, seating) == 200 - 160


def ten_seats(store: Store, seating: UUID) -> int:
    return len([take_seat(store, seating, queue=False) for _ in range(10)])


def test_trying_again_ends_and_says_what_it_had_met() -> None:
    backoff = Backoff(seconds=0.05)

    with pytest.raises(Busy, match=r"tried \d+ times in 0\.\d s; at last: Conflict: event_pkey"):
        for _ in range(10_000):
            backoff.pause(Conflict("event_pkey"))


def test_a_question_is_asked_again_when_the_connection_broke() -> None:
    broken = [ConnectionLost("cut")] * 3

    def question() -> float:
        if broken:
            raise broken.pop()
        return time.monotonic()

    assert with_retries(question) > 0
    assert broken == []
