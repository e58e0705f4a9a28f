"""Connections to PostgreSQL: one pool a process, impatient with a server that has gone and quick to find the next."""

from __future__ import annotations

import select
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

import psycopg
from psycopg.abc import Params
from psycopg.rows import RowFactory, tuple_row
from psycopg_pool import ConnectionPool, PoolTimeout, TooManyRequests
from psycopg_pool.base import AttemptWithBackoff

from application.kernel.ports import Busy
from domain.kernel.errors import PlatsError
from infrastructure.postgres.answer_timeout import TIMEOUT, TimingOutConnection
from infrastructure.postgres.per_process import PerProcess

Connection = psycopg.Connection[tuple[Any, ...]]
Cursor = psycopg.Cursor[tuple[Any, ...]]

# Our questions are all look-ups by key: planning them once for each connection halves what they cost the server. Set
# once it is there, and not as it is asked for: a pooler in between (PgBouncer) lets no such options through.
_SESSION = b"""set plan_cache_mode = force_generic_plan; set statement_timeout = '10s'; set lock_timeout = '3s';
set idle_in_transaction_session_timeout = '10s'; set timezone = 'UTC';
set default_transaction_isolation = 'read committed'"""

# The pool would wait 1, 2, 4, 8 … s between attempts: after a failover that doubled the outage.
AttemptWithBackoff.INITIAL_DELAY = 0.25
AttemptWithBackoff.DELAY_BACKOFF = 1.0


HOW: Mapping[str, Any] = {
    "connect_timeout": 2,
    "target_session_attrs": "read-write",
    "tcp_user_timeout": 4000,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
}
"""How every connection is made: quick to see that a server has gone, and of several that are named to the one that
takes writes."""


def connected(database_url: str) -> Connection:
    """A connection outside any pool, without time limits, each statement by itself; whoever asks closes it."""
    return psycopg.connect(database_url, autocommit=True, **HOW)


class ConnectionLost(PlatsError):
    """The connection broke; whether what was sent has been done is not known."""


class NoSpace(Busy):
    """The database's disk is full: nothing can be recorded until there is room; what is there can be read."""


HELD_UP = (psycopg.errors.LockNotAvailable, psycopg.errors.QueryCanceled, psycopg.errors.DiskFull)
"""What the database says of a statement that it has not carried out, although nothing is wrong with it."""


def held_up(error: psycopg.Error) -> Busy:
    """What such an error means."""
    if isinstance(error, psycopg.errors.DiskFull):
        return NoSpace("the database's disk is full")
    return Busy("the database did not get to it in time")


class Connections:
    """A pool of autocommitting connections, made on first use in each process.

    `most`: how many connections a process may hold. A connection is waited for at most 2 s, then Busy is raised.
    `configure`: prepares each new connection. `answer_timeout`: seconds that an answer is waited for. A server that
    lets them pass is frozen: none of the connections to it is used again.
    """

    def __init__(
        self,
        database_url: str,
        most: int = 16,
        answer_timeout: float = TIMEOUT,
        configure: Callable[[TimingOutConnection], None] | None = None,
    ) -> None:
        self.url = database_url
        self._most, self._configure = most, configure
        self.answer_timeout = answer_timeout
        self._pool = PerProcess(self._open)

    @contextmanager
    def borrow(self) -> Iterator[Connection]:
        """A connection to use alone and give back. What is left open on it is rolled back. Raises Busy, ConnectionLost.

        Whoever wants to know more of an error catches the driver's own inside the block.
        """
        pool = self._pool.get()
        connection = _living(pool)
        connection.answer_timeout = self.answer_timeout
        try:
            yield connection
        except HELD_UP as error:
            raise held_up(error) from error
        except psycopg.errors.ReadOnlySqlTransaction as error:
            connection.close()  # the server has become a standby: what is needed is another server
            raise ConnectionLost("the server only lets itself be read") from error
        except ConnectionLost:
            connection.close()  # whoever asked has seen one of those errors first
            raise
        except psycopg.OperationalError as error:
            raise ConnectionLost(str(error)) from error
        finally:
            if connection.has_given_up:
                pool.drain()
            pool.putconn(connection)

    def query(
        self,
        statement: str | bytes,
        arguments: Params,
        connection: Connection | None = None,
        *,
        prepare: bool = True,
        rows: RowFactory[Any] = tuple_row,
    ) -> list[Any]:
        """Rows of a question, planned once and kept (`prepare`) or planned each time. Raises ConnectionLost, Busy."""
        text = statement.encode() if isinstance(statement, str) else statement
        with nullcontext(connection) if connection else self.borrow() as conn:
            try:
                return conn.cursor(binary=True, row_factory=rows).execute(text, arguments, prepare=prepare).fetchall()
            except HELD_UP as error:
                raise held_up(error) from error
            except psycopg.OperationalError as error:
                raise ConnectionLost("the connection broke while reading") from error

    def execute(self, statement: str, arguments: Params) -> int:
        """Carry out a statement by itself; how many rows it has changed. Raises ConnectionLost, Busy."""
        with self.borrow() as connection:
            return connection.execute(statement.encode(), arguments).rowcount

    def dedicated(self, answer_timeout: float | None = None) -> Connection:
        """A connection outside the pool, for who listens or leads; whoever asks closes it. None: waits for ever."""
        connection = TimingOutConnection.connect(self.url, autocommit=True, **HOW)
        self._settle(connection)
        connection.answer_timeout = answer_timeout
        return connection

    def close(self) -> None:
        """Close what this process has opened; used again, it opens anew."""
        pool = self._pool.made()
        if pool is not None:
            self._pool.forget()
            pool.close()

    def _open(self) -> ConnectionPool[TimingOutConnection]:
        return ConnectionPool(
            self.url,
            connection_class=TimingOutConnection,
            configure=self._settle,
            kwargs={"autocommit": True, "prepare_threshold": 2, **HOW},
            min_size=1,
            max_size=self._most,
            timeout=2.0,
            max_lifetime=600.0,
            max_idle=60.0,
            reconnect_timeout=60.0,
            open=True,
        )

    def _settle(self, connection: TimingOutConnection) -> None:
        connection.execute(_SESSION)
        if self._configure is not None:
            self._configure(connection)


def _living(pool: ConnectionPool[TimingOutConnection]) -> TimingOutConnection:
    """A free connection whose server has not left it meanwhile: after a restart all that are free are dead."""
    while True:
        try:
            connection = pool.getconn()
        except (PoolTimeout, TooManyRequests) as error:
            raise Busy("no connection to the database is free") from error
        if _is_quiet(connection) or _answers(connection):
            return connection
        pool.putconn(connection)


def _is_quiet(connection: TimingOutConnection) -> bool:
    """Whether the server has said nothing that nobody asked for: its farewell, for one. Asks only our own system."""
    poll = select.poll()
    poll.register(connection.pgconn.socket, select.POLLIN)
    return not poll.poll(0)


def _answers(connection: TimingOutConnection) -> bool:
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.Error:
        return False
    return True
