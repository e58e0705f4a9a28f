"""The changes of a batch of events: folded to one row each in memory, and written by one statement a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from infrastructure.postgres.columns import Blobs, Instants, Integers, Texts, Uuids
from infrastructure.postgres.connections import Connection
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.table import Cell, Change, Key, Row, Table

Rows = dict[Key, Row | None]
"""What rows become, by key; None: no such row."""

_PACKED: Mapping[str, type[list[Any]]] = {
    "uuid": Uuids,
    "bigint": Integers,
    "text": Texts,
    "jsonb": Texts,
    "bytea": Blobs,
    "timestamptz": Instants,
}

# Names in the statements here come from the tables declared in code, never from outside; hence the "noqa: S608".
# What looks for rows is planned each time: a plan made while the tables were almost empty would read them whole.


Present = Mapping[Table, Mapping[Key, Row]]
"""Rows as they were, where that counted."""

Derive = Callable[[Connection, Mapping[Table, Rows], Present, str], Iterable[Change]]
"""What follows from rows as they became (and as they were, where that counted) in tables that no event changes."""

_ByRow = dict[Table, dict[Key, list[Change]]]


def underived(_: Connection, __: Mapping[Table, Rows], ___: Present, ____: str) -> Iterable[Change]:
    """Nothing follows."""
    return ()


def write(
    connection: Connection,
    changes: Sequence[Change],
    beside: str = "",
    *,
    puts_are_new: bool = False,
    derive: Derive = underived,
) -> None:
    """Carry out changes in order, in the connection's transaction. `beside`: the suffix of the tables' schema.

    `puts_are_new`: rows that are put are not there yet, so that they can be copied in, at half the cost. `derive`:
    what follows in tables of its own. Raises RowMissing; psycopg.errors.UniqueViolation where a row that was said to
    be new is there.
    """
    by_row = _by_row(_followed(connection, changes, beside))
    present = _read(connection, by_row, beside)
    changed: dict[Table, Rows] = {}
    for table, of_rows in by_row.items():
        there = present.get(table, {})
        changed[table] = rows = {key: _become(there.get(key) if there else None, each) for key, each in of_rows.items()}
        if puts_are_new:
            rows = _copy_new(connection, table, rows, there, beside)
        _write(connection, table, rows, beside)
    for table, of_rows in _by_row(derive(connection, changed, present, beside)).items():
        _write(connection, table, {key: _become(None, each) for key, each in of_rows.items()}, beside)


def _by_row(changes: Iterable[Change]) -> _ByRow:
    """The changes of each row, in order. An id is dear to look up by: done here once for each change."""
    found: _ByRow = {}
    for change in changes:
        found.setdefault(change.table, {}).setdefault(change.key, []).append(change)
    return found


def _become(row: Row | None, changes: Iterable[Change]) -> Row | None:
    for change in changes:
        row = change.become(row)
    return row


def create(connection: Connection, projection: Projection, beside: str = "", *, indexed: bool = True) -> None:
    """Make the empty tables of a projection, in a schema of its name."""
    statements = [f"create schema {projection.name}{beside}"]
    for table in projection.tables:
        columns = ", ".join(f"{name} {kind}" for name, kind in table.columns.items())
        statements.append(f"create table {_place(table, beside)} ({columns}, primary key ({', '.join(table.key)}))")
    if indexed:
        statements += _indexes(projection, beside)
    connection.execute("; ".join(statements).encode())


def index(connection: Connection, projection: Projection, beside: str = "", *, analysed: bool = False) -> None:
    """Make the indexes; after the rows, where there are many. `analysed`: let the planner know the rows, too."""
    statements = _indexes(projection, beside)
    if analysed:
        statements += [f"analyze {_place(table, beside)}" for table in projection.tables]
    for statement in statements:
        connection.execute(statement.encode())


def _indexes(projection: Projection, beside: str) -> list[str]:
    return [f"create index on {_place(table, beside)} {what}" for table in projection.tables for what in table.indexes]


def _followed(connection: Connection, changes: Sequence[Change], beside: str) -> Sequence[Change]:
    """The changes, and in place of those that only name a row what follows from it."""
    sources = {change.table for change in changes if change.then is not None}
    if not sources:
        return changes
    present = _read(connection, _by_row(change for change in changes if change.table in sources), beside)
    became: dict[Table, Rows] = {table: dict(present.get(table, {})) for table in sources}
    found: list[Change] = []
    for change in changes:
        if change.table in sources:
            rows = became[change.table]
            row = rows[change.key] = change.become(rows.get(change.key))
            if change.then is not None and row is not None:
                found += change.then(row)
                continue
        found.append(change)
    return found


def _read(connection: Connection, by_row: _ByRow, beside: str) -> Present:
    """The rows whose present content counts."""
    found: dict[Table, dict[Key, Row]] = {}
    for table, rows in by_row.items():
        keys = [key for key, changes in rows.items() if changes[0].needs_row]
        if keys:
            statement, names = _select(table, beside), tuple(table.columns)
            cursor = connection.execute(statement, _columns(table, table.key, keys), prepare=False, binary=True)
            there = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
            found[table] = {tuple([row[name] for name in table.key]): row for row in there}
    return found


def _copy_new(connection: Connection, table: Table, rows: Rows, there: Mapping[Key, Row], beside: str) -> Rows:
    """Copy in the rows that are not there; those that are left to write."""
    new = [row for row in rows.values() if row is not None]
    rest = Rows()
    if there or len(new) < len(rows):  # seldom: here each id has to be looked up
        new = [row for key, row in rows.items() if row is not None and key not in there]
        rest = {key: row for key, row in rows.items() if row is None or key in there}
    _copy(connection, table, new, beside)
    return rest


def _copy(connection: Connection, table: Table, rows: Sequence[Row], beside: str) -> None:
    names = list(table.columns)
    into = f"copy {_place(table, beside)} ({', '.join(names)}) from stdin".encode()
    if rows:
        with connection.cursor() as cursor, cursor.copy(into) as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])


def _write(connection: Connection, table: Table, rows: Rows, beside: str) -> None:
    gone = [key for key, row in rows.items() if row is None]
    kept = [tuple([row[name] for name in table.columns]) for row in rows.values() if row is not None]
    if gone:
        connection.execute(_delete(table, beside), _columns(table, table.key, gone), prepare=False)
    if kept:
        connection.execute(_upsert(table, beside), _columns(table, tuple(table.columns), kept), prepare=True)


def _columns(table: Table, names: Iterable[str], rows: Sequence[tuple[Cell, ...]]) -> list[list[Any]]:
    columns = zip(names, zip(*rows, strict=True), strict=True)
    return [_PACKED.get(_kind(table, name), list)(cells) for name, cells in columns]


@cache
def _upsert(table: Table, beside: str) -> bytes:
    names = list(table.columns)
    values = ", ".join(f"{name}::jsonb" if _kind(table, name) == "jsonb" else name for name in names)
    rest = [name for name in names if name not in table.key]
    then = f"update set {', '.join(f'{name} = excluded.{name}' for name in rest)}" if rest else "nothing"
    into, given = f"{_place(table, beside)} ({', '.join(names)})", _unnest(table, names)
    return f"insert into {into} select {values} from {given} on conflict ({', '.join(table.key)}) do {then}".encode()  # noqa: S608


@cache
def _delete(table: Table, beside: str) -> bytes:
    return f"delete from {_place(table, beside)} where {_chosen(table)}".encode()  # noqa: S608


@cache
def _select(table: Table, beside: str) -> bytes:
    values = [f"{name}::text" if _kind(table, name) == "jsonb" else name for name in table.columns]
    return f"select {', '.join(values)} from {_place(table, beside)} where {_chosen(table)}".encode()  # noqa: S608


def _chosen(table: Table) -> str:
    if len(table.key) == 1:
        return f"{table.key[0]} = any(%b::{_kind(table, table.key[0])}[])"
    return f"({', '.join(table.key)}) in (select * from {_unnest(table, table.key)})"  # noqa: S608


def _unnest(table: Table, names: Iterable[str]) -> str:
    chosen = list(names)
    kinds = [_kind(table, name) for name in chosen]
    arrays = ", ".join(f"%b::{'text' if kind == 'jsonb' else kind}[]" for kind in kinds)
    return f"unnest({arrays}) as given ({', '.join(chosen)})"


def _kind(table: Table, name: str) -> str:
    return table.columns[name].split()[0]


def _place(table: Table, beside: str) -> str:
    return f"{table.schema}{beside}.{table.name}"
