"""The projector: takes events in from the log and keeps the read models, rows and position in one transaction.

An event that cannot be taken in stops its own organiser's read models there (`standstill`); all others go on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import psycopg

from application.kernel.ports import Busy
from domain.kernel.errors import PlatsError
from infrastructure.event_store.decisions import OutcomeUnknown
from infrastructure.event_store.log import END, Entry, Log, Reading, Unread
from infrastructure.postgres.connections import ConnectionLost, Connections
from infrastructure.read_models.kernel.projection import Change, Projection
from infrastructure.serialization.event_mapper import UnknownEvent, UnreadableEvent
from infrastructure.subscriptions.change_set import write
from infrastructure.subscriptions.checkpoints import Checkpoints, Positions, StalePosition, hold, move, unhurried
from infrastructure.subscriptions.gc_paused import gc_paused
from infrastructure.subscriptions.standstill import (
    Standing,
    earliest,
    everybody_goes_on,
    go_on,
    say,
    standing,
    stop,
    stop_everybody,
)

BATCH = 500

PASSING = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    psycopg.errors.ReadOnlySqlTransaction,
    ConnectionLost,
    Busy,
    OutcomeUnknown,
    StalePosition,
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
        self.tracking = Checkpoints(connections, projections)
        self._names = [one.tracked for one in projections]
        self._known: Positions = {}
        self._standing: Standing = {}
        self.causes: dict[UUID, Unread] = {}

    @property
    def position(self) -> int:
        """How far all of them have come, as far as this process knows."""
        return min(self._known.values(), default=0)

    @property
    def stopped(self) -> Mapping[UUID, int]:
        """Whose read models stand still, and from which event on."""
        return earliest(self._standing)

    def forget(self) -> None:
        """Somebody else may have moved the positions: look where to go on."""
        self._known, self._standing = {}, {}

    def advance(self, limit: int = BATCH) -> int:
        """Take in up to `limit` events of everybody who does not stand still; how many there were in the log.

        Raises UnknownEvent, UnreadableEvent or ProjectionBroken for an event of which nobody can tell whose it is: the
        position stays before it. Raises one of PASSING for what a retry mends.
        """
        try:
            if not self._known:
                self._look()
            with gc_paused():
                reading = self._log.read(self.position, limit, standing=self.stopped)
                if reading.looked_at:
                    self._take_in(reading)
            return reading.looked_at
        except PASSING:
            self.forget()
            raise
        except (UnknownEvent, UnreadableEvent) as error:
            self._stop_everybody(Unread(None, error.position, error.topic, error))
            raise

    def resume(self) -> int:
        """Try again what has stopped organisers; how many of their events could be taken in now.

        A mended event, or a version that can read it, brings everything that has been recorded since.
        """
        self.forget()
        self._look()
        with self._connections.borrow() as connection:
            everybody_goes_on(connection)
        try:
            return sum(self._resume(organiser) for organiser in self.stopped)
        except PASSING:
            self.forget()
            raise

    def _look(self) -> None:
        positions = self.tracking.positions()
        if len(positions) < len(self._projections):
            raise StalePosition
        with self._connections.borrow() as connection:
            self._standing = standing(connection, self._names)
        self._known = positions

    def _take_in(self, reading: Reading) -> None:
        try:
            self._project(reading)
        except PASSING:
            raise
        except Exception as error:
            if len(reading.entries) > 1:
                self._one_by_one(reading)
                return
            if not reading.entries:  # no event's fault
                raise
            [entry] = reading.entries
            broken = ProjectionBroken(entry, error)
            broken.__cause__ = error
            if entry.organiser_id is None:
                self._stop_everybody(Unread(None, entry.position, entry.topic, broken))
                raise broken from error
            unread = Unread(entry.organiser_id, entry.position, entry.topic, broken)
            self._project(reading._replace(entries=[], stuck={**reading.stuck, entry.organiser_id: unread}))

    def _one_by_one(self, reading: Reading) -> None:
        for entry in reading.entries:
            if entry.organiser_id not in self.stopped:
                self._take_in(Reading([entry], 1, entry.position, {}, {}))
        self._take_in(reading._replace(entries=[]))

    def _project(self, reading: Reading) -> None:
        """Write what follows from the events, stand still for whom they cannot be read, and move on."""
        positions, stands = self._known, self._standing
        changes = self._changes(reading.entries, {name: (seen + 1, END) for name, seen in positions.items()})
        moved = {name: max(position, reading.until) for name, position in positions.items()}
        new = {who: unread for who, unread in reading.stuck.items() if who not in self.stopped}
        stops = {who: self._before(unread, positions) for who, unread in new.items()}
        with self._connections.borrow() as connection, connection.pipeline(), connection.transaction():
            unhurried(connection)
            hold(connection, positions, stands)
            write(connection, changes)
            for who, unread in new.items():
                stop(connection, unread, stops[who])
            move(connection, moved)
        self._known = moved
        self._standing = {**stands, **{(name, who): at for who, each in stops.items() for name, at in each.items()}}
        for unread in new.values():
            self._tell(unread)

    @staticmethod
    def _before(unread: Unread, positions: Positions) -> Positions:
        return {name: max(unread.position, position + 1) for name, position in positions.items()}

    def _changes(self, entries: Sequence[Entry], due: Mapping[str, tuple[int, int]]) -> list[Change]:
        """What events change; `due`: the first and the last position that each projection still has to take in."""
        changes: list[Change] = []
        for one in self._projections:
            if one.tracked in due:
                (first, last), handlers = due[one.tracked], one.handlers
                for entry in entries:
                    if first <= entry.position <= last and type(entry.event) in handlers:
                        changes += one.changes(entry)
        return changes

    def _resume(self, organiser: UUID) -> int:
        taken_in, until = 0, max(self._known.values())
        while True:
            own = {name: at for (name, who), at in self._standing.items() if who == organiser}
            reading = self._log.read(min(own.values()) - 1, BATCH, until, only=organiser)
            if organiser in reading.stuck and not reading.entries:
                self.causes[organiser] = reading.stuck[organiser]
                return taken_in
            if not self._catch_up(organiser, own, reading):
                return taken_in
            taken_in += len(reading.entries)
            if not any(who == organiser for _, who in self._standing):
                return taken_in

    def _catch_up(self, organiser: UUID, own: Positions, reading: Reading) -> bool:
        """Take in a piece of what an organiser has missed; False at an event that a projection cannot take in."""
        try:
            self._write_missed(organiser, own, reading)
        except PASSING:
            raise
        except Exception as error:  # whatever it is, it is this organiser's and kept as the cause
            if len(reading.entries) > 1:
                first, *_ = reading.entries
                return self._catch_up(organiser, own, Reading([first], 1, first.position, {}, {}))
            if not reading.entries:  # no event's fault
                raise
            [entry] = reading.entries
            broken = ProjectionBroken(entry, error)
            broken.__cause__ = error
            unread = Unread(organiser, entry.position, entry.topic, broken)
            self._write_missed(organiser, own, reading._replace(entries=[], stuck={organiser: unread}))
            self.causes[organiser] = unread
            return False
        return True

    def _write_missed(self, organiser: UUID, own: Positions, reading: Reading) -> None:
        positions, stands = self._known, self._standing
        changes = self._changes(reading.entries, {name: (at, positions[name]) for name, at in own.items()})
        stuck = reading.stuck.get(organiser)
        missed = stuck.position if stuck else reading.until + 1
        later = {name: max(at, missed) for name, at in own.items()}
        has_all = (stuck is None and missed > max(positions.values())) or not reading.looked_at
        with self._connections.borrow() as connection, connection.pipeline(), connection.transaction():
            unhurried(connection)
            hold(connection, positions, stands)
            write(connection, changes)
            if has_all:
                go_on(connection, own, organiser)
            else:
                stop(connection, stuck or Unread(organiser, missed, "", PlatsError("is catching up")), later)
        others = {key: at for key, at in stands.items() if key[1] != organiser}
        self._standing = others if has_all else {**others, **{(name, organiser): at for name, at in later.items()}}
        if has_all:
            self.causes.pop(organiser, None)
        if stuck and stuck.position > min(own.values()):
            self._tell(stuck)

    def _stop_everybody(self, unread: Unread) -> None:
        with self._connections.borrow() as connection:
            stop_everybody(connection, unread)

    def _tell(self, unread: Unread) -> None:
        if unread.organiser_id is not None:
            self.causes[unread.organiser_id] = unread
            say(unread, "read models")
