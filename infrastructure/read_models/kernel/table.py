"""A table of a projection, and what becomes of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from domain.kernel.money import Money

Cell = UUID | str | int | bool | date | datetime | bytes | None
Row = Mapping[str, Cell]
Key = tuple[Cell, ...]
Become = Callable[[Row | None], Row | None]


class Change(NamedTuple):
    """What one row becomes. `needs_row`: its present content counts. `then`: what follows from it in other tables."""

    table: Table
    key: Key
    become: Become
    needs_row: bool
    then: Callable[[Row], Iterable[Change]] | None = None


class RowMissing(Exception):
    """An event is about a row that is not there: the projection is wrong, or its tables were changed by hand."""

    def __init__(self, table: Table, key: Key) -> None:
        super().__init__(f"{table} has no row {key}")


@dataclass(frozen=True, eq=False)
class Table:
    """A table of a projection: columns with their SQL types, the columns of its key, and what else is indexed.

    Cells of type jsonb are JSON text (`as_json`). A table of counters has a key, and numbers that begin at zero.
    """

    schema: str
    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    indexes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"

    def put(self, **row: Cell) -> Change:
        """A whole row, whatever was there."""
        if len(row) != len(self.columns):
            raise TypeError(f"{self} has the columns {', '.join(self.columns)}")
        return Change(self, tuple([row[name] for name in self.key]), lambda _: row, needs_row=False)

    def change(self, key: Key, **cells: Cell) -> Change:
        """Some columns of a row that is there."""
        return Change(self, key, lambda row: {**self._there(row, key), **cells}, needs_row=True)

    def fold(self, key: Key, fold: Callable[[Row], Row]) -> Change:
        """Some columns of a row that is there, told from what the row says."""

        def become(row: Row | None) -> Row:
            before = self._there(row, key)
            return {**before, **fold(before)}

        return Change(self, key, become, needs_row=True)

    def add(self, key: Key, **amounts: int) -> Change:
        """Amounts added to columns of a row that is there."""
        return Change(self, key, lambda row: _added(self._there(row, key), amounts), needs_row=True)

    def count(self, key: Key, **amounts: int) -> Change:
        """Amounts added to the counters of a key; a new key begins at zero."""
        return Change(self, key, lambda row: _added(row or self._zero(key), amounts), needs_row=True)

    def keeps(self, column: str) -> Callable[[Any], Cell]:
        """How a fact is kept as a column of its type; money in öre."""
        return _KEPT.get(self.columns[column], _plain)

    def follow(self, key: Key, then: Callable[[Row], Iterable[Change]]) -> Change:
        """What follows in other tables from a row that is there and was put once for ever, such as whose it is."""
        return Change(self, key, lambda row: self._there(row, key), needs_row=True, then=then)

    def delete(self, key: Key) -> Change:
        """No such row."""
        return Change(self, key, lambda _: None, needs_row=False)

    def _there(self, row: Row | None, key: Key) -> Row:
        if row is None:
            raise RowMissing(self, key)
        return row

    def _zero(self, key: Key) -> Row:
        counters = dict.fromkeys(self.columns, 0)
        return {**counters, **dict(zip(self.key, key, strict=True))}


def _plain(value: Any) -> Cell:
    """A fact as it is, money in öre, a word of a list as its text."""
    if type(value) in _AS_THEY_ARE:  # nearly all, and quicker told than that it is none of these
        as_it_is: Cell = value
        return as_it_is
    if isinstance(value, Money):
        return value.amount
    kept: Cell = value.value if isinstance(value, Enum) else value
    return kept


def as_json(value: object) -> str:
    """A value for a jsonb column."""
    return msgspec.json.encode(value).decode()


def as_bytes(value: object) -> bytes | None:
    """A sealed value for a bytea column."""
    return None if value is None else msgspec.json.encode(value)


def _json(value: object) -> str | None:
    return None if value is None else as_json(value)


_AS_THEY_ARE = frozenset({UUID, str, int, bool, date, datetime, bytes, type(None)})
_KEPT: Mapping[str, Callable[[Any], Cell]] = {"jsonb": _json, "bytea": as_bytes}


def _added(row: Row, amounts: Mapping[str, int]) -> Row:
    return {**row, **{name: _number(row[name]) + amount for name, amount in amounts.items()}}


def _number(cell: Cell) -> int:
    if not isinstance(cell, int):
        raise TypeError("only numbers are added to")
    return cell
