"""The bench of pages: how long the server needs for each, with years of one organiser's bookings, and its weight."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

import psycopg
from flask import Flask
from flask.testing import FlaskClient

from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking
from application.kernel.actor import Actor, Role
from application.people.participant import Participant
from application.services import Services
from bench.apart import apart
from bench.load import UnexpectedAnswer
from bench.machine import describe
from bench.town import Town, furnish
from infrastructure.kernel.settings import Settings
from web.app import create_app
from web.reports.catalogue import REPORTS
from web.server.interpreter import settle
from web.wiring import build

BOOKINGS = 10_000
SEASONS, PEOPLE = 40, 2_000
ROUNDS = 40
FLOOR = "floor: a page with nothing to look up"
AT_MOST_MS, AT_MOST_BYTES = 50.0, 100_000

Say = Callable[[str], None]
Report = dict[str, object]


@dataclass
class Page:
    """One page, who opens it, and how it went: seconds of each answer, bytes of the last."""

    address: str
    who: str
    seconds: list[float] = field(default_factory=list)
    size: int = 0

    def figures(self) -> dict[str, float]:
        """Server time in milliseconds, and the page's bytes before compression."""
        cuts = statistics.quantiles(self.seconds, n=20)
        return {
            "p50_ms": round(statistics.median(self.seconds) * 1000, 1),
            "p95_ms": round(cuts[18] * 1000, 1),
            "bytes": self.size,
        }


def measure(settings: Settings, say: Say, bookings: int = BOOKINGS, rounds: int = ROUNDS) -> Report:
    """Furnish a town, book so many seats, and open every page so many times. Takes some minutes.

    Raises UnexpectedAnswer when a page does not open.
    """
    report: Report = {"machine": describe(), "setting": {"bookings": bookings, "people": PEOPLE, "rounds": rounds}}
    with apart(settings) as own:
        house = build(own.database_url or "", own)
        try:
            say("a town is furnished")
            people = max(2, min(PEOPLE, bookings))
            town = furnish(house.services, seasons=SEASONS, people=people)
            say(f"{bookings} bookings are made")
            _book(house.services, town, bookings)
            say("read models follow, invoices are issued")
            house.worker.catch_up()
            _vacuum(own.database_url or "")
            pages = _pages(house.services, town)
            say("pages are opened")
            _open(create_app(house.services), _keys(house.services, town), pages, rounds)
        finally:
            house.close()
    return report | _outcome(pages)


