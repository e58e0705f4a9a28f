"""Bookkeeping: the accounts each organiser has chosen, and the periods handed over with the accounts of that day."""

from __future__ import annotations

from collections.abc import Iterable

from domain.accounting.bookkeeping import Bookkeeping
from infrastructure.read_models.kernel.projection import Projection
from infrastructure.read_models.kernel.table import Change, Row, Table, as_json
from infrastructure.serialization.event_mapper import Entry

BOOKS = Table(
    "bookkeeping",
    "books",
    {"books_id": "uuid", "organiser_id": "uuid", "chosen": "jsonb", "exports": "jsonb"},
    key=("books_id",),
    indexes=("(organiser_id)",),
)
BOOKKEEPING = Projection("bookkeeping", version=1, tables=(BOOKS,))
_CHOSEN = ("accounts", "network_dimension", "season_dimension")


BOOKKEEPING.puts(Bookkeeping.Begun, BOOKS, chosen=None, exports=())
BOOKKEEPING.sets(
    Bookkeeping.AccountsChosen,
    BOOKS,
    chosen=lambda event, _: {name: getattr(event, name) for name in _CHOSEN},
)


@BOOKKEEPING.on(Bookkeeping.PeriodExported)
def _period_exported(event: Bookkeeping.PeriodExported, _: Entry) -> Iterable[Change]:
    added = as_json(event.export)

    def export(row: Row) -> Row:
        known = str(row["exports"]).strip()
        return {"exports": f"{known[:-1]}{',' if known != '[]' else ''}{added}]"}

    yield BOOKS.fold((event.originator_id,), export)
