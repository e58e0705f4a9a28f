"""A command on its way to an answer: recognised when it is repeated, decided, and answered once recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, Generic
from uuid import UUID

from application.kernel.ports import CommandContext, Committed, KeyReused, R, UnitOfWork
from infrastructure.event_store.streams import StoredAnswer
from infrastructure.event_store.unit_of_work import StoreUnitOfWork
from infrastructure.kernel.clock import new_id
from infrastructure.serialization.codec import answer_codec


class PendingCommand(Generic[R]):
    """A command with its decision. `command_id` follows from actor and key, or is fresh where there is no key.

    `keys`: what to look for among the stored answers.
    """

    def __init__(
        self, context: CommandContext, answer: type[R], decision: Callable[[UnitOfWork], R], fingerprint: bytes
    ) -> None:
        self.context, self._codec, self._decision = context, answer_codec(answer), decision
        self.command_id = new_id() if context.key is None else _command_id(context.actor.id, context.key)
        self.keys = [] if context.key is None else [self.command_id]
        self.fingerprint = fingerprint
        self._answer: R | None = None
        self._last_event = -1

    def repeat(self, stored: StoredAnswer) -> Committed[R]:
        """The answer given before. Raises KeyReused when something else was asked then."""
        if stored.fingerprint != self.fingerprint:
            raise KeyReused("this idempotency key was used for another command")
        return Committed(self._codec.decode(stored.answer), stored.position, repeated=True)

    def decide(self, work: StoreUnitOfWork) -> None:
        """Make the decision and add it to the transaction. Raises what the decision raises."""
        self._answer = self._decision(work)
        stored = self._codec.encode(self._answer) if self.keys else None
        self._last_event = work.finish(self.command_id, self.fingerprint, stored)

    def committed(self, first: int) -> Committed[R]:
        """The answer, once the transaction whose first event stands at `first` is committed."""
        answer: Any = self._answer
        return Committed(answer, first + self._last_event if self._last_event >= 0 else 0)


def _command_id(actor: str, key: str) -> UUID:
    return UUID(bytes=hashlib.sha256(f"{len(actor)}|{actor}|{key}".encode()).digest()[:16])
