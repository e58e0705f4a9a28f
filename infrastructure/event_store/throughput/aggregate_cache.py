"""The aggregates that a process remembers, so that it need only ask for what has been added since.

None is trusted by itself: every time, the last event remembered is looked up again together with those after it, and
must stand where it stood. What is handed out is a copy; facts and values are never changed, so only the lists, sets
and dictionaries that hold them are copied.
"""

from __future__ import annotations

import threading
from typing import Any, NamedTuple
from uuid import UUID

from domain.kernel.aggregate import Aggregate

MOST = 2000
"""How many aggregates a process remembers; the one kept longest ago is dropped first."""

_HOLDERS = frozenset({dict, list, set})


class CachedAggregate(NamedTuple):
    """An aggregate as it was after the event of that version, which stands at that position in the log.

    `snapshotted`: the version of its last snapshot (0: there is none).
    """

    kind: type[Aggregate]
    version: int
    position: int
    snapshotted: int
    attributes: dict[str, Any]
    holders: tuple[str, ...]

    @classmethod
    def of(cls, aggregate: Aggregate, position: int, snapshotted: int) -> CachedAggregate:
        """The aggregate as it is now."""
        attributes = {name: _copied(value) for name, value in vars(aggregate).items()}
        holders = tuple(name for name, value in attributes.items() if type(value) in _HOLDERS)
        return cls(type(aggregate), aggregate.version, position, snapshotted, attributes, holders)

    def ends_with(self, version: int, position: int) -> bool:
        """Whether its last event is this one."""
        return (version, position) == (self.version, self.position)

    def copy(self) -> Aggregate:
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
        self._known: dict[UUID, CachedAggregate] = {}
        self._lock = threading.Lock()

    def get(self, kind: type[Aggregate], aggregate_id: UUID) -> CachedAggregate | None:
        """What is remembered of it."""
        cached = self._known.get(aggregate_id)
        return cached if cached is not None and cached.kind is kind else None

    def keep(self, aggregate: Aggregate, position: int, snapshotted: int) -> CachedAggregate:
        """Remember it as it is now; the event that made it so stands at `position`. What is remembered."""
        cached = CachedAggregate.of(aggregate, position, snapshotted)
        with self._lock:
            self._known.pop(aggregate.id, None)
            while len(self._known) >= self._most:
                del self._known[next(iter(self._known))]
            self._known[aggregate.id] = cached
        return cached

    def snapshotted(self, aggregate_id: UUID, version: int) -> None:
        """A snapshot of it has been kept."""
        with self._lock:
            if aggregate_id in self._known:
                self._known[aggregate_id] = self._known[aggregate_id]._replace(snapshotted=version)

    def forget(self, aggregate_id: UUID) -> None:
        """Read it anew next time."""
        with self._lock:
            self._known.pop(aggregate_id, None)


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
