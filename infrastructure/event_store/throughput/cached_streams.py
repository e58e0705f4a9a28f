"""Streams read from where a process remembers them, or from their snapshots, in one round trip with stored answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from domain.booking.booking import Booking
from domain.kernel.aggregate import Aggregate
from domain.people.person import Person
from domain.programme.network import Network
from domain.programme.season import Season
from infrastructure.event_store.streams import Query, StoredAnswer, Stream, StreamReader, Wanted
from infrastructure.event_store.throughput.aggregate_cache import AggregateCache, CachedAggregate
from infrastructure.event_store.throughput.snapshots import SnapshotCodec, snapshot_codec
from infrastructure.postgres.columns import Blobs, Instants, Integers, Part, Texts, Uuids
from infrastructure.postgres.per_process import PerProcess
from infrastructure.serialization.event_mapper import EventMapper, FactRow, fold

_SNAPSHOTS = """
insert into snapshot (originator_id, originator_version, shape, state, taken_at)
select * from unnest(%b::uuid[], %b::int8[], %b::text[], %b::bytea[], %b::timestamptz[]) as s (i, v, h, s, t) order by i
on conflict (originator_id) do update set originator_version = excluded.originator_version, shape = excluded.shape,
state = excluded.state, taken_at = excluded.taken_at"""

_NAMED: Mapping[type[Aggregate], tuple[str, type[Aggregate]]] = {
    Season: ("network_id", Network),
    Booking: ("booked_by", Person),
}
"""By what an aggregate names another. A guess: one that is not asked for costs a look-up, one that is a round trip."""

PIECE = 1000
"""Events of a stream that are held at once: where its snapshot does not fit any longer, there may be a million."""

_IS_EVENT, _IS_SNAPSHOT, _IS_ANSWER = range(3)

_SINCE_VERSION = f"""(
select {_IS_EVENT}::int2, e.topic, r.i, e.originator_version, e.recorded_at,
case when r.v = 1 or e.originator_version > r.v then e.state end, e.position
from unnest(%b::uuid[], %b::int8[]) as r (i, v) cross join lateral (
    select originator_version, topic, state, recorded_at, position from event
    where originator_id = r.i and originator_version >= r.v order by originator_version limit {PIECE + 1}) as e)"""  # noqa: S608
# Lateral, so that each stream is looked up by itself, even by a plan that was made while the table was small. What is
# remembered up to a version needs no state of that version's event, only to see that it still stands there.

_SINCE_SNAPSHOT = f"""(
select {_IS_EVENT}::int2, topic, originator_id, originator_version, recorded_at, state, position from event
where originator_id = %b and originator_version > coalesce(
    (select originator_version from snapshot where originator_id = %b and shape = %b), 0)
order by originator_version limit {PIECE})
union all
select {_IS_SNAPSHOT}::int2, shape, originator_id, originator_version, taken_at, state, 0::int8 from snapshot
where originator_id = %b and shape = %b"""  # noqa: S608

_ANSWERS = f"""
select {_IS_ANSWER}::int2, null, id, 0::int8, recorded_at, fingerprint || answer, position
from command where id = any(%b::uuid[])"""  # noqa: S608


@cache
def _statement(since_version: bool, since_snapshot: int, answers: bool) -> bytes:
    parts = [_SINCE_VERSION] * since_version + [_SINCE_SNAPSHOT] * since_snapshot + [_ANSWERS] * answers
    return " union all ".join(parts).encode()


@dataclass
class CachedStream(Stream):
    """A stream of which the beginning is known."""

    known: CachedAggregate | None = None

    def start(self) -> Aggregate | None:
        """A copy of what is known."""
        return None if self.known is None else self.known.copy()


class CachedStreams(StreamReader):
    """A stream reader that asks for what it does not know yet."""

    def __init__(self, mapper: EventMapper) -> None:
        super().__init__(mapper)
        self._cache = PerProcess(AggregateCache)

    def read(
        self, kinds: Mapping[UUID, type[Aggregate]], commands: Sequence[UUID], query: Query
    ) -> tuple[Mapping[UUID, Stream], dict[UUID, StoredAnswer]]:
        """Streams of aggregates, and the stored answers of commands, in one round trip."""
        cache = self._cache.get()
        streams = {one: CachedStream(kind, known=cache.get(kind, one)) for one, kind in kinds.items()}
        rows = _Rows(query(*_question(streams, commands)))
        for aggregate_id, stream in streams.items():
            events = self._since_known(aggregate_id, stream, rows, query)
            while len(events) >= PIECE:
                events = self._further(aggregate_id, stream, events, query)
            stream.events = [self.mapper.decode(row) for row in events]
            stream.position = events[-1].position if events else stream.known.position if stream.known else 0
        return streams, rows.answers

    def beside(self, kinds: Mapping[UUID, type[Aggregate]]) -> Iterable[Wanted]:
        """What those that are remembered name, and decisions about them ask for as soon as they are read."""
        for aggregate_id, kind in kinds.items():
            if kind in _NAMED:
                attribute, named = _NAMED[kind]
                known = self._cache.get().get(kind, aggregate_id)
                if known is not None and known.attributes[attribute] is not None:
                    yield named, known.attributes[attribute]

    def folded(self, stream: Stream, aggregate: Aggregate) -> None:
        """Remember it."""
        self._cache.get().keep(aggregate, stream.position, _snapshotted(stream))

    def parts(self, changed: Iterable[tuple[Stream, Aggregate]], now: datetime) -> list[Part]:
        """The snapshots that are due."""
        due = [*_due(changed)]
        if not due:
            return []
        return [
            (
                _SNAPSHOTS,
                (
                    Uuids(aggregate.id for aggregate, _ in due),
                    Integers(aggregate.version for aggregate, _ in due),
                    Texts(codec.shape for _, codec in due),
                    Blobs(codec.encode(aggregate) for aggregate, codec in due),
                    Instants([now] * len(due)),
                ),
            )
        ]

    def committed(self, changed: Iterable[tuple[Stream, Aggregate]]) -> None:
        """The snapshots that were due have been written."""
        for aggregate, _ in _due(changed):
            self._cache.get().snapshotted(aggregate.id, aggregate.version)

    def _since_known(self, aggregate_id: UUID, stream: CachedStream, rows: _Rows, query: Query) -> list[FactRow]:
        """The events after what is known of a stream; all of them where that is not to be believed."""
        events = rows.events.get(aggregate_id, [])
        if stream.known is not None:
            if events and stream.known.ends_with(events[0].originator_version, events[0].position):
                return events[1:]
            self._cache.get().forget(aggregate_id)  # an older state of the log has been restored
            stream.known = None
        elif aggregate_id in rows.snapshots:
            stream.known = _from_snapshot(aggregate_id, stream.kind, *rows.snapshots[aggregate_id])
            if stream.known is not None:
                return events
        else:
            return events
        return _from_version(aggregate_id, 1, query)

    def _further(self, aggregate_id: UUID, stream: CachedStream, events: list[FactRow], query: Query) -> list[FactRow]:
        """Remember what has been read of a long stream, and read on: no past is held whole."""
        aggregate = fold(map(self.mapper.decode, events), stream.start())
        if aggregate is not None:
            stream.known = self._cache.get().keep(aggregate, events[-1].position, _snapshotted(stream))
        return _from_version(aggregate_id, events[-1].originator_version, query)[1:]


class _Rows:
    """What the database answered to a question about streams and commands, sorted out."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self.events: dict[UUID, list[FactRow]] = {}
        self.snapshots: dict[UUID, tuple[int, bytes]] = {}
        self.answers: dict[UUID, StoredAnswer] = {}
        for what, topic, owner, version, at, state, position in rows:
            if what == _IS_EVENT:
                self.events.setdefault(owner, []).append(FactRow(topic, owner, version, at, state, position))
            elif what == _IS_SNAPSHOT:
                self.snapshots[owner] = version, state
            else:
                self.answers[owner] = StoredAnswer(state[:32], state[32:], position)
        for events in self.events.values():
            events.sort(key=_by_version)


