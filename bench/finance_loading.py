"""How a bench fills read models: what projections make of events, copied in by two processes and indexed afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context

import psycopg

from bench.finance_books import Books, sales
from infrastructure.postgres.connections import Connection
from infrastructure.read_models.accounting.ledger import LEDGER
from infrastructure.read_models.accounting.ledger_tables import DAY_SUM
from infrastructure.read_models.billing.invoice import INVOICES
from infrastructure.read_models.billing.invoice_tables import DAY_TOTAL, SEASON_SUM
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.table import Change, Key, Row, Table
from infrastructure.read_models.payments.matching import MATCHING, TALLY
from infrastructure.serialization.event_mapper import Entry
from infrastructure.subscriptions.change_set import index, write
from infrastructure.subscriptions.gc_paused import gc_paused

PROCESSES, EACH = 2, 10_000
FILLED: tuple[Projection, ...] = (INVOICES, LEDGER, MATCHING)
SUMS = {str(table): table for table in (DAY_SUM, DAY_TOTAL, SEASON_SUM, TALLY)}
"""What many sales count in; every other row belongs to one sale alone."""

Counted = dict[tuple[str, Key], dict[str, int]]

# Names in the statements here come from the tables declared in code, never from outside; hence the "noqa: S608".


def fill(url: str, books: Books) -> Iterator[tuple[int, int]]:
    """Take in all sales, with indexes and statistics in the end; after each part: how many sales are in, and lines."""
    with _connected(url) as connection:
        _drop_indexes(connection)
        counted: Counted = {}
        done = lines = 0
        with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
            parts = [range(no, min(no + EACH, books.sales)) for no in range(0, books.sales, EACH)]
            try:
                for finished in as_completed([pool.submit(take_in, url, books, part) for part in parts]):
                    sold, said, added = finished.result()
                    _merge(counted, added)
                    done, lines = done + sold, lines + said
                    yield done, lines
            finally:
                pool.shutdown(cancel_futures=True)
        _index(connection)
        with connection.transaction():
            write(connection, [SUMS[table].count(key, **amounts) for (table, key), amounts in counted.items()])
        for table in _tables():
            connection.execute(f"vacuum analyze {table}".encode())


def take_in(url: str, books: Books, numbers: range) -> tuple[int, int, Counted]:
    """Take in some sales, in one transaction: how many, how many lines, and what they add to sums."""
    taken, lines = Taken(), 0
    with gc_paused():
        for entries, has_lines in sales(books, numbers):
            lines += has_lines
            taken.take(entries)
        with _connected(url) as connection, connection.transaction():
            taken.copy_into(connection)
    return len(numbers), lines, taken.counted()


class Taken:
    """Rows that events make where none were before, held until they are copied in."""

    def __init__(self) -> None:
        self._rows: dict[Table, dict[Key, Row]] = {}

    def take(self, entries: Iterable[Entry]) -> None:
        """What each projection makes of each event, in order."""
        for entry in entries:
            for one in FILLED:
                for change in one.changes(entry):
                    self._carry_out(change)

    def copy_into(self, connection: Connection) -> None:
        """Copy the rows of sales and let go of them; sums are kept."""
        for table in [table for table in self._rows if str(table) not in SUMS]:
            _copy(connection, table, self._rows.pop(table).values())

    def counted(self) -> Counted:
        """What has been added to sums."""
        return {
            (str(table), key): {name: int(str(cell)) for name, cell in row.items() if name not in table.key}
            for table, rows in self._rows.items()
            if str(table) in SUMS
            for key, row in rows.items()
        }

    def _carry_out(self, change: Change) -> None:
        rows = self._rows.setdefault(change.table, {})
        row = change.become(rows.get(change.key))
        if row is None:
            raise LookupError(f"{change.table}: the sales that a bench makes take nothing away")
        if change.then is None:
            rows[change.key] = row
            return
        for more in change.then(row):
            self._carry_out(more)


def _copy(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    names = list(table.columns)
    statement = f"copy {table} ({', '.join(names)}) from stdin".encode()
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([row[name] for name in names])


def _merge(into: Counted, added: Counted) -> None:
    for place, amounts in added.items():
        before = into.setdefault(place, dict.fromkeys(amounts, 0))
        for name, amount in amounts.items():
            before[name] += amount


def _tables() -> Sequence[Table]:
    return [table for one in FILLED for table in one.tables]


def _drop_indexes(connection: Connection) -> None:
    for table in _tables():
        connection.execute(f"alter table {table} drop constraint {table.name}_pkey".encode())
        found = connection.execute(
            "select indexname from pg_indexes where schemaname = %s and tablename = %s", [table.schema, table.name]
        )
        for (name,) in found.fetchall():
            connection.execute(f"drop index {table.schema}.{name}".encode())


def _index(connection: Connection) -> None:
    for table in _tables():
        connection.execute(f"alter table {table} add primary key ({', '.join(table.key)})".encode())
    for one in FILLED:
        index(connection, one)


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    """A connection that takes its time, and that does not wait for the disk."""
    timeouts = "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0"
    options = f"{timeouts} -c synchronous_commit=off -c maintenance_work_mem=256MB -c timezone=UTC"
    with psycopg.connect(url, autocommit=True, options=options) as connection:
        yield connection
