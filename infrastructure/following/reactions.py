"""The follower that lets policies react: one event at a time, in order, after the read models have taken it in."""

from __future__ import annotations

import threading
import time

from application.policies import Policies
from infrastructure.events.log import Entry, Log
from infrastructure.following.projector import PASSING
from infrastructure.following.tracking import move, unhurried
from infrastructure.postgres.connections import Connections

NAME = "policies"
SLICE = 0.025
"""Seconds after which the read models get their turn again."""

_BATCH = 100


class PolicyBroken(Exception):
    """What follows from an event cannot be carried out: a mistake in the code, which no retry mends."""

    def __init__(self, entry: Entry, why: Exception) -> None:
        super().__init__(f"what follows from {entry.topic} at position {entry.position} cannot be done: {why!r}")


class Reactions:
    """Gives policies the events. Every command carries a key made of its event, so that an event given twice is one."""

    def __init__(self, log: Log, connections: Connections, policies: Policies) -> None:
        self._log, self._connections, self._policies = log, connections, policies
        self._turn = threading.Lock()
        self._known: int | None = None
        self._coming: list[Entry] = []

    def advance(self, until: int) -> int:
        """React to events up to a position (included) for a slice of time; how many were done.

        Raises PolicyBroken, and one of PASSING for what a retry mends: the event is then given again.
        """
        with self._turn:
            return self._advance(until)

    def _advance(self, until: int) -> int:
        if self._known is None:
            self._known = self.position()
        if not self._coming and self._known < until:
            self._coming = self._log.after(self._known, _BATCH, until)
        started, done = time.monotonic(), 0
        try:
            for entry in self._coming:
                self._react(entry)
                done += 1
                if time.monotonic() - started > SLICE:
                    break
        finally:
            self._done(done)
        return done

    def forget(self) -> None:
        """Somebody else may have reacted meanwhile: look where to go on."""
        self._known, self._coming = None, []

    def position(self) -> int:
        """The last event that was done."""
        with self._connections.borrow() as connection:
            rows = connection.execute("select position from tracking where name = %s", [NAME]).fetchall()
        return int(rows[0][0]) if rows else 0

    def _react(self, entry: Entry) -> None:
        try:
            self._policies.react(entry.event)
        except PASSING:
            raise
        except Exception as error:
            raise PolicyBroken(entry, error) from error

    def _done(self, number: int) -> None:
        if number:
            done, coming = self._coming[:number], self._coming[number:]
            self.forget()
            with self._connections.borrow() as connection, connection.pipeline(), connection.transaction():
                unhurried(connection)
                move(connection, {NAME: done[-1].position})
            self._known, self._coming = done[-1].position, coming
