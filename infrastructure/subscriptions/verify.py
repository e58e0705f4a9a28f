"""Verification: what is remembered adds up, and every read model is what the log makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from infrastructure.event_store.store import Store
from infrastructure.postgres.connections import Connection
from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.read_models.kernel.projection import SCRATCH, Projection
from infrastructure.read_models.people.people_tables import SHELF, SHELF_LIST
from infrastructure.read_models.people.shelves_compared import copy_shelves, erased_meanwhile, make_room
from infrastructure.read_models.people.shelving import Shelving
from infrastructure.serialization.event_mapper import UnknownEvent, UnreadableEvent
from infrastructure.subscriptions.blocks import Blocked, blocked_in, earliest
from infrastructure.subscriptions.chain import look_through
from infrastructure.subscriptions.checkpoints import Checkpoints, Positions
from infrastructure.subscriptions.digest import digests
from infrastructure.subscriptions.log import END, BlockingEvent, Log
from infrastructure.subscriptions.partitions import WHOLE, Partition, number_in, partitions, subscription_of
from infrastructure.subscriptions.rebuild import alone, begin
from infrastructure.subscriptions.replay import Progress, Replay, without_timeouts
from infrastructure.subscriptions.sums import SUMS
from infrastructure.subscriptions.verification import VERIFICATION


@dataclass(frozen=True)
class Check:
    """One thing that must hold, whether it does, and what was seen."""

    name: str
    ok: bool
    seen: str


@dataclass(frozen=True)
class Verified:
    """All checks; `ok` when every one of them is."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether everything adds up."""
        return all(check.ok for check in self.checks)


@dataclass(frozen=True)
class Live:
    """The read models as they were at one moment: how far each had come in each partition, and each table's digest."""

    positions: Mapping[Partition, Positions]
    digests: dict[str, str]
    blocked: Blocked

    def has(self, tracked: str) -> bool:
        """Whether a read model was kept."""
        return all(tracked in positions for positions in self.positions.values())

    def parts(self) -> Mapping[Partition, Positions]:
        """What is made again in one go: everything, where each partition had come as far as the others."""
        first, *others = self.positions.values()
        return self.positions if any(each != first for each in others) else {WHOLE: first}


_READABLE = "every event can be taken in"
_STOPPED = """select distinct on (organiser_id, position) organiser_id, position, topic, why from standstill
where topic <> '' order by organiser_id, position"""
MOST_FAULTS = 20
"""Changed events that are named; how many more there are is said."""

_SHELVES = {str(SHELF), str(SHELF_LIST)}
"""What follows from names as they can be read now, and not from events alone."""

_TOPICS = "select distinct topic from event order by topic"


