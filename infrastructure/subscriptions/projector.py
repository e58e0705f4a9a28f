"""The projector: takes events in from the log and keeps the read models, rows and position in one transaction.

An event that cannot be taken in blocks its own organiser's read models there (`blocks`); all others go on.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from uuid import UUID

from domain.kernel.errors import PlatsError
from infrastructure.postgres.connections import Connections
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.table import Change
from infrastructure.serialization.event_mapper import Entry, UnknownEvent, UnreadableEvent
from infrastructure.subscriptions.blocks import (
    Blocked,
    block,
    block_everybody,
    blocked_in,
    earliest,
    log_block,
    unblock,
    unblock_everybody,
)
from infrastructure.subscriptions.broken import broken_at
from infrastructure.subscriptions.change_set import Derive, underived, write
from infrastructure.subscriptions.checkpoints import Checkpoints, Positions, StalePosition, commit_async, hold, move
from infrastructure.subscriptions.gc_paused import gc_paused
from infrastructure.subscriptions.log import END, BlockingEvent, Log, LogPiece
from infrastructure.subscriptions.passing import PASSING

BATCH = 500


class Projector:
    """Keeps projections up with the log, in the partition that it is read for.

    Each event is read once for all of them, and all move in one transaction. `patience`: for how many seconds it need
    not be written down that others' events have been passed.
    """

    def __init__(
        self,
        log: Log,
        connections: Connections,
        projections: Sequence[Projection],
        derive: Derive = underived,
        patience: float = 0.0,
    ) -> None:
        self._log, self._connections = log, connections
        self._derive, self._patience = derive, patience
        self.checkpoints = Checkpoints(connections, projections, log.partition)
        self._kept = {log.partition.name(one.tracked): one for one in projections}
        self._passed, self._written = 0, 0.0
        self._known: Positions = {}
        self._blocked: Blocked = {}
        self.causes: dict[UUID, BlockingEvent] = {}

    @property
    def position(self) -> int:
        """How far all of them have come, as far as this process knows."""
        return min(self._known.values(), default=0)

    @property
    def blocked(self) -> Mapping[UUID, int]:
        """Whose read models are blocked, and from which event on."""
        return earliest(self._blocked)

    def forget(self) -> None:
        """Somebody else may have moved the positions: look where to go on."""
        self._known, self._blocked, self._passed = {}, {}, 0

    def advance(self, limit: int = BATCH, until: int = END) -> int:
        """Take in up to `limit` events (up to a position) of everybody who is not blocked; how many there were.

        Raises UnknownEvent, UnreadableEvent or ProjectionBroken for an event of which nobody can tell whose it is: the
        position stays before it. Raises one of PASSING for what a retry mends.
        """
        try:
            if not self._known:
                self._look()
            with gc_paused():
                piece = self._log.read(max(self.position, self._passed), limit, until, blocked=self.blocked)
                if piece.until > self.position and not self._passes(piece):
                    self._take_in(piece)
            return piece.seen
        except PASSING:
            self.forget()
            raise
        except (UnknownEvent, UnreadableEvent) as error:
            self._block_everybody(BlockingEvent(None, error.position, error.topic, error))
            raise

    def _passes(self, piece: LogPiece) -> bool:
        """Whether it holds nothing of ours, and it is soon enough to write later that it has been passed."""
        if piece.entries or piece.blocking or time.monotonic() - self._written >= self._patience:
            return False
        self._passed = piece.until
        return True

    def resume(self) -> int:
        """Try again what has blocked organisers; how many of their events could be taken in now.

        A mended event, or a version that can read it, brings everything that has been recorded since.
        """
        self.forget()
        self._look()
        with self._connections.borrow() as connection:
            unblock_everybody(connection)
        try:
            return sum(self._resume(organiser) for organiser in self.blocked)
        except PASSING:
            self.forget()
            raise

    def _look(self) -> None:
        positions = self.checkpoints.positions()
        if len(positions) < len(self._kept):
            raise StalePosition
        with self._connections.borrow() as connection:
            self._blocked = blocked_in(connection, self._kept)
        self._known = positions

    def _take_in(self, piece: LogPiece) -> None:
        try:
            self._project(piece)
        except PASSING:
            raise
        except Exception as error:
            if len(piece.entries) > 1:
                self._one_by_one(piece)
                return
            if not piece.entries:  # no event's fault
                raise
            event = broken_at(piece.entries[0], error)
            if event.organiser_id is None:
                self._block_everybody(event)
                raise event.why from error
            self._project(piece._replace(entries=[], blocking={**piece.blocking, event.organiser_id: event}))

    def _one_by_one(self, piece: LogPiece) -> None:
        for entry in piece.entries:
            if entry.organiser_id not in self.blocked:
                self._take_in(LogPiece([entry], 1, entry.position, {}, {}))
        self._take_in(piece._replace(entries=[]))

    def _project(self, piece: LogPiece) -> None:
        """Write what follows from the events, block those whose events cannot be read, and move on."""
        positions, blocked = self._known, self._blocked
        changes = self._changes(piece.entries, {name: (seen + 1, END) for name, seen in positions.items()})
        moved = {name: max(position, piece.until) for name, position in positions.items()}
        new = {who: event for who, event in piece.blocking.items() if who not in self.blocked}
        starts = {who: self._before(event, positions) for who, event in new.items()}
        with self._connections.borrow() as connection, connection.pipeline(), connection.transaction():
            commit_async(connection)
            hold(connection, positions, blocked)
            write(connection, changes, derive=self._derive)
            for who, event in new.items():
                block(connection, event, starts[who])
            move(connection, moved)
        self._blocked = {**blocked, **{(name, who): at for who, each in starts.items() for name, at in each.items()}}
        self._written = time.monotonic()
        self._known = moved  # last: another thread asks for it first, and for who is blocked then
        for event in new.values():
            self._tell(event)

    @staticmethod
    def _before(event: BlockingEvent, positions: Positions) -> Positions:
        return {name: max(event.position, position + 1) for name, position in positions.items()}

    def _changes(self, entries: Sequence[Entry], due: Mapping[str, tuple[int, int]]) -> list[Change]:
        """What events change; `due`: the first and the last position that each projection still has to take in."""
        changes: list[Change] = []
        for name, one in self._kept.items():
            if name in due:
                (first, last), handlers = due[name], one.handlers
                for entry in entries:
                    if first <= entry.position <= last and type(entry.event) in handlers:
                        changes += one.changes(entry)
        return changes

    def _resume(self, organiser: UUID) -> int:
        taken_in, until = 0, max(self._known.values())
        while True:
            own = {name: at for (name, who), at in self._blocked.items() if who == organiser}
            piece = self._log.read(min(own.values()) - 1, BATCH, until, only=organiser)
            if organiser in piece.blocking and not piece.entries:
                self.causes[organiser] = piece.blocking[organiser]
                return taken_in
            if not self._catch_up(organiser, own, piece):
                return taken_in
            taken_in += len(piece.entries)
            if not any(who == organiser for _, who in self._blocked):
                return taken_in

    def _catch_up(self, organiser: UUID, own: Positions, piece: LogPiece) -> bool:
        """Take in a piece of what an organiser has missed; False at an event that a projection cannot take in."""
        try:
            self._write_missed(organiser, own, piece)
        except PASSING:
            raise
        except Exception as error:  # whatever it is, it is this organiser's and kept as the cause
            if len(piece.entries) > 1:
                first, *_ = piece.entries
                return self._catch_up(organiser, own, LogPiece([first], 1, first.position, {}, {}))
            if not piece.entries:  # no event's fault
                raise
            event = broken_at(piece.entries[0], error)
            self._write_missed(organiser, own, piece._replace(entries=[], blocking={organiser: event}))
            self.causes[organiser] = event
            return False
        return True

    def _write_missed(self, organiser: UUID, own: Positions, piece: LogPiece) -> None:
        positions, blocked = self._known, self._blocked
        changes = self._changes(piece.entries, {name: (at, positions[name]) for name, at in own.items()})
        blocking = piece.blocking.get(organiser)
        missed = blocking.position if blocking else piece.until + 1
        later = {name: max(at, missed) for name, at in own.items()}
        has_all = (blocking is None and missed > max(positions.values())) or not piece.seen
        with self._connections.borrow() as connection, connection.pipeline(), connection.transaction():
            commit_async(connection)
            hold(connection, positions, blocked)
            write(connection, changes, derive=self._derive)
            if has_all:
                unblock(connection, own, organiser)
            else:
                block(connection, blocking or BlockingEvent(organiser, missed, "", PlatsError("is catching up")), later)
        others = {key: at for key, at in blocked.items() if key[1] != organiser}
        self._blocked = others if has_all else {**others, **{(name, organiser): at for name, at in later.items()}}
        if has_all:
            self.causes.pop(organiser, None)
        if blocking and blocking.position > min(own.values()):
            self._tell(blocking)

    def _block_everybody(self, event: BlockingEvent) -> None:
        with self._connections.borrow() as connection:
            block_everybody(connection, event)

    def _tell(self, event: BlockingEvent) -> None:
        if event.organiser_id is not None:
            self.causes[event.organiser_id] = event
            log_block(event, "read models")
