"""The projector: takes events in from the log and keeps the read models, rows and position in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg

from application.ports import Busy
from infrastructure.events.decisions import OutcomeUnknown
from infrastructure.events.log import Entry, Log
from infrastructure.following.batches import without_collecting
from infrastructure.following.change_set import write
from infrastructure.following.projection import Change, Projection
from infrastructure.following.tracking import Overtaken, Positions, Tracking, hold, move, unhurried
from infrastructure.postgres.connections import ConnectionLost, Connections

BATCH = 500

PASSING = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    psycopg.errors.ReadOnlySqlTransaction,
    ConnectionLost,
    Busy,
    OutcomeUnknown,
    Overtaken,
)
"""What goes away by itself: the database was restarted, slow or elsewhere, or somebody was faster."""


class ProjectionBroken(Exception):
    """A projection cannot take in an event: a mistake in its code, which no retry mends. Nothing is skipped."""

    def __init__(self, entry: Entry, why: Exception) -> None:
        super().__init__(f"{entry.topic} at position {entry.position} cannot be taken in: {why!r}")


class Projector:
    """Keeps projections up with the log. Each event is read once for all of them, and all move in one transaction."""

    def __init__(self, log: Log, connections: Connections, projections: Sequence[Projection]) -> None:
        self._log, self._connections, self._projections = log, connections, projections
        self.tracking = Tracking(connections, projections)
        self._known: Positions = {}

    @property
    def position(self) -> int:
        """How far all of them have come, as far as this process knows."""
        return min(self._known.values(), default=0)

    def forget(self) -> None:
        """Somebody else may have moved the positions: look where to go on."""
        self._known = {}

    def advance(self, limit: int = BATCH) -> int:
        """Take in up to `limit` events; how many there were.

        Raises UnknownEvent or UnreadableEvent for the event that comes next, ProjectionBroken for a mistake in a
        projection: the position stays before that event. Raises one of PASSING for what a retry mends.
        """
        if not self._known:
            self._known = self._positions()
        with without_collecting():
            entries = self._log.after(self.position, limit)
            if entries:
                self._take_in(entries)
            return len(entries)

    def _positions(self) -> Positions:
        positions = self.tracking.positions()
        if len(positions) < len(self._projections):
            raise Overtaken
        return positions

    def _take_in(self, entries: list[Entry]) -> None:
        positions, self._known = self._known or self._positions(), {}
        try:
            self._known = self._project(entries, positions)
        except PASSING:
            raise
        except Exception as error:
            if len(entries) == 1:
                raise ProjectionBroken(entries[0], error) from error
            for entry in entries:
                self._take_in([entry])

    def _project(self, entries: list[Entry], positions: Positions) -> Positions:
        changes: list[Change] = []
        for one in self._projections:
            seen, handlers = positions[one.tracked], one.handlers
            for entry in entries:
                if entry.position > seen and type(entry.event) in handlers:
                    changes += one.changes(entry)
        moved = {name: max(position, entries[-1].position) for name, position in positions.items()}
        with self._connections.borrow() as connection, connection.pipeline(), connection.transaction():
            unhurried(connection)
            hold(connection, positions)
            write(connection, changes)
            move(connection, moved)
        return moved
