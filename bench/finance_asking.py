"""What the bench of finance asks: every list and every report, through the application and as bare SQL."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import psycopg
from psycopg.abc import Params
from psycopg.rows import RowFactory, tuple_row

from application.accounting.queries.ageing import FREE_BY_RULE, AsOf
from application.accounting.queries.ledger import Period, PostingFilter
from application.billing.queries.invoice import DocumentFilter
from application.kernel.actor import Actor
from application.kernel.page import Page
from bench.finance_books import FIRST_DAY, LAST_DAY
from bench.finance_plain import PLAIN
from infrastructure.read_models.accounting.ledger_queries import LedgerTables
from infrastructure.read_models.billing.invoice_queries import InvoiceTables
from infrastructure.read_models.kernel.query import Reader
from web.wiring import Installation

HALF = FIRST_DAY + (LAST_DAY - FIRST_DAY) / 2
YEAR = Period(FIRST_DAY, FIRST_DAY + timedelta(days=364))

Report = dict[str, Any]
Ask = Callable[[], object]

_SOMEONES = "select season_id, organisation_id from invoice.document limit 1"


class Asking:
    """Puts each question through the application, and the same statements straight to the database."""

    def __init__(self, house: Installation, url: str, actor: Actor) -> None:
        self._url, self._actor = url, actor
        self._seen: list[tuple[str, Params]] = []
        store = house.store

        def query(statement: str, arguments: Params, rows: RowFactory[Any] = tuple_row) -> list[Any]:
            self._seen.append((statement, arguments))
            return store.recorder.query(statement, arguments, rows=rows)

        reader = Reader(query, store.keyring, store.clock)
        self._ledger = LedgerTables(reader)
        self._documents = InvoiceTables(reader)
        [(self._season, self._organisation)] = store.recorder.query(_SOMEONES, [])
        self._given = {
            "organiser": actor.organiser_id,
            "on": store.clock.now().date(),
            "past": HALF,
            "from": YEAR.from_on,
            "until": YEAR.until_on,
        }

    def run(self, rounds: int) -> Report:
        """p50 and p95 in milliseconds of every list and report, and against the bare SQL."""
        with psycopg.connect(self._url, autocommit=True) as bare:
            return {
                "list": {name: self._timed(ask, rounds, bare, None) for name, ask in self._lists()},
                "report": {name: self._timed(ask, rounds, bare, PLAIN.get(name)) for name, ask in self._reports()},
            }

    def _timed(self, ask: Ask, rounds: int, bare: psycopg.Connection[Any], plain: str | None) -> Report:
        mine, theirs = [], []
        for turn in range(rounds + 2):
            self._seen.clear()
            began = time.perf_counter()
            ask()
            asked = time.perf_counter()
            self._ask_bare(bare, plain)
            if turn > 1:
                mine.append((asked - began) * 1000)
                theirs.append((time.perf_counter() - asked) * 1000)
        p50, bare_p50 = statistics.median(mine), statistics.median(theirs)
        return {
            "p50_ms": round(p50, 1),
            "p95_ms": round(statistics.quantiles(mine, n=20)[18], 1),
            "bare_sql_p50_ms": round(bare_p50, 1),
            "ratio": round(p50 / bare_p50, 2),
        }

    def _ask_bare(self, bare: psycopg.Connection[Any], plain: str | None) -> None:
        if plain is not None:
            bare.execute(plain.encode(), self._given, prepare=True, binary=True).fetchall()
            return
        for statement, arguments in self._seen:
            bare.execute(statement.encode(), arguments, prepare=True, binary=True).fetchall()

    def _lists(self) -> Iterator[tuple[str, Ask]]:
        filters = {
            "documents": DocumentFilter(),
            "documents, open": DocumentFilter(status="open"),
            "documents, overdue": DocumentFilter(status="overdue"),
            "documents, paid": DocumentFilter(status="paid"),
            "documents, credited": DocumentFilter(status="credited"),
            "documents of an organisation": DocumentFilter(organisation_id=self._organisation),
            "documents of a season": DocumentFilter(season_id=self._season),
            "documents of a month": DocumentFilter(issued_from=HALF, issued_until=HALF + timedelta(days=30)),
            "documents on a past day": DocumentFilter(on=HALF),
            "documents open on a past day": DocumentFilter(on=HALF, status="open"),
        }
        for name, asked in filters.items():
            yield name, self._page_of_documents(asked, None)
        middle = self._far(lambda after: self._documents.list(self._actor, DocumentFilter(), after, 200), 40)
        yield "documents, page 160", self._page_of_documents(DocumentFilter(), middle)
        yield "journal", lambda: self._ledger.postings(self._actor, PostingFilter())
        yield "journal of an account", lambda: self._ledger.postings(self._actor, PostingFilter(account="vat_600"))
        yield "open invoices by age", lambda: self._ledger.open_items(self._actor)
        yield "documents of a VAT rate", lambda: self._ledger.vat_documents(self._actor, Period(), 600, "standard")
        yield "free seats", lambda: self._ledger.matches(self._actor, FREE_BY_RULE)

    def _reports(self) -> Iterator[tuple[str, Ask]]:
        actor, ledger, past = self._actor, self._ledger, AsOf(HALF)
        yield "totals of all documents", lambda: self._documents.totals(actor, DocumentFilter())
        yield "totals of open documents", lambda: self._documents.totals(actor, DocumentFilter(status="open"))
        yield "balances", lambda: ledger.balances(actor)
        yield "balances on a past day", lambda: ledger.balances(actor, past)
        yield "ageing", lambda: ledger.ageing(actor)
        yield "ageing on a past day", lambda: ledger.ageing(actor, past)
        yield "revenue by season", lambda: ledger.revenue(actor)
        yield "revenue by season of a year", lambda: ledger.revenue(actor, YEAR)
        yield "deferred revenue", lambda: ledger.deferred(actor)
        yield "deferred revenue on a past day", lambda: ledger.deferred(actor, past)
        yield "VAT of a year", lambda: ledger.vat(actor, YEAR)
        yield "reconciliation", lambda: ledger.reconciliation(actor)

    def _page_of_documents(self, asked: DocumentFilter, after: str | None) -> Ask:
        return lambda: self._documents.list(self._actor, asked, after, 50)

    @staticmethod
    def _far(page: Callable[[str | None], Page[Any]], pages: int) -> str | None:
        cursor: str | None = None
        for _ in range(pages):
            cursor = page(cursor).next_cursor or cursor
        return cursor