def _by_version(row: FactRow) -> int:
    return row.originator_version


def _question(streams: Mapping[UUID, CachedStream], commands: Sequence[UUID]) -> tuple[bytes, list[Any]]:
    """The statement that reads them all, and its arguments."""
    since, versions, arguments = Uuids(), Integers(), list[Any]()
    for aggregate_id, stream in streams.items():
        codec = snapshot_codec(stream.kind)
        if stream.known is not None or codec is None:
            since.append(aggregate_id)
            versions.append(stream.known.version if stream.known is not None else 1)
        else:
            arguments += aggregate_id, aggregate_id, codec.shape, aggregate_id, codec.shape
    statement = _statement(bool(since), len(streams) - len(since), bool(commands))
    return statement, [*([since, versions] if since else []), *arguments, *([Uuids(commands)] if commands else [])]


def _from_version(aggregate_id: UUID, version: int, query: Query) -> list[FactRow]:
    """The next piece of a stream from a version on (included)."""
    rows = query(_statement(True, 0, False), [Uuids([aggregate_id]), Integers([version])])
    return _Rows(rows).events.get(aggregate_id, [])


def _from_snapshot(aggregate_id: UUID, kind: type[Aggregate], version: int, state: bytes) -> CachedAggregate | None:
    codec = snapshot_codec(kind)
    aggregate = None if codec is None else codec.decode(aggregate_id, version, state)
    return None if aggregate is None else CachedAggregate.of(aggregate, 0, version)


def _snapshotted(stream: Stream) -> int:
    """The version of the last snapshot that we know of."""
    return stream.known.snapshotted if isinstance(stream, CachedStream) and stream.known is not None else 0


def _due(changed: Iterable[tuple[Stream, Aggregate]]) -> Iterable[tuple[Aggregate, SnapshotCodec]]:
    for stream, aggregate in changed:
        codec = snapshot_codec(stream.kind)
        if codec is not None and aggregate.version - _snapshotted(stream) >= aggregate.SNAPSHOT_EVERY:
            yield aggregate, codec
