"""What one transaction's decisions have read and agreed on: each thing once, as it is now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from domain.aggregate import Aggregate
from infrastructure import statements as sql
from infrastructure.append import Append, Claim, KeyName, NewSnapshot
from infrastructure.connections import Connection
from infrastructure.event_mapper import EventMapper, Fact, FactRow
from infrastructure.keyring import DataKey, Keyring
from infrastructure.recorder import Recorder
from infrastructure.snapshots import snapshot_codec

Wanted = tuple[type[Aggregate], UUID]


class StoredAnswer(NamedTuple):
    """The answer that a command was given before."""

    fingerprint: bytes
    answer: bytes
    position: int


@dataclass
class _Past:
    """A stream as read, and what earlier decisions of the same transaction add to it."""

    kind: type[Aggregate]
    snapshot: tuple[int, bytes] | None = None
    events: list[Fact] = field(default_factory=list)


class Session:
    """The identity map of one transaction, and the append that its decisions fill."""

    def __init__(self, recorder: Recorder, mapper: EventMapper, keyring: Keyring, connection: Connection) -> None:
        self.recorder, self.mapper, self.keyring, self.connection = recorder, mapper, keyring, connection
        self.append = Append()
        self.minted: dict[KeyName, DataKey] = {}
        self._pasts: dict[UUID, _Past] = {}
        self._present: dict[UUID, Aggregate | None] = {}

    def fetch(self, wanted: Iterable[Wanted], commands: Iterable[UUID] = ()) -> dict[UUID, StoredAnswer]:
        """Read streams not read before, and the stored answers of commands, in one round trip."""
        fresh = {one: kind for kind, one in wanted if one not in self._pasts}
        plain = [one for one, kind in fresh.items() if snapshot_codec(kind) is None]
        kept = [(one, codec.shape) for one, kind in fresh.items() if (codec := snapshot_codec(kind)) is not None]
        asked = list(commands)
        if not (fresh or asked):
            return {}
        arguments: list[Any] = [plain] if len(plain) > 1 else [*plain]
        for one, shape in kept:
            arguments += one, one, shape, one, shape
        arguments += [asked] if len(asked) > 1 else asked
        rows = self.query(sql.read(min(len(plain), 2), len(kept), min(len(asked), 2)), arguments)
        self._pasts |= {one: _Past(kind) for one, kind in fresh.items()}
        return self._take_in(rows)

    def query(self, statement: str | bytes, arguments: Iterable[object]) -> list[tuple[Any, ...]]:
        """Rows of a question, in this transaction where there is one."""
        return self.recorder.query(statement, list(arguments), self.connection)

    def find(self, kind: type[Aggregate], aggregate_id: UUID) -> Aggregate | None:
        """The aggregate after everything agreed on so far; None where there is none of that kind."""
        if aggregate_id not in self._present:
            self.fetch([(kind, aggregate_id)])
            self._present[aggregate_id] = self._fold(aggregate_id, self._pasts[aggregate_id])
        found = self._present[aggregate_id]
        return found if isinstance(found, kind) else None

    def owner(self, claim: Claim) -> UUID | None:
        """Who holds a claim now."""
        if claim in self.append.passed_on:
            return self.append.passed_on[claim]
        if claim in self.append.claims:
            return self.append.claims[claim]
        rows = self.query(sql.OWNER, claim)
        return UUID(str(rows[0][0])) if rows else None

    def forget(self, aggregate_id: UUID) -> None:
        """Fold again when next asked: a refused decision has changed what we hold."""
        self._present.pop(aggregate_id, None)

    def agree(self, aggregate: Aggregate, events: Iterable[Fact]) -> None:
        """These events of the aggregate will be recorded."""
        past = self._pasts.setdefault(aggregate.id, _Past(type(aggregate)))
        past.events += events
        self._present[aggregate.id] = aggregate

    def write(self, now: datetime) -> int:
        """Append what has been agreed on; the position of the first event (0 without events)."""
        if not self.append:
            return 0
        self.append.snapshots = [*self._due(now)]
        return self.recorder.append(self.append, self.connection)

    def written(self) -> None:
        """What was agreed on is now so: keys made are known, keys destroyed forgotten."""
        if self.minted:
            self.keyring.remember(self.minted)
        if self.append.destroyed:
            self.keyring.forget(self.append.destroyed)

    def _fold(self, aggregate_id: UUID, past: _Past) -> Aggregate | None:
        aggregate: Aggregate | None = None
        codec = snapshot_codec(past.kind)
        if past.snapshot is not None and codec is not None:
            aggregate = codec.decode(aggregate_id, *past.snapshot)
            if aggregate is None:  # spoiled: the whole stream is read instead
                past.snapshot = None
                self._take_in(self.query(sql.read(1, 0, 0), [aggregate_id]))
        for event in past.events:
            aggregate = event.mutate(aggregate)
        return aggregate

    def _take_in(self, rows: list[tuple[Any, ...]]) -> dict[UUID, StoredAnswer]:
        answers: dict[UUID, StoredAnswer] = {}
        streams: dict[UUID, list[FactRow]] = {}
        for what, one, version, name, state, at, position in rows:
            if what == sql.IS_EVENT:
                streams.setdefault(one, []).append(FactRow(name, one, version, at, state, position))
            elif what == sql.IS_SNAPSHOT:
                self._pasts[one].snapshot = version, state
            else:
                answers[one] = StoredAnswer(state[:32], state[32:], position)
        for one, facts in streams.items():
            facts.sort(key=_by_version)
            self._pasts[one].events = [self.mapper.decode(fact) for fact in facts]
        return answers

    def _due(self, now: datetime) -> Iterable[NewSnapshot]:
        for one in {event.originator_id for event in self.append.events}:
            past = self._pasts[one]
            aggregate = self.find(past.kind, one)
            codec = snapshot_codec(past.kind)
            since = past.snapshot[0] if past.snapshot else 0
            if codec is not None and aggregate is not None and aggregate.version - since >= aggregate.SNAPSHOT_EVERY:
                yield NewSnapshot(one, aggregate.version, codec.shape, codec.encode(aggregate), now)


def _by_version(fact: FactRow) -> int:
    return fact.originator_version
