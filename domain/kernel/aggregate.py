"""What every aggregate is: a thing with rules and a history, whose events have stable stored names."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, ClassVar, TypeVar, dataclass_transform
from uuid import UUID

from eventsourcing.domain import Aggregate as LibraryAggregate
from eventsourcing.domain import CanMutateAggregate, event

__all__ = ["Aggregate", "Change", "Part", "Rewording", "event", "kinds_of"]

E = TypeVar("E", bound=LibraryAggregate.Event)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class _Fact(LibraryAggregate.Event):
    """Lets the type checker know the facts of each kind of event by name and type."""


class _Event(_Fact):
    """An event before it is recorded: `record` gives it its envelope."""

    originator_id: UUID = field(init=False)
    originator_version: int = field(init=False)
    timestamp: datetime = field(init=False)

    def __post_init__(self) -> None:
        """The library looks at the envelope here, which is not there yet."""


class Aggregate(LibraryAggregate):
    """A thing with rules and a history of its own.

    Stored names are `Booking` and `Booking.Made`, wherever the class lives: files may move, names may not change.
    Write the rule in a method that ends with `self.record(Season.Retitled(title=…))`. How the aggregate remembers it
    stands in the event: a `Change`, or an `apply` without any rule, because it runs again on every load.
    """

    STORED_AS: ClassVar[str] = ""
    """The stored name of a class that was called something else when its first event was recorded."""

    SNAPSHOT_EVERY: ClassVar[int] = 0
    """Keep a snapshot each time this many events have been recorded; 0: never (streams stay short by design)."""

    KEPT: ClassVar[Mapping[str, object]] = {}
    """What a snapshot keeps: each attribute with its type."""

    class Event(_Event):
        """A fact about this aggregate; `apply(self, aggregate)` is how it is remembered, if it is."""

    class Created(LibraryAggregate.Created):
        """The first fact about an aggregate."""

    def record(self, fact: Event) -> None:
        """It has happened: the fact gets its place in this history, is remembered, and waits to be stored."""
        vars(fact).update(originator_id=self.id, originator_version=self.version + 1, timestamp=fact.create_timestamp())
        fact.mutate(self)
        self.pending_events.append(fact)

    def record_change(self, fact: Change) -> None:
        """Record a change; what is so already changes nothing. Raises TypeError for one that nothing remembers."""
        remembered = vars(self)
        changed = [remembered[name] != value for name, value in vars(fact).items() if name in remembered]
        if not changed:
            raise TypeError(f"no attribute is named like a fact of {type(fact).__qualname__}")
        if any(changed):
            self.record(fact)

    def trigger_event(self, event_class: type[Any], **facts: Any) -> None:
        """The library's name for `record`, called by its `@event` methods."""
        self.record(event_class(**facts))

    def __init_subclass__(cls, **kwargs: Any) -> None:
        name = cls.STORED_AS or cls.__name__
        setattr(cls, "TOPIC", name)  # noqa: B010  # the library reads the topic from a class attribute it does not declare
        if "Created" not in vars(cls):
            unused = type("Created", (LibraryAggregate.Created,), {"__module__": cls.__module__})
            setattr(cls, "Created", unused)  # noqa: B010  # the library insists on a topic for the inherited event too
        for part in cls.__mro__[1:]:
            if issubclass(part, Part):
                for fact, value in _events_in(part):  # two aggregates may have the part: to each its own event
                    own = {"__module__": cls.__module__, "__qualname__": f"{cls.__qualname__}.{fact}"}
                    setattr(cls, fact, type(value)(fact, (value,), own))
        for fact, value in _events_in(cls):
            setattr(value, "TOPIC", f"{name}.{fact}")  # noqa: B010  # as above
        super().__init_subclass__(**kwargs)
        left_open = [each for each in dir(cls) if getattr(getattr(cls, each, None), "__isabstractmethod__", False)]
        if left_open:
            raise TypeError(f"{cls.__name__} leaves open what its parts need: {', '.join(left_open)}")


def _events_in(kind: type) -> list[tuple[str, type]]:
    return [
        (name, each)
        for name, each in vars(kind).items()
        if isinstance(each, type) and issubclass(each, CanMutateAggregate)
    ]


class Part:
    """The events and rules of an aggregate about one subject, in a file of their own.

    The aggregate is put together from its parts, `class Season(Aggregate, SeasonMeetings)`; their events are its own.
    A part declares the attributes it needs, what it needs done as abstract methods (an aggregate that leaves one open
    cannot be made), and records `self.MeetingHeld(…)`.
    """

    @abstractmethod
    def record(self, fact: Aggregate.Event) -> None:
        """As the aggregate does."""


class Change(Aggregate.Event):
    """A fact that gives each attribute of the aggregate that is named like one of its fields that field's value."""

    def apply(self, aggregate: object) -> None:
        """What no attribute is named after (what it `was` before) is for those who read the history."""
        facts, remembered = vars(self), vars(aggregate)
        for name in facts:
            if name in remembered:
                remembered[name] = facts[name]


class Rewording(Change):
    """A word is put right. Whoever reads it from now on reads it so; nobody's seat, time, place or money changes."""


def kinds_of(aggregate: type[Aggregate], kind: type[E]) -> list[type[E]]:
    """The events of an aggregate that are of a kind."""
    return [each for each in vars(aggregate).values() if isinstance(each, type) and issubclass(each, kind)]
