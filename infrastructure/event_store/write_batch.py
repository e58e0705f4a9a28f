"""What one transaction records, gathered before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from application.kernel.ports import DecisionTooLarge
from infrastructure.event_store import statements as sql
from infrastructure.event_store.unique_keys import UniqueKeys
from infrastructure.postgres.columns import Blobs, Instants, Integers, Part, Texts, Uuids

MOST_EVENTS = 500
MOST_BYTES = 1_000_000


class NewEvent(NamedTuple):
    """An event to be recorded. `organiser_id`: whose it is, where whoever records it knows."""

    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes
    recorded_at: datetime
    actor: str
    command_id: UUID
    organiser_id: UUID | None = None


class NewAnswer(NamedTuple):
    """The answer to a command with an idempotency key; `last` is the place of its last event, -1 where it has none."""

    id: UUID
    fingerprint: bytes
    answer: bytes
    last: int
    recorded_at: datetime


@dataclass
class WriteBatch:
    """All that one transaction records.

    `gate`: keys of locks which nobody else may hold when the events are written; whoever does is waited for. `others`:
    what else the same statement writes.
    """

    events: list[NewEvent] = field(default_factory=list)
    answers: list[NewAnswer] = field(default_factory=list)
    unique_keys: UniqueKeys = field(default_factory=UniqueKeys)
    gate: list[int] = field(default_factory=list)
    others: list[Part] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.events or self.answers or self.unique_keys or self.others)

    def add(self, other: WriteBatch) -> None:
        """Add what another decision of the same transaction records. Raises DecisionTooLarge, UniqueKeyTaken."""
        if len(self.events) + len(other.events) > MOST_EVENTS or self.size() + other.size() > MOST_BYTES:
            raise DecisionTooLarge(f"more than {MOST_EVENTS} events or {MOST_BYTES} bytes")
        self.unique_keys.add(other.unique_keys)
        before = len(self.events)
        self.events += other.events
        self.answers += [one._replace(last=one.last + before if one.last >= 0 else -1) for one in other.answers]

    def size(self) -> int:
        """Bytes of the events."""
        return sum(len(event.state) for event in self.events)

    def parts(self) -> list[Part]:
        """The statements that write it; the one that answers with positions stands last."""
        parts = [*self.others, *self.unique_keys.parts()]
        if self.answers:
            ids, prints, answers, lasts, instants = zip(*self.answers, strict=True)
            columns = (Uuids(ids), Blobs(prints), Blobs(answers), Integers(lasts), Instants(instants))
            parts.append((sql.ANSWERS, columns))
        if self.events:
            parts.append((sql.EVENTS, (Integers(self.gate), *self._columns())))
        return parts

    def _columns(self) -> tuple[Any, ...]:
        ids, versions, topics, states, instants, actors, commands, organisers = zip(*self.events, strict=True)
        return (
            *(Uuids(ids), Integers(versions), Texts(topics), Blobs(states), Instants(instants)),
            *(Texts(actors), Uuids(commands), Texts(one and str(one) for one in organisers)),
        )
