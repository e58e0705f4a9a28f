"""A rebuild: beside the live tables, in one moment in their place, the same to the byte, and nobody notices."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from application.kernel.actor import SYSTEM
from application.people.organiser import FoundOrganiser
from domain.kernel.errors import PlatsError
from domain.kernel.ids import SeasonId
from infrastructure.kernel.settings import Settings
from infrastructure.postgres.advisory_lock import AdvisoryLock
from infrastructure.read_models.catalogue import PROJECTIONS, projections_named
from infrastructure.read_models.kernel.projection import NEXT
from infrastructure.subscriptions import parallel_replay
from infrastructure.subscriptions.checkpoints import Checkpoints, ReadModelIsNewer
from infrastructure.subscriptions.log import END, Log, LogPiece
from infrastructure.subscriptions.rebuild import Rebuild, RebuildUnderWay
from infrastructure.subscriptions.verify import Verification
from tests.infrastructure.followers import all_digests, book_many, count, running
from tests.samples import Institute
from web.commands.rebuild import command
from web.wiring import build

SCHEMAS = f"select count(*) from pg_namespace where right(nspname, {len(NEXT)}) = '{NEXT}'"


def test_each_read_model_alone_is_made_again_the_same(institute: Institute) -> None:
    season = institute.conference()
    book_many(institute, season, 5)
    institute.catch_up()
    store = institute.house.store
    live = all_digests(store)

    for one in PROJECTIONS:
        events = Rebuild(store, [one]).run()
        assert events == count(store, "select count(*) from event")

    assert all_digests(store) == live
    institute.catch_up()
    assert all_digests(store) == live
    assert count(store, SCHEMAS) == 0


def test_what_was_changed_by_hand_is_put_right(institute: Institute) -> None:
    season = institute.conference()
    book_many(institute, season, 3)
    institute.catch_up()
    store = institute.house.store
    live = all_digests(store)
    with store.connections.borrow() as connection:
        connection.execute("delete from booking.seat")
        connection.execute("update invoice.account set paid = 1")
    assert all_digests(store) != live

    Rebuild(store, projections_named("all")).run()

    assert all_digests(store) == live


def test_a_long_log_is_taken_in_by_several_processes_to_the_same_byte(
    institute: Institute, monkeypatch: pytest.MonkeyPatch
) -> None:
    season = institute.conference()
    book_many(institute, season, 5)
    institute.catch_up()
    store = institute.house.store
    live, asked = all_digests(store), list[int]()
    monkeypatch.setattr(parallel_replay, "LONG", 1)
    monkeypatch.setattr(parallel_replay, "cores", lambda: 2)

    events = Rebuild(store, PROJECTIONS).run(asked.append)

    assert events == count(store, "select count(*) from event") and asked == [events]
    assert all_digests(store) == live and Verification(store).run().ok


def test_what_processes_of_a_killed_rebuild_still_write_is_waited_for(institute: Institute) -> None:
    with institute.house.store.connections.borrow() as connection:
        connection.execute("select pg_advisory_lock_shared(%s)", [AdvisoryLock.REBUILD_PROCESSES])
        with pytest.raises(RebuildUnderWay):
            Rebuild(institute.house.store, PROJECTIONS).run()
        connection.execute("select pg_advisory_unlock_shared(%s)", [AdvisoryLock.REBUILD_PROCESSES])


SEATS = 5000


class Traffic:
    """Somebody books and somebody reads, each as fast as they can, until it is over or every seat is booked."""

    def __init__(self, institute: Institute, season: SeasonId, booked: int) -> None:
        self.institute, self.season, self.booked = institute, season, booked
        self.over, self.troubles, self.seen = threading.Event(), list[Exception](), 0

    def read(self) -> None:
        """The list of bookings and the roster are always there, and nobody who was on it is missing."""
        services, admin = self.institute.services, self.institute.admin
        while not self.over.is_set():
            try:
                assert services.booking_questions.all(admin, limit=200).items
                listed = len(services.rosters.of(admin, self.season))
                assert listed >= self.seen
            except Exception as error:  # noqa: BLE001  # it is what the test is about
                self.troubles.append(error)
                return
            self.seen = listed

    def write(self) -> None:
        while self.booked < SEATS and not self.over.is_set():
            book_many(self.institute, self.season, 1, first=self.booked)
            self.booked += 1


def test_nobody_notices_a_rebuild(institute: Institute) -> None:
    season, store = institute.conference(seats=SEATS), institute.house.store
    book_many(institute, season, 50)
    institute.catch_up()
    traffic = Traffic(institute, season, booked=50)
    with running(institute.house.worker) as deaths:
        threads = [threading.Thread(target=each) for each in (traffic.read, traffic.write)]
        for thread in threads:
            thread.start()
        for _ in range(4):
            Rebuild(store, PROJECTIONS).run()
        traffic.over.set()
        for thread in threads:
            thread.join()
    assert (deaths, traffic.troubles) == ([], [])
    assert 50 < traffic.seen <= traffic.booked
    institute.catch_up()
    verified = Verification(store).run()
    assert verified.ok, verified


def test_a_rebuild_goes_up_to_where_the_log_ended_and_never_runs_after_those_who_go_on_booking(
    institute: Institute, monkeypatch: pytest.MonkeyPatch
) -> None:
    book_many(institute, institute.conference(), 3)
    ends, read = list[int](), Log.read

    def read_and_tell(log: Log, position: int, limit: int, until: int = END, **of: Any) -> LogPiece:
        ends.append(until)
        return read(log, position, limit, until, **of)

    monkeypatch.setattr(Log, "read", read_and_tell)
    Rebuild(institute.house.store, PROJECTIONS).run()

    assert ends and END not in ends


def test_a_rebuild_that_was_interrupted_is_begun_again(institute: Institute) -> None:
    season = institute.conference()
    book_many(institute, season, 3)
    institute.catch_up()
    store = institute.house.store
    live = all_digests(store)
    with store.connections.borrow() as connection:
        connection.execute(f"create schema booking{NEXT}".encode())
        connection.execute(f"create table booking{NEXT}.booking (nonsense text)".encode())

    Rebuild(store, projections_named("booking")).run()

    assert (all_digests(store), count(store, SCHEMAS)) == (live, 0)


def test_two_rebuilds_do_not_meet(institute: Institute) -> None:
    institute.catch_up()
    store = institute.house.store
    with store.connections.dedicated() as other:
        other.execute("select pg_advisory_lock(%s)", [AdvisoryLock.MAKING_READ_MODELS])
        with pytest.raises(RebuildUnderWay):
            Rebuild(store, PROJECTIONS).run()


def test_tables_that_are_there_are_asked_for_also_while_others_are_made(institute: Institute) -> None:
    institute.catch_up()
    connections = institute.house.store.connections
    with connections.dedicated() as other:
        other.execute("select pg_advisory_lock(%s)", [AdvisoryLock.MAKING_READ_MODELS])
        Checkpoints(connections, PROJECTIONS).make_missing()


def test_read_models_of_a_newer_version_are_left_alone(institute: Institute) -> None:
    institute.catch_up()
    older = [replace(PROJECTIONS[0], version=0)]
    with pytest.raises(ReadModelIsNewer):
        Checkpoints(institute.house.store.connections, older).missing()


def test_the_first_question_finds_empty_tables_and_not_an_error(database_url: str, tmp_path: Path) -> None:
    house = build(database_url, Settings.read({"PLATS_HOME": str(tmp_path)}))
    try:
        house.services.organisers.found(SYSTEM, FoundOrganiser("Institutet", "institutet", "556036-0793"))
        assert house.services.programme.organisers() == ()
        assert house.services.freshness.position() == 0
        house.worker.catch_up()
        assert len(house.services.programme.organisers()) == 1
    finally:
        house.close()


def test_a_read_model_that_there_is_not_is_named(institute: Institute) -> None:
    result = CliRunner().invoke(command, ["ledgers"])

    assert isinstance(result.exception, PlatsError)
    assert "There is no read model 'ledgers'. There are: programme, season," in str(result.exception)
