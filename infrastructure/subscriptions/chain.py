"""The log, chained by organiser: whatever is changed in it afterwards is found, and named by its position (S76)."""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from infrastructure.event_store.store import Store
from infrastructure.postgres.connections import Connection
from infrastructure.subscriptions.checkpoints import move

NAME = "chain"
BATCH = 500
NOBODY = UUID(int=0)
"""Whose events are that belong to no organiser."""

_SHORT = 8
_HEAD = struct.Struct(">qq16s16sq")
_MARK = struct.Struct(">q8s")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_EVENTS = b"""
select position, originator_version, originator_id, command_id, recorded_at, topic, actor, state,
coalesce(organiser_of(organiser_id, originator_id), '00000000-0000-0000-0000-000000000000') from (
    select * from event where position > %b order by position limit %b
) coming where position < position_watermark() order by position"""

_COME = "select position from tracking where name = %s"
_HELD = f"{_COME} for update"

_LAST = b"""
select distinct on (organiser_id) organiser_id, digest from chain_link
where organiser_id = any(%b) order by organiser_id, until desc"""

_LINK = b"insert into chain_link (organiser_id, until, marks, digest) values (%b, %b, %b, %b)"

_LINKS = b"""
select organiser_id, until, marks, digest from chain_link where until > %b and until <= %b order by until limit %b"""


class Chained(NamedTuple):
    """An event as the chain sees it: whose it is, where it stands, and the digest of every byte of it."""

    organiser_id: UUID
    position: int
    digest: bytes

    @property
    def mark(self) -> bytes:
        """What a link keeps of it."""
        return _MARK.pack(self.position, self.digest[:_SHORT])


class Link(NamedTuple):
    """Some events of an organiser in order, up to a position (included)."""

    organiser_id: UUID
    until: int
    marks: bytes
    digest: bytes


@dataclass(frozen=True)
class Found:
    """What the chain says: events and links looked at, events not chained yet, what is wrong where (position, why).

    `head` changes with every event: kept elsewhere, it shows later that not even the whole chain was made anew.
    """

    events: int
    links: int
    waiting: int
    faults: tuple[tuple[int, str], ...]
    head: str


