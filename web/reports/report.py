"""A report: one declaration, from which come its page, its answer in the API, and its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from application.kernel.actor import Actor
from application.kernel.page import Page
from application.services import Services
from web.reports import charts
from web.reports.query import Days, Query, Reader, Value
from web.reports.spreadsheet import Kronor, Plain
from web.words.formats import money, month, number, short_month
from web.words.language import Say

R = TypeVar("R")
Cells = list[Plain]
THOUSAND_KRONOR = 100_000
MONTHS_OF_A_YEAR = 12
AMOUNTS = frozenset(
    {"amount", "net", "vat", "gross", "credited", "paid", "balance", "revenue", "earned", "deferred"}
    | {"agreed", "invoiced"}
)
"""Fields of rows that are öre, wherever they stand."""


class Kind(StrEnum):
    """What a column holds: text, sums in öre, counts, days, or months by their first day."""

    TEXT = "text"
    SUM = "sum"
    COUNT = "count"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True)
class Cell:
    """A value, and the address of what it is made of."""

    value: Value
    href: str = ""


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column: its word (`report.column_…`), what stands in it for a row, and the address of what that is made of.

    Without `value` it is the row's field of the same name.
    """

    name: str
    kind: Kind = Kind.TEXT
    value: Callable[[R, Reader], Value] | None = None
    leads_to: Callable[[R, Reader], str] | None = None

    @property
    def is_figure(self) -> bool:
        """Whether it is written to the right."""
        return self.kind in (Kind.SUM, Kind.COUNT)

    @property
    def word(self) -> str:
        """The key of its title."""
        return f"report.column_{self.name}"

    def cell(self, row: R, reader: Reader) -> Cell:
        """What stands in it for a row."""
        value: Value = self.value(row, reader) if self.value else getattr(row, self.name)
        return Cell(value, self.leads_to(row, reader) if self.leads_to else "")


@dataclass(frozen=True)
class Table:
    """A report as its page shows it: totals for the columns that have one, and where the next page starts."""

    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Value, ...]
    next_cursor: str | None


def rows_of(answer: Any) -> Iterable[Any]:
    """The rows of an answer that is a page of a list, or a list whole."""
    return answer.items if isinstance(answer, Page) else answer


@dataclass(frozen=True)
class Report(Generic[R]):
    """A report by its `name` in addresses and words (`report.title_…`, `report.about_…`).

    `row` is what its rows are: the API answers a list of them, or a page where `is_paged`, unless `answer` says what
    else; `about`, `path` and `operation` describe that. `read` puts the question; `filters` are what may be asked for
    besides days. `items` finds the rows in an answer, `lines` those that people are shown. `under`: the report that it
    leads back to. `drawn`: the columns of its picture, where a row is named by the first `named_by` of its columns.
    """

    name: str
    row: type[Any]
    about: str
    read: Callable[[Services, Actor, Query], Any]
    columns: tuple[Column[R], ...]
    days: Days = Days.NOTHING
    filters: tuple[str, ...] = ()
    under: str = ""
    drawn: tuple[str, ...] = ()
    named_by: int = 1
    is_paged: bool = False
    is_totalled: bool = True
    path: str = ""
    operation: str = ""
    answer: type[Any] | None = None
    items: Callable[[Any], Iterable[Any]] = rows_of
    lines: Callable[[Any], Iterable[R]] | None = None
    caption: Callable[[Query, Reader], str] = lambda _, reader: reader.say("report.in_kronor")
    whole_csv: Callable[[Services, Actor, Query], Iterator[bytes]] | None = None

    @property
    def address(self) -> str:
        """Where the API answers it."""
        return self.path or f"/reports/{self.name}"

    @property
    def file_name(self) -> str:
        """What the API calls its file."""
        return self.address.rpartition("/")[2]

    def table(self, answer: Any, reader: Reader) -> Table:
        """An answer as people are shown it."""
        rows = tuple(
            tuple(column.cell(row, reader) for column in self.columns) for row in (self.lines or self.items)(answer)
        )
        totals = self._totals(rows, reader) if self.is_totalled and not self.is_paged else ()
        return Table(rows, totals, getattr(answer, "next_cursor", None))

    def chart(self, table: Table, say: Say) -> charts.Chart | None:
        """Its picture in thousands of kronor, if it has one and there is anything to draw."""
        if not self.drawn or not table.rows:
            return None
        places = [no for name in self.drawn for no, column in enumerate(self.columns) if column.name == name]
        values = [[row[no].value for row in table.rows] for no in places]
        series = [[each if isinstance(each, int) else 0 for each in column] for column in values]
        names = [self._named(row, say) for row in table.rows]
        words = [say(self.columns[no].word) for no in places]
        leads = [
            [
                (f"{name}, {word}: {money(each, language=say.language)}", row[no].href or row[self.named_by - 1].href)
                for name, row, each in zip(names, table.rows, column, strict=True)
            ]
            for no, word, column in zip(places, words, series, strict=True)
        ]
        is_by_month = self.columns[0].kind == Kind.MONTH
        labels = [_label(row[0].value, len(names), say) for row in table.rows] if is_by_month else names
        draw = charts.columns if is_by_month else charts.rows
        return draw(
            list(zip(("first", "second"), series, strict=False)),
            labels,
            lambda amount: number(round(amount / THOUSAND_KRONOR), say.language),
            leads,
        )

    def _named(self, row: tuple[Cell, ...], say: Say) -> str:
        if self.columns[0].kind == Kind.MONTH:
            return month(str(row[0].value)[:7], say.language)
        return ", ".join(dict.fromkeys(str(each.value) for each in row[: self.named_by]))

    def cells(self, services: Services, actor: Actor, query: Query, reader: Reader | None = None) -> Iterator[Cells]:
        """Every row of a file: for a reader as the page shows it, else by its fields; however many there are."""
        cursor = query.after
        while True:
            answer = self.read(services, actor, replace(query, after=cursor))
            if reader is None:
                yield from map(cells_of, self.items(answer))
            else:
                yield from (self._in_words(row) for row in self.table(answer, reader).rows)
            cursor = getattr(answer, "next_cursor", None)
            if cursor is None:
                return

    def _in_words(self, row: Iterable[Cell]) -> Cells:
        return [plain(cell.value, column.kind == Kind.SUM) for cell, column in zip(row, self.columns, strict=True)]

    def _totals(self, rows: tuple[tuple[Cell, ...], ...], reader: Reader) -> tuple[Value, ...]:
        totals: list[Value] = [reader.say("report.total")]
        for no, column in enumerate(self.columns[1:], start=1):
            values = [row[no].value for row in rows]
            totals.append(sum(each for each in values if isinstance(each, int)) if column.is_figure else None)
        return tuple(totals)


def _label(first_day: Value, months: int, say: Say) -> str:
    """A month under its columns; with its year where there is more than one of the name."""
    if not isinstance(first_day, date):
        return str(first_day)
    named = short_month(first_day, say.language)
    return f"{named} {first_day:%y}" if months > MONTHS_OF_A_YEAR else named


def header_of(row: type[Any]) -> list[str]:
    """The names of a row's fields."""
    return [each.name for each in fields(row)]


def cells_of(row: object) -> Cells:
    """A row's fields as cells, in order: instants in ISO 8601, what is missing as nothing."""
    return [plain(value, name in AMOUNTS) for name, value in vars(row).items()]


def plain(value: object, is_sum: bool) -> Plain:
    """A value as a spreadsheet takes it."""
    if isinstance(value, int):
        return Kronor(value) if is_sum else value
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, date) else str(value or "")
