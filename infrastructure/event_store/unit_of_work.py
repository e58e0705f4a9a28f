"""One decision under way: what the use cases may ask of the store, and what the decision brings when it ends well."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.ports import UniqueKeyTaken
from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import NotFound
from domain.kernel.personal import Encrypted
from infrastructure.clock import new_id
from infrastructure.event_store.identity_map import IdentityMap
from infrastructure.event_store.write_batch import Claim, NewAnswer, NewEvent, NewKey, WriteBatch
from infrastructure.keys.key_name import KeyName
from infrastructure.keys.keyring import DataKey, KeyDestroyed, ledger_key, name_of, person_key
from infrastructure.serialization.codec import refuse_nul
from infrastructure.serialization.event_mapper import Fact

A = TypeVar("A", bound=Aggregate)


class StoreWork:
    """`application.kernel.ports.UnitOfWork` on a session."""

    def __init__(self, session: IdentityMap, actor: Actor, now: datetime) -> None:
        self._session, self._actor, self._now = session, actor, now
        self._touched: dict[UUID, Aggregate] = {}
        self._brings = WriteBatch()
        self._minted: dict[KeyName, DataKey] = {}

    @property
    def now(self) -> datetime:
        """The instant of this decision, UTC."""
        return self._now

    @property
    def actor(self) -> Actor:
        """Who decides."""
        return self._actor

    @property
    def position(self) -> int:
        """Where the newest event stands of all that has been read."""
        return self._session.position

    def new_id(self) -> UUID:
        """A fresh id, without meaning."""
        return new_id()

    def load(self, kind: type[A], aggregate_id: UUID) -> A:
        """The aggregate as it is now. Raises NotFound."""
        found = self.find(kind, aggregate_id)
        if found is None:
            raise NotFound(kind=kind.__name__, id=aggregate_id)
        return found

    def find(self, kind: type[A], aggregate_id: UUID) -> A | None:
        """As `load`, but None where there is none."""
        found = self._touched.get(aggregate_id) or self._session.find(kind, aggregate_id)
        if not isinstance(found, kind):
            return None
        self._touched[aggregate_id] = found
        return found

    def fetch(self, *wanted: tuple[type[Aggregate], UUID]) -> None:
        """Read several streams in one round trip."""
        self._session.fetch(wanted)

    def add(self, aggregate: Aggregate) -> None:
        """Record the events of an aggregate made in this decision."""
        self._touched[aggregate.id] = aggregate

    def take_unique_key(self, kind: str, value: str, owner: UUID) -> None:
        """Make (kind, value) belong to `owner` alone; raises UniqueKeyTaken, at the latest at the end."""
        refuse_nul(kind, kind + value)
        self._brings.add(WriteBatch(claims={(kind, value): owner}))

    def release_unique_key(self, kind: str, value: str) -> None:
        """Give up a claim in this decision."""
        self._brings.add(WriteBatch(claims={(kind, value): None}))

    def unique_key_owner(self, kind: str, value: str) -> UUID | None:
        """Who holds a claim now, this decision's own included."""
        claim: Claim = (kind, value)
        if claim in self._brings.passed_on:
            return self._brings.passed_on[claim]
        if claim in self._brings.claims:
            return self._brings.claims[claim]
        return self._session.owner(claim)

    def blind_index(self, text: str) -> str:
        """A keyed digest of a personal value; case, width and space around it do not count."""
        return self._session.keyring.blind_index(text)

    def encrypt(self, person: UUID, name: str, value: str) -> Encrypted:
        """Encrypt a personal value under the person's key. Raises KeyDestroyed for an erased person."""
        return self._encrypt(person_key(person), name, value)

    def encrypt_for_ledger(self, organiser: UUID, year: int, name: str, value: str) -> Encrypted:
        """Encrypt what bookkeeping law keeps, under the key of the organiser's calendar year."""
        return self._encrypt(ledger_key(organiser, year), name, value)

    def decrypt(self, sealed: Encrypted) -> str | None:
        """The value in clear; None when its key has been destroyed."""
        name = name_of(sealed)
        if name in self._brings.destroyed or name in self._session.append.destroyed:
            return None
        minted = self._minted.get(name) or self._session.minted.get(name)
        if minted is not None:
            return minted.open(sealed)
        return self._session.keyring.reveal_many([sealed], self._session.query)[0]

    def destroy_key(self, person: UUID) -> None:
        """Make everything sealed for the person unreadable, together with this decision's events."""
        name = person_key(person)
        self._minted.pop(name, None)
        self._brings.keys.pop(name, None)
        self._brings.destroyed[name] = self._now

    def finish(self, command_id: UUID, fingerprint: bytes, answer: bytes | None) -> int:
        """Give the session what the decision brings; the place of its last event there, -1 where it recorded none.

        `answer` is None for a command without a key. Raises BadValue, UniqueKeyTaken, DecisionTooLarge.
        """
        collected = {one.id: list(one.pending_events) for one in self._touched.values() if one.pending_events}
        self._brings.events = [
            self._entry(self._touched[one], event, command_id) for one, events in collected.items() for event in events
        ]
        if answer is not None:
            last = len(self._brings.events) - 1
            self._brings.answers = [NewAnswer(command_id, fingerprint, answer, last, self._now)]
        self._refuse_taken()
        self._session.append.add(self._brings)
        self._session.minted |= self._minted
        for one, events in collected.items():
            self._agree(self._touched[one], events)
        return len(self._session.append.events) - 1 if collected else -1

    def abandon(self) -> None:
        """The decision was refused: what it changed in the session is folded anew."""
        for one, aggregate in self._touched.items():
            if aggregate.pending_events:
                self._session.forget(one)

    def _encrypt(self, name: KeyName, field: str, value: str) -> Encrypted:
        refuse_nul(field, value)
        if name in self._brings.destroyed or name in self._session.append.destroyed:
            raise KeyDestroyed(subject=name.subject)
        key = self._minted.get(name) or self._session.minted.get(name) or self._key(name)
        return key.encrypt(name, field, value)

    def _key(self, name: KeyName) -> DataKey:
        found = self._session.keyring.find([name], self._session.query)
        if name not in found:
            key, epoch, wrapped = self._session.keyring.mint(name)
            self._minted[name] = key
            self._brings.keys[name] = NewKey(name, epoch, wrapped, self._now)
            return key
        key_or_none = found[name]
        if key_or_none is None:
            raise KeyDestroyed(subject=name.subject)
        return key_or_none

    def _entry(self, aggregate: Aggregate, event: Fact, command_id: UUID) -> NewEvent:
        vars(event)["timestamp"] = self._now
        topic, state = self._session.mapper.encode(event)
        stream, version = event.originator_id, event.originator_version
        whose: UUID | None = getattr(aggregate, "organiser_id", None)
        return NewEvent(stream, version, topic, state, self._now, self._actor.record, command_id, whose)

    def _agree(self, aggregate: Aggregate, events: list[Fact]) -> None:
        aggregate.pending_events.clear()
        aggregate.modified_on = self._now
        if events[0].originator_version == aggregate.INITIAL_VERSION:
            vars(aggregate)["_created_on"] = self._now
        self._session.agree(aggregate, events)

    def _refuse_taken(self) -> None:
        held = {**self._session.append.claims, **self._session.append.passed_on}
        for claim, owner in self._brings.claims.items():
            if owner is not None and held.get(claim, owner) not in (owner, None):
                raise UniqueKeyTaken(*claim)
