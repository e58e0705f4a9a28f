"""Bookkeeping: the accounts and codes each organiser has chosen, its financial years, and the periods handed over."""

from __future__ import annotations

from collections.abc import Iterable

from domain.accounting.bookkeeping import QUARTER, Bookkeeping
from domain.people.organiser import Organiser
from infrastructure.read_models.kernel.projection import Projection, aggregate_id
from infrastructure.read_models.kernel.table import Change, Table
from infrastructure.serialization.event_mapper import Entry

BOOKS = Table(
    "bookkeeping",
    "books",
    {"books_id": "uuid", "organiser_id": "uuid", "chosen": "jsonb", "vat_months": "bigint"},
    key=("books_id",),
    indexes=("(organiser_id)",),
)
EXPORT = Table(
    "bookkeeping",
    "export",
    {"books_id": "uuid", "number": "bigint", "export": "jsonb", "fetched_on": "date"},
    key=("books_id", "number"),
)
CODE = Table(
    "bookkeeping",
    "code",
    {"books_id": "uuid", "object_id": "uuid", "kind": "text", "code": "text"},
    key=("books_id", "object_id"),
)
YEAR = Table(
    "bookkeeping",
    "financial_year",
    {"organiser_id": "uuid", "position": "bigint", "first_on": "date", "last_on": "date", "told_on": "date"},
    key=("organiser_id", "position"),
)
"""The financial years that were told, in order."""

VAT_RETURN = Table(
    "bookkeeping",
    "vat_return",
    {"books_id": "uuid", "number": "bigint", "vat_return": "jsonb"},
    key=("books_id", "number"),
)

ADVANCE_VAT = Table(
    "bookkeeping",
    "advance_vat",
    {"books_id": "uuid", "position": "bigint", "choice": "jsonb", "recorded_at": "timestamptz"},
    key=("books_id", "position"),
)
"""From when VAT on invoices sent ahead is owed, each choice in order."""

BOOKKEEPING = Projection("bookkeeping", version=5, tables=(BOOKS, EXPORT, CODE, YEAR, VAT_RETURN, ADVANCE_VAT))
_CHOSEN = ("accounts", "network_dimension", "season_dimension")


BOOKKEEPING.puts(Organiser.FinancialYearTold, YEAR, organiser_id=aggregate_id)
BOOKKEEPING.puts(Bookkeeping.Begun, BOOKS, chosen=None, vat_months=QUARTER)
BOOKKEEPING.sets(Bookkeeping.VatPeriodChosen, BOOKS, vat_months=lambda event, _: event.months)
BOOKKEEPING.puts(Bookkeeping.AdvanceVatChosen, ADVANCE_VAT, books_id=aggregate_id)
BOOKKEEPING.puts(
    Bookkeeping.VatDeclared, VAT_RETURN, books_id=aggregate_id, number=lambda event, _: event.vat_return.number
)
BOOKKEEPING.sets(
    Bookkeeping.AccountsChosen,
    BOOKS,
    chosen=lambda event, _: {name: getattr(event, name) for name in _CHOSEN},
)
BOOKKEEPING.puts(
    Bookkeeping.PeriodExported,
    EXPORT,
    books_id=aggregate_id,
    number=lambda event, _: event.export.number,
    fetched_on=None,
)
BOOKKEEPING.sets(Bookkeeping.FileFetched, EXPORT, books_id=aggregate_id, fetched_on=lambda event, _: event.on)
BOOKKEEPING.deletes(Bookkeeping.ExportTakenBack, EXPORT, books_id=aggregate_id)


@BOOKKEEPING.on(Bookkeeping.CodesGiven)
def _codes_given(event: Bookkeeping.CodesGiven, _: Entry) -> Iterable[Change]:
    for each in event.codes:
        yield CODE.put(books_id=event.originator_id, object_id=each.object_id, kind=each.kind.value, code=each.code)
