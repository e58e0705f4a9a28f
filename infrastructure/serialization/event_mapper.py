"""Events as they are stored: the business's own name for the fact, and its facts as typed JSON."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

import msgspec
from eventsourcing.domain import CanInitAggregate, CanMutateAggregate
from eventsourcing.utils import get_topic

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import PlatsError
from infrastructure.serialization.codec import FactCodec

Fact = CanMutateAggregate[UUID]
_ENVELOPE = frozenset({"originator_id", "originator_version", "timestamp", "originator_topic"})


class UnknownEvent(PlatsError):
    """The log holds a fact that this version of Plats does not know (`topic`, `position`); none is ever skipped."""

    def __init__(self, topic: str, position: int) -> None:
        super().__init__(f"Event {topic!r} at position {position} is unknown here: run a newer Plats.")
        self.topic, self.position = topic, position


class UnreadableEvent(PlatsError):
    """A stored fact does not have the shape its name promises (`topic`, `position`)."""

    def __init__(self, topic: str, position: int, why: str) -> None:
        super().__init__(f"Event {topic!r} at position {position} cannot be read: {why}")
        self.topic, self.position = topic, position


class FactRow(NamedTuple):
    """What is needed of a row to make an event of it."""

    topic: str
    originator_id: UUID
    originator_version: int
    recorded_at: datetime
    state: bytes
    position: int


class Entry(NamedTuple):
    """An event in the log, with what is known about its recording, and whose it is (None: nobody can tell)."""

    event: Fact
    topic: str
    position: int
    recorded_at: datetime
    actor: str
    command_id: UUID | None
    organiser_id: UUID | None = None


class _Shape:
    """How one event class is written and read."""

    def __init__(self, kind: type[Fact]) -> None:
        self.kind = kind
        self.version: int = getattr(kind, "class_version", 1)
        self.envelope: dict[str, str] = {}
        if issubclass(kind, CanInitAggregate):
            self.envelope["originator_topic"] = topic_of(kind).partition(".")[0]
        hints, defaults = _declared(kind)
        self.codec = FactCodec(topic_of(kind), hints, defaults)

    def encode(self, event: Fact) -> bytes:
        attributes = vars(event)
        facts = {field: attributes[field] for field in self.codec.fields}
        if self.version == 1:
            return self.codec.encode(facts)
        return self.codec.encode_versioned(facts, self.version)

    def decode(self, state: bytes) -> dict[str, Any]:
        if self.version == 1:
            return self.codec.decode(state)
        plain: dict[str, Any] = msgspec.json.decode(state, type=dict[str, Any])
        for version in range(plain.pop("class_version", 1), self.version):
            getattr(self.kind, f"upcast_v{version}_v{version + 1}")(plain)
        return self.codec.convert(plain)


_SHAPES: dict[type[Fact], _Shape] = {}


def _shape_of(kind: type[Fact]) -> _Shape:
    """Found out once in a process: it takes two milliseconds, and there are some two hundred kinds of events."""
    if kind not in _SHAPES:
        _SHAPES[kind] = _Shape(kind)
    return _SHAPES[kind]


class EventMapper:
    """Maps between events and rows for the aggregates it is given.

    `class_version` and `upcast_vX_vY(state)` of an event class are honoured; `state` is plain JSON there.
    """

    def __init__(self, aggregates: Iterable[type[Aggregate]]) -> None:
        self._shapes = {topic_of(kind): _shape_of(kind) for one in aggregates for kind in events_of(one)}

    @property
    def topics(self) -> tuple[str, ...]:
        """Every stored name, in alphabetical order."""
        return tuple(sorted(self._shapes))

    def encode(self, event: Fact) -> tuple[str, bytes]:
        """The stored name and state of an event. Raises BadValue for what cannot be stored."""
        topic = topic_of(type(event))
        return topic, self._shape(topic, 0).encode(event)

    def decode(self, row: FactRow) -> Fact:
        """The event in a row. Raises UnknownEvent, UnreadableEvent."""
        topic, originator_id, version, recorded_at, state, position = row
        shape = self._shape(topic, position)
        try:
            facts = shape.decode(state)
        except (msgspec.MsgspecError, ValueError, KeyError) as error:
            raise UnreadableEvent(topic, position, str(error)) from error
        facts.update(shape.envelope)
        facts["originator_id"], facts["originator_version"], facts["timestamp"] = originator_id, version, recorded_at
        event: Fact = object.__new__(shape.kind)
        vars(event).update(facts)
        return event

    def _shape(self, topic: str, position: int) -> _Shape:
        try:
            return self._shapes[topic]
        except KeyError:
            raise UnknownEvent(topic, position) from None


def fold(events: Iterable[Fact], aggregate: Aggregate | None = None) -> Aggregate | None:
    """What an aggregate has become by events, from what it was before them; None where it has not begun."""
    for event in events:
        aggregate = event.mutate(aggregate)
    return aggregate


def topic_of(kind: type[Fact]) -> str:
    """The stored name of an event class."""
    return get_topic(kind)


def events_of(aggregate: type[Aggregate]) -> list[type[Fact]]:
    """The event classes of an aggregate, each by its own stored name."""
    members = (value for name, value in vars(aggregate).items() if name not in ("Event", "Created"))
    return [one for one in members if isinstance(one, type) and issubclass(one, CanMutateAggregate)]


def _declared(kind: type[Fact]) -> tuple[dict[str, Any], dict[str, Any]]:
    hints = typing.get_type_hints(kind)
    fields = [field for field in dataclasses.fields(_as_dataclass(kind)) if field.name not in _ENVELOPE]
    defaults = {field.name: field.default for field in fields if field.default is not dataclasses.MISSING}
    own = {field.name: hints[field.name] for field in fields}
    return own, defaults


class _Dataclass(typing.Protocol):
    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]


def _as_dataclass(kind: type) -> type[_Dataclass]:
    if not dataclasses.is_dataclass(kind):
        raise TypeError(f"{kind.__qualname__} is not a dataclass")
    return kind
