"""Snapshots: the fold of a long stream, kept as the aggregate's own attributes, never trusted across changed code."""

from __future__ import annotations

import hashlib
import inspect
import sys
from datetime import datetime
from functools import cache
from uuid import UUID

import msgspec

from domain.kernel.aggregate import Aggregate, Part
from infrastructure.serialization.codec import FactCodec

_OWN_OF_LIBRARY = frozenset({"_id", "_version", "_created_on", "_modified_on", "_pending_events"})
_CREATED = "created_on"
_MODIFIED = "modified_on"


class SnapshotCodec:
    """Writes and reads snapshots of one kind of aggregate.

    What is kept is what the aggregate declares (`KEPT`). `shape` is a digest of the source of the modules that hold the
    rules, the aggregate's own and those of its parts, so that changed rules fold the stream anew.
    """

    def __init__(self, kind: type[Aggregate]) -> None:
        self._kind = kind
        parts = (each for each in kind.__mro__ if issubclass(each, Part) and each is not Part)
        modules = dict.fromkeys([kind.__module__, *(each.__module__ for each in parts)])
        source = "".join(inspect.getsource(sys.modules[each]) for each in modules)
        self.shape = f"{kind.__name__} {hashlib.sha256(source.encode()).hexdigest()[:16]}"
        self._codec = FactCodec(kind.__name__, {**kind.KEPT, _CREATED: datetime, _MODIFIED: datetime}, {})

    def encode(self, aggregate: Aggregate) -> bytes:
        """The state of an aggregate. Raises BadValue for an attribute that is not declared as it is."""
        state = {name: value for name, value in vars(aggregate).items() if name not in _OWN_OF_LIBRARY}
        return self._codec.encode({**state, _CREATED: aggregate.created_on, _MODIFIED: aggregate.modified_on})

    def decode(self, aggregate_id: UUID, version: int, state: bytes) -> Aggregate | None:
        """The aggregate as it was then, or None if this snapshot cannot be read: the whole stream will be."""
        try:
            attributes = self._codec.decode(state)
        except msgspec.MsgspecError:
            return None
        aggregate = object.__new__(self._kind)
        aggregate.__base_init__(aggregate_id, version, attributes.pop(_CREATED))
        aggregate.modified_on = attributes.pop(_MODIFIED)
        vars(aggregate).update(attributes)
        return aggregate


@cache
def snapshot_codec(kind: type[Aggregate]) -> SnapshotCodec | None:
    """How this kind is kept; None for kinds whose streams stay short by design."""
    return SnapshotCodec(kind) if kind.SNAPSHOT_EVERY > 0 else None
