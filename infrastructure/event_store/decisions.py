"""The write path: read, decide, append, answer; together with whoever else decides at the same moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from application.kernel.actor import Actor
from application.kernel.ports import Busy, Clock, CommandContext, Committed, UnitOfWork
from domain.kernel.errors import PlatsError, RuleBroken
from infrastructure.event_store.identity_map import IdentityMap, StoredAnswer
from infrastructure.event_store.pending_command import PendingCommand
from infrastructure.event_store.recorder import Conflict, Recorder
from infrastructure.event_store.throughput.aggregate_cache import AggregateCache
from infrastructure.event_store.throughput.commit_queue import CommitQueue
from infrastructure.event_store.throughput.group_commit import lock_key, serve, try_batch
from infrastructure.event_store.unit_of_work import StoreWork
from infrastructure.keys.keyring import Keyring
from infrastructure.postgres.connections import Connection, ConnectionLost
from infrastructure.postgres.per_process import PerProcess
from infrastructure.postgres.retry import Backoff, with_retries
from infrastructure.serialization.event_mapper import EventMapper

R = TypeVar("R")

_COMMON = ()
TIMEOUT = 10.0
"""Seconds during which the database is asked what became of an append whose connection broke."""


class OutcomeUnknown(PlatsError):
    """The database went away while it was recording: send the same command with the same key again to learn more."""


class StoreDecisions:
    """`application.kernel.ports.Decisions` on the event store.

    What guards two decisions on one thing is the event's primary key; the line only spares them the collision.
    """

    def __init__(self, recorder: Recorder, mapper: EventMapper, keyring: Keyring, clock: Clock) -> None:
        self.recorder, self.mapper, self.keyring, self.clock = recorder, mapper, keyring, clock
        self._lines: PerProcess[CommitQueue[PendingCommand[Any]]] = PerProcess(CommitQueue)
        self._memory = PerProcess(AggregateCache)

    def execute(self, order: CommandContext, answer: type[R], decision: Callable[[UnitOfWork], R]) -> Committed[R]:
        """Run `decision` and record what came of it exactly once.

        Raises what it raises, KeyReused, UniqueKeyTaken, Busy, DecisionTooLarge, BadValue, OutcomeUnknown.
        """
        request = PendingCommand(order, answer, decision, self.keyring.fingerprint(order.content))
        if not order.serial:
            return self._at_once(request)
        lines = self._lines.get()
        if not lines.is_warm(order.serial):
            lines.wait(_COMMON, request, self._serve_all)
            if request.outcome is not None:
                return request.result()
        lines.wait(order.serial, request, self._serve)
        return request.result()

    def dry_run(self, actor: Actor, question: Callable[[UnitOfWork], R]) -> R:
        """Run a question; whatever it changes is forgotten. Raises what it raises, Busy."""
        return with_retries(lambda: self._looked(actor, question))

    def _looked(self, actor: Actor, question: Callable[[UnitOfWork], R]) -> R:
        with self.recorder.connections.borrow() as connection:
            return question(StoreWork(self.session(connection), actor, self.clock.now()))

    def session(self, connection: Connection) -> IdentityMap:
        """A fresh view of the store, all of it through one connection."""
        return IdentityMap(self.recorder, self.mapper, self.keyring, self._memory.get(), connection)

    def decided_in(
        self, session: IdentityMap, request: PendingCommand[R], known: Mapping[UUID, StoredAnswer]
    ) -> Committed[R] | None:
        """Decide on what the session holds; an answer only if the command is among those answered before.

        What is refused may have been done by the same command, sent twice at once: its answer is looked for again.
        """
        if request.command_id in known:
            return request.repeat(known[request.command_id])
        work = StoreWork(session, request.order.actor, self.clock.now())
        try:
            request.place = work.finish(request.command_id, request.fingerprint, request.decide(work))
        except BaseException as error:
            work.abandon()
            answered = session.fetch((), request.commands) if isinstance(error, RuleBroken) else {}
            if request.command_id in answered:
                return request.repeat(answered[request.command_id])
            raise
        return None

    def find_out(self, session: IdentityMap) -> int | None:
        """The position of the session's first event if its append was committed after all. Raises OutcomeUnknown."""
        until = time.monotonic() + TIMEOUT
        while True:
            try:
                return self.recorder.written_by(session.append.events[0]) if session.append.events else None
            except (ConnectionLost, Busy) as error:
                if time.monotonic() > until:
                    raise OutcomeUnknown("the database does not answer") from error
                time.sleep(0.25)

    def _at_once(self, request: PendingCommand[R]) -> Committed[R]:
        backoff = Backoff()
        while True:
            try:
                return self.attempt(request)
            except (Conflict, ConnectionLost) as error:
                backoff.pause(error)

    def attempt(self, request: PendingCommand[R]) -> Committed[R]:
        """Decide and record, in a transaction of the append alone. Raises Conflict when somebody else was first.

        It has locked nothing, so it lets those be first who have.
        """
        with self.recorder.connections.borrow() as connection:
            session = self.session(connection)
            known = session.fetch(request.order.needs, request.commands)
            repeated = self.decided_in(session, request, known)
            if repeated is not None:
                return repeated
            session.append.gate = sorted(map(lock_key, request.order.serial))
            first = self._write(session)
        session.written()
        if session.append:
            self.recorder.after_commit()
        return request.recorded(first)

    def _write(self, session: IdentityMap) -> int:
        try:
            return session.write(self.clock.now())
        except ConnectionLost:
            found = self.find_out(session)
            if found is None:
                raise
            return found

    def collided(self, requests: Sequence[PendingCommand[Any]]) -> None:
        """Others decide on the same things as these, in another process."""
        for request in requests:
            self._lines.get().collided(request.order.serial)

    def _serve_all(self, requests: list[PendingCommand[Any]]) -> None:
        try_batch(self, requests)

    def _serve(self, requests: list[PendingCommand[Any]]) -> None:
        serve(self, requests)
