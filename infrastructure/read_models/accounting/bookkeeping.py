"""Bookkeeping: the accounts each organiser has chosen, and the periods handed over with the accounts of that day."""

from __future__ import annotations

from collections.abc import Iterable

from domain.accounting.bookkeeping import Bookkeeping
from infrastructure.read_models.kernel.projection import Change, Projection, Row, Table, as_json
from infrastructure.serialization.event_mapper import Entry

BOOKS = Table(
    "bookkeeping",
    "books",
    {"books_id": "uuid", "organiser_id": "uuid", "chosen": "jsonb", "exports": "jsonb"},
    key=("books_id",),
    indexes=("(organiser_id)",),
)
BOOKKEEPING = Projection("bookkeeping", version=1, tables=(BOOKS,))


@BOOKKEEPING.on(Bookkeeping.Begun)
def _begun(event: Bookkeeping.Begun, _: Entry) -> Iterable[Change]:
    yield BOOKS.put(books_id=event.originator_id, organiser_id=event.organiser_id, chosen=None, exports=as_json([]))


@BOOKKEEPING.on(Bookkeeping.AccountsChosen)
def _accounts_chosen(event: Bookkeeping.AccountsChosen, _: Entry) -> Iterable[Change]:
    chosen = {
        "accounts": event.accounts,
        "network_dimension": event.network_dimension,
        "season_dimension": event.season_dimension,
    }
    yield BOOKS.change((event.originator_id,), chosen=as_json(chosen))


@BOOKKEEPING.on(Bookkeeping.PeriodExported)
def _period_exported(event: Bookkeeping.PeriodExported, _: Entry) -> Iterable[Change]:
    added = as_json(event.export)

    def export(row: Row) -> Row:
        known = str(row["exports"]).strip()
        return {"exports": f"{known[:-1]}{',' if known != '[]' else ''}{added}]"}

    yield BOOKS.fold((event.originator_id,), export)
