"""The write path: read, decide, append, answer; and again where somebody else was first."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.ports import Busy, Clock, CommandContext, Committed, R, UnitOfWork
from domain.kernel.errors import PlatsError, RuleBroken
from infrastructure.event_store.identity_map import IdentityMap
from infrastructure.event_store.pending_command import PendingCommand
from infrastructure.event_store.recorder import Conflict, Recorder
from infrastructure.event_store.streams import StoredAnswer, StreamReader
from infrastructure.event_store.unit_of_work import StoreUnitOfWork
from infrastructure.event_store.write_batch import WriteBatch
from infrastructure.keys.keyring import Keyring
from infrastructure.postgres.connections import Connection, ConnectionLost
from infrastructure.postgres.retry import Backoff, with_retries

TIMEOUT = 10.0
"""Seconds during which the database is asked what became of an append whose connection broke."""


class OutcomeUnknown(PlatsError):
    """The database went away while it was recording: send the same command with the same key again to learn more."""


class StoreDecisions:
    """`application.kernel.ports.Decisions` on the event store.

    What guards two decisions on one thing is the event's primary key.
    """

    def __init__(self, recorder: Recorder, reader: StreamReader, keyring: Keyring, clock: Clock) -> None:
        self.recorder, self.clock = recorder, clock
        self._reader, self._keyring = reader, keyring

    def execute(self, order: CommandContext, answer: type[R], decision: Callable[[UnitOfWork], R]) -> Committed[R]:
        """Run `decision` and record what came of it exactly once.

        Raises what it raises, KeyReused, UniqueKeyTaken, Busy, DecisionTooLarge, BadValue, OutcomeUnknown.
        """
        command = self.pending(order, answer, decision)
        backoff = Backoff()
        while True:
            try:
                return self.attempt(command)
            except (Conflict, ConnectionLost) as error:
                backoff.pause(error)

    def dry_run(self, actor: Actor, question: Callable[[UnitOfWork], R]) -> R:
        """Run a question; whatever it changes is forgotten. Raises what it raises, Busy."""

        def run() -> R:
            with self.recorder.connections.borrow() as connection:
                return question(StoreUnitOfWork(self.begin(connection), actor, self.clock.now()))

        return with_retries(run)

    def pending(
        self, context: CommandContext, answer: type[R], decision: Callable[[UnitOfWork], R]
    ) -> PendingCommand[R]:
        """A command that has not been tried yet."""
        return PendingCommand(context, answer, decision, self._keyring.fingerprint(context.content))

    def begin(self, connection: Connection) -> IdentityMap:
        """A fresh view of the store, all of it through one connection."""
        return IdentityMap(self.recorder, self._reader, self._keyring, connection)

    def attempt(self, command: PendingCommand[R], gate: Sequence[int] = ()) -> Committed[R]:
        """Decide and record, in a transaction of the append alone. Raises Conflict when somebody else was first.

        `gate`: the locks of those whom it lets be first.
        """
        with self.recorder.connections.borrow() as connection:
            transaction = self.begin(connection)
            answers = transaction.fetch(command.context.needs, command.keys)
            repeated = self.decide(transaction, command, answers)
            if repeated is not None:
                return repeated
            transaction.batch.gate = [*gate]
            first = self._write(transaction)
        transaction.committed()
        return command.committed(first)

    def decide(
        self, transaction: IdentityMap, command: PendingCommand[R], answers: Mapping[UUID, StoredAnswer]
    ) -> Committed[R] | None:
        """Decide on what the transaction has read; an answer only if the command is among those answered before.

        What is refused may have been done by the same command, sent twice at once: its answer is looked for again.
        """
        if command.command_id in answers:
            return command.repeat(answers[command.command_id])
        work = StoreUnitOfWork(transaction, command.context.actor, self.clock.now())
        try:
            command.decide(work)
        except BaseException as error:
            work.abandon()
            answered = transaction.fetch((), command.keys) if isinstance(error, RuleBroken) else {}
            if command.command_id in answered:
                return command.repeat(answered[command.command_id])
            raise
        return None

    def find_out(self, batch: WriteBatch) -> int | None:
        """The position of the batch's first event if it was committed after all. Raises OutcomeUnknown."""
        until = time.monotonic() + TIMEOUT
        while True:
            try:
                return self.recorder.written_by(batch.events[0]) if batch.events else None
            except (ConnectionLost, Busy) as error:
                if time.monotonic() > until:
                    raise OutcomeUnknown("the database does not answer") from error
                time.sleep(0.25)

    def _write(self, transaction: IdentityMap) -> int:
        try:
            if not transaction.complete(self.clock.now()):
                return 0
            return self.recorder.append(transaction.batch, transaction.connection)
        except ConnectionLost:
            first = self.find_out(transaction.batch)
            if first is None:
                raise
            return first
