"""What the decisions of one transaction have read and agreed on: each thing once, as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate
from infrastructure.event_store.recorder import Recorder
from infrastructure.event_store.streams import Query, StoredAnswer, Stream, StreamReader, Wanted
from infrastructure.event_store.unique_keys import UniqueKey, owner_of, owners_of
from infrastructure.event_store.write_batch import WriteBatch
from infrastructure.keys.decision_keys import DecisionKeys
from infrastructure.keys.keyring import Keyring
from infrastructure.postgres.connections import Connection
from infrastructure.serialization.event_mapper import Fact, fold


class IdentityMap:
    """The aggregates of a transaction by id, and the batch that its decisions fill."""

    def __init__(self, recorder: Recorder, reader: StreamReader, keyring: Keyring, connection: Connection) -> None:
        self.recorder, self.mapper, self.connection = recorder, reader.mapper, connection
        self.batch = WriteBatch()
        self.query = query_in(recorder, connection)
        self.keys = DecisionKeys(keyring, self.query)
        self._reader = reader
        self._streams: dict[UUID, Stream] = {}
        self._unasked: set[UUID] = set()
        self._present: dict[UUID, Aggregate | None] = {}
        self._owners: dict[UniqueKey, UUID | None] = {}

    def fetch(self, wanted: Iterable[Wanted], commands: Iterable[UUID] = ()) -> dict[UUID, StoredAnswer]:
        """Read streams not read before, and the stored answers of commands."""
        told = {aggregate_id: kind for kind, aggregate_id in wanted}
        self._unasked -= told.keys()
        kinds = {aggregate_id: kind for aggregate_id, kind in told.items() if aggregate_id not in self._streams}
        asked = list(commands)
        if not (kinds or asked):
            return {}
        return self._read(kinds | self._beside(kinds), asked)

    def fetch_named(self, wanted: Iterable[Wanted]) -> None:
        """Read, in one round trip, what those that have just been read name: until now nobody knew it of them."""
        kinds = {aggregate_id: kind for kind, aggregate_id in wanted}
        for aggregate_id, kind in kinds.items():
            self.find(kind, aggregate_id)
        if beside := self._beside(kinds):
            self._read(beside, ())

    def find(self, kind: type[Aggregate], aggregate_id: UUID) -> Aggregate | None:
        """The aggregate after everything agreed on so far; None where there is none of that kind."""
        self._unasked.discard(aggregate_id)
        try:
            aggregate = self._present[aggregate_id]
        except KeyError:
            if aggregate_id not in self._streams:
                self.fetch([(kind, aggregate_id)])
            self._present[aggregate_id] = aggregate = self._fold(self._streams[aggregate_id])
        return aggregate if isinstance(aggregate, kind) else None

    @property
    def position(self) -> int:
        """Where in the log the newest event stands of all that was asked for (0: nothing was).

        What was only read beside it does not count: nothing rests on it.
        """
        asked = (stream.position for each, stream in self._streams.items() if each not in self._unasked)
        return max(asked, default=0)

    def unique_key_owner(self, key: UniqueKey) -> UUID | None:
        """Who holds a unique key now."""
        if key in self.batch.unique_keys:
            return self.batch.unique_keys[key].owner
        return self._owners[key] if key in self._owners else owner_of(key, self.query)

    def know_owners(self, keys: Sequence[UniqueKey]) -> None:
        """Read in one go who holds unique keys; they are not asked for again."""
        self._owners |= owners_of(keys, self.query)

    def forget(self, aggregate_id: UUID) -> None:
        """Fold again when next asked: a refused decision has changed what we hold."""
        self._present.pop(aggregate_id, None)

    def agree(self, aggregate: Aggregate, events: Iterable[Fact]) -> None:
        """These events of the aggregate will be recorded."""
        self._streams.setdefault(aggregate.id, Stream(type(aggregate))).agreed += events
        self._present[aggregate.id] = aggregate

    def complete(self, now: datetime) -> bool:
        """Complete the batch; whether there is anything to write."""
        self.batch.others = [*self.keys.parts(now), *self._reader.parts(self._changed(), now)]
        return bool(self.batch)

    def committed(self) -> None:
        """What was agreed on is now so."""
        self.keys.committed()
        self._reader.committed(self._changed())
        if self.batch.events:
            self.recorder.after_commit()

    def _beside(self, kinds: Mapping[UUID, type[Aggregate]]) -> dict[UUID, type[Aggregate]]:
        beside = {aggregate_id: kind for kind, aggregate_id in self._reader.beside(kinds)}
        beside = {each: kind for each, kind in beside.items() if each not in self._streams and each not in kinds}
        self._unasked |= beside.keys()
        return beside

    def _read(self, kinds: Mapping[UUID, type[Aggregate]], commands: Sequence[UUID]) -> dict[UUID, StoredAnswer]:
        streams, answers = self._reader.read(kinds, commands, self.query)
        self._streams |= streams
        return answers

    def _changed(self) -> Iterable[tuple[Stream, Aggregate]]:
        for aggregate_id in {event.originator_id for event in self.batch.events}:
            stream = self._streams[aggregate_id]
            aggregate = self.find(stream.kind, aggregate_id)
            if aggregate is not None:
                yield stream, aggregate

    def _fold(self, stream: Stream) -> Aggregate | None:
        aggregate = fold(stream.events, stream.start())
        if aggregate is not None and stream.events:
            self._reader.folded(stream, aggregate)
        return fold(stream.agreed, aggregate)


def query_in(recorder: Recorder, connection: Connection) -> Query:
    """Rows of a question, in this transaction where there is one.

    It knows nothing of who asks: who keeps it and is kept by them would make a ring, and all that the transaction has
    read would wait for the garbage collector.
    """
    return lambda statement, arguments: recorder.query(statement, list(arguments), connection)
