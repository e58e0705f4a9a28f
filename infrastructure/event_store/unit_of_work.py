"""One decision under way: what the use cases may ask of the store, and what the decision records when it ends well."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.ports import A
from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import NotFound
from domain.kernel.personal import Encrypted
from infrastructure.event_store.identity_map import IdentityMap
from infrastructure.event_store.unique_keys import KeyChange, UniqueKey
from infrastructure.event_store.write_batch import NewAnswer, NewEvent, WriteBatch
from infrastructure.kernel.clock import new_id
from infrastructure.keys.keyring import ledger_key, person_key
from infrastructure.serialization.codec import refuse_nul
from infrastructure.serialization.event_mapper import Fact


class StoreUnitOfWork:
    """`application.kernel.ports.UnitOfWork` in a transaction."""

    def __init__(self, transaction: IdentityMap, actor: Actor, now: datetime) -> None:
        self._transaction, self.actor, self.now = transaction, actor, now
        self._touched: dict[UUID, Aggregate] = {}
        self._batch = WriteBatch()
        self._keys = transaction.keys.of_decision()

    @property
    def position(self) -> int:
        """Where the newest event stands of all that has been read."""
        return self._transaction.position

    def new_id(self) -> UUID:
        """A fresh id, without meaning."""
        return new_id()

    def load(self, kind: type[A], aggregate_id: UUID) -> A:
        """The aggregate as it is now. Raises NotFound."""
        aggregate = self.find(kind, aggregate_id)
        if aggregate is None:
            raise NotFound(kind=kind.__name__, id=aggregate_id)
        return aggregate

    def find(self, kind: type[A], aggregate_id: UUID) -> A | None:
        """As `load`, but None where there is none."""
        aggregate = self._touched.get(aggregate_id) or self._transaction.find(kind, aggregate_id)
        if not isinstance(aggregate, kind):
            return None
        self._touched[aggregate_id] = aggregate
        return aggregate

    def fetch(self, *wanted: tuple[type[Aggregate], UUID]) -> None:
        """Read several streams in one round trip."""
        self._transaction.fetch(wanted)

    def add(self, aggregate: Aggregate) -> None:
        """Record the events of an aggregate made in this decision."""
        self._touched[aggregate.id] = aggregate

    def take_unique_key(self, kind: str, value: str, owner: UUID) -> None:
        """Make (kind, value) belong to `owner` alone; raises UniqueKeyTaken, at the latest at the end."""
        refuse_nul(kind, kind + value)
        self._batch.unique_keys.change((kind, value), KeyChange(owner))

    def release_unique_key(self, kind: str, value: str) -> None:
        """Let a unique key belong to nobody."""
        self._batch.unique_keys.change((kind, value), KeyChange(None))

    def unique_key_owner(self, kind: str, value: str) -> UUID | None:
        """Who holds a unique key now, after this decision's own changes."""
        key: UniqueKey = (kind, value)
        if key in self._batch.unique_keys:
            return self._batch.unique_keys[key].owner
        return self._transaction.unique_key_owner(key)

    def blind_index(self, text: str) -> str:
        """A keyed digest of a personal value; case, width and space around it do not count."""
        return self._keys.keyring.blind_index(text)

    def encrypt(self, person: UUID, name: str, value: str) -> Encrypted:
        """Encrypt a personal value under the person's key. Raises KeyDestroyed for an erased person."""
        refuse_nul(name, value)
        return self._keys.encrypt(person_key(person), name, value)

    def encrypt_for_ledger(self, organiser: UUID, year: int, name: str, value: str) -> Encrypted:
        """Encrypt what bookkeeping law keeps, under the key of the organiser's calendar year."""
        refuse_nul(name, value)
        return self._keys.encrypt(ledger_key(organiser, year), name, value)

    def decrypt(self, sealed: Encrypted) -> str | None:
        """The value in clear; None when its key has been destroyed."""
        return self._keys.decrypt(sealed)

    def destroy_key(self, person: UUID) -> None:
        """Make everything encrypted for the person unreadable, together with this decision's events."""
        self._keys.destroy(person_key(person))

    def finish(self, command_id: UUID, fingerprint: bytes, answer: bytes | None) -> int:
        """Add what the decision records to the transaction; the place of its last event there, -1 where it has none.

        `answer` is None for a command without a key. Raises BadValue, UniqueKeyTaken, DecisionTooLarge.
        """
        changed = [(one, list(one.pending_events)) for one in self._touched.values() if one.pending_events]
        self._batch.events = [self._encoded(one, event, command_id) for one, events in changed for event in events]
        if answer is not None:
            last = len(self._batch.events) - 1
            self._batch.answers = [NewAnswer(command_id, fingerprint, answer, last, self.now)]
        self._transaction.batch.add(self._batch)
        self._transaction.keys.add(self._keys)
        for aggregate, events in changed:
            self._agree(aggregate, events)
        return len(self._transaction.batch.events) - 1 if changed else -1

    def abandon(self) -> None:
        """The decision was refused: the aggregates that it changed are folded anew."""
        for aggregate_id, aggregate in self._touched.items():
            if aggregate.pending_events:
                self._transaction.forget(aggregate_id)

    def _encoded(self, aggregate: Aggregate, event: Fact, command_id: UUID) -> NewEvent:
        vars(event)["timestamp"] = self.now
        topic, state = self._transaction.mapper.encode(event)
        stream, version = event.originator_id, event.originator_version
        organiser: UUID | None = getattr(aggregate, "organiser_id", None)
        return NewEvent(stream, version, topic, state, self.now, self.actor.record, command_id, organiser)

    def _agree(self, aggregate: Aggregate, events: list[Fact]) -> None:
        aggregate.pending_events.clear()
        aggregate.modified_on = self.now
        if events[0].originator_version == aggregate.INITIAL_VERSION:
            vars(aggregate)["_created_on"] = self.now
        self._transaction.agree(aggregate, events)