class Chaining:
    """The worker's job: makes the links. Killed at any moment, the next turn goes on where the last one ended."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def turn(self) -> bool:
        """Chain what has come since, up to a batch; whether there may be more at once.

        Read and reckoned before anything is written: nobody can read past a transaction that has begun to write.
        """
        key = self._store.keyring.chain_key()
        with self._store.connections.borrow() as connection:
            after = _position(connection)
            events = _events_after(connection, key, after)
            if events:
                self._write(connection, after, events[-1].position, self._links(connection, key, events))
        return len(events) == BATCH

    def _links(self, connection: Connection, key: bytes, events: Sequence[Chained]) -> list[Link]:
        whose = _by_organiser(events)
        before: dict[UUID, bytes] = dict(connection.execute(_LAST, [list(whose)], binary=True).fetchall())
        links = []
        for organiser_id, own in whose.items():
            digest = _link_digest(key, before.get(organiser_id, b""), own)
            links.append(Link(organiser_id, own[-1].position, b"".join(each.mark for each in own), digest))
        return links

    def _write(self, connection: Connection, after: int, until: int, links: Sequence[Link]) -> None:
        """Unless somebody else has chained meanwhile: then the links are theirs."""
        with connection.transaction():
            move(connection, {NAME: 0})
            if _position(connection, _HELD) == after:
                for link in links:
                    connection.execute(_LINK, link)
                move(connection, {NAME: until})


def look_through(connection: Connection, key: bytes) -> Found:
    """Read the whole log beside its links."""
    until = _position(connection)
    return _Reading(key, until).read(_all_events(connection, key), _all_links(connection, until))


class _Reading:
    """The log and its links read side by side, each in the order of positions."""

    def __init__(self, key: bytes, until: int) -> None:
        self._key, self._until = key, until
        self._coming: dict[UUID, list[Chained]] = {}
        self._heads: dict[UUID, bytes] = {}
        self._faults: list[tuple[int, str]] = []
        self._events = self._links = self._waiting = 0

    def read(self, events: Iterator[Chained], links: Iterator[Link]) -> Found:
        upcoming = next(events, None)
        for link in links:
            while upcoming is not None and upcoming.position <= link.until:
                self._take(upcoming)
                upcoming = next(events, None)
            self._compare(link)
        while upcoming is not None:
            self._take(upcoming)
            upcoming = next(events, None)
        self._rest()
        heads = b"".join(one.bytes + digest for one, digest in sorted(self._heads.items()))
        head = hashlib.sha256(heads).hexdigest()[:16]
        return Found(self._events, self._links, self._waiting, tuple(sorted(self._faults)), head)

    def _take(self, event: Chained) -> None:
        self._events += 1
        self._coming.setdefault(event.organiser_id, []).append(event)

    def _compare(self, link: Link) -> None:
        self._links += 1
        own = self._coming.pop(link.organiser_id, [])
        before, self._heads[link.organiser_id] = self._heads.get(link.organiser_id, b""), link.digest
        if _link_digest(self._key, before, own) == link.digest and _marks_of(own) == _marks(link):
            return
        seen, kept = _marks_of(own), _marks(link)
        for position in sorted(seen.keys() | kept.keys()):
            if seen.get(position) != kept.get(position):
                self._faults.append((position, _why(position in seen, position in kept)))
        if seen == kept:
            self._faults.append((link.until, "the link up to here is not the one that was made"))

    def _rest(self) -> None:
        for own in self._coming.values():
            for event in own:
                if event.position <= self._until:
                    self._faults.append((event.position, "stands in no link"))
                else:
                    self._waiting += 1


def _why(is_there: bool, was_there: bool) -> str:
    if is_there and was_there:
        return "was changed"
    return "was put in" if is_there else "is gone"


def _marks(link: Link) -> dict[int, bytes]:
    whole = len(link.marks) - len(link.marks) % _MARK.size
    return dict(_MARK.iter_unpack(link.marks[:whole]))


def _marks_of(events: Iterable[Chained]) -> dict[int, bytes]:
    return {each.position: each.digest[:_SHORT] for each in events}


def _by_organiser(events: Iterable[Chained]) -> dict[UUID, list[Chained]]:
    found: dict[UUID, list[Chained]] = {}
    for each in events:
        found.setdefault(each.organiser_id, []).append(each)
    return found


def _link_digest(key: bytes, before: bytes, events: Iterable[Chained]) -> bytes:
    whole = hmac.new(key, before, hashlib.sha256)
    for each in events:
        whole.update(_MARK.pack(each.position, each.digest[:_SHORT]) + each.digest)
    return whole.digest()


def _position(connection: Connection, statement: str = _COME) -> int:
    """How far the chain has come."""
    rows = connection.execute(statement.encode(), [NAME]).fetchall()
    return int(rows[0][0]) if rows else 0


def _events_after(connection: Connection, key: bytes, position: int, limit: int = BATCH) -> list[Chained]:
    rows = connection.execute(_EVENTS, [position, limit], binary=True).fetchall()
    return [_chained(key, row) for row in rows]


def _chained(key: bytes, row: Sequence[Any]) -> Chained:
    position, version, stream, command, at, topic, actor, state, organiser_id = row
    since = (at - _EPOCH) // _MICROSECOND
    whole = hmac.new(key, _HEAD.pack(position, version, stream.bytes, (command or NOBODY).bytes, since), hashlib.sha256)
    for text in (topic.encode(), actor.encode(), state):
        whole.update(struct.pack(">q", len(text)) + text)
    return Chained(organiser_id, position, whole.digest())


def _all_events(connection: Connection, key: bytes) -> Iterator[Chained]:
    position = 0
    while events := _events_after(connection, key, position, 10 * BATCH):
        yield from events
        position = events[-1].position


def _all_links(connection: Connection, until: int) -> Iterator[Link]:
    position = 0
    while rows := connection.execute(_LINKS, [position, until, BATCH], binary=True).fetchall():
        yield from (Link(*row) for row in rows)
        position = rows[-1][1]
