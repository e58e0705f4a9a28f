"""What every aggregate is: a thing with rules and a history, whose events have stable stored names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from eventsourcing.domain import Aggregate as LibraryAggregate
from eventsourcing.domain import CanMutateAggregate, event

__all__ = ["Aggregate", "event"]


class Aggregate(LibraryAggregate):
    """A thing with rules and a history of its own.

    Stored names are `Booking` and `Booking.Made`, wherever the class lives: files may move, names may not change.
    Write the rule in a public method and let an `@event` method only remember: it runs again on every load.
    """

    STORED_AS: ClassVar[str] = ""
    """The stored name of a class that was called something else when its first event was recorded."""

    SNAPSHOT_EVERY: ClassVar[int] = 0
    """Keep a snapshot each time this many events have been recorded; 0: never (streams stay short by design)."""

    KEPT: ClassVar[Mapping[str, object]] = {}
    """What a snapshot keeps: each attribute with its type."""

    class Event(LibraryAggregate.Event):
        """A fact about this aggregate."""

    class Created(LibraryAggregate.Created):
        """The first fact about an aggregate."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        name = cls.STORED_AS or cls.__name__
        setattr(cls, "TOPIC", name)  # noqa: B010  # the library reads the topic from a class attribute it does not declare
        if "Created" not in vars(cls):
            unused = type("Created", (LibraryAggregate.Created,), {"__module__": cls.__module__})
            setattr(cls, "Created", unused)  # noqa: B010  # the library insists on a topic for the inherited event too
        for fact, value in list(vars(cls).items()):
            if isinstance(value, type) and issubclass(value, CanMutateAggregate):
                setattr(value, "TOPIC", f"{name}.{fact}")  # noqa: B010  # as above
        super().__init_subclass__(**kwargs)
