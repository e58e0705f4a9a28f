"""A line is served: several decisions in one transaction, each answered as if alone."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg

from application.kernel.ports import Busy, Committed, DecisionTooLarge
from infrastructure.event_store import statements as sql
from infrastructure.event_store.identity_map import IdentityMap, StoredAnswer, Wanted
from infrastructure.event_store.pending_command import PendingCommand
from infrastructure.event_store.recorder import Conflict
from infrastructure.event_store.throughput.packed_columns import integers
from infrastructure.postgres.connections import Connection, ConnectionLost, Cursor
from infrastructure.postgres.retry import Backoff

if TYPE_CHECKING:
    from infrastructure.event_store.decisions import StoreDecisions

Requests = Sequence[PendingCommand[Any]]
Locked = tuple[list[UUID], Cursor]
Verdicts = list[tuple[PendingCommand[Any], Committed[Any] | Exception | None]]
"""What came of each decision: an earlier answer, a refusal, or None for what is to be recorded."""

_log = logging.getLogger(__name__)


def lock_key(one: UUID) -> int:
    """The advisory lock of whoever decides on this id."""
    return int.from_bytes(one.bytes[:8], signed=True)


def try_batch(decisions: StoreDecisions, requests: Requests) -> None:
    """Serve requests on different things together. Who would have to wait for another process gets no outcome."""
    try:
        if len(requests) == 1:
            requests[0].outcome = decisions.attempt(requests[0])
        else:
            _together(decisions, requests, sql.TRY_LOCKS)
    except Conflict:
        decisions.collided(requests)
    except Exception as error:  # noqa: BLE001  # whosever it is, it comes back to them when they are served alone
        if isinstance(error, Busy) or (len(requests) == 1 and not isinstance(error, ConnectionLost)):
            _refuse(requests, error)
    except BaseException:
        _refuse(requests, Busy("the process that led the line was stopped"))
        raise


def serve(decisions: StoreDecisions, requests: Requests) -> None:
    """Give every request on the same things its outcome: together if that can be recorded, else one by one."""
    try:
        _together(decisions, requests, sql.LOCKS)
    except Busy as error:
        _refuse(requests, error)
    except Exception as error:  # noqa: BLE001  # whosever it is, it comes back to them when they are served alone
        _log.info("a line of %d is served one by one: %r", len(requests), error)
    except BaseException:
        _refuse(requests, Busy("the process that led the line was stopped"))
        raise
    backoff = Backoff()
    for request in requests:
        if request.outcome is None:
            _alone(decisions, request, backoff)
        if isinstance(request.outcome, Busy):
            _refuse(requests, request.outcome)  # or the last one in the line would wait as long as all together


def _refuse(requests: Requests, outcome: Exception) -> None:
    for request in requests:
        request.outcome = request.outcome or outcome


def _alone(decisions: StoreDecisions, request: PendingCommand[Any], backoff: Backoff) -> None:
    while request.outcome is None:
        try:
            _together(decisions, [request], sql.LOCKS)
        except (Conflict, ConnectionLost) as error:
            _wait(request, backoff, error)
        except Exception as error:  # noqa: BLE001  # it belongs to the one who asked, and is raised there
            request.outcome = error


def _wait(request: PendingCommand[Any], backoff: Backoff, after: Conflict | ConnectionLost) -> None:
    try:
        backoff.pause(after)
    except Busy as over:
        request.outcome = over


def _together(decisions: StoreDecisions, requests: Requests, locks: bytes) -> None:
    """Lock, read, decide each, append once, commit. A request that has to wait for the next turn gets no outcome."""
    with decisions.recorder.connections.borrow() as connection:
        session = decisions.session(connection)
        try:
            verdicts, first = _recorded(decisions, session, requests, locks)
        except BaseException:
            _roll_back(connection)
            raise
    session.written()
    for request, verdict in verdicts:
        request.outcome = verdict or request.recorded(first)
    if session.append:
        decisions.recorder.after_commit()


def _recorded(
    decisions: StoreDecisions, session: IdentityMap, requests: Requests, locks: bytes
) -> tuple[Verdicts, int]:
    """What was decided, and where the first event stands. Two round trips: begin, lock and read; append and commit.

    Locked is before anything is read; a lock gives the transaction no id, so positions keep the order.
    """
    connection, verdicts = session.connection, Verdicts()
    try:
        with connection.pipeline():
            connection.execute(b"begin", prepare=True)
            locked = _lock(connection, requests, locks)
            known = session.fetch(*_asked(requests))
            verdicts = _decide_each(decisions, session, _whose_turn_it_is(decisions, requests, locked), known)
            sent = session.send(decisions.clock.now())
            connection.execute(b"commit", prepare=True)
        return verdicts, decisions.recorder.first_of(sent)
    except (psycopg.Error, ConnectionLost) as error:
        trouble = error if isinstance(error, ConnectionLost) else decisions.recorder.said(error, session.append)
        if not isinstance(trouble, ConnectionLost):
            raise trouble from error
        found = decisions.find_out(session)
        if found is None:
            raise trouble from error
        return verdicts, found


def _lock(connection: Connection, requests: Requests, locks: bytes) -> Locked:
    ids = {one for request in requests for one in request.order.serial}
    keys = sorted((lock_key(one), one) for one in ids)
    answer = connection.execute(locks, [integers([key for key, _ in keys])], prepare=True, binary=True)
    return [one for _, one in keys], answer


def _asked(requests: Requests) -> tuple[list[Wanted], list[UUID]]:
    needs = [need for request in requests for need in request.order.needs]
    return needs, list(dict.fromkeys(one for request in requests for one in request.commands))


def _whose_turn_it_is(decisions: StoreDecisions, requests: Requests, locked: Locked) -> Requests:
    """Those for whom all is locked, and of several with the same key the first: the rest finds its stored answer."""
    ids, answer = locked
    free = {one for one, (is_free,) in zip(ids, answer.fetchall(), strict=True) if is_free}
    waiting = [request for request in requests if not free.issuperset(request.order.serial)]
    if waiting:
        decisions.collided(waiting)
    first = {request.command_id: request for request in reversed(requests)}
    return [one for one in requests if free.issuperset(one.order.serial) and first[one.command_id] is one]


def _decide_each(
    decisions: StoreDecisions, session: IdentityMap, requests: Requests, known: Mapping[UUID, StoredAnswer]
) -> Verdicts:
    """A verdict holds only if all is recorded: a refusal may rest on what somebody before in the line has decided."""
    verdicts = Verdicts()
    for request in requests:
        try:
            verdicts.append((request, decisions.decided_in(session, request, known)))
        except DecisionTooLarge as error:
            if not verdicts:
                verdicts.append((request, error))
        except (ConnectionLost, Conflict):
            raise
        except Exception as error:  # noqa: BLE001  # it belongs to the one who asked, and is raised there
            verdicts.append((request, error))
    return verdicts


def _roll_back(connection: Connection) -> None:
    if not connection.closed:
        try:
            connection.execute(b"rollback")
        except psycopg.Error:
            connection.close()
