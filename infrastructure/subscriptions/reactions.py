"""The subscription that lets policies react: in order, after the read models have taken the events in.

What follows from many events is one transaction, with the keys that each of them has. Where that fails, each event is
given by itself, so that what is wrong with one stops nobody else.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from uuid import UUID

from application.automation.policies import Policies
from infrastructure.postgres.connections import Connections
from infrastructure.serialization.event_mapper import Entry
from infrastructure.subscriptions.blocks import block, blocked_in, earliest, log_block, unblock
from infrastructure.subscriptions.broken import PolicyBroken
from infrastructure.subscriptions.checkpoints import commit_async, move
from infrastructure.subscriptions.gc_paused import gc_paused
from infrastructure.subscriptions.log import NOBODY, BlockingEvent, Log, LogPiece
from infrastructure.subscriptions.passing import PASSING

NAME = "policies"
SLICE = 0.5
"""Seconds after which what has been decided is recorded: others wait meanwhile who draw numbers of the same series."""

_BATCH = 200
_LEAST, _MOST = 16, 64
"""How many events are one transaction: as many as a slice of time has room for."""

Gathering = Callable[[Sequence[object]], AbstractContextManager[None]]
"""Makes one transaction of what follows from some events, for as long as its block lasts."""

_log = logging.getLogger(__name__)


class Reactions:
    """Gives policies the events. Every command carries a key made of its event, so that an event given twice is one.

    What cannot be carried out, or has not been projected, blocks its own organiser's reactions; all others go on.
    """

    def __init__(self, log: Log, connections: Connections, policies: Policies, together: Gathering) -> None:
        self._log, self._connections, self._policies, self._together = log, connections, policies, together
        self._turn, self._name = threading.Lock(), log.partition.name(NAME)
        self._known: int | None = None
        self._blocked: dict[UUID, int] = {}
        self._coming: list[Entry] = []
        self._looked_to, self._most = 0, _LEAST
        self.causes: dict[UUID, BlockingEvent] = {}

    def advance(self, until: int, stopped: Mapping[UUID, int] = NOBODY) -> int:
        """React to events up to a position (included) for a slice of time; how many were looked at.

        `stopped`: whose read models are blocked, and from where on. Raises one of PASSING for what a retry mends, and
        PolicyBroken for an event of which nobody can tell whose it is: the event is then given again.
        """
        with self._turn, gc_paused():
            return self._advance(until, stopped)

    def resume(self, stopped: Mapping[UUID, int]) -> int:
        """Try again what has blocked organisers whose read models go on; how many of their events were done."""
        with self._turn:
            self.forget()
            self._look()
            return sum(self._resume(organiser) for organiser in list(self._blocked) if organiser not in stopped)

    def forget(self) -> None:
        """Somebody else may have reacted meanwhile: look where to go on."""
        self._known, self._coming = None, []

    def position(self) -> int:
        """The last event that was done."""
        with self._connections.borrow() as connection:
            rows = connection.execute("select position from tracking where name = %s", [self._name]).fetchall()
        return int(rows[0][0]) if rows else 0

    def _look(self) -> int:
        if self._known is None:
            self._known = self._looked_to = self.position()
            with self._connections.borrow() as connection:
                self._blocked = earliest(blocked_in(connection, [self._name]))
        return self._known

    def _advance(self, until: int, stopped: Mapping[UUID, int]) -> int:
        known, looked_at = self._look(), 0
        if not self._coming and known < until:
            piece = self._log.read(known, _BATCH, until, blocked={**stopped, **self._blocked})
            for organiser, position in piece.skipped.items():
                if organiser not in self._blocked:
                    self._block(BlockingEvent(organiser, position, "", _NotProjected()))
            for event in piece.blocking.values():
                self._block(event)
            self._coming, self._looked_to, looked_at = piece.entries, piece.until, piece.seen
        done = self._give(self._coming)
        self._done(done)
        return max(done, looked_at)

    def _give(self, entries: list[Entry]) -> int:
        """Give events for a slice of time; how many."""
        started, entries, done = time.monotonic(), self._next(entries), 0
        try:
            with self._together([each.event for each in entries if self._is_to_be_done(each)]):
                for entry in entries:
                    if self._is_to_be_done(entry):
                        self._policies.react(entry.event)
                    done += 1
                    if time.monotonic() - started > SLICE:
                        break
        except PASSING:
            raise
        except Exception as error:  # noqa: BLE001  # whosever it is, it comes back when each is given by itself
            _log.info("what follows from %d events is done one by one: %r", len(entries), error)
            return self._give_alone(entries)
        self._most = min(_MOST, max(_LEAST, 2 * done if done == len(entries) else done))
        return done

    def _next(self, entries: list[Entry]) -> list[Entry]:
        """The first events, of which as many are to be done as have been done in a slice of time of late."""
        due = [place for place, each in enumerate(entries, 1) if self._is_to_be_done(each)]
        return entries[: due[self._most - 1]] if len(due) > self._most else entries

    def _is_to_be_done(self, entry: Entry) -> bool:
        return entry.organiser_id not in self._blocked and self._policies.concern(entry.event)

    def _give_alone(self, entries: list[Entry]) -> int:
        started, done = time.monotonic(), 0
        for entry in entries:
            if entry.organiser_id not in self._blocked:
                try:
                    self._react(entry)
                except BaseException:
                    self._done(done)
                    raise
            done += 1
            if time.monotonic() - started > SLICE:
                break
        return done

    def _react(self, entry: Entry) -> None:
        try:
            self._policies.react(entry.event)
        except PASSING:
            raise
        except Exception as error:
            broken = PolicyBroken(entry, error)
            broken.__cause__ = error
            if entry.organiser_id is None:
                raise broken from error
            self._block(BlockingEvent(entry.organiser_id, entry.position, entry.topic, broken))

    def _resume(self, organiser: UUID) -> int:
        done = 0
        while organiser in self._blocked:
            until = self._look()
            piece = self._log.read(self._blocked[organiser] - 1, _BATCH, until, only=organiser)
            del self._blocked[organiser]
            for entry in piece.entries:
                self._react(entry)
                if organiser in self._blocked:
                    return done
                done += 1
            if organiser in piece.blocking:
                self._block(piece.blocking[organiser])
                return done
            self._has_missed_until(organiser, piece, until)
        return done

    def _has_missed_until(self, organiser: UUID, piece: LogPiece, until: int) -> None:
        with self._connections.borrow() as connection:
            if not piece.seen or piece.until >= until:
                unblock(connection, [self._name], organiser)
                self.causes.pop(organiser, None)
                return
            here = BlockingEvent(organiser, piece.until + 1, "", _NotProjected())
            block(connection, here, {self._name: here.position})
        self._blocked[organiser] = here.position

    def _block(self, event: BlockingEvent) -> None:
        if event.organiser_id is None:
            return
        with self._connections.borrow() as connection:
            before = blocked_in(connection, [self._name]).get((self._name, event.organiser_id))
            block(connection, event, {self._name: event.position})
        self._blocked[event.organiser_id] = event.position
        if not isinstance(event.why, _NotProjected):
            self.causes[event.organiser_id] = event
            if before != event.position:
                log_block(event, "reactions")

    def _done(self, number: int) -> None:
        if not number and (self._coming or self._looked_to == self._known):
            return
        coming = self._coming[number:]
        position = self._coming[number - 1].position if coming else self._looked_to
        self.forget()
        with self._connections.borrow() as connection, connection.pipeline(), connection.transaction():
            commit_async(connection)
            move(connection, {self._name: position})
        self._known, self._coming = position, coming


class _NotProjected(Exception):
    """The read models have not taken it in."""

    def __init__(self) -> None:
        super().__init__("the read models have not taken it in")
