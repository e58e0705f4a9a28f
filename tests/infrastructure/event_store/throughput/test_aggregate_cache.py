"""What a process remembers is never older or other than the log, and nobody's decision changes it for another."""

from __future__ import annotations

from dataclasses import is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

from application.kernel.actor import SYSTEM
from application.kernel.ports import UnitOfWork
from application.programme.network import JoinPartner
from domain.booking.seating import Seating
from domain.kernel.ids import BookingId
from domain.programme.network import Network
from domain.programme.season import Season
from infrastructure.event_store.store import Store
from infrastructure.event_store.throughput.aggregate_cache import AggregateCache
from tests.infrastructure.log_of_tests import open_seating, opened_store, seats_left, take_seat
from tests.samples import institute

PLAIN = (str, int, bool, bytes, UUID, date, datetime, Enum, type(None))


def test_what_another_process_records_is_seen_at_once(store: Store, database_url: str, tmp_path: Path) -> None:
    seating = open_seating(store, seats=100)
    with opened_store(database_url, tmp_path / "keys") as another_process:
        for taken in range(0, 60, 2):
            assert take_seat(store, seating).answer.left == 100 - taken - 1
            assert take_seat(another_process, seating).answer.left == 100 - taken - 2
        assert seats_left(store, seating) == seats_left(another_process, seating) == 40


def test_an_older_state_of_the_log_is_believed_and_not_the_memory(store: Store) -> None:
    seating = open_seating(store, seats=100)
    for _ in range(10):
        take_seat(store, seating)
    with store.connections.borrow() as connection:
        connection.execute("delete from event where originator_version > 5")
        connection.execute("delete from snapshot")

    assert seats_left(store, seating) == 96
    assert take_seat(store, seating).answer.left == 95


def test_another_event_in_the_same_place_is_noticed(store: Store) -> None:
    seating = open_seating(store, seats=100)
    take_seat(store, seating)
    assert seats_left(store, seating) == 99
    with store.connections.borrow() as connection:
        connection.execute("update event set position = position + 1 where originator_version = 2")
        connection.execute(
            """update event set state = replace(convert_from(state, 'utf8'), '"seats":1', '"seats":7')::bytea
            where originator_version = 2"""
        )

    assert seats_left(store, seating) == 93


def test_what_a_decision_changes_is_its_own(store: Store) -> None:
    seating = open_seating(store, seats=100)
    seats_left(store, seating)

    def change(work: UnitOfWork) -> int:
        hall = work.load(Seating, seating)
        hall.take(BookingId(work.new_id()), 5)
        hall.queue.append((UUID(int=1), UUID(int=2), 3))  # type: ignore[arg-type]  # any place will do
        return len(hall.queue)

    assert store.decisions.dry_run(SYSTEM, change) == 1
    assert store.decisions.dry_run(SYSTEM, change) == 1
    assert seats_left(store, seating) == 100


def test_what_is_only_read_beside_it_is_not_what_somebody_has_seen(database_url: str) -> None:
    """Else a page that shows the season would wait for read models to know of the network, which it does not show."""
    with institute(database_url) as made:
        season, dry_run = made.conference(), made.house.store.decisions.dry_run

        def season_alone(work: UnitOfWork) -> int:
            work.load(Season, season)
            return work.position

        def with_network(work: UnitOfWork) -> int:
            work.load(Network, work.load(Season, season).network_id)
            return work.position

        before = dry_run(made.admin, season_alone)
        network_id = dry_run(made.admin, lambda work: work.load(Season, season).network_id)
        joined = made.services.networks.join_partner(made.admin, JoinPartner(network_id, made.delta))
        assert dry_run(made.admin, season_alone) == before < joined.position
        assert dry_run(made.admin, with_network) == joined.position


def test_a_season_that_is_remembered_is_read_together_with_its_network(database_url: str) -> None:
    with institute(database_url) as made:
        store, season = made.house.store, made.conference()

        def look(work: UnitOfWork) -> str:
            network_id = work.load(Season, season).network_id
            with store.connections.borrow() as connection:
                connection.execute("delete from event where originator_id = %s", [network_id])
            return work.load(Network, network_id).name

        store.decisions.dry_run(made.admin, lambda work: work.load(Season, season).title)
        assert store.decisions.dry_run(made.admin, look)


def test_the_memory_stays_small() -> None:
    memory = AggregateCache(most=3)
    season, kept = UUID(int=1), []
    for number in range(5):
        seating = Seating(season, season, seats=1)  # type: ignore[arg-type]  # any ids will do
        vars(seating)["_id"] = UUID(int=number)
        memory.keep(seating, number, 0)
        kept.append(UUID(int=number))

    assert [memory.get(Seating, one) is not None for one in kept] == [False, False, True, True, True]
    assert memory.get(Season, kept[-1]) is None


def test_only_lists_sets_and_dictionaries_of_an_aggregate_can_change(database_url: str) -> None:
    with institute(database_url) as made:
        season = made.conference()
        person = made.person("Anna", made.acme)

        def look(work: UnitOfWork) -> list[object]:
            loaded = [work.load(Season, season), work.find(Seating, season)]
            return [vars(one) for one in loaded if one is not None] + [person]

        for attributes in made.house.store.decisions.dry_run(made.admin, look):
            refuse_hidden_holders(attributes)


def refuse_hidden_holders(value: Any) -> None:
    match value:
        case dict():
            for held in value.values():
                refuse_hidden_holders(held)
        case list() | set() | frozenset() | tuple():
            for held in value:
                refuse_hidden_holders(held)
        case _ if is_dataclass(value):
            assert value.__dataclass_params__.frozen, type(value)  # type: ignore[union-attr]  # every dataclass has them
            for held in vars(value).values():
                assert not isinstance(held, dict | list | set), type(value)
                refuse_hidden_holders(held)
        case _:
            assert isinstance(value, PLAIN), type(value)
