"""A report: one declaration, from which come its page, its answer in the API, and its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from flask import url_for

from application.accounting.queries.ageing import FREE_BY_RULE, NOW, AsOf
from application.accounting.queries.ledger import EVER, Period, PostingFilter
from application.kernel.actor import Actor
from application.kernel.page import MOST, Page
from application.services import Services
from domain.kernel.vat import VatKind
from web.reports import charts
from web.reports.spreadsheet import Kronor, Plain
from web.words.formats import number
from web.words.language import Say

R = TypeVar("R")
Value = str | int | date | None
THOUSAND_KRONOR = 100_000
AMOUNTS = frozenset(
    {"amount", "net", "vat", "gross", "credited", "paid", "balance", "revenue", "earned", "deferred"}
    | {"agreed", "invoiced"}
)
"""Fields of rows that are öre, wherever they stand."""


class Days(StrEnum):
    """Which days a report is asked for: `DATED` is a period of which only the present knowledge can be asked."""

    AS_OF = "as_of"
    PERIOD = "period"
    DATED = "dated"
    NOTHING = "nothing"


class Kind(StrEnum):
    """What a column holds: text, sums in öre, counts or days."""

    TEXT = "text"
    SUM = "sum"
    COUNT = "count"
    DAY = "day"


@dataclass(frozen=True)
class Query:
    """What a report is asked for; each takes what concerns it. `match` is a kind of match, `after` a cursor."""

    as_of: AsOf = NOW
    period: Period = EVER
    bucket: int | None = None
    basis_points: int = 0
    vat_kind: str = VatKind.STANDARD
    match: str = FREE_BY_RULE
    account: str = ""
    season_id: UUID | None = None
    document_id: UUID | None = None
    after: str | None = None
    limit: int = MOST

    @property
    def postings(self) -> PostingFilter:
        """Which postings are asked for."""
        days = self.period
        return PostingFilter(self.account, days.from_on, days.until_on, self.season_id, self.document_id)


@dataclass(frozen=True)
class Reader:
    """Who reads a report in words: their language, and the days they asked for, as fields of an address."""

    say: Say
    is_admin: bool = False
    days: Mapping[str, str] = field(default_factory=dict)

    def document(self, document_id: UUID) -> str:
        """The address of an invoice or a credit note."""
        return url_for("invoice.page", document_id=document_id)

    def season(self, season_id: UUID | None) -> str:
        """Where a season's seats and money are shown."""
        return url_for("report.season", season_id=season_id) if season_id else ""

    def documents(self, season_id: UUID | None) -> str:
        """The documents of a season, issued in the days that the report is about."""
        if season_id is None:
            return ""
        days = {"from": self.days.get("from"), "until": self.days.get("until") or self.days.get("on")}
        chosen = {name: day for name, day in days.items() if day}
        return url_for("invoice.index", season=season_id, **chosen)  # type: ignore[arg-type]  # names of the query

    def report(self, name: str, **chosen: Value) -> str:
        """Another report of the same days."""
        query = {**self.days, **{key: str(value) for key, value in chosen.items() if value not in (None, "")}}
        return url_for("report.page", report=name, **query)  # type: ignore[arg-type]  # names of the query


def _nowhere(row: object, reader: Reader) -> str:  # noqa: ARG001  # the shape of a column's address
    return ""


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column: its word (`report.column_…`), what stands in it for a row, and the address of what that is made of."""

    name: str
    value: Callable[[R, Reader], Value]
    kind: Kind = Kind.TEXT
    leads_to: Callable[[R, Reader], str] = _nowhere

    @property
    def is_figure(self) -> bool:
        """Whether it is written to the right."""
        return self.kind in (Kind.SUM, Kind.COUNT)

    @property
    def word(self) -> str:
        """The key of its title."""
        return f"report.column_{self.name}"


@dataclass(frozen=True)
class Cell:
    """A value, and the address of what it is made of."""

    value: Value
    href: str = ""


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

    `read` puts the question; `row` is what its rows are, of which the API answers a list, or a page where `is_paged`,
    unless `answer` says otherwise. `path`, `operation` and `about` describe it in the API; `filters` are what may be
    asked for besides days. `items` finds the rows in an answer, and `lines` those that people are shown. `under`: the
    report it leads back to. `drawn`: the columns of its picture.
    """

    name: str
    path: str
    operation: str
    about: str
    row: type[Any]
    read: Callable[[Services, Actor, Query], Any]
    columns: tuple[Column[R], ...]
    days: Days = Days.NOTHING
    filters: tuple[str, ...] = ()
    is_paged: bool = False
    is_totalled: bool = True
    answer: type[Any] | None = None
    items: Callable[[Any], Iterable[Any]] = rows_of
    lines: Callable[[Any], Iterable[R]] | None = None
    caption: Callable[[Query, Reader], str] = lambda _, reader: reader.say("report.in_kronor")
    under: str = ""
    drawn: tuple[str, ...] = ()
    whole_csv: Callable[[Services, Actor, Query], Iterator[bytes]] | None = None

    @property
    def file_name(self) -> str:
        """What the API calls its file."""
        return self.path.rpartition("/")[2]

    def table(self, answer: Any, reader: Reader) -> Table:
        """An answer as people are shown it."""
        rows = tuple(
            tuple(Cell(column.value(row, reader), column.leads_to(row, reader)) for column in self.columns)
            for row in self._lines(answer)
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
        names = [str(row[0].value) for row in table.rows]
        return charts.rows(
            list(zip(("first", "second"), series, strict=False)),
            names,
            lambda amount: number(round(amount / THOUSAND_KRONOR), say.language),
        )

    def cells_in_words(self, services: Services, actor: Actor, query: Query, reader: Reader) -> Iterator[list[Plain]]:
        """Every row as its page shows it."""
        for answer in self._answers(services, actor, query):
            for row in self._lines(answer):
                yield [_plain(column.value(row, reader), is_sum=column.kind == Kind.SUM) for column in self.columns]

    def cells(self, services: Services, actor: Actor, query: Query) -> Iterator[list[Plain]]:
        """Every row by its fields: instants in ISO 8601, what is missing as nothing."""
        for answer in self._answers(services, actor, query):
            yield from (cells_of(row) for row in self.items(answer))

    def _answers(self, services: Services, actor: Actor, query: Query) -> Iterator[Any]:
        """Its answers from a cursor on, until there are no more."""
        cursor = query.after
        while True:
            answer = self.read(services, actor, replace(query, after=cursor))
            yield answer
            cursor = getattr(answer, "next_cursor", None)
            if cursor is None:
                return

    def _lines(self, answer: Any) -> Iterable[R]:
        return (self.lines or self.items)(answer)

    def _totals(self, rows: tuple[tuple[Cell, ...], ...], reader: Reader) -> tuple[Value, ...]:
        totals: list[Value] = [reader.say("report.total")]
        for no, column in enumerate(self.columns[1:], start=1):
            values = [row[no].value for row in rows]
            totals.append(sum(each for each in values if isinstance(each, int)) if column.is_figure else None)
        return tuple(totals)


def header_of(row: type[Any]) -> list[str]:
    """The names of a row's fields."""
    return [each.name for each in fields(row)]


def cells_of(row: object) -> list[Plain]:
    """A row's fields as cells, in order."""
    return [_plain(value, is_sum=name in AMOUNTS) for name, value in vars(row).items()]


def _plain(value: object, *, is_sum: bool) -> Plain:
    if isinstance(value, int):
        return Kronor(value) if is_sum else value
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, date) else str(value or "")
