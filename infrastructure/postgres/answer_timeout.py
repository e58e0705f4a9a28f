"""A connection that does not wait for ever: a server that takes questions and never answers is left.

A frozen server (its machine paused, its disk hanging) keeps its connections open, and TCP at its side goes on saying
so: neither keepalives nor the server's own `statement_timeout` end a question. Only whoever asks can.
"""

from __future__ import annotations

from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

from infrastructure.postgres.database import DatabaseUnreachable

R = TypeVar("R")

TIMEOUT = 11.0
"""Seconds that an answer may take: a little more than the server itself lets a statement run (10 s)."""

_LOOK_EVERY = 0.1


class NoAnswer(psycopg.OperationalError, DatabaseUnreachable):
    """The server has not answered; the connection is closed, and what became of the question is not known."""


class TimingOutConnection(psycopg.Connection[tuple[Any, ...]]):
    """Waits `answer_timeout` seconds for each answer (None: for ever). Raises NoAnswer."""

    answer_timeout: float | None = TIMEOUT
    has_given_up = False

    def wait(self, gen: PQGen[R], interval: float = _LOOK_EVERY, timeout: float | None = None) -> R:
        """As the driver waits. Whoever gives a `timeout` of their own (listening) may go on afterwards."""
        if timeout is not None or self.answer_timeout is None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.answer_timeout)
        except psycopg.errors._WaitTimeout as error:  # noqa: SLF001 # the driver has no public name for it
            self.has_given_up = True
            self.pgconn.finish()
            raise NoAnswer(f"the database has not answered for {self.answer_timeout:.0f} s") from error
