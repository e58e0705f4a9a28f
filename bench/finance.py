"""The bench of finance: every list, report and export on so many lines, beside the bare SQL and COPY of the same."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import psycopg

from application.accounting.queries.ledger import PostingFilter
from application.booking.booking import MakeBooking
from application.kernel.actor import Actor, Role
from application.people.organisation import GiveBillingDetails, RegisterOrganisation
from application.people.participant import TO_BE_NAMED
from bench.apart import apart
from bench.finance_asking import Asking, Report
from bench.finance_books import Books, books_of
from bench.finance_loading import fill
from bench.machine import describe, resident_mib
from bench.town import Town, furnish
from domain.kernel.eligibility import Sector
from domain.kernel.ids import OrganisationId
from infrastructure.kernel.settings import Settings
from web.wiring import Installation, build

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


def measure(settings: Settings, say: Say, lines: int = LINES, rounds: int = ROUNDS) -> Report:
    """Make books of so many lines in a database of their own, ask everything so many times. Takes some minutes."""
    with apart(settings) as alone:
        url = alone.database_url or ""
        house = build(url, alone)
        try:
            town = _town(house)
            report: Report = {"machine": describe(), "load": os.getloadavg()[0]}
            report |= _made(house, url, books_of(house.store, town.seasons, lines), say)
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


def _made(house: Installation, url: str, books: Books, say: Say) -> Report:
    """Make the books, telling how far that has come."""
    began, lines = time.perf_counter(), 0
    say(f"{books.sales} sales are made")
    for done, lines in fill(url, books):
        say(f"{done} of {books.sales} sales, {lines} lines after {time.perf_counter() - began:.0f} s")
    [(documents,)] = house.store.recorder.query("select count(*) from invoice.document", [])
    return {"lines": lines, "documents": documents, "made_in_s": round(time.perf_counter() - began, 1)}


def _town(house: Installation) -> Town:
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


def _book(house: Installation, town: Town, organisation: OrganisationId) -> None:
    command = MakeBooking(town.seasons[0], (TO_BE_NAMED,), organisation)
    house.services.bookings.make(town.admin, command)


def _org_number(no: int) -> str:
    body = f"556{no:06d}"
    digits = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(body)]
    return f"{body}{-sum(digit // 10 + digit % 10 for digit in digits) % 10}"


def _finance(town: Town) -> Actor:
    return Actor("bench-finance", town.admin.organiser_id, frozenset({Role.FINANCE}))


def _adds_up(house: Installation, actor: Actor) -> bool:
    """Whether the books that were made are books: balanced, open invoices as the ledger says, nothing unmatched."""
    ledger = house.services.ledger
    ageing, matched = ledger.ageing(actor), ledger.reconciliation(actor)
    is_balanced = sum(row.amount for row in ledger.balances(actor)) == 0
    is_matched = matched.agreed == matched.invoiced and not matched.seats_without_money + matched.money_without_seat
    return is_balanced and is_matched and ageing.total == ageing.receivable == matched.open_invoices


def _export(house: Installation, url: str, actor: Actor) -> Report:
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
