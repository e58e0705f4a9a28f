"""The log is chained by organiser: a changed byte is named by its position, and erasing somebody changes none (S76)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from application.kernel.actor import SYSTEM
from application.people.organiser import FoundOrganiser
from application.people.person import ErasePerson
from infrastructure.event_store.store import open_store
from infrastructure.subscriptions.chain import BATCH, Chained, Chaining, Found, look_through
from tests.clock import FixedClock
from tests.infrastructure.followers import count
from tests.infrastructure.subscriptions.test_verify import verify
from tests.samples import Institute
from tests.scenarios.story import book

WRITERS = "select count(*) from pg_stat_activity where datname = current_database() and backend_xid is not null"


def chain(institute: Institute) -> None:
    institute.catch_up()  # which waits until all of it may be read
    while Chaining(institute.house.store).turn():
        pass


def look(institute: Institute) -> Found:
    store = institute.house.store
    with store.connections.borrow() as connection:
        return look_through(connection, store.keyring.chain_key())


def execute(institute: Institute, statement: str) -> None:
    with institute.house.store.connections.borrow() as connection:
        connection.execute(statement.encode())


def position_of(institute: Institute, topic: str) -> int:
    statement = "select max(position) from event where topic = %s"
    [(position,)] = institute.house.store.recorder.query(statement, [topic])
    return int(position)


@pytest.fixture
def chained(institute: Institute) -> Iterator[Institute]:
    """Two organisers; a booking by one of them; all of it chained."""
    founded = FoundOrganiser("Den andra", "andra", "556036-0801", "SE556036080101")
    institute.services.organisers.found(SYSTEM, founded)
    book(institute, institute.conference(), institute.acme, institute.person("Anna", institute.acme))
    institute.catch_up()
    chain(institute)
    yield institute


FAULTS = {
    "one byte of what happened": "update event set state = overlay(state placing 'X' from 12) where position = {}",
    "its name": "update event set topic = 'Booking.Ended' where position = {}",
    "who did it": "update event set actor = 'somebody' where position = {}",
    "when": "update event set recorded_at = recorded_at + interval '1 microsecond' where position = {}",
    "which command": "update event set command_id = gen_random_uuid() where position = {}",
    "its version": "update event set originator_version = 99 where position = {}",
    "gone": "delete from event where position = {}",
}


@pytest.mark.parametrize("statement", FAULTS.values(), ids=FAULTS)
def test_what_was_changed_is_named_by_its_position(chained: Institute, database_url: str, statement: str) -> None:
    place = position_of(chained, "Booking.Made")
    before = look(chained)
    assert (before.faults, before.waiting) == ((), 0) and before.links >= 2
    execute(chained, statement.format(place))

    assert [position for position, _ in look(chained).faults] == [place]
    told = verify(chained, database_url)
    assert told.exit_code == 1 and f"position {place} " in told.output


def test_an_event_that_was_put_in_is_named(chained: Institute) -> None:
    place = position_of(chained, "Booking.Made")
    execute(
        chained,
        f"""insert into event select originator_id, originator_version + 50, position + 1, topic, state, recorded_at,
        actor, command_id, organiser_id from event where position = {place}""",
    )
    assert [position for position, _ in look(chained).faults] == [place + 1]


def test_whoever_has_the_database_alone_cannot_make_the_chain_anew(chained: Institute) -> None:
    """Emptied and made again under another key it does not hold; a link that was changed is named."""
    execute(chained, "update chain_link set digest = sha256(digest) where until = (select max(until) from chain_link)")
    assert [why for _, why in look(chained).faults] == ["the link up to here is not the one that was made"]
    execute(chained, "delete from chain_link where until = (select max(until) from chain_link)")
    assert {why for _, why in look(chained).faults} == {"stands in no link"}


def test_a_key_of_another_installation_fits_nothing(chained: Institute, database_url: str) -> None:
    with (
        closing(
            open_store(database_url, chained.house.store.key_files.folder.parent / "others", FixedClock())
        ) as other,
        other.connections.borrow() as connection,
    ):
        assert look_through(connection, other.keyring.chain_key()).faults


def test_erasing_somebody_changes_nothing_in_the_chain(chained: Institute, database_url: str) -> None:
    anna = chained.person("Bo")
    chain(chained)
    chained.services.people.erase(chained.admin, ErasePerson(anna))
    chained.catch_up()
    chain(chained)
    assert look(chained).faults == ()
    assert verify(chained, database_url).exit_code == 0


def test_the_chain_goes_on_where_it_was_and_its_head_moves_with_every_event(chained: Institute) -> None:
    before = look(chained)
    chained.person("Bo")
    chained.catch_up()
    waits = look(chained)
    chain(chained)
    after = look(chained)

    assert waits.waiting > 0 and waits.head == before.head
    assert (after.waiting, after.faults) == (0, ()) and after.head != before.head


def test_nobody_is_kept_from_reading_the_log_while_links_are_made(
    institute: Institute, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever writes keeps followers from reading past where it began: links are made before anything is written."""
    book(institute, institute.conference(), institute.acme, institute.person("Anna", institute.acme))
    institute.catch_up()
    writers, usual = list[int](), vars(Chained)["mark"].fget

    def look(event: Chained) -> Any:
        writers.append(count(institute.house.store, WRITERS))
        return usual(event)

    monkeypatch.setattr(Chained, "mark", property(look))
    chain(institute)

    assert set(writers) == {0}


def test_two_workers_at_once_make_one_chain(institute: Institute) -> None:
    for no in range(BATCH // 20):
        institute.person(f"P{no}")
    institute.catch_up()
    threads = [threading.Thread(target=chain, args=(institute,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = look(institute)
    assert (found.faults, found.waiting) == ((), 0) and found.events > 30
