"""What one transaction adds to the event store, gathered before anything is written, and the statement for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.types.numeric import Int8

from application.kernel.ports import DecisionTooLarge
from infrastructure.event_store import statements as sql
from infrastructure.event_store.throughput import packed_columns as columns
from infrastructure.event_store.throughput.packed_columns import blobs, integers, texts, uuids
from infrastructure.keys.key_name import KeyName

MOST_EVENTS = 500
MOST_BYTES = 1_000_000


class NewEvent(NamedTuple):
    """A fact to be recorded. `organiser_id`: whose it is, where whoever records it knows."""

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


class NewKey(NamedTuple):
    """A wrapped data key to be kept."""

    name: KeyName
    epoch: int
    wrapped: bytes
    created_at: datetime


class NewSnapshot(NamedTuple):
    """A fold to be kept."""

    originator_id: UUID
    originator_version: int
    shape: str
    state: bytes
    taken_at: datetime


Claim = tuple[str, str]
Part = tuple[str, tuple[Any, ...]]


@dataclass
class WriteBatch:
    """All that one transaction brings. A claim's owner is None where it is given up.

    `gate`: keys of locks which nobody else may hold when the events are written; whoever does is waited for.
    """

    events: list[NewEvent] = field(default_factory=list)
    answers: list[NewAnswer] = field(default_factory=list)
    claims: dict[Claim, UUID | None] = field(default_factory=dict)
    passed_on: dict[Claim, UUID] = field(default_factory=dict)
    keys: dict[KeyName, NewKey] = field(default_factory=dict)
    destroyed: dict[KeyName, datetime] = field(default_factory=dict)
    snapshots: list[NewSnapshot] = field(default_factory=list)
    gate: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.events or self.answers or self.claims or self.passed_on or self.keys or self.destroyed)

    def add(self, other: WriteBatch) -> None:
        """Take in what another decision of the same transaction brings. Raises DecisionTooLarge."""
        if len(self.events) + len(other.events) > MOST_EVENTS or self.size() + other.size() > MOST_BYTES:
            raise DecisionTooLarge(f"more than {MOST_EVENTS} events or {MOST_BYTES} bytes")
        before = len(self.events)
        self.events += other.events
        self.answers += [one._replace(last=one.last + before if one.last >= 0 else -1) for one in other.answers]
        for claim, owner in other.claims.items():
            self._claim(claim, owner)
        for claim, heir in other.passed_on.items():
            self.claims.pop(claim, None)
            self.passed_on[claim] = heir
        self.keys |= other.keys
        self.destroyed |= other.destroyed

    def size(self) -> int:
        """Bytes of the facts."""
        return sum(len(event.state) for event in self.events)

    def parts(self) -> list[Part]:
        """The statement's parts with their arguments; the part that answers with a position stands last."""
        found: list[Part] = []
        if self.claims:
            found += _claims(self.claims)
        if self.passed_on:
            found.append((sql.PASSED_ON, _columns((*claim, heir) for claim, heir in self.passed_on.items())))
        if self.keys:
            rows = [(*key.name, key.epoch, key.wrapped, key.created_at) for key in self.keys.values()]
            found.append((sql.KEYS, _columns(rows)))
        if self.destroyed:
            found.append((sql.DESTROYED, _columns((*name, at) for name, at in self.destroyed.items())))
        if self.snapshots:
            found.append((sql.SNAPSHOTS, _columns((*one[:1], Int8(one[1]), *one[2:]) for one in self.snapshots)))
        if self.answers:
            found.append(_answers(self.answers))
        if self.events:
            found.append(_events(self.events, self.gate))
        return found

    def _claim(self, claim: Claim, owner: UUID | None) -> None:
        if owner is not None and (claim in self.passed_on or self.claims.get(claim, owner) is None):
            self.claims.pop(claim, None)
            self.passed_on[claim] = owner
        else:
            self.passed_on.pop(claim, None)
            self.claims[claim] = owner


def _claims(claims: dict[Claim, UUID | None]) -> list[Part]:
    found: list[Part] = []
    taken = [(kind, value, owner) for (kind, value), owner in claims.items() if owner is not None]
    given_up = [claim for claim, owner in claims.items() if owner is None]
    if given_up:
        found.append((sql.RELEASES, _columns(given_up)))
    if taken:
        kinds, values, owners = zip(*taken, strict=True)
        found.append((sql.CLAIMS, (texts(kinds), texts(values), uuids(owners))))
    return found


def _answers(answers: list[NewAnswer]) -> Part:
    if len(answers) == 1:
        [one] = answers
        return sql.ONE_COMMAND, (one.id, one.fingerprint, one.answer, Int8(one.last), Int8(one.last), one.recorded_at)
    ids, fingerprints, given, lasts, instants = zip(*answers, strict=True)
    return sql.COMMANDS, (uuids(ids), blobs(fingerprints), blobs(given), integers(lasts), columns.instants(instants))


def _events(events: list[NewEvent], gate: list[int]) -> Part:
    if len(events) == 1 and not gate:
        [one] = events
        return sql.ONE_EVENT, (one[0], Int8(one[1]), *one[2:])
    ids, versions, topics, states, instants, actors, commands, organisers = zip(*events, strict=True)
    return sql.EVENTS, (
        integers(gate),
        *(uuids(ids), integers(versions), texts(topics), blobs(states)),
        *(columns.instants(instants), texts(actors), uuids(commands), uuids(organisers)),
    )


def _columns(rows: Iterable[Iterable[Any]]) -> tuple[list[Any], ...]:
    return tuple(list(column) for column in zip(*rows, strict=True))
