"""A command on its way to an answer: recognised when it is repeated, decided, and answered once recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from functools import cache
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

import msgspec

from application.kernel.ports import CommandContext, Committed, KeyReused, UnitOfWork
from domain.kernel.errors import BadValue
from infrastructure.clock import new_id
from infrastructure.event_store.identity_map import StoredAnswer
from infrastructure.serialization.codec import encode

R = TypeVar("R")


class PendingCommand(Generic[R]):
    """An order with its decision. `command_id` follows from actor and key, or is fresh where there is no key."""

    def __init__(
        self, order: CommandContext, answer: type[R], decision: Callable[[UnitOfWork], R], fingerprint: bytes
    ) -> None:
        self.order, self.answer, self.decision = order, answer, decision
        self.command_id = new_id() if order.key is None else _command_id(order.actor.id, order.key)
        self.fingerprint = fingerprint
        self.given: R | None = None
        self.place = -1
        self.outcome: Committed[R] | BaseException | None = None

    @property
    def is_keyed(self) -> bool:
        """Whether the answer is to be kept."""
        return self.order.key is not None

    @property
    def commands(self) -> list[UUID]:
        """What to look for among the answered commands."""
        return [self.command_id] if self.is_keyed else []

    def repeat(self, stored: StoredAnswer) -> Committed[R]:
        """The answer given before. Raises KeyReused when something else was asked then."""
        if stored.fingerprint != self.fingerprint:
            raise KeyReused("this idempotency key was used for another command")
        answer: R = self._decoder().decode(stored.answer)
        return Committed(answer, stored.position, repeated=True)

    def decide(self, work: UnitOfWork) -> bytes | None:
        """Make the decision; its answer as it is stored, None without a key. Raises what the decision raises."""
        self.given = self.decision(work)
        if not self.is_keyed:
            return None
        stored = encode(self.given)
        try:
            read = self._decoder().decode(stored)
        except msgspec.MsgspecError as error:
            raise BadValue(field="answer", why=str(error)) from error
        if read != self.given:
            raise BadValue(field="answer", why="cannot be stored as what it is")
        return stored

    def recorded(self, first: int) -> Committed[R]:
        """The answer, once the transaction whose first event stands at `first` is committed."""
        given: Any = self.given
        return Committed(given, first + self.place if self.place >= 0 else 0)

    def _decoder(self) -> msgspec.json.Decoder[R]:
        return _decoder_of(cast(Hashable, self.answer))

    def result(self) -> Committed[R]:
        """What came of it in a line."""
        match self.outcome:
            case Committed():
                return self.outcome
            case BaseException():
                raise self.outcome
            case None:
                raise RuntimeError("a line left a request without an outcome")


def _command_id(actor: str, key: str) -> UUID:
    return UUID(bytes=hashlib.sha256(f"{len(actor)}|{actor}|{key}".encode()).digest()[:16])


@cache
def _decoder_of(answer: Hashable) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(answer)
