"""A report as a table that a page shows, and that a file holds: every figure leads to what it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from web.reports.spreadsheet import Kronor, Plain

TEXT, SUM, COUNT, DAY = "text", "sum", "count", "day"
Value = str | int | date | None


@dataclass(frozen=True)
class Column:
    """A column: its title, and whether it holds text, sums in öre, counts or days."""

    title: str
    kind: str = TEXT

    @property
    def is_figure(self) -> bool:
        """Whether it is written to the right."""
        return self.kind in (SUM, COUNT)


@dataclass(frozen=True)
class Cell:
    """A value, and the address of what it is made of."""

    value: Value
    href: str = ""


@dataclass(frozen=True)
class ReportTable:
    """Rows under columns, with totals for the columns that have one, and where the next page starts."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Value, ...] = ()
    next_cursor: str | None = None

    @property
    def header(self) -> list[str]:
        """The titles of the columns."""
        return [each.title for each in self.columns]

    @property
    def cells(self) -> list[list[Plain]]:
        """The rows as a spreadsheet takes them."""
        return [[_written(cell, column) for cell, column in zip(row, self.columns, strict=True)] for row in self.rows]


def summed(rows: Sequence[tuple[Cell, ...]], columns: Sequence[Column], first: str) -> tuple[Value, ...]:
    """Totals of the columns that hold sums, under a word in the first."""
    totals: list[Value] = [first]
    for no, column in enumerate(columns[1:], start=1):
        values = [row[no].value for row in rows]
        totals.append(sum(each for each in values if isinstance(each, int)) if column.is_figure else None)
    return tuple(totals)


def _written(cell: Cell, column: Column) -> Plain:
    value = cell.value
    if isinstance(value, int):
        return Kronor(value) if column.kind == SUM else value
    return value or ""
