"""The write path in memory: decisions by the real use cases on the real rules, for stories told by the thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.ports import A, CommandContext, Committed, R, UniqueKeyTaken
from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import NotFound
from domain.kernel.ids import BookingId, SeasonId
from domain.kernel.personal import Encrypted
from tests.clock import FixedClock

T = TypeVar("T")
Claim = tuple[str, str]


class Said(NamedTuple):
    """An event with what the log knows about it."""

    event: Any
    position: int
    recorded_at: datetime
    actor: Actor


@dataclass
class InMemory:
    """`application.kernel.ports.Decisions` one at a time; what a refused decision has changed is forgotten."""

    clock: FixedClock
    chance: Random
    things: dict[UUID, Aggregate] = field(default_factory=dict)
    claims: dict[Claim, UUID] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    log: list[Said] = field(default_factory=list)

    def again(self, seed: int) -> InMemory:
        """As it stands now, for one story alone."""
        clock = FixedClock(self.clock.instant)
        return InMemory(clock, Random(seed), {**self.things}, {**self.claims}, {**self.answers}, [*self.log])

    def execute(self, order: CommandContext, answer: type[R], decision: Callable[[Any], R]) -> Committed[R]:  # noqa: ARG002  # a port's signature
        """Decide and record, once for a key."""
        if order.key is not None and order.key in self.answers:
            return Committed(self.answers[order.key], len(self.log), repeated=True)
        work = InHand(self, order.actor)
        found = decision(work)
        work.record()
        if order.key is not None:
            self.answers[order.key] = found
        return Committed(found, len(self.log))

    def dry_run(self, actor: Actor, question: Callable[[Any], R]) -> R:
        """Ask, and forget what the asking changed."""
        return question(InHand(self, actor))

    def bookings_of(self, season_id: SeasonId) -> Iterator[BookingId]:
        """The bookings of a season that hold seats, in the order they were made."""
        for one in [*self.things.values()]:
            if type(one).__name__ == "Booking" and vars(one)["season_id"] == season_id and one.held:  # type: ignore[attr-defined]  # a booking, by its name
                yield BookingId(one.id)


class InHand:
    """`application.kernel.ports.UnitOfWork` on copies."""

    position = 0

    def __init__(self, memory: InMemory, actor: Actor) -> None:
        self._memory, self.actor, self.now = memory, actor, memory.clock.instant
        self._held: dict[UUID, Aggregate] = {}
        self._claims: dict[Claim, UUID | None] = {}
        self._taken: UniqueKeyTaken | None = None

    def new_id(self) -> UUID:
        return UUID(int=self._memory.chance.getrandbits(128), version=4)

    def load(self, kind: type[A], aggregate_id: UUID) -> A:
        found = self.find(kind, aggregate_id)
        if found is None:
            raise NotFound(what=kind.__name__.lower())
        return found

    def find(self, kind: type[A], aggregate_id: UUID) -> A | None:
        if aggregate_id not in self._held and aggregate_id in self._memory.things:
            self._held[aggregate_id] = _copied(self._memory.things[aggregate_id])
        found = self._held.get(aggregate_id)
        return found if isinstance(found, kind) else None

    def fetch(self, *wanted: tuple[type[Aggregate], UUID]) -> None:
        """Everything is at hand."""

    def add(self, aggregate: Aggregate) -> None:
        self._held[aggregate.id] = aggregate

    def take_unique_key(self, kind: str, value: str, owner: UUID) -> None:
        if self.unique_key_owner(kind, value) is not None:
            self._taken = UniqueKeyTaken(kind, value)
        self._claims[kind, value] = owner

    def release_unique_key(self, kind: str, value: str) -> None:
        self._claims[kind, value] = None

    def unique_key_owner(self, kind: str, value: str) -> UUID | None:
        return self._claims.get((kind, value), self._memory.claims.get((kind, value)))

    def blind_index(self, text: str) -> str:
        return text

    def encrypt(self, person: UUID, name: str, value: str) -> Encrypted:
        return Encrypted("person", person, "", name, value.encode())

    def encrypt_for_ledger(self, organiser: UUID, year: int, name: str, value: str) -> Encrypted:
        return Encrypted("ledger", organiser, str(year), name, value.encode())

    def decrypt(self, sealed: Encrypted) -> str | None:
        return sealed.blob.decode()

    def destroy_key(self, person: UUID) -> None:
        """Nobody is erased in these stories."""

    def record(self) -> None:
        """All of it, or, where a claim is taken, nothing."""
        if self._taken is not None:
            raise self._taken
        for aggregate_id, held in self._held.items():
            events = held.collect_events()
            if events:
                self._memory.things[aggregate_id] = held
            for event in events:
                position = len(self._memory.log) + 1
                self._memory.log.append(Said(event, position, self.now, self.actor))
        for claim, owner in self._claims.items():
            if owner is None:
                self._memory.claims.pop(claim, None)
            else:
                self._memory.claims[claim] = owner


def _copied(aggregate: T) -> T:
    """A copy to decide on: what holds values is copied, the values themselves never change."""
    fresh = object.__new__(type(aggregate))
    vars(fresh).update({name: _held(value) for name, value in vars(aggregate).items()})
    return fresh


def _held(value: Any) -> Any:
    match value:
        case dict():
            return {key: _held(each) for key, each in value.items()}
        case list():
            return [_held(each) for each in value]
        case set():
            return set(value)
        case _:
            return value
