"""Connections break, backends are killed and processes fork, and every decision is still recorded exactly once."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest

from application.kernel.actor import SYSTEM
from application.kernel.ports import Busy, CommandContext, UnitOfWork
from domain.booking.seating import Seating
from domain.kernel.ids import BookingId
from infrastructure.event_store.store import Store
from infrastructure.event_store.write_batch import WriteBatch
from infrastructure.postgres.connections import Connection, ConnectionLost
from tests.infrastructure.log_of_tests import all_at_once, open_seating, opened_store, readable, seats_left, take_seat


class BreaksAfterCommit:
    """Stands in for a network that fails when the commit has been made: the acknowledgement is lost, once."""

    def __init__(self, store: Store) -> None:
        self.store, self.append, self.broke = store, store.recorder.append, 0

    def __call__(self, batch: WriteBatch, connection: Connection | None = None) -> int:
        position = self.append(batch, connection)
        if not self.broke and connection is not None:
            self.broke += 1
            if connection.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS:
                connection.execute("commit")
            connection.close()
            raise ConnectionLost("cut")
        return position


@pytest.mark.parametrize("key", ["k", None])
def test_a_lost_acknowledgement_records_nothing_twice(store: Store, key: str | None) -> None:
    seating = open_seating(store, seats=5)
    breaking = BreaksAfterCommit(store)
    store.recorder.append = breaking  # type: ignore[method-assign]  # the fault is planted here

    answer = take_seat(store, seating, key=key)

    assert breaking.broke == 1
    assert answer.answer.left == seats_left(store, seating) == 4
    stored = readable(store, answer.position)
    assert [getattr(fact.event, "booking_id", None) for fact in stored] == [answer.answer.booking_id]


def test_a_backend_that_is_killed_under_a_decision_costs_nobody_anything(store: Store) -> None:
    seating = open_seating(store, seats=5)

    def decision(work: UnitOfWork) -> int:
        hall = work.load(Seating, seating)
        if not killed:
            killed.append(True)
            with store.connections.dedicated() as other:
                other.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity "
                    "where datname = current_database() and pid <> pg_backend_pid()"
                )
        hall.take(BookingId(work.new_id()), 1)
        return hall.left_at(work.now)

    killed: list[bool] = []
    assert store.decisions.execute(CommandContext(SYSTEM, key="k"), int, decision).answer == 4
    assert seats_left(store, seating) == 4


def test_a_forked_child_makes_its_own_connections(database_url: str, tmp_path: Path) -> None:
    with opened_store(database_url, tmp_path / "keys") as store:
        seating = open_seating(store, seats=1000)
        ours = [take_seat(store, seating, key=f"parent {n}").answer.left for n in range(5)]
        child = os.fork()
        if child == 0:
            try:
                theirs = [take_seat(store, seating, key=f"child {n}").answer.left for n in range(50)]
                os._exit(0 if len(set(theirs)) == 50 else 1)
            finally:
                os._exit(2)
        ours += [take_seat(store, seating, key=f"parent {n}").answer.left for n in range(5, 55)]
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert len(set(ours)) == 55
        assert seats_left(store, seating) == 1000 - 105


def test_after_a_restart_nobody_meets_a_connection_that_the_old_server_has_left(store: Store) -> None:
    seating = open_seating(store, seats=50)
    all_at_once(8, lambda which: take_seat(store, seating, key=f"before {which}"))

    with store.connections.dedicated() as other:
        other.execute(
            "select pg_terminate_backend(pid, 10000) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )
    for _ in range(16):
        with store.connections.borrow() as connection:
            assert connection.execute("select 1").fetchall() == [(1,)]

    assert seats_left(store, seating) == 42


def test_an_error_of_the_connection_comes_to_whoever_borrowed_it_as_a_refusal_that_may_be_tried_again(
    store: Store,
) -> None:
    with pytest.raises(Busy), store.connections.borrow() as connection:
        connection.execute("begin")
        connection.execute("set local statement_timeout = 1")
        connection.execute("select pg_sleep(10)")
    with pytest.raises(ConnectionLost), store.connections.borrow() as connection:
        connection.close()
        connection.execute("select 1")
    with pytest.raises(ConnectionLost), store.connections.borrow() as connection:
        connection.execute("begin")
        connection.execute("set transaction read only")
        connection.execute("create table nobody_may (id int)")
    with store.connections.borrow() as connection:
        assert connection.execute("show statement_timeout").fetchall() == [("10s",)]


@pytest.mark.parametrize("queue", [True, False])
def test_a_server_that_has_become_a_standby_is_left_for_another(store: Store, queue: bool) -> None:
    seating = open_seating(store, seats=20)
    with store.connections.borrow() as connection:
        connection.execute("set default_transaction_read_only = on")  # as it is said by whoever only follows another
        standby = connection.info.backend_pid

    for which in range(12):  # as many as it takes until each connection has had its turn
        take_seat(store, seating, key=f"{which}", queue=queue)

    assert seats_left(store, seating) == 20 - 12
    assert standby not in {backend_of(store) for _ in range(20)}


def backend_of(store: Store) -> int:
    with store.connections.borrow() as connection:
        return connection.info.backend_pid
