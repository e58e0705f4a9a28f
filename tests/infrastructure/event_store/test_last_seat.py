"""The last seat is sold once, however many reach for it; and the test sees it when what guards it is taken out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from domain.booking.seating import SeatsShort
from infrastructure.event_store.decisions import StoreDecisions
from infrastructure.event_store.recorder import Conflict, Recorder
from infrastructure.event_store.store import Store
from infrastructure.event_store.throughput.cached_streams import CachedStreams
from infrastructure.event_store.write_batch import WriteBatch
from infrastructure.postgres.connections import Connection
from tests.infrastructure.log_of_tests import Seated, all_at_once, open_seating, opened_store, take_seat

CLIENTS = 50


class NothingGuardsTheSeat(Recorder):
    """Writes at the next free version whatever anybody decided meanwhile."""

    def append(self, batch: WriteBatch, connection: Connection | None = None) -> int:
        while True:
            try:
                return super().append(batch, connection)
            except Conflict:
                batch.events = [one._replace(originator_version=one.originator_version + 1) for one in batch.events]


def sold_in_a_round(store: Store, queue: bool) -> int:
    seating = open_seating(store, seats=1)
    came_of_it = all_at_once(CLIENTS, lambda _: take_seat(store, seating, queue=queue).answer)
    assert [one for one in came_of_it if not isinstance(one, Seated | SeatsShort)] == []
    return len([one for one in came_of_it if isinstance(one, Seated)])


def reach(stores: tuple[Store, Store], seating: UUID, which: int) -> Seated:
    return take_seat(stores[which % 2], seating).answer


def test_the_last_seat_is_sold_once(store: Store) -> None:
    assert [sold_in_a_round(store, queue=True) for _ in range(20)] == [1] * 20


def test_the_last_seat_is_sold_once_without_a_queue(store: Store) -> None:
    assert [sold_in_a_round(store, queue=False) for _ in range(10)] == [1] * 10


def test_two_processes_sell_the_last_seat_once(database_url: str, tmp_path: Path) -> None:
    with opened_store(database_url, tmp_path / "a") as one, opened_store(database_url, tmp_path / "b") as other:
        for _ in range(20):
            seating = open_seating(one, seats=1)
            came_of_it = all_at_once(20, partial(reach, (one, other), seating))
            assert len([seat for seat in came_of_it if isinstance(seat, Seated)]) == 1


def test_without_the_guard_the_seat_is_sold_twice(store: Store) -> None:
    recorder = NothingGuardsTheSeat(store.connections)
    careless = StoreDecisions(recorder, CachedStreams(store.mapper), store.keyring, store.clock)
    unguarded = Store(**{**vars(store), "recorder": recorder, "decisions": careless})

    assert any(sold_in_a_round(unguarded, queue=False) > 1 for _ in range(20))


@pytest.mark.torture
def test_the_last_seat_is_sold_once_a_thousand_times(store: Store) -> None:
    sold = [sold_in_a_round(store, queue=bool(turn % 2)) for turn in range(1000)]
    assert set(sold) == {1}
