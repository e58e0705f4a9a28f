"""Streams as they are read for a decision: the seam at which a cache or snapshots may shorten the reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from domain.kernel.aggregate import Aggregate
from infrastructure.event_store import statements as sql
from infrastructure.postgres.columns import Part, Uuids
from infrastructure.serialization.event_mapper import EventMapper, Fact, FactRow

Wanted = tuple[type[Aggregate], UUID]

Query = Callable[[str | bytes, Sequence[Any]], list[tuple[Any, ...]]]


class StoredAnswer(NamedTuple):
    """The answer that a command was given before."""

    fingerprint: bytes
    answer: bytes
    position: int


@dataclass
class Stream:
    """A stream as read: its events, the position of the last one, and what the same transaction adds (`agreed`)."""

    kind: type[Aggregate]
    events: list[Fact] = field(default_factory=list)
    position: int = 0
    agreed: list[Fact] = field(default_factory=list)

    def start(self) -> Aggregate | None:
        """The aggregate before these events, made anew each time; None before its first."""
        return None


class StreamReader:
    """Reads streams whole, and remembers nothing. A faster one reads less of them, and hears of what came of it."""

    def __init__(self, mapper: EventMapper) -> None:
        self.mapper = mapper

    def read(
        self, kinds: Mapping[UUID, type[Aggregate]], commands: Sequence[UUID], query: Query
    ) -> tuple[Mapping[UUID, Stream], dict[UUID, StoredAnswer]]:
        """Streams of aggregates, and the stored answers of commands. Raises UnknownEvent, UnreadableEvent."""
        streams = {aggregate_id: Stream(kind) for aggregate_id, kind in kinds.items()}
        for row in map(FactRow._make, query(sql.STREAMS, [Uuids(kinds)])):
            stream = streams[row.originator_id]
            stream.events.append(self.mapper.decode(row))
            stream.position = row.position
        answers = query(sql.STORED_ANSWERS, [Uuids(commands)]) if commands else []
        return streams, {command_id: StoredAnswer(*answer) for command_id, *answer in answers}

    def beside(self, kinds: Mapping[UUID, type[Aggregate]]) -> Iterable[Wanted]:  # noqa: ARG002 # a hook
        """What is likely to be asked for next, and had better be read with these."""
        return ()

    def folded(self, stream: Stream, aggregate: Aggregate) -> None:
        """This is the aggregate after all stored events of its stream."""

    def parts(self, changed: Iterable[tuple[Stream, Aggregate]], now: datetime) -> list[Part]:  # noqa: ARG002 # a hook
        """What to write together with the events that have made the aggregates what they are."""
        return []

    def committed(self, changed: Iterable[tuple[Stream, Aggregate]]) -> None:
        """The events that have made the aggregates what they are have been written."""