def _vacuum(url: str) -> None:
    """What the server does by itself within a minute of so many rows; it shall not do it while pages are timed."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum (analyze)")
        connection.execute("checkpoint")


@contextmanager
def _settled() -> Iterator[None]:
    """Look for garbage as seldom as a web process does that has served its first requests."""
    usual = gc.get_threshold()
    settle()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)


def _book(services: Services, town: Town, bookings: int) -> None:
    for booker, colleague, season in islice(town.couples(), bookings):
        command = MakeBooking(season, (Participant(colleague),), town.organisation_id)
        services.bookings.make(booker.actor, command)


def _keys(services: Services, town: Town) -> Mapping[str, str]:
    organiser = town.admin.organiser_id
    made = {role.value: services.tokens.make(role, organiser, frozenset({role})) for role in (Role.ADMIN, Role.FINANCE)}
    return {"": "", "member": town.members[0].token, **made}


def _pages(services: Services, town: Town) -> dict[str, Page]:
    booking = services.booking_questions.mine(town.members[0].actor).items[0].booking_id
    finance = Actor("bench-finance", town.admin.organiser_id, frozenset({Role.FINANCE}))
    invoice = services.invoice_questions.list(finance, DocumentFilter()).items[0].document_id
    at, season = "/matinstitutet", f"/matinstitutet/seasons/{town.seasons[0]}"
    named = {FLOOR: Page("/sign-in", "")}
    for who, addresses in _addresses(at, season, str(booking), str(invoice), town).items():
        named |= {f"{who or 'anybody'}: {name}": Page(address, who) for name, address in addresses.items()}
    return named


def _addresses(at: str, season: str, booking: str, invoice: str, town: Town) -> dict[str, dict[str, str]]:
    return {
        "": {
            "home": "/",
            "home, searched": "/?q=person+77",
            "programme": at,
            "programme, chosen from": f"{at}?free=yes&month=2027-03",
            "season": season,
        },
        "member": {
            "season": season,
            "my bookings": f"{at}/bookings",
            "booking": f"{at}/bookings/{booking}",
            "cancelling": f"{at}/bookings/{booking}/cancel",
            "my invoices": f"{at}/invoices",
            "my data": f"{at}/me",
            "history of a booking": f"{at}/bookings/{booking}/history",
            "calendar": f"{at}/calendar",
        },
        "admin": {
            "desk": f"{at}/desk",
            "running a season": f"{season}/run",
            "roster": f"{season}/roster",
            "people": f"{at}/people",
            "people, searched": f"{at}/people?q=person+77",
            "people of an organisation": f"{at}/people?at={town.organisation_id}",
            "a person": f"{at}/people/{town.members[0].actor.person_id}",
            "work of a person": f"{at}/people/{town.members[0].actor.person_id}/work",
            "organisations": f"{at}/organisations",
            "organisation": f"{at}/organisations/{town.organisation_id}",
            "changing an organisation": f"{at}/organisations/{town.organisation_id}/change",
            "memberships": f"{at}/memberships/{town.organisation_id}",
            "history of an organisation": f"{at}/organisations/{town.organisation_id}/history",
            "organiser": f"{at}/organiser",
            "seasons": f"{at}/seasons",
            "planning a season": f"{at}/seasons/new",
            "copying a season": f"{at}/seasons/new?copy={town.seasons[0]}",
            "prices": f"{season}/prices",
            "meetings in a table": f"{season}/meetings",
            "badges": f"{season}/badges",
            "catering": f"{season}/catering",
            "calling off": f"{season}/call-off",
            "history of a season": f"{season}/history",
            "material": f"{season}/material",
            "letters": f"{at}/letters",
            "erasures": f"{at}/erasures",
            "getting started": f"{at}/start",
        },
        "finance": {
            "invoices": f"{at}/invoices",
            "invoice": f"{at}/invoices/{invoice}",
            "invoices, found by name": f"{at}/invoices?q=person+77",
            "history of an invoice": f"{at}/invoices/{invoice}/history",
            "crediting": f"{at}/invoices/{invoice}/credit",
            "sums": f"{at}/invoices/sums",
            "finance": f"{at}/finance",
            "payments": f"{at}/payments",
            "payment rules": f"{at}/payments/rules",
            "bookkeeping": f"{at}/bookkeeping",
            "accounts": f"{at}/bookkeeping/accounts",
            "a season's figures": f"{at}/reports/seasons/{town.seasons[0]}",
            **{f"report: {report}": f"{at}/reports/{report}" for report in REPORTS},
        },
    }


def _open(app: Flask, keys: Mapping[str, str], pages: Mapping[str, Page], rounds: int) -> None:
    clients = {who: _client(app, key) for who, key in keys.items()}
    for page in pages.values():
        _open_one(clients, page)  # fills caches, as the first reader after a restart does
    with _settled():
        for _ in range(rounds):
            for page in pages.values():
                page.seconds.append(_open_one(clients, page))


def _open_one(clients: Mapping[str, FlaskClient], page: Page) -> float:
    began = time.perf_counter()
    answer = clients[page.who].get(page.address)
    took = time.perf_counter() - began
    if answer.status_code != 200:
        raise UnexpectedAnswer.instead_of(200, f"{page.address} {answer.status}".encode())
    page.size = len(answer.data)
    return took


def _client(app: Flask, key: str) -> FlaskClient:
    client = app.test_client()
    if key:
        client.set_cookie("plats_token", key)
    return client


def _outcome(pages: Mapping[str, Page]) -> Report:
    figures = {name: page.figures() for name, page in pages.items()}
    floor = figures[FLOOR]["p95_ms"]
    return {
        "pages": figures,
        "ratios": {name: round(each["p95_ms"] / floor, 1) for name, each in figures.items()},
        "slowest_p95_ms": max(each["p95_ms"] for each in figures.values()),
        "heaviest_bytes": max(each["bytes"] for each in figures.values()),
        "to_reach": {"at_most": {"slowest_p95_ms": AT_MOST_MS, "heaviest_bytes": AT_MOST_BYTES}},
    }
