"""Group commit: several decisions in one transaction, each answered as if alone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic
from uuid import UUID

import psycopg

from application.kernel.actor import Actor
from application.kernel.ports import Busy, CommandContext, Committed, DecisionTooLarge, R, UnitOfWork
from infrastructure.event_store.decisions import StoreDecisions
from infrastructure.event_store.identity_map import IdentityMap
from infrastructure.event_store.pending_command import PendingCommand
from infrastructure.event_store.recorder import Conflict
from infrastructure.event_store.streams import StoredAnswer
from infrastructure.event_store.throughput.commit_queue import CommitQueue
from infrastructure.postgres.columns import Integers
from infrastructure.postgres.connections import Connection, ConnectionLost, Cursor
from infrastructure.postgres.per_process import PerProcess
from infrastructure.postgres.retry import Backoff

_TRY_LOCKS = b"select pg_try_advisory_xact_lock(k) from unnest(%b::int8[]) as k"
_LOCKS = b"select pg_advisory_xact_lock(k) is not null from unnest(%b::int8[]) as k"
_COMMON = ()
"""The queue of all who are not known to collide."""

_log = logging.getLogger(__name__)


class Request(Generic[R]):
    """A command in a queue, and what came of it: its answer, an error, or nothing yet."""

    def __init__(self, command: PendingCommand[R]) -> None:
        self.command = command
        self.outcome: Committed[R] | Exception | None = None

    def result(self) -> Committed[R]:
        """The answer. Raises the error, and lets go of it: it knows where it came from, and thereby us."""
        outcome, self.outcome = self.outcome, None
        try:
            match outcome:
                case Committed():
                    return outcome
                case Exception():
                    raise outcome
                case None:
                    raise RuntimeError("a queue left a request without an outcome")
        finally:
            del outcome


Requests = Sequence[Request[Any]]
Verdicts = list[tuple[Request[Any], Committed[Any] | Exception | None]]
"""What came of each decision: an earlier answer, a refusal, or None for what is to be recorded."""


class GroupCommit:
    """`application.kernel.ports.Decisions` for many at once.

    What guards two decisions on one thing is the event's primary key; the queue only spares them the collision.
    """

    def __init__(self, decisions: StoreDecisions) -> None:
        self._decisions = decisions
        self._recorder = decisions.recorder
        self._queue: PerProcess[CommitQueue[Request[Any]]] = PerProcess(CommitQueue)

    def execute(self, order: CommandContext, answer: type[R], decision: Callable[[UnitOfWork], R]) -> Committed[R]:
        """As `StoreDecisions.execute`, together with others that come at the same time."""
        if not order.serial:
            return self._decisions.execute(order, answer, decision)
        request = Request(self._decisions.pending(order, answer, decision))
        queue = self._queue.get()
        if not queue.is_warm(order.serial):
            queue.wait(_COMMON, request, self._try_batch)
            if request.outcome is not None:
                return request.result()
        queue.wait(order.serial, request, self._commit_batch)
        return request.result()

    def dry_run(self, actor: Actor, question: Callable[[UnitOfWork], R]) -> R:
        """As `StoreDecisions.dry_run`."""
        return self._decisions.dry_run(actor, question)

    def _try_batch(self, requests: Requests) -> None:
        """Handle requests on different things together. Who would have to wait for another process gets no outcome."""
        try:
            if len(requests) == 1:
                [request] = requests
                gate = sorted(map(lock_key, request.command.context.serial))
                request.outcome = self._decisions.attempt(request.command, gate)
            else:
                self._commit_together(requests, _TRY_LOCKS)
        except Conflict:
            self._collided(requests)
        except Exception as error:  # noqa: BLE001  # whosever it is, it comes back to them when they are handled alone
            if isinstance(error, Busy) or (len(requests) == 1 and not isinstance(error, ConnectionLost)):
                _refuse(requests, error)
        except BaseException:
            _refuse(requests, Busy("the process that led the queue was stopped"))
            raise

    def _commit_batch(self, requests: Requests) -> None:
        """Give every request on the same things its outcome: together if that can be recorded, else one by one."""
        try:
            self._commit_together(requests, _LOCKS)
        except Busy as error:
            _refuse(requests, error)
        except Exception as error:  # noqa: BLE001  # whosever it is, it comes back to them when they are handled alone
            _log.info("a batch of %d is committed one by one: %r", len(requests), error)
        except BaseException:
            _refuse(requests, Busy("the process that led the queue was stopped"))
            raise
        backoff = Backoff()
        for request in requests:
            while request.outcome is None:
                self._commit_alone(request, backoff)
            if isinstance(request.outcome, Busy):
                _refuse(requests, request.outcome)  # or the last one would wait as long as all together

    def _commit_alone(self, request: Request[Any], backoff: Backoff) -> None:
        try:
            try:
                self._commit_together([request], _LOCKS)
            except (Conflict, ConnectionLost) as error:
                backoff.pause(error)
        except Exception as error:  # noqa: BLE001  # it belongs to the one who asked, and is raised there
            request.outcome = error

    def _commit_together(self, requests: Requests, locks: bytes) -> None:
        """Lock, read, decide each, append once, commit. A request that has to wait for its turn gets no outcome."""
        with self._recorder.connections.borrow() as connection:
            transaction = self._decisions.begin(connection)
            try:
                verdicts, first = self._recorded(transaction, requests, locks)
            except BaseException:
                roll_back(connection)
                raise
        transaction.committed()
        _give(verdicts, first)

    def _recorded(self, transaction: IdentityMap, requests: Requests, locks: bytes) -> tuple[Verdicts, int]:
        """What was decided, and where the first event stands. Two round trips: begin, lock and read; append and commit.

        Locked is before anything is read; a lock gives the transaction no id, so positions keep the order.
        """
        connection, verdicts = transaction.connection, Verdicts()
        try:
            with connection.pipeline():
                connection.execute(b"begin", prepare=True)
                locked = _Locks(connection, requests, locks)
                answers = transaction.fetch(
                    [need for request in requests for need in request.command.context.needs],
                    dict.fromkeys(key for request in requests for key in request.command.keys),
                )
                verdicts = self._decide_each(transaction, self._whose_turn_it_is(requests, locked), answers)
                is_written = transaction.complete(self._decisions.clock.now())
                sent = self._recorder.send(transaction.batch, connection) if is_written else None
                connection.execute(b"commit", prepare=True)
            return verdicts, self._recorder.first_position(sent)
        except (psycopg.Error, ConnectionLost) as error:
            translate = self._recorder.translate_error
            trouble = translate(error, transaction.batch) if isinstance(error, psycopg.Error) else error
            if not isinstance(trouble, ConnectionLost):
                raise trouble from error
            first = self._decisions.find_out(transaction.batch)
            if first is None:
                raise trouble from error
            return verdicts, first

    def _whose_turn_it_is(self, requests: Requests, locked: _Locks) -> Requests:
        """Those for whom all is locked, of several with the same key the first: the rest finds its stored answer."""
        free = locked.free()
        waiting = [request for request in requests if not free.issuperset(request.command.context.serial)]
        self._collided(waiting)
        first = {request.command.command_id: request for request in reversed(requests)}
        return [one for one in requests if one not in waiting and first[one.command.command_id] is one]

    def _decide_each(
        self, transaction: IdentityMap, requests: Requests, answers: Mapping[UUID, StoredAnswer]
    ) -> Verdicts:
        """A verdict holds only if all is recorded: a refusal may rest on what somebody before has decided."""
        verdicts = Verdicts()
        for request in requests:
            try:
                verdicts.append((request, self._decisions.decide(transaction, request.command, answers)))
            except DecisionTooLarge as error:
                if not verdicts:
                    verdicts.append((request, error))
            except (ConnectionLost, Conflict):
                raise
            except Exception as error:  # noqa: BLE001  # it belongs to the one who asked, and is raised there
                verdicts.append((request, error))
        return verdicts

    def _collided(self, requests: Requests) -> None:
        """Others decide on the same things as these, in another process."""
        for request in requests:
            self._queue.get().collided(request.command.context.serial)


class _Locks:
    """The locks of those who decide on the same things, asked for and perhaps got."""

    def __init__(self, connection: Connection, requests: Requests, statement: bytes) -> None:
        ids = {aggregate_id for request in requests for aggregate_id in request.command.context.serial}
        keys = sorted((lock_key(aggregate_id), aggregate_id) for aggregate_id in ids)
        self._ids = [aggregate_id for _, aggregate_id in keys]
        columns = [Integers(key for key, _ in keys)]
        self._answer: Cursor = connection.execute(statement, columns, prepare=True, binary=True)

    def free(self) -> set[UUID]:
        """The ids that are ours now."""
        rows = self._answer.fetchall()
        return {aggregate_id for aggregate_id, (is_free,) in zip(self._ids, rows, strict=True) if is_free}


def lock_key(aggregate_id: UUID) -> int:
    """The advisory lock of whoever decides on this id."""
    return int.from_bytes(aggregate_id.bytes[:8], signed=True)


def _refuse(requests: Requests, outcome: Exception) -> None:
    for request in requests:
        request.outcome = request.outcome or outcome


def _give(verdicts: Verdicts, first: int) -> None:
    """What came of each is theirs alone from now on: an error knows where it was kept, and all that was read there."""
    while verdicts:
        request, verdict = verdicts.pop()
        request.outcome = verdict or request.command.committed(first)


def roll_back(connection: Connection) -> None:
    """Forget what the transaction on a connection has done, as far as the connection is still there."""
    if not connection.closed:
        try:
            connection.execute(b"rollback")
        except psycopg.Error:
            connection.close()
