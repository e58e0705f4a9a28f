"""The bench of finance: every list, report and export on so many lines, beside the bare SQL and COPY of the same."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import psycopg

from application.actor import Actor, Role
from application.booking import MakeBooking
from application.organisation import GiveBillingDetails, RegisterOrganisation
from application.participant import TO_BE_NAMED
from application.reading.invoice import DocumentFilter, InvoiceQuestions
from application.reading.ledger import FREE_BY_RULE, LedgerQuestions
from application.reading.ledger_rows import AsOf, Period, PostingFilter
from application.reading.page import Page
from domain.ids import OrganisationId
from domain.standing import Sector
from infrastructure.following.reading import Reader
from infrastructure.projections.invoice_questions import InvoiceTables
from infrastructure.read_models import LedgerTables
from infrastructure.settings import Settings
from web.bench.apart import apart
from web.bench.finance_books import FIRST_DAY, LAST_DAY, fill, templates
from web.bench.machine import describe, resident_mib
from web.bench.town import Town, furnish
from web.wiring import House, build

LINES, SEASONS, ORGANISATIONS = 1_000_000, 40, 30
ROUNDS = 30
AT_MOST_MS = {"list": 50.0, "report": 300.0}
AT_MOST_RATIO, AT_LEAST_EXPORT, MOST_MIB = 1.5, 0.3, 64.0

_COPY = """
copy (select p.day, p.voucher, p.position, p.no, p.number, p.account, p.basis_points, s.title, p.amount, p.subject_id,
p.document_id from ledger.posting p left join season.season s on s.season_id = p.season_id
order by p.day, p.position, p.no)
to stdout (format csv, delimiter ';')"""

Say = Callable[[str], None]
Report = dict[str, Any]
Ask = Callable[[], object]


def measure(settings: Settings, say: Say, lines: int = LINES, rounds: int = ROUNDS) -> Report:
    """Make books of so many lines in a database of their own, ask everything so many times. Takes some minutes."""
    with apart(settings) as alone:
        url = alone.database_url or ""
        house = build(url, alone)
        try:
            say("books are made")
            began = time.perf_counter()
            town = _town(house)
            made, documents = fill(house.store, templates(house.store, town.seasons), lines)
            report: Report = {"machine": describe(), "lines": made, "documents": documents}
            report["made_in_s"] = round(time.perf_counter() - began, 1)
            report["adds_up"] = _adds_up(house, _finance(town))
            say("questions are asked")
            report |= Asking(house, url, _finance(town)).run(rounds)
            say("the journal is written out")
            report["export"] = _export(house, url, _finance(town))
        finally:
            house.close()
    report["ratios"] = {
        **{f"{name} to bare SQL": row["ratio"] for name, row in report["report"].items()},
        "export to COPY": report["export"]["ratio"],
    }
    return report | {"to_reach": _to_reach(), "missed": _missed(report)}


class Asking:
    """Puts each question through the application, and the same statements straight to the database."""

    def __init__(self, house: House, url: str, actor: Actor) -> None:
        self._url, self._actor = url, actor
        self._seen: list[tuple[str, Sequence[Any]]] = []
        store = house.store

        def query(statement: str, arguments: Sequence[Any]) -> list[tuple[Any, ...]]:
            self._seen.append((statement, arguments))
            return store.recorder.query(statement, arguments)

        reader = Reader(query, store.keyring, store.clock)
        self._ledger = LedgerQuestions(LedgerTables(reader))
        self._documents = InvoiceQuestions(InvoiceTables(reader))
        self._season, self._organisation = _someones(house)

    def run(self, rounds: int) -> Report:
        """p50 and p95 in milliseconds of every list and report, and against the bare SQL."""
        with psycopg.connect(self._url, autocommit=True) as bare:
            return {
                "list": {name: self._timed(ask, rounds, bare) for name, ask in self._lists()},
                "report": {name: self._timed(ask, rounds, bare) for name, ask in self._reports()},
            }

    def _timed(self, ask: Ask, rounds: int, bare: psycopg.Connection[Any]) -> Report:
        mine, theirs = [], []
        for turn in range(rounds + 2):
            self._seen.clear()
            began = time.perf_counter()
            ask()
            asked = time.perf_counter()
            for statement, arguments in self._seen:
                bare.execute(statement.encode(), arguments, prepare=True, binary=True).fetchall()
            if turn > 1:
                mine.append((asked - began) * 1000)
                theirs.append((time.perf_counter() - asked) * 1000)
        cut = statistics.quantiles(mine, n=20)[18]
        p50, bare_p50 = statistics.median(mine), statistics.median(theirs)
        return {
            "p50_ms": round(p50, 1),
            "p95_ms": round(cut, 1),
            "bare_sql_p50_ms": round(bare_p50, 1),
            "ratio": round(p50 / bare_p50, 2),
        }

    def _lists(self) -> Iterator[tuple[str, Ask]]:
        half = FIRST_DAY + (LAST_DAY - FIRST_DAY) / 2
        filters = {
            "documents": DocumentFilter(),
            "documents, open": DocumentFilter(status="open"),
            "documents, overdue": DocumentFilter(status="overdue"),
            "documents, paid": DocumentFilter(status="paid"),
            "documents, credited": DocumentFilter(status="credited"),
            "documents of an organisation": DocumentFilter(organisation_id=self._organisation),
            "documents of a season": DocumentFilter(season_id=self._season),
            "documents of a month": DocumentFilter(issued_from=half, issued_until=half + timedelta(days=30)),
            "documents on a past day": DocumentFilter(on=half),
            "documents open on a past day": DocumentFilter(on=half, status="open"),
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
        actor, ledger, half = self._actor, self._ledger, FIRST_DAY + (LAST_DAY - FIRST_DAY) / 2
        past, year = AsOf(half), Period(FIRST_DAY, FIRST_DAY + timedelta(days=364))
        yield "totals of all documents", lambda: self._documents.totals(actor, DocumentFilter())
        yield "totals of open documents", lambda: self._documents.totals(actor, DocumentFilter(status="open"))
        yield "balances", lambda: ledger.balances(actor)
        yield "balances on a past day", lambda: ledger.balances(actor, past)
        yield "ageing", lambda: ledger.ageing(actor)
        yield "ageing on a past day", lambda: ledger.ageing(actor, past)
        yield "revenue by season", lambda: ledger.revenue(actor)
        yield "revenue by season of a year", lambda: ledger.revenue(actor, year)
        yield "deferred revenue", lambda: ledger.deferred(actor)
        yield "deferred revenue on a past day", lambda: ledger.deferred(actor, past)
        yield "VAT of a year", lambda: ledger.vat(actor, year)
        yield "reconciliation", lambda: ledger.reconciliation(actor)

    def _page_of_documents(self, asked: DocumentFilter, after: str | None) -> Ask:
        return lambda: self._documents.list(self._actor, asked, after, 50)

    @staticmethod
    def _far(page: Callable[[str | None], Page[Any]], pages: int) -> str | None:
        cursor: str | None = None
        for _ in range(pages):
            cursor = page(cursor).next_cursor or cursor
        return cursor


def _town(house: House) -> Town:
    """Seasons, and organisations that have each booked once, so that there are buyers with names under real keys."""
    town = furnish(house.services, seasons=SEASONS, people=1)
    for no in range(ORGANISATIONS):
        registered = house.services.organisations.register(
            town.admin, RegisterOrganisation(f"Organisation {no}", _org_number(no), Sector.PRIVATE)
        )
        organisation = registered.answer.organisation_id
        house.services.organisations.give_billing_details(
            town.admin, GiveBillingDetails(organisation, f"Storgatan {no}, 111 22 Stockholm")
        )
        _book(house, town, organisation)
    house.worker.catch_up()
    return town


def _book(house: House, town: Town, organisation: OrganisationId) -> None:
    command = MakeBooking(town.seasons[0], (TO_BE_NAMED,), organisation)
    house.services.bookings.make(town.admin, command)


def _org_number(no: int) -> str:
    body = f"556{no:06d}"
    digits = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(body)]
    return f"{body}{-sum(digit // 10 + digit % 10 for digit in digits) % 10}"


def _finance(town: Town) -> Actor:
    return Actor("bench-finance", town.admin.organiser_id, frozenset({Role.FINANCE}))


def _adds_up(house: House, actor: Actor) -> bool:
    """Whether the books that were made are books: balanced, open invoices as the ledger says, nothing unmatched."""
    ledger = house.services.ledger
    ageing, matched = ledger.ageing(actor), ledger.reconciliation(actor)
    is_balanced = sum(row.amount for row in ledger.balances(actor)) == 0
    is_matched = matched.agreed == matched.invoiced and not matched.seats_without_money + matched.money_without_seat
    return is_balanced and is_matched and ageing.total == ageing.receivable == matched.open_invoices


def _someones(house: House) -> tuple[Any, Any]:
    [row] = house.store.recorder.query("select season_id, organisation_id from invoice.document limit 1", [])
    return row[0], row[1]


def _export(house: House, url: str, actor: Actor) -> Report:
    """The whole journal as CSV, as it is sent, and COPY of the same rows in the same order."""
    before, began, size, rows = resident_mib(os.getpid()) or 0.0, time.perf_counter(), 0, -1
    most = before
    for part in house.services.ledger.journal(actor, PostingFilter()):
        size, rows = size + len(part), rows + part.count(b"\r\n")
        most = max(most, resident_mib(os.getpid()) or 0.0)
    mine, began = rows / (time.perf_counter() - began), time.perf_counter()
    copied = 0
    with psycopg.connect(url) as connection, connection.cursor() as cursor, cursor.copy(_COPY.encode()) as copy:
        for block in copy:
            copied += bytes(block).count(b"\n")
    theirs = copied / (time.perf_counter() - began)
    return {
        "rows": rows,
        "megabytes": round(size / 1e6, 1),
        "rows_per_second": round(mine),
        "copy_rows": copied,
        "copy_rows_per_second": round(theirs),
        "ratio": round(mine / theirs, 2),
        "memory_grew_mib": round(most - before, 1),
    }


def _to_reach() -> Report:
    return {
        "p95_ms": AT_MOST_MS,
        "report_to_bare_sql": AT_MOST_RATIO,
        "export_to_copy": AT_LEAST_EXPORT,
        "memory_mib": MOST_MIB,
    }


def _missed(report: Report) -> list[str]:
    """What has not been reached, by name."""
    missed = [name for kind, most in AT_MOST_MS.items() for name, row in report[kind].items() if row["p95_ms"] > most]
    missed += [f"{name} to bare SQL" for name, row in report["report"].items() if row["ratio"] > AT_MOST_RATIO]
    export = report["export"]
    missed += ["export to COPY"] if export["ratio"] < AT_LEAST_EXPORT else []
    missed += ["memory of the export"] if export["memory_grew_mib"] > MOST_MIB else []
    missed += [] if report["adds_up"] else ["books that add up"]
    return missed + (["rows of the export"] if export["rows"] != export["copy_rows"] else [])
