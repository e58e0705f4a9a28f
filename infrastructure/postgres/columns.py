"""Columns of values for PostgreSQL's `unnest`: lists by the type of their elements, sent as arrays; None is null."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

Part = tuple[str, tuple[Any, ...]]
"""A part of a statement that writes, and its arguments."""


class Uuids(list[UUID | None]):
    """uuid[]"""


class Integers(list[int | None]):
    """int8[]"""


class Texts(list[str | None]):
    """text[]"""


class Blobs(list[bytes | None]):
    """bytea[]"""


class Instants(list[datetime | None]):
    """timestamptz[]"""


def columns_of(rows: Iterable[Iterable[Any]]) -> tuple[list[Any], ...]:
    """Rows as columns, each of the type that its values have."""
    return tuple(list(column) for column in zip(*rows, strict=True))
