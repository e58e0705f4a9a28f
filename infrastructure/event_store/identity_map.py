"""What one transaction's decisions have read and agreed on: each thing once, as it is now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from domain.kernel.aggregate import Aggregate
from infrastructure.event_store import statements as sql
from infrastructure.event_store.recorder import Recorder
from infrastructure.event_store.throughput.aggregate_cache import AggregateCache, Remembered
from infrastructure.event_store.throughput.packed_columns import integers, uuids
from infrastructure.event_store.throughput.snapshots import snapshot_codec
from infrastructure.event_store.write_batch import Claim, NewSnapshot, WriteBatch
from infrastructure.keys.key_name import KeyName
from infrastructure.keys.keyring import DataKey, Keyring
from infrastructure.postgres.connections import Connection, Cursor
from infrastructure.serialization.event_mapper import EventMapper, Fact, FactRow

Wanted = tuple[type[Aggregate], UUID]


class StoredAnswer(NamedTuple):
    """The answer that a command was given before."""

    fingerprint: bytes
    answer: bytes
    position: int


@dataclass
class _Past:
    """A stream as read, and what earlier decisions of the same transaction add to it (`agreed`)."""

    kind: type[Aggregate]
    remembered: Remembered | None = None
    snapshot: tuple[int, bytes] | None = None
    events: list[Fact] = field(default_factory=list)
    position: int = 0
    agreed: list[Fact] = field(default_factory=list)

    @property
    def snapshotted(self) -> int:
        """The version of the last snapshot that we know of."""
        if self.snapshot is not None:
            return self.snapshot[0]
        return self.remembered.snapshotted if self.remembered is not None else 0


class IdentityMap:
    """The identity map of one transaction, and the append that its decisions fill."""

    def __init__(
        self, recorder: Recorder, mapper: EventMapper, keyring: Keyring, memory: AggregateCache, connection: Connection
    ) -> None:
        self.recorder, self.mapper, self.keyring, self.connection = recorder, mapper, keyring, connection
        self.memory = memory
        self.append = WriteBatch()
        self.minted: dict[KeyName, DataKey] = {}
        self._pasts: dict[UUID, _Past] = {}
        self._present: dict[UUID, Aggregate | None] = {}

    def fetch(self, wanted: Iterable[Wanted], commands: Iterable[UUID] = ()) -> dict[UUID, StoredAnswer]:
        """Read streams not read before, and the stored answers of commands, in one round trip."""
        fresh = {one: _Past(kind, self.memory.of(kind, one)) for kind, one in wanted if one not in self._pasts}
        asked = list(commands)
        if not (fresh or asked):
            return {}
        rows = _Rows(self.query(*_question(fresh, asked)))
        for one, past in fresh.items():
            past.snapshot = rows.snapshots.get(one)
            self._learn(one, past, rows.streams.get(one, []))
        self._pasts |= fresh
        return rows.answers

    def query(self, statement: str | bytes, arguments: Iterable[object]) -> list[tuple[Any, ...]]:
        """Rows of a question, in this transaction where there is one."""
        return self.recorder.query(statement, list(arguments), self.connection)

    def find(self, kind: type[Aggregate], aggregate_id: UUID) -> Aggregate | None:
        """The aggregate after everything agreed on so far; None where there is none of that kind."""
        try:
            found = self._present[aggregate_id]
        except KeyError:
            past = self._pasts.get(aggregate_id)
            if past is None:
                self.fetch([(kind, aggregate_id)])
                past = self._pasts[aggregate_id]
            self._present[aggregate_id] = found = self._fold(aggregate_id, past)
        return found if isinstance(found, kind) else None

    @property
    def position(self) -> int:
        """Where in the log the newest event stands of all that has been read (0: nothing has)."""
        return max((past.position for past in self._pasts.values()), default=0)

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
        past.agreed += events
        self._present[aggregate.id] = aggregate

    def write(self, now: datetime) -> int:
        """Append what has been agreed on; the position of the first event (0 without events)."""
        if not self.append:
            return 0
        self.append.snapshots = [*self._due(now)]
        return self.recorder.append(self.append, self.connection)

    def send(self, now: datetime) -> Cursor | None:
        """As `write`, but the answer is left for `Recorder.first_of` to read."""
        if not self.append:
            return None
        self.append.snapshots = [*self._due(now)]
        return self.recorder.send(self.append, self.connection)

    def written(self) -> None:
        """What was agreed on is now so: keys made are known, keys destroyed forgotten."""
        if self.minted:
            self.keyring.remember(self.minted)
        if self.append.destroyed:
            self.keyring.forget(self.append.destroyed)
        for snapshot in self.append.snapshots:
            self.memory.snapshotted(snapshot.originator_id, snapshot.originator_version)

    def _fold(self, aggregate_id: UUID, past: _Past) -> Aggregate | None:
        aggregate = past.remembered.again() if past.remembered is not None else self._of_snapshot(aggregate_id, past)
        for event in past.events:
            aggregate = event.mutate(aggregate)
        if aggregate is not None and past.events:
            self.memory.keep(aggregate, past.position, past.snapshotted)
        for event in past.agreed:
            aggregate = event.mutate(aggregate)
        return aggregate

    def _of_snapshot(self, aggregate_id: UUID, past: _Past) -> Aggregate | None:
        codec = snapshot_codec(past.kind)
        if past.snapshot is None or codec is None:
            return None
        aggregate = codec.decode(aggregate_id, *past.snapshot)
        if aggregate is None:  # spoiled: the whole stream is read instead
            past.snapshot = None
            self._learn(aggregate_id, past, self._whole(aggregate_id))
        return aggregate

    def _learn(self, one: UUID, past: _Past, facts: list[FactRow]) -> None:
        known = past.remembered
        if known is not None and facts and (facts[0].originator_version, facts[0].position) == known[1:3]:
            del facts[0]
        elif known is not None:  # it is no longer where it stood: an older state of the log has been restored
            self.memory.forget(one)
            past.remembered = None
            facts = self._whole(one)
        past.events = [self.mapper.decode(fact) for fact in facts]
        past.position = facts[-1].position if facts else past.remembered.position if past.remembered else 0

    def _whole(self, one: UUID) -> list[FactRow]:
        return _Rows(self.query(sql.read(1, 0, 0), [uuids([one]), integers([1])])).streams.get(one, [])

    def _due(self, now: datetime) -> Iterable[NewSnapshot]:
        for one in {event.originator_id for event in self.append.events}:
            past = self._pasts[one]
            codec = snapshot_codec(past.kind)
            aggregate = self.find(past.kind, one) if codec is not None else None
            if codec is None or aggregate is None:
                continue
            if aggregate.version - past.snapshotted >= aggregate.SNAPSHOT_EVERY:
                yield NewSnapshot(one, aggregate.version, codec.shape, codec.encode(aggregate), now)


class _Rows:
    """What the database answered to a question about streams and commands, sorted out."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self.streams: dict[UUID, list[FactRow]] = {}
        self.snapshots: dict[UUID, tuple[int, bytes]] = {}
        self.answers: dict[UUID, StoredAnswer] = {}
        for what, one, version, name, state, at, position in rows:
            if what == sql.IS_EVENT:
                self.streams.setdefault(one, []).append(FactRow(name, one, version, at, state, position))
            elif what == sql.IS_SNAPSHOT:
                self.snapshots[one] = version, state
            else:
                self.answers[one] = StoredAnswer(state[:32], state[32:], position)
        for facts in self.streams.values():
            facts.sort(key=_by_version)


def _question(fresh: dict[UUID, _Past], asked: list[UUID]) -> tuple[bytes, list[Any]]:
    """The statement that reads them all, and its arguments."""
    streams: list[UUID] = []
    versions: list[int] = []
    others: list[Any] = []
    for one, past in fresh.items():
        codec = snapshot_codec(past.kind)
        if past.remembered is not None or codec is None:
            streams.append(one)
            versions.append(past.remembered.version if past.remembered is not None else 1)
        else:
            others += one, one, codec.shape, one, codec.shape
    arguments: list[Any] = [uuids(streams), integers(versions)] if streams else []
    arguments += others
    arguments += [uuids(asked)] if len(asked) > 1 else asked
    return sql.read(min(len(streams), 1), len(others) // 5, min(len(asked), 2)), arguments


def _by_version(fact: FactRow) -> int:
    return fact.originator_version