class Verification:
    """Reads the whole log once, into scratch tables, and compares."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._log = Log(store.recorder, store.mapper)

    def run(self, progress: Progress = lambda _: None) -> Verified:
        """Check everything. Raises RebuildUnderWay while read models are being made."""
        with self._store.connections.dedicated() as connection, alone(connection):
            without_timeouts(connection)
            chained, topics = self._chained(connection), self._topics(connection)
            live = self._live(connection)
            with _scratch(connection):
                try:
                    until, blocking = self._replay(connection, live, progress)
                except (UnknownEvent, UnreadableEvent) as error:
                    return Verified((chained, topics, Check(_READABLE, ok=False, seen=f"for everybody: {error}")))
                read = _read(connection, blocking)
                return Verified((chained, topics, read, *_sums(connection, until), *self._compared(connection, live)))

    def _chained(self, connection: Connection) -> Check:
        found = look_through(connection, self._store.keyring.chain_key())
        seen = f"{found.events} events in {found.links} links, {found.waiting} to be chained, head {found.head}"
        faults = "; ".join(f"position {position} {why}" for position, why in found.faults[:MOST_FAULTS])
        more = f" (+{len(found.faults) - MOST_FAULTS} more)" if len(found.faults) > MOST_FAULTS else ""
        return Check("the log is as it was chained", not found.faults, f"{seen}; {faults}{more}" if faults else seen)

    def _topics(self, connection: Connection) -> Check:
        known = set(self._store.mapper.topics)
        stored = [str(topic) for (topic,) in connection.execute(_TOPICS).fetchall()]
        unknown = [topic for topic in stored if topic not in known]
        seen = f"{len(stored)} kinds of events" + (f", unknown: {', '.join(unknown)}" if unknown else "")
        return Check("every stored event is known", not unknown, seen)

    def _live(self, connection: Connection) -> Live:
        Checkpoints(self._store.connections, PROJECTIONS).missing()
        has_shelves = make_room(connection)
        with connection.transaction():
            connection.execute("set transaction isolation level repeatable read, read only")
            if has_shelves:
                copy_shelves(connection)
            rows = connection.execute("select name, position from tracking").fetchall()
            positions = {str(name): int(position) for name, position in rows}
            come = {each: _positions_in(each, positions) for each in partitions(number_in(connection))}
            blocked = blocked_in(connection, [name for name in positions if subscription_of(name) in _TRACKED])
            live = Live(come, {}, blocked)
            for one in PROJECTIONS:
                if live.has(one.tracked):
                    live.digests.update(digests(connection, one))
        return live

    def _compared(self, connection: Connection, live: Live) -> Iterator[Check]:
        for one in PROJECTIONS:
            name = f"the read model {one.name} is what the log makes of it"
            if not live.has(one.tracked):
                yield Check(name, ok=True, seen="not made yet")
                continue
            again = digests(connection, one, SCRATCH)
            differ = {table for table, value in again.items() if live.digests[table] != value}
            seen = "equal to the byte" if not differ else f"not equal: {', '.join(sorted(differ))}"
            if differ and differ <= _SHELVES:
                erased = erased_meanwhile(connection, self._store.keyring, f"{one.name}{SCRATCH}")
                if erased is not None:
                    differ, seen = set(), f"equal but for {erased} whose erasure is still to be taken in"
            yield Check(name, not differ, f"{len(again)} tables, {seen}")

    def _replay(self, connection: Connection, live: Live, progress: Progress) -> tuple[int, list[BlockingEvent]]:
        """Make each projection again up to where its live one had come, all of one position in one piece.

        How far everybody's were at least, and which events could not be taken in.
        """
        begin(connection, [VERIFICATION, *PROJECTIONS], SCRATCH)
        head, least, blocking = self._log.head(), END, list[BlockingEvent]()
        for partition, positions in live.parts().items():
            until = max(positions.values(), default=0) or head
            log = Log(self._store.recorder, self._store.mapper, partition)
            for (position, blocked), together in _groups(positions, until, live.blocked).items():
                derive = Shelving(self._store.keyring)
                replay = Replay(log, connection, together, SCRATCH, dict(blocked), derive=derive)
                replay.run(position, progress=progress)
                blocking += replay.blocking.values()
            least = min(least, until)
        return least, blocking


_TRACKED = {one.tracked for one in PROJECTIONS}


def _positions_in(partition: Partition, positions: Positions) -> Positions:
    """How far each read model has come in a partition, by what it is tracked under."""
    names = {tracked: partition.name(tracked) for tracked in sorted(_TRACKED)}
    return {tracked: positions[name] for tracked, name in names.items() if name in positions}


_Come = tuple[int, tuple[tuple[UUID, int], ...]]
"""How far a read model has come, and before which events it is blocked for whom."""


def _come(position: int, blocked: Mapping[UUID, int]) -> _Come:
    return position, tuple(sorted(blocked.items()))


def _groups(positions: Positions, until: int, stopped: Blocked) -> dict[_Come, list[Projection]]:
    """What has come equally far; `until`: how far what must add up is looked at."""
    groups: dict[_Come, list[Projection]] = {_come(until, earliest(stopped)): [VERIFICATION]}
    for one in PROJECTIONS:
        own = {who: at for (name, who), at in stopped.items() if subscription_of(name) == one.tracked}
        groups.setdefault(_come(positions.get(one.tracked, until), own), []).append(one)
    return groups


def _read(connection: Connection, blocking: list[BlockingEvent]) -> Check:
    """Which events stop somebody: now, or as soon as the read models are made again."""
    rows = connection.execute(_STOPPED).fetchall()
    stopped = {(who, int(position)): f"{topic} ({why})" for who, position, topic, why in rows}
    stopped |= {(one.organiser_id, one.position): f"{one.topic} ({one.why})" for one in blocking}
    found = "; ".join(f"organiser {who} stands still at position {at}: {what}" for (who, at), what in stopped.items())
    return Check(_READABLE, not stopped, found or "nobody stands still")


@contextmanager
def _scratch(connection: Connection) -> Iterator[None]:
    try:
        yield
    finally:
        for one in (*PROJECTIONS, VERIFICATION):
            connection.execute(f"drop schema if exists {one.name}{SCRATCH} cascade".encode())


def _sums(connection: Connection, until: int) -> Iterator[Check]:
    for one in SUMS:
        [row] = connection.execute(one.statement.encode(), {"until": until}).fetchall()
        numbers = [int(number) for number in row]
        yield Check(one.name, not any(numbers[one.counted :]), one.seen.format(*numbers))
