"""What is read follows from the log alone: made again on another day, in another zone, it is the same to the byte."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from eventsourcing.domain import CanMutateAggregate
from psycopg.sql import SQL, Identifier

from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.serialization.aggregates import AGGREGATES
from infrastructure.serialization.event_mapper import EventMapper, FactRow, UnknownEvent, topic_of
from infrastructure.subscriptions.digest import digests
from infrastructure.subscriptions.rebuild import Rebuild
from tests.domain.vocabulary import NOON
from tests.samples import Institute
from tests.scenarios.story import book, facts, sitting, stockholm
from tests.scenarios.whole_year import live

OLD = Path(__file__).parents[1] / "facts_of_version_1.json"


@pytest.fixture
def in_los_angeles(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine stands eight hours west of Greenwich."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "America/Los_Angeles")
        time.tzset()
        yield
    time.tzset()


def test_read_models_are_made_again_to_the_byte(institute: Institute, in_los_angeles: None) -> None:
    """S75: all of them are dropped and rebuilt, on another day, with machine and database in UTC-8."""
    live(institute)
    before = _digests(institute)
    assert len(before) > 20

    institute.clock.instant = stockholm("2029-06-30 23:59")
    with institute.house.store.connections.borrow() as connection:
        name = connection.info.dbname
        connection.execute(SQL("alter database {} set timezone to 'America/Los_Angeles'").format(Identifier(name)))
        for schema in {table.schema for projection in PROJECTIONS for table in projection.tables}:
            connection.execute(SQL("drop schema {} cascade").format(Identifier(schema)))
    Rebuild(institute.house.store, PROJECTIONS).run()

    assert _digests(institute) == before
    institute.catch_up()
    assert _digests(institute) == before


def test_everything_that_can_happen_has_happened(institute: Institute) -> None:
    """The year above is whole: what a rebuild and the corpus are tried on leaves no kind of event out."""
    live(institute)

    assert (
        _kinds() - {topic_of(type(fact)) for fact in facts(institute) if isinstance(fact, CanMutateAggregate)} == set()
    )


def test_facts_of_version_1_are_read_by_todays_code() -> None:
    """S78: every kind of event as version 1 wrote it is read, and what it said then it still says."""
    old = json.loads(OLD.read_text())
    mapper = EventMapper(AGGREGATES)
    assert {each["topic"] for each in old} >= _kinds()
    for number, each in enumerate(old, start=1):
        state = json.dumps(each["state"]).encode()
        event = mapper.decode(FactRow(each["topic"], UUID(each["originator_id"]), each["version"], NOON, state, number))
        topic, written = mapper.encode(event)
        assert topic == each["topic"]
        assert _still_says(json.loads(written), each["state"]), topic


def test_an_event_that_nobody_knows_stops_the_read_models_and_says_so(institute: Institute) -> None:
    """S78: a fact of a later version is not skipped; what came before it can be read, what comes after waits."""
    conference = institute.conference()
    book(institute, conference, institute.acme, institute.person("Anna", institute.acme))
    assert sitting(institute, conference) == ["Anna"]
    _append(institute, "Booking.Annulled", {"reason": "misstag"})
    book(institute, conference, institute.acme, institute.person("Bertil", institute.acme))

    with pytest.raises(UnknownEvent, match=r"Booking\.Annulled"):
        institute.catch_up()

    assert [line.name for line in institute.services.rosters.of(institute.admin, conference)] == ["Anna"]


def _digests(institute: Institute) -> dict[str, str]:
    with institute.house.store.connections.borrow() as connection:
        return {name: sum_ for projection in PROJECTIONS for name, sum_ in digests(connection, projection).items()}


def _kinds() -> set[str]:
    """Every kind of event there is, by its stored name."""
    return {
        topic_of(event)
        for kind in AGGREGATES
        for name, event in vars(kind).items()
        if isinstance(event, type) and issubclass(event, CanMutateAggregate) and name not in ("Event", "Created")
    }


def _still_says(now: object, then: object) -> bool:
    """Whether everything that was said then is said now; a later version may say more."""
    if isinstance(now, dict) and isinstance(then, dict):
        return all(name in now and _still_says(now[name], then[name]) for name in then)
    if isinstance(now, list) and isinstance(then, list):
        return len(now) == len(then) and all(map(_still_says, now, then))
    return now == then


def _append(institute: Institute, topic: str, state: dict[str, str]) -> None:
    """Record a fact as a later version of the programme would have."""
    with institute.house.store.connections.borrow() as connection:
        connection.execute(
            "insert into event"
            " (originator_id, originator_version, topic, state, position, recorded_at, actor, command_id)"
            " values (gen_random_uuid(), 1, %s, %s, position_here(), now(), 'later', gen_random_uuid())",
            [topic, json.dumps(state).encode()],
        )
