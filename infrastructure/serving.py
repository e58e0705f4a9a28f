"""A line is served: several decisions on the same things in one locked transaction, each answered as if alone."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg

from application.ports import Busy, DecisionTooLarge
from infrastructure.connections import Connection
from infrastructure.recorder import Conflict, ConnectionLost
from infrastructure.request import Request
from infrastructure.session import Session

if TYPE_CHECKING:
    from infrastructure.decisions import StoreDecisions

Requests = Sequence[Request[Any]]

ATTEMPTS = 5

_log = logging.getLogger(__name__)


def serve(decisions: StoreDecisions, requests: Requests) -> None:
    """Give every request its outcome: together if that can be recorded, else one by one."""
    try:
        _together(decisions, requests)
    except Busy as error:
        _refuse(requests, error)
    except Exception as error:  # noqa: BLE001  # whosever it is, it comes back to them when they are served alone
        _log.info("a line of %d is served one by one: %r", len(requests), error)
    except BaseException:
        _refuse(requests, Busy("the process that led the line was stopped"))
        raise
    for request in requests:
        if request.outcome is None:
            _alone(decisions, request)


def _refuse(requests: Requests, outcome: Busy) -> None:
    for request in requests:
        request.outcome = request.outcome or outcome


def _alone(decisions: StoreDecisions, request: Request[Any]) -> None:
    for attempt in range(ATTEMPTS):
        try:
            _together(decisions, [request])
        except (Conflict, ConnectionLost):
            time.sleep(0.005 * 2**attempt)
        except Exception as error:  # noqa: BLE001  # it belongs to the one who asked, and is raised there
            request.outcome = error
        if request.outcome is not None:
            return
    request.outcome = Busy("too many decided on the same thing at the same time")


def _together(decisions: StoreDecisions, requests: Requests) -> None:
    """Lock, read, decide each, append once, commit. A request that has to wait for the next turn gets no outcome."""
    with decisions.recorder.connections.borrow() as connection:
        session = decisions.session(connection)
        try:
            _lock(connection, requests[0].order.serial)
            agreed = _decide_each(decisions, session, requests)
            first = _commit(decisions, session, connection)
        except BaseException:
            _roll_back(connection)
            raise
    session.written()
    for request in agreed:
        request.outcome = request.recorded(first)
    if session.append:
        decisions.recorder.after_commit()


def _lock(connection: Connection, serial: tuple[UUID, ...]) -> None:
    """Begin, and lock before anything is read; a lock gives the transaction no id, so positions keep the order."""
    keys = sorted({int.from_bytes(one.bytes[:8], signed=True) for one in serial})
    locks = ", ".join(f"pg_advisory_xact_lock({key})" for key in keys)
    try:
        connection.execute(f"begin; select {locks}".encode())
    except (psycopg.errors.LockNotAvailable, psycopg.errors.QueryCanceled) as error:
        raise Busy("others hold what must be serial for too long") from error
    except psycopg.OperationalError as error:
        raise ConnectionLost("the connection broke before anything was decided") from error


def _decide_each(decisions: StoreDecisions, session: Session, requests: Requests) -> list[Request[Any]]:
    session.fetch([need for request in requests for need in request.order.needs])
    agreed: list[Request[Any]] = []
    seen: set[UUID] = set()
    for request in requests:
        if request.command_id in seen:
            continue  # a repetition in the same line: it reads the stored answer in the next turn
        seen.add(request.command_id)
        try:
            request.outcome = decisions.decided_in(session, request)
            if request.outcome is None:
                agreed.append(request)
        except DecisionTooLarge as error:
            request.outcome = None if agreed else error
        except (ConnectionLost, Conflict):
            raise
        except Exception as error:  # noqa: BLE001  # it belongs to the one who asked, and is raised there
            request.outcome = error
    return agreed


def _commit(decisions: StoreDecisions, session: Session, connection: Connection) -> int:
    try:
        first = session.write(decisions.clock.now())
        connection.execute(b"commit")
    except (ConnectionLost, psycopg.OperationalError) as error:
        found = decisions.find_out(session)
        if found is None:
            raise ConnectionLost("the connection broke while appending") from error
        return found
    return first


def _roll_back(connection: Connection) -> None:
    if not connection.closed:
        try:
            connection.execute(b"rollback")
        except psycopg.Error:
            connection.close()
