"""What a process remembers of the streams it has read, so that it need ask only for what has been added since.

It is never trusted by itself: every time, the last event remembered is looked up again together with those after it,
and must stand where it stood. What is handed out is a copy; facts and values are never changed, so only the lists,
sets and dictionaries that hold them are copied.
"""

from __future__ import annotations

import threading
from typing import Any, NamedTuple
from uuid import UUID

from domain.kernel.aggregate import Aggregate

MOST = 2000
"""How many aggregates a process remembers; the one kept longest ago is dropped first."""


_HOLDERS = frozenset({dict, list, set})


class Remembered(NamedTuple):
    """An aggregate as it was after the event of that version, which stands at that position in the log."""

    kind: type[Aggregate]
    version: int
    position: int
    snapshotted: int
    attributes: dict[str, Any]
    holders: tuple[str, ...]

    def again(self) -> Aggregate:
        """The aggregate as it was, for one decision alone."""
        aggregate = object.__new__(self.kind)
        attributes = vars(aggregate)
        attributes.update(self.attributes)
        for name in self.holders:
            attributes[name] = _copied(attributes[name])
        return aggregate


class AggregateCache:
    """Aggregates by id."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: dict[UUID, Remembered] = {}
        self._lock = threading.Lock()

    def of(self, kind: type[Aggregate], one: UUID) -> Remembered | None:
        """What is remembered of it."""
        found = self._known.get(one)
        return found if found is not None and found.kind is kind else None

    def keep(self, aggregate: Aggregate, position: int, snapshotted: int) -> None:
        """Remember it as it is now; the event that made it so stands at `position`."""
        attributes = {name: _copied(value) for name, value in vars(aggregate).items()}
        holders = tuple(name for name, value in attributes.items() if type(value) in _HOLDERS)
        remembered = Remembered(type(aggregate), aggregate.version, position, snapshotted, attributes, holders)
        with self._lock:
            self._known.pop(aggregate.id, None)
            while len(self._known) >= self._most:
                del self._known[next(iter(self._known))]
            self._known[aggregate.id] = remembered

    def snapshotted(self, one: UUID, version: int) -> None:
        """A snapshot of it has been kept."""
        with self._lock:
            if one in self._known:
                self._known[one] = self._known[one]._replace(snapshotted=version)

    def forget(self, one: UUID) -> None:
        """Read it anew next time."""
        with self._lock:
            self._known.pop(one, None)


def _copied(value: Any) -> Any:
    match value:
        case dict():
            return {key: _copied(held) if type(held) in _HOLDERS else held for key, held in value.items()}
        case list():
            return [_copied(held) if type(held) in _HOLDERS else held for held in value]
        case set():
            return set(value)
        case _:
            return value
