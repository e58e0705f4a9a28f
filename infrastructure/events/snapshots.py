"""Snapshots: the fold of a long stream, kept as the aggregate's own attributes, never trusted across changed code."""

from __future__ import annotations

import ast
import hashlib
import inspect
import sys
import textwrap
import typing
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import msgspec

from domain.aggregate import Aggregate
from infrastructure.events.codec import FactCodec

A = TypeVar("A", bound=Aggregate)
_OWN_OF_LIBRARY = frozenset({"_id", "_version", "_created_on", "_modified_on", "_pending_events"})
_CREATED = "created_on"
_MODIFIED = "modified_on"


class SnapshotCodec:
    """Writes and reads snapshots of one kind of aggregate.

    Its attributes' types are the annotations in the class body or on `self` in its methods. `shape` is a digest of the
    source of the module that holds the rules, so that changed rules fold the stream anew.
    """

    def __init__(self, kind: type[Aggregate]) -> None:
        self._kind = kind
        hints = _attributes(kind)
        source = inspect.getsource(sys.modules[kind.__module__])
        digest = hashlib.sha256((source + repr(sorted(hints.items(), key=str))).encode()).hexdigest()
        self.shape = f"{kind.__name__} {digest[:16]}"
        self._codec = FactCodec(kind.__name__, {**hints, _CREATED: datetime, _MODIFIED: datetime}, {})

    def encode(self, aggregate: Aggregate) -> bytes:
        """The state of an aggregate. Raises BadValue for an attribute that its annotation does not describe."""
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


def _attributes(kind: type[Aggregate]) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    own = {name: hints[name] for name in vars(kind).get("__annotations__", {}) if not _is_of_class(hints[name])}
    names = vars(sys.modules[kind.__module__])
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(kind)))):
        match node:
            case ast.AnnAssign(target=ast.Attribute(value=ast.Name(id="self"), attr=name), annotation=annotation):
                own[name] = eval(ast.unparse(annotation), names)  # noqa: S307  # our own source, as typing itself does
            case _:
                pass
    return own


def _is_of_class(hint: object) -> bool:
    return hint is ClassVar or typing.get_origin(hint) is ClassVar
