"""Facts come back as they were, old ones are read by today's code, and what could not be read is never written."""

from __future__ import annotations

import importlib
import json
import pkgutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest

import domain
from domain.kernel.aggregate import Aggregate, event
from domain.kernel.errors import BadValue
from domain.kernel.personal import Encrypted
from infrastructure.serialization.aggregates import AGGREGATES
from infrastructure.serialization.event_mapper import EventMapper, Fact, FactRow, UnknownEvent, UnreadableEvent

NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)
OLD = Path(__file__).parent / "old_events"


class Shade(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Line:
    text: str
    ore: int
    shade: Shade | None = None


class Trial(Aggregate):
    """Only here to be stored: it has facts of every kind there is."""

    class Begun(Aggregate.Created):
        name: str

    class Noted(Aggregate.Event):
        owner: UUID
        on: date
        at: datetime
        lines: tuple[Line, ...]
        by_place: dict[UUID, int]
        shades: frozenset[Shade]
        secret: Encrypted | None
        anything: Any = None

    class FeeSet(Aggregate.Event):
        class_version: ClassVar[int] = 3
        ore: int
        reason: str = ""

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            state["ore"] = state.pop("kronor") * 100

        @staticmethod
        def upcast_v2_v3(state: dict[str, Any]) -> None:
            state["reason"] = ""

    @event(Begun)
    def __init__(self, name: str) -> None:
        self.name = name

    def note(self, **facts: Any) -> None:
        self.trigger_event(Trial.Noted, **(FACTS | facts))


FACTS: dict[str, Any] = {
    "owner": UUID(int=7),
    "on": date(2026, 2, 28),
    "at": datetime(2026, 10, 25, 1, 30, 0, 123456, tzinfo=UTC),
    "lines": (Line("Hösten", 2**53 + 1), Line("\\u0000 is text", -1, Shade.RED)),
    "by_place": {UUID(int=8): 2},
    "shades": frozenset({Shade.RED}),
    "secret": Encrypted("person", UUID(int=9), "", "name", b"\x00\xff12345678901234567890"),
}
MAPPER = EventMapper([Trial])


def noted(**facts: Any) -> Aggregate.Event:
    trial = Trial("t")
    trial.note(**facts)
    return trial.pending_events[-1]  # type: ignore[return-value]  # the library knows it as any event


def test_every_aggregate_can_be_read() -> None:
    for module in pkgutil.iter_modules(domain.__path__):
        importlib.import_module(f"domain.{module.name}")
    known = {kind for kind in Aggregate.__subclasses__() if kind.__module__.startswith("domain.")}
    assert set(AGGREGATES) == known


def come_back(fact: Fact) -> Fact:
    """As it is after it has been written and read."""
    topic, state = MAPPER.encode(fact)
    return MAPPER.decode(FactRow(topic, fact.originator_id, fact.originator_version, fact.timestamp, state, 0))


def test_stored_names_are_the_business_s_own() -> None:
    topics = EventMapper(AGGREGATES).topics
    assert "Seating.SeatsTaken" in topics
    assert [topic for topic in topics if topic.endswith((".Event", ".Created"))] == []


def test_facts_of_every_kind_come_back_as_they_were() -> None:
    fact = noted()
    topic, state = MAPPER.encode(fact)

    assert come_back(fact) == fact
    assert topic == "Trial.Noted"
    assert set(json.loads(state)) == {*FACTS, "anything"}


def test_a_created_event_makes_its_aggregate_again() -> None:
    trial = Trial("t")
    begun = come_back(trial.pending_events[0])
    trial.pending_events.clear()

    assert begun.mutate(None) == trial


@pytest.mark.parametrize("text", ['{"_type_": "decimal_str", "_data_": 1}', "=1+1", "å\u2028🎻", "\\u0000"])
def test_text_is_only_text(text: str) -> None:
    fact = noted(lines=(Line(text, 1),), anything={"_type_": text, "_data_": [text]})

    assert come_back(fact) == fact


@pytest.mark.parametrize(
    "facts",
    [
        {"lines": (Line("nul \0", 1),)},
        {"lines": (Line("half \ud800", 1),)},
        {"lines": (Line("large", 2**63),)},
        {"lines": (Line("huge", 2**70),)},
        {"lines": [Line("not a tuple", 1)]},
        {"owner": "not an id"},
        {"on": None},
        {"anything": float("inf")},
        {"anything": float("nan")},
        {"anything": {"key \0": 1}},
        {"anything": object()},
        {"anything": 2**64},
    ],
)
def test_what_could_not_be_read_is_not_written(facts: dict[str, Any]) -> None:
    with pytest.raises(BadValue):
        MAPPER.encode(noted(**facts))


def test_an_unknown_event_stops_whoever_reads_it() -> None:
    with pytest.raises(UnknownEvent, match=r"'Trial\.Forgotten' at position 4711"):
        MAPPER.decode(FactRow("Trial.Forgotten", uuid4(), 1, NOON, b"{}", 4711))


def test_a_fact_of_another_shape_says_where_it_stands() -> None:
    with pytest.raises(UnreadableEvent, match=r"'Trial\.Begun' at position 4711"):
        MAPPER.decode(FactRow("Trial.Begun", uuid4(), 1, NOON, b'{"name":1}', 4711))


@pytest.mark.parametrize("file", sorted(OLD.glob("*.json")), ids=lambda file: file.stem)
def test_old_events_are_read_by_todays_code(file: Path) -> None:
    mapper = EventMapper([*AGGREGATES, Trial])
    for old in json.loads(file.read_text()):
        facts = vars(mapper.decode(FactRow(old["topic"], uuid4(), 2, NOON, json.dumps(old["state"]).encode(), 0)))
        assert {name: facts[name] for name in old["reads"]} == {
            name: UUID(value) if name.endswith("_id") else value for name, value in old["reads"].items()
        }


def test_a_new_event_is_written_in_its_newest_version() -> None:
    trial = Trial("t")
    trial.trigger_event(Trial.FeeSet, ore=5)
    _, state = MAPPER.encode(trial.pending_events[-1])

    assert json.loads(state) == {"ore": 5, "reason": "", "class_version": 3}
    assert come_back(trial.pending_events[-1]) == trial.pending_events[-1]
