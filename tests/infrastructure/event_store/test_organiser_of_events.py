"""Whose an event is stands beside it in the log, and can be told of what older processes have written."""

from __future__ import annotations

from infrastructure.event_store.store import Store
from infrastructure.subscriptions.log import Log
from tests.samples import Institute
from tests.scenarios.story import book

_UNTOLD = "update event set organiser_id = null"
_SPOILED = r"update event set state = '\xff00' where originator_version > 1"


def owners(store: Store) -> set[object]:
    return {entry.organiser_id for entry in Log(store.recorder, store.mapper).after(0, 10_000)}


def change(store: Store, statement: str) -> None:
    with store.connections.borrow() as connection:
        connection.execute(statement.encode())


def test_every_event_says_whose_it_is(institute: Institute) -> None:
    book(institute, institute.conference(), institute.acme, institute.person("Anna"))
    institute.catch_up()
    [(without,)] = institute.house.store.recorder.query("select count(*) from event where organiser_id is null", [])

    assert without == 0
    assert owners(institute.house.store) == {institute.organiser}


def test_an_event_of_an_older_process_is_told_from_the_beginning_of_its_stream(institute: Institute) -> None:
    book(institute, institute.conference(), institute.acme, institute.person("Anna"))
    change(institute.house.store, _UNTOLD)

    assert owners(institute.house.store) == {institute.organiser}


def test_what_cannot_be_read_has_an_organiser_all_the_same(institute: Institute) -> None:
    book(institute, institute.conference(), institute.acme, institute.person("Anna"))
    store = institute.house.store
    for told in ("select 1", _UNTOLD):
        change(store, told)
        change(store, _SPOILED)
        rows = store.recorder.query("select distinct organiser_of(organiser_id, originator_id) from event", [])
        assert rows == [(institute.organiser,)]
