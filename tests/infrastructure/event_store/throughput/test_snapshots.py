"""A snapshot is the fold of the whole stream, is never older than the rules that made it, and forgets with the keys."""

from __future__ import annotations

import inspect
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.kernel.actor import SYSTEM
from application.kernel.ports import CommandContext, UnitOfWork
from domain.billing.number_series import NumberSeries
from domain.booking.seating import Seating
from domain.booking.waiting_list import WaitingList
from domain.kernel.aggregate import Aggregate
from domain.kernel.ids import BookingId, OrganiserId, PersonId
from infrastructure.event_store.statements import STREAMS
from infrastructure.event_store.store import Store
from infrastructure.event_store.throughput.cached_streams import PIECE, CachedStreams
from infrastructure.event_store.throughput.snapshots import SnapshotCodec, snapshot_codec
from infrastructure.postgres.columns import Uuids
from infrastructure.serialization.aggregates import AGGREGATES
from infrastructure.serialization.event_mapper import Fact, FactRow
from tests.infrastructure.log_of_tests import open_seating, opened_store, seats_left, take_seat

MORE_DRAWN = """
insert into event
(originator_id, originator_version, position, topic, state, recorded_at, actor, command_id, organiser_id)
select originator_id, v, position + v - %s, topic,
replace(convert_from(state, 'utf8'), '"number":' || %s - 1, '"number":' || v - 1)::bytea,
recorded_at, actor, command_id, organiser_id
from event, generate_series(%s + 1, %s) as v where originator_id = %s and originator_version = %s"""


def folded(store: Store, aggregate_id: UUID) -> Aggregate | None:
    aggregate: Aggregate | None = None
    for row in store.recorder.query(STREAMS, [Uuids([aggregate_id])]):
        fact: Fact = store.mapper.decode(FactRow(*row))
        aggregate = fact.mutate(aggregate)
    return aggregate


def snapshots(store: Store) -> dict[UUID, int]:
    return dict(store.recorder.query("select originator_id, originator_version from snapshot", []))


def a_series(store: Store, last: int, snapshot_at: int | None) -> UUID:
    """A series of so many events, of which the log alone knows, or a snapshot of the first ones as well."""

    def decision(work: UnitOfWork, length: int) -> UUID:
        series = NumberSeries(OrganiserId(uuid4()), "invoice", 1)
        for _ in range(length - 1):
            series.draw(uuid4())
        work.add(series)
        return series.id

    first = snapshot_at or 2
    series = store.decisions.execute(CommandContext(SYSTEM), UUID, lambda work: decision(work, first)).answer
    with store.connections.borrow() as connection:
        connection.execute("delete from snapshot where %s::int8 is null", [snapshot_at])
        connection.execute(MORE_DRAWN, [first, first, first, last, series, first])
    return series


def stir(work: UnitOfWork, seating: UUID, chance: random.Random) -> None:
    hall = work.load(Seating, seating)
    match chance.randrange(4):
        case 0:
            hall.join_queue(uuid4(), PersonId(uuid4()), 100)
        case 1 if hall.queue:
            hall.leave_queue(chance.choice(hall.queue)[0])
        case 2 if hall.taken:
            hall.release(BookingId(uuid4()), 1)
        case _:
            hall.add_seats(1, work.now)


def test_what_is_loaded_from_a_snapshot_is_the_whole_fold(store: Store) -> None:
    seating, chance = open_seating(store, seats=40), random.Random(1)
    for turn in range(130):
        order = CommandContext(SYSTEM, serial=(seating,))
        store.decisions.execute(order, type(None), lambda work: stir(work, seating, chance))
        if turn % 10 == 0:
            loaded = store.decisions.dry_run(SYSTEM, lambda work: work.load(Seating, seating))
            assert loaded == folded(store, seating)

    assert snapshots(store)[seating] > 100


def test_one_large_decision_leaves_a_snapshot_as_well(store: Store) -> None:
    def decision(work: UnitOfWork) -> UUID:
        series = NumberSeries(OrganiserId(uuid4()), "invoice", 1)
        for _ in range(60):
            series.draw(uuid4())
        work.add(series)
        return series.id

    series = store.decisions.execute(CommandContext(SYSTEM), UUID, decision).answer

    assert snapshots(store) == {series: 61}
    assert store.decisions.dry_run(SYSTEM, lambda work: work.load(NumberSeries, series)) == folded(store, series)


@pytest.mark.parametrize("spoiled", ["shape = 'Seating of other rules'", "state = '{}'", "state = 'broken'"])
def test_a_snapshot_that_does_not_fit_is_not_used_and_is_replaced(
    store: Store, database_url: str, tmp_path: Path, spoiled: str
) -> None:
    seating = open_seating(store, seats=100)
    for _ in range(30):
        take_seat(store, seating)
    with store.connections.borrow() as connection:
        connection.execute(f"update snapshot set {spoiled}".encode())

    with opened_store(database_url, tmp_path / "keys") as another_process:
        assert seats_left(another_process, seating) == 70
        take_seat(another_process, seating)
        assert seats_left(another_process, seating) == 69
        assert snapshots(another_process)[seating] == 32


@pytest.mark.parametrize("snapshot_at", [None, 30])
@pytest.mark.parametrize("last", [PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 1, 2 * PIECE + 500])
def test_a_long_past_is_never_held_whole(store: Store, last: int, snapshot_at: int | None) -> None:
    """After the rules of number series have changed, the first to draw reads all that was ever drawn."""
    series = a_series(store, last, snapshot_at)
    reader, pieces = CachedStreams(store.mapper), list[int]()

    def query(statement: str | bytes, arguments: Sequence[Any]) -> list[tuple[Any, ...]]:
        rows = store.recorder.query(statement, arguments)
        pieces.append(len(rows))
        return rows

    for _ in range(2):
        streams, _ = reader.read({series: NumberSeries}, [], query)
        aggregate = streams[series].start()
        for event in streams[series].events:
            aggregate = event.mutate(aggregate)
        assert aggregate == folded(store, series)
        assert streams[series].position == store.recorder.query("select max(position) from event", [])[0][0]
    assert max(pieces) <= PIECE + 1


@pytest.mark.parametrize("kind", [kind for kind in AGGREGATES if kind.SNAPSHOT_EVERY], ids=lambda kind: kind.__name__)
def test_every_attribute_of_a_kept_aggregate_has_a_type(kind: type[Aggregate]) -> None:
    assert snapshot_codec(kind) is not None


def test_other_rules_of_a_part_fold_the_stream_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A seating's waiting list stands in a file of its own; what a snapshot keeps of it is by that file's rules."""
    before, source_of = SnapshotCodec(Seating).shape, inspect.getsource
    changed = WaitingList.__module__
    monkeypatch.setattr(
        inspect, "getsource", lambda module: source_of(module) + ("# changed" if module.__name__ == changed else "")
    )
    assert SnapshotCodec(Seating).shape != before
