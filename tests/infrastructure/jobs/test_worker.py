"""The worker: follows at once, survives whatever dies, leads alone, and stops loudly at what it must not skip."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from application.automation.policies import Policies, documents
from application.billing.credit_note import CreditNotes
from application.billing.invoice import Invoices
from application.booking.calling_off import CalledOffBookings
from application.kernel.ports import Busy, SeasonBookings
from application.programme.season import CallOffSeason
from domain.booking.booking import Booking
from domain.kernel.ids import BookingId, SeasonId
from infrastructure.event_store.store import Store
from infrastructure.jobs.worker import Worker
from infrastructure.postgres.advisory_lock import AdvisoryLock
from infrastructure.postgres.connections import ConnectionLost
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.table import Change, Table
from infrastructure.read_models.people.shelving import Shelving
from infrastructure.serialization.event_mapper import Entry, UnknownEvent
from infrastructure.subscriptions.broken import PolicyBroken, ProjectionBroken
from infrastructure.subscriptions.log import Log
from infrastructure.subscriptions.projector import Projector
from infrastructure.subscriptions.verify import Verification
from tests.infrastructure.followers import all_digests, book_many, count, kill_backends, running, until
from tests.samples import Institute
from tests.samples import institute as furnished
from tests.scenarios.story import book

ROOT = Path(__file__).parents[3]
INVOICES = "select count(*) from event where topic = 'Invoice.Issued'"
LEADS = f"locktype = 'advisory' and objid = {AdvisoryLock.LEADING}"
LEADERS = f"""select count(*) from pg_locks where {LEADS} and granted
    and database = (select oid from pg_database where datname = current_database())"""


def another(institute: Institute, seasons: SeasonBookings | None = None) -> Worker:
    """One more worker on the same database, perhaps with something else to ask which bookings a season has."""
    store, models = institute.house.store, institute.house.models
    of_season = seasons or models.booking
    decisions = store.decisions
    called_off = CalledOffBookings(decisions)
    policies = Policies(documents(Invoices(decisions), CreditNotes(decisions), called_off, of_season))
    return Worker(store, models, policies)


def counted(store: Store, statement: str) -> int | None:
    """The number, or None where our own connection was cut off as well."""
    with suppress(ConnectionLost):
        return count(store, statement)
    return None


def poison(store: Store) -> None:
    """Record a fact of a later version."""
    with store.connections.borrow() as connection:
        connection.execute(
            "insert into event"
            " (originator_id, originator_version, topic, state, position, recorded_at, actor, command_id)"
            " values (gen_random_uuid(), 1, 'Booking.Annulled', %s, position_here(), now(), 'later', null)",
            [json.dumps({"reason": "misstag"}).encode()],
        )


def test_what_is_recorded_can_soon_be_read_and_is_acted_on(institute: Institute) -> None:
    season = institute.conference()
    with running(institute.house.worker) as deaths:
        position = book_many(institute, season, 3)
        assert institute.services.freshness.wait_for(position, 5.0)
        assert len(institute.services.rosters.of(institute.admin, season)) == 3
        until(lambda: count(institute.house.store, INVOICES) == 3)
    assert deaths == []


def test_waiting_for_what_does_not_come_ends(institute: Institute) -> None:
    institute.catch_up()
    freshness = institute.services.freshness
    here = freshness.position()

    assert freshness.wait_for(here, 0.0)
    assert not freshness.wait_for(here + 1, 0.05)


def test_of_two_workers_one_leads_and_the_other_takes_over(institute: Institute) -> None:
    season = institute.conference()
    store = institute.house.store
    second = another(institute)
    with running(institute.house.worker) as deaths:
        until(lambda: count(store, LEADERS) == 1)
        with running(second) as more_deaths:
            position = book_many(institute, season, 2)
            assert institute.services.freshness.wait_for(position, 5.0)
            assert count(store, LEADERS) == 1
            kill_backends(store, f"pid in (select pid from pg_locks where {LEADS})")
            position = book_many(institute, season, 2, first=2)
            assert institute.services.freshness.wait_for(position, 10.0)
            until(lambda: count(store, LEADERS) == 1)
    until(lambda: count(store, LEADERS) == 0)
    assert (deaths, more_deaths) == ([], [])
    institute.catch_up()
    assert count(store, INVOICES) == 4


def test_a_worker_goes_on_when_the_database_cuts_it_off_again_and_again(institute: Institute) -> None:
    season = institute.conference()
    store = institute.house.store
    with running(institute.house.worker) as deaths:
        for round_no in range(5):
            book_many(institute, season, 5, first=5 * round_no)
            kill_backends(store, "true")
        until(lambda: counted(store, INVOICES) == 25)
    assert deaths == []
    assert Verification(store).run().ok


@pytest.mark.parametrize(
    ("bookings", "kills"), [(120, 3), pytest.param(1500, 25, marks=pytest.mark.torture)], ids=["bounded", "long"]
)
def test_workers_that_are_killed_in_the_middle_leave_nothing_undone_and_nothing_doubled(
    database_url: str, bookings: int, kills: int
) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201  # shown when the test fails
    chance = random.Random(seed)
    with furnished(database_url) as institute:
        season = institute.conference(seats=4 * bookings)
        book_many(institute, season, bookings)
        store, made = institute.house.store, bookings
        for goal in sorted(chance.sample(range(1, bookings - 10), kills)):
            with worker_process(institute, database_url) as process:
                until(partial(has_invoiced, store, goal))
                os.kill(process.pid, signal.SIGKILL)
            if has_invoiced(store, made - 10):  # we were slow, and hardly anything is left to do for the next one
                book_many(institute, season, 20, first=made)
                made += 20
        with worker_process(institute, database_url):
            until(partial(has_invoiced, store, made))
        institute.catch_up()
        verified = Verification(store).run()
        assert verified.ok, verified
        assert count(store, "select count(distinct source_id) from invoice.document") == made


def has_invoiced(store: Store, number: int) -> bool:
    return count(store, INVOICES) >= number


@contextmanager
def worker_process(institute: Institute, database_url: str) -> Iterator[subprocess.Popen[bytes]]:
    """`plats worker` as a process of its own; ended kindly unless the block has killed it."""
    keys = institute.house.store.key_files.folder
    environment = {**os.environ, "DATABASE_URL": database_url, "PLATS_KEYS": str(keys), "PLATS_HOME": str(keys.parent)}
    words = [sys.executable, "-c", "from web.cli import main; main()", "worker"]
    process = subprocess.Popen(words, cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


def test_an_unknown_event_stops_the_worker_and_nothing_before_it_is_lost(institute: Institute) -> None:
    """S78."""
    season = institute.conference()
    book_many(institute, season, 2)
    poison(institute.house.store)
    book_many(institute, season, 1, first=2)

    with running(institute.house.worker) as deaths:
        until(lambda: bool(deaths))

    [death] = deaths
    assert isinstance(death, UnknownEvent)
    assert str(death).startswith("Event 'Booking.Annulled' at position ")
    assert len(institute.services.rosters.of(institute.admin, season)) == 2
    assert institute.services.freshness.position() < death.position


def test_a_mistake_in_a_projection_names_the_event_and_takes_in_nothing_of_its_organiser_after_it(
    institute: Institute,
) -> None:
    store = institute.house.store
    season = institute.conference()
    book_many(institute, season, 1)
    whole = book(institute, season, institute.acme, institute.person("Anna"), institute.person("Bo"))
    table = Table("faulty", "faulty", {"booking_id": "uuid"}, key=("booking_id",))
    faulty = Projection("faulty", 1, (table,))

    @faulty.on(Booking.Made)
    def _made(event: Booking.Made, _: Entry) -> Iterable[Change]:
        [_seat] = event.seats
        yield table.put(booking_id=event.originator_id)

    log = Log(store.recorder, store.mapper)
    projector = Projector(log, store.connections, (faulty,))
    projector.checkpoints.make_missing()
    until(lambda: log.head() == log.recorded())
    book_many(institute, season, 1, first=7)
    until(lambda: log.head() == log.recorded())
    while projector.advance():
        pass

    stands = next(e.position for e in log.after(0, 500) if e.event.originator_id == whole.booking_id)
    broken = projector.causes[institute.organiser].why
    assert isinstance(broken, ProjectionBroken)
    assert str(broken).startswith(f"Booking.Made at position {stands} cannot be taken in")
    assert (count(store, "select count(*) from faulty.faulty"), projector.blocked) == (1, {institute.organiser: stands})
    assert projector.resume() == 0
    assert count(store, "select count(*) from faulty.faulty") == 1


class SeasonBookingsThatFail:
    """Answers with an error so many times, then truly."""

    def __init__(self, institute: Institute, error: Exception, times: int) -> None:
        self.institute, self.error, self.times = institute, error, times

    def bookings_of(self, season_id: SeasonId) -> Iterable[BookingId]:
        if self.times:
            self.times -= 1
            raise self.error
        return self.institute.house.models.booking.bookings_of(season_id)


def test_a_mistake_in_a_policy_is_raised_and_skips_nothing(institute: Institute) -> None:
    season = institute.conference()
    book_many(institute, season, 2)
    institute.services.seasons.call_off(institute.admin, CallOffSeason(season, "För få"))
    faulty = another(institute, SeasonBookingsThatFail(institute, ZeroDivisionError("oj"), times=3))

    for _ in range(2):
        with pytest.raises(PolicyBroken, match=r"Season\.CalledOff at position \d+ cannot be done"):
            faulty.catch_up()
    assert institute.services.programme.season(institute.admin, season).row.called_off_for == "För få"

    faulty.catch_up()
    page = institute.services.booking_questions.all(institute.admin)
    assert {(row.ended_for, row.credited) for row in page.items} == {("cancelled", 7_500_00)}


def test_a_policy_that_was_in_the_way_of_others_is_tried_again(institute: Institute) -> None:
    season = institute.conference()
    book_many(institute, season, 2)
    institute.services.seasons.call_off(institute.admin, CallOffSeason(season, "För få"))
    notes = "select count(*) from event where topic = 'CreditNote.Issued'"

    with running(another(institute, SeasonBookingsThatFail(institute, Busy("full"), times=2))) as deaths:
        until(lambda: count(institute.house.store, notes) == 2)
    assert deaths == []


def test_events_that_are_given_again_change_nothing(institute: Institute) -> None:
    season = institute.conference()
    book_many(institute, season, 3)
    institute.services.seasons.call_off(institute.admin, CallOffSeason(season, "För få"))
    institute.catch_up()
    store = institute.house.store
    before, events = all_digests(store), count(store, "select count(*) from event")

    with store.connections.borrow() as connection:
        connection.execute("delete from tracking where name = 'policies'")
    another(institute).catch_up()

    assert (all_digests(store), count(store, "select count(*) from event")) == (before, events)


def test_two_that_project_at_once_double_nothing(institute: Institute) -> None:
    """A leader that does not know yet that it has been replaced meets the positions' lock."""
    season = institute.conference(seats=200)
    institute.catch_up()
    store = institute.house.store
    book_many(institute, season, 60)
    log = Log(store.recorder, store.mapper)
    head = log.head()

    def project() -> None:
        projector = Projector(log, store.connections, PROJECTIONS, Shelving(store.keyring))
        while projector.checkpoints.least() < head:
            try:
                projector.advance(limit=3)
            except Exception as error:  # noqa: BLE001  # counted below
                failures.append(error)

    failures: list[Exception] = []
    threads = [threading.Thread(target=project) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {type(each).__name__ for each in failures} <= {"StalePosition"}
    assert [check for check in Verification(store).run().checks if not check.ok] == []


def test_a_projection_of_another_version_is_made_again_when_the_worker_starts(institute: Institute) -> None:
    season = institute.conference()
    book_many(institute, season, 2)
    institute.catch_up()
    store = institute.house.store
    with store.connections.borrow() as connection:
        connection.execute("update tracking set name = 'roster.v0' where name = 'roster.v1'")
        connection.execute("drop table roster.sitting")

    another(institute).catch_up()

    assert len(institute.services.rosters.of(institute.admin, season)) == 2
    assert count(store, "select count(*) from tracking where name like 'roster.v_'") == 1
    assert replace(PROJECTIONS[0], version=7).tracked == "programme.v7"
