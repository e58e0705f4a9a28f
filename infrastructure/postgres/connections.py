"""Connections to PostgreSQL: one pool a process, impatient with a server that has gone and quick to find the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout, TooManyRequests
from psycopg_pool.base import AttemptWithBackoff

from application.ports import Busy
from infrastructure.postgres.per_process import PerProcess

Connection = psycopg.Connection[tuple[Any, ...]]
Cursor = psycopg.Cursor[tuple[Any, ...]]

# Our questions are all look-ups by key: planning them once for each connection halves what they cost the server.
_SESSION = (
    "-c plan_cache_mode=force_generic_plan -c statement_timeout=10s -c lock_timeout=3s "
    "-c idle_in_transaction_session_timeout=10s -c timezone=UTC -c default_transaction_isolation=read\\ committed"
)

# The pool would wait 1, 2, 4, 8 … s between attempts: after a failover that doubled the outage.
AttemptWithBackoff.INITIAL_DELAY = 0.25
AttemptWithBackoff.DELAY_BACKOFF = 1.0


class Connections:
    """A pool of autocommitting connections, made on first use in each process.

    `most`: how many connections a process may hold. A connection is waited for at most 2 s, then Busy is raised.
    """

    def __init__(self, database_url: str, most: int = 16) -> None:
        self._url = database_url
        self._most = most
        self._pool = PerProcess(self._open)

    @contextmanager
    def borrow(self) -> Iterator[Connection]:
        """A connection to use alone and give back. What is left open on it is rolled back. Raises Busy."""
        pool = self._pool.get()
        try:
            connection = pool.getconn()
        except (PoolTimeout, TooManyRequests) as error:
            raise Busy("no connection to the database is free") from error
        try:
            yield connection
        except psycopg.errors.ReadOnlySqlTransaction:
            connection.close()  # the server has become a standby: what is needed is another server
            raise
        finally:
            pool.putconn(connection)

    def dedicated(self) -> Connection:
        """A connection outside the pool, for who listens or leads; whoever asks closes it."""
        return psycopg.connect(self._url, autocommit=True, **self._how())

    def close(self) -> None:
        """Close what this process has opened; used again, it opens anew."""
        pool = self._pool.made()
        if pool is not None:
            self._pool.forget()
            pool.close()

    def _open(self) -> ConnectionPool[Connection]:
        return ConnectionPool(
            self._url,
            kwargs={"autocommit": True, "prepare_threshold": 2, **self._how()},
            min_size=1,
            max_size=self._most,
            timeout=2.0,
            max_lifetime=600.0,
            max_idle=60.0,
            reconnect_timeout=60.0,
            open=True,
        )

    def _how(self) -> dict[str, Any]:
        return {
            "options": _SESSION,
            "connect_timeout": 2,
            "target_session_attrs": "read-write",
            "tcp_user_timeout": 4000,
            "keepalives_idle": 2,
            "keepalives_interval": 1,
            "keepalives_count": 3,
        }
