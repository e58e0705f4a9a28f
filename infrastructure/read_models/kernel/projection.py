"""A projection: tables that are kept from events by pure functions, so that they can be made again to the byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from infrastructure.read_models.kernel.table import Cell, Change, Key, Table
from infrastructure.serialization.event_mapper import Entry, Fact

E = TypeVar("E", bound=Fact)

Handler = Callable[[E, Entry], "Iterable[Change]"]
ColumnValue = Cell | tuple[()] | Callable[[E, Entry], object]
"""What a declaration says of a column: a fact, the same for all, or how it follows from the event and its entry."""

NEXT = "_next"
"""Beside the live tables: those that are being made to take their place."""

SCRATCH = "_scratch"
"""Beside the live tables: those that are made to be compared with them, and thrown away."""


@dataclass(frozen=True, eq=False)
class Projection:
    """A read model's tables and what events make of them.

    Raise `version` whenever a rebuild would give other rows: the tables are then made again when the worker starts.
    """

    name: str
    version: int
    tables: tuple[Table, ...]
    handlers: dict[type[Fact], Handler[Any]] = field(default_factory=dict)
    _declared: set[tuple[type[Fact], str]] = field(default_factory=set)

    @property
    def tracked(self) -> str:
        """The name under which its position is kept: another version begins anew."""
        return f"{self.name}.v{self.version}"

    def on(self, kind: type[E]) -> Callable[[Handler[E]], Handler[E]]:
        """Declare what an event changes: a pure function of the event and its entry in the log.

        No clock, no settings, no chance, no other rows: the same log gives the same tables anywhere, at any time.
        """

        def declare(handler: Handler[E]) -> Handler[E]:
            self._declare(kind, "", handler)
            return handler

        return declare

    def puts(self, kind: type[E], table: Table, /, **cells: ColumnValue[E]) -> None:
        """Declare an event that puts a whole row, whatever was there.

        A column takes what `cells` says, else the event's field of its name; a column of the key else the aggregate's
        id, and `position`, `version` and `recorded_at` what the log says. Raises TypeError for a column without any.
        """
        sources = _sources(kind, table, cells, table.columns)
        self._declare(kind, f"put {table}", lambda event, entry: [table.put(**_row(sources, event, entry))])

    def sets(self, kind: type[E], table: Table, /, **cells: ColumnValue[E]) -> None:
        """Declare an event that changes some columns of a row that is there: those of `cells` and of its own fields.

        The key is found as by `puts`: it is the aggregate's id where nothing else is said.
        """
        names = (*cells, *_fields(kind))
        key = _sources(kind, table, cells, table.key)
        sources = _sources(kind, table, cells, [name for name in table.columns if name in names and name not in key])
        self._declare(
            kind,
            f"set {table}",
            lambda event, entry: [table.change(_key(key, event, entry), **_row(sources, event, entry))],
        )

    def adds(self, kind: type[E], table: Table, /, **amounts: int | Callable[[E, Entry], int]) -> None:
        """Declare an event that adds to columns of a row that is there; the key is found as by `puts`."""
        key = _sources(kind, table, {}, table.key)

        def add(event: E, entry: Entry) -> Iterable[Change]:
            sums = {name: each(event, entry) if callable(each) else each for name, each in amounts.items()}
            yield table.add(_key(key, event, entry), **sums)

        self._declare(kind, f"add {table}", add)

    def deletes(self, kind: type[E], table: Table, /, **cells: ColumnValue[E]) -> None:
        """Declare an event after which a row is gone; the key is found as by `puts`."""
        key = _sources(kind, table, cells, table.key)
        self._declare(kind, f"delete {table}", lambda event, entry: [table.delete(_key(key, event, entry))])

    def changes(self, entry: Entry) -> Iterable[Change]:
        """What an event changes here."""
        handler = self.handlers.get(type(entry.event))
        return () if handler is None else handler(entry.event, entry)

    def _declare(self, kind: type[E], what: str, handler: Handler[E]) -> None:
        if (kind, what) in self._declared:
            raise ValueError(f"{self.name} has declared {kind.__qualname__} twice")
        self._declared.add((kind, what))
        before = self.handlers.get(kind)
        self.handlers[kind] = handler if before is None else _both(before, handler)


def _both(first: Handler[E], second: Handler[E]) -> Handler[E]:
    return lambda event, entry: (*first(event, entry), *second(event, entry))


def aggregate_id(event: Fact, _: Entry) -> UUID:
    """The id of the aggregate whose event it is."""
    return event.originator_id


def position(_: Fact, entry: Entry) -> int:
    """Where in the log the event stands."""
    return entry.position


def recorded_at(_: Fact, entry: Entry) -> datetime:
    """When the event was recorded."""
    return entry.recorded_at


_LOGGED: Mapping[str, Callable[[Fact, Entry], Cell]] = {
    "position": position,
    "recorded_at": recorded_at,
    "version": lambda event, _: event.originator_version,
}
_Sources = Mapping[str, Callable[[E, Entry], Cell]]


def _sources(kind: type[E], table: Table, cells: Mapping[str, ColumnValue[E]], columns: Iterable[str]) -> _Sources[E]:
    """Whence each column comes."""
    if unknown := cells.keys() - table.columns.keys():
        raise TypeError(f"{table} has no columns {', '.join(unknown)}")
    return {column: _source(kind, table, cells, column) for column in columns}


def _source(
    kind: type[E], table: Table, cells: Mapping[str, ColumnValue[E]], column: str
) -> Callable[[E, Entry], Cell]:
    keep = table.keeps(column)
    if column in cells:
        value = cells[column]
        if callable(value):
            return lambda event, entry: keep(value(event, entry))
        constant = keep(value)
        return lambda *_: constant
    if column in _fields(kind):
        return lambda event, _: keep(vars(event)[column])
    if column in table.key:
        return _LOGGED.get(column, aggregate_id)
    if column not in _LOGGED:
        raise TypeError(f"{kind.__qualname__} does not say what {column} of {table} becomes")
    return _LOGGED[column]


def _fields(kind: type[Fact]) -> list[str]:
    return [each.name for each in fields(cast("type[Any]", kind))]


def _row(sources: _Sources[E], event: E, entry: Entry) -> dict[str, Cell]:
    return {column: source(event, entry) for column, source in sources.items()}


def _key(sources: _Sources[E], event: E, entry: Entry) -> Key:
    return tuple([source(event, entry) for source in sources.values()])
