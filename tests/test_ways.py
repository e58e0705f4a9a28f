"""How far a stranger reads who follows a booking, a cancellation or a bank file: files and lines, and no more of them.

Each way is walked twice, and the second time is measured: as in a process that serves, what is behind it is at hand.
Of every function that ran the whole body counts once. Apart stand infrastructure (the store, and the projections, which
are one file a table), kernel values, and what runs for every page, every call and every fact alike: the folders in
`tests.tracer.APART`, and the functions that run as well when somebody sends a form about nothing of this (the address
of their calendar), asks the API about nothing of this (their sessions), or when the worker follows a fact about nothing
of this (goods are offered). What follows a fact is counted without the letters about it and
what other systems are told, which are ways of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from werkzeug.test import TestResponse

from application.programme.goods import OfferGoods
from domain.kernel.ids import SeasonId
from domain.kernel.vat import VAT_6
from tests.samples import Institute, kronor
from tests.scenarios.story import book, documents
from tests.tracer import Way, traced
from tests.web.calling import Api, api
from tests.web.page import Page
from tests.web.pages.payments.test_payment import upload
from tests.web.stage import SLUG, Browser, Stage, stage

BOOKING = 12, 365
ROSTER_AND_INVOICE = 10, 175
CANCELLATION = 10, 355
CREDIT_NOTE = 10, 155
BANK_FILE = 16, 493
PAID = 1, 10
"""Files and lines at most. Of a bank file, what is here already, by another format or with the same sum and day, is
looked up on the way, and rows that cannot be believed are told apart."""

LETTERS = "application/notifications/"
OUTBOUND = "application/automation/outbound"


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def page_frame(acted: Stage, who: str) -> Way:
    """What every form that is sent runs through."""
    browser = acted.browser(who)
    page = browser.open(f"/{SLUG}/calendar")
    with traced("every form") as frame:
        answer = sent(browser, page, "/calendar")
    assert answer.status_code in (200, 303), answer.text
    return frame


def worker_frame(made: Institute) -> Way:
    """What the worker does about whatever has happened."""
    made.catch_up()
    made.services.goods.offer(made.admin, OfferGoods("En bok till", kronor(100), kronor(40), VAT_6))
    with traced("every fact") as frame:
        made.catch_up()
    return frame


def must_be_within(way: Way, most: tuple[int, int]) -> None:
    print(way.told())  # noqa: T201 # the figures, read with `pytest -s`
    files, lines = way.size
    assert files <= most[0] and lines <= most[1], way.told()


@dataclass(frozen=True)
class Ways:
    """What was done, and what the worker did about it: both without what is the same whatever is done."""

    done: Way
    followed: Way

    def must_be_within(self, done: tuple[int, int], followed: tuple[int, int]) -> None:
        """Raises where a stranger reads more."""
        must_be_within(self.done, done)
        must_be_within(self.followed, followed)


def sent(browser: Browser, page: Page, what: str, **typed: str) -> TestResponse:
    """One request: the form that has the field, or is sent to the address, as it stands, by a button."""
    to = [form for form in page.elements.forms if form["action"][0].endswith(what)] if "/" in what else []
    form = dict(to[0]) if to else page.form(what)
    form.pop("method")
    action = (form.pop("action")[0] or page.address).partition("#")[0]
    return browser.client.post(action, data={**form, **typed})


def booked_on_page(acted: Stage, who: str) -> Ways:
    """A member sends the form on the page of a season."""
    browser, frame, worker = acted.browser(who), page_frame(acted, who), worker_frame(acted.institute)
    page = browser.open(f"/{SLUG}/seasons/{acted.conference}")
    with traced("by page: booking to events") as way:
        answer = sent(browser, page, "wanted", do="book")
    assert answer.status_code == 303 and "/bookings/" in answer.headers["Location"], answer.text
    with traced("by page: roster row and invoice", LETTERS, OUTBOUND) as followed:
        acted.institute.catch_up()
    return Ways(way.beyond(frame), followed.beyond(worker).on_top_of(way))


def test_a_booking_on_its_page(acted: Stage) -> None:
    booked_on_page(acted, "bertil")
    booked_on_page(acted, "anna").must_be_within(BOOKING, ROSTER_AND_INVOICE)


def booked_by_call(calls: Api, season: SeasonId, name: str) -> Ways:
    """An admin's program books for a member of an organisation."""
    made = calls.institute
    person = made.person(name, made.acme)
    participants = [{"person_id": str(person)}]
    body = {"season_id": str(season), "participants": participants, "organisation_id": str(made.acme)}
    worker = worker_frame(made)
    calls.call("GET", "/me/sessions")
    calls.post("/bookings/preview", body)
    with traced("every call") as frame:
        calls.call("GET", "/me/sessions")
    with traced("by call: booking to events") as way:
        calls.post("/bookings", body)
    with traced("by call: roster row and invoice", LETTERS, OUTBOUND) as followed:
        made.catch_up()
    return Ways(way.beyond(frame), followed.beyond(worker).on_top_of(way))


def test_a_booking_by_call(calls: Api) -> None:
    season = calls.institute.conference()
    booked_by_call(calls, season, "Anna")
    booked_by_call(calls, season, "Bertil").must_be_within(BOOKING, ROSTER_AND_INVOICE)


def cancelled_one_of_two(acted: Stage, season: SeasonId) -> Ways:
    """A member gives up one seat of a booking for two, in time."""
    made = acted.institute
    booking = book(made, season, made.acme, None, None).booking_id
    browser, frame, worker = acted.browser("anna"), page_frame(acted, "anna"), worker_frame(made)
    page = browser.open(f"/{SLUG}/bookings/{booking}/cancel?seat=1")
    with traced("one cancelled seat of two") as way:
        answer = sent(browser, page, "shown", do="cancel")
    assert answer.status_code == 303, answer.text
    with traced("one cancelled seat of two: its credit note", LETTERS, OUTBOUND) as followed:
        made.catch_up()
    return Ways(way.beyond(frame), followed.beyond(worker).on_top_of(way))


def test_one_cancelled_seat_of_two(acted: Stage) -> None:
    season = acted.institute.conference()
    cancelled_one_of_two(acted, season)
    cancelled_one_of_two(acted, season).must_be_within(CANCELLATION, CREDIT_NOTE)


def taken_in(acted: Stage, season: SeasonId) -> Ways:
    """Finance sends a bank file that has been shown; each of its payments pays an invoice."""
    for _ in range(2):
        book(acted.institute, season, acted.institute.bolt, None)
    rows = documents(acted.institute, "invoice")[-2:]
    finance, frame, worker = acted.browser("finance"), page_frame(acted, "anna"), worker_frame(acted.institute)
    payments = "".join(f"2026-08-31;15000,00;{row.ocr}\n" for row in rows)
    page = upload(finance, f"Datum;Belopp;OCR\n{payments}")
    with traced("a bank file with two matched payments") as way:
        answer = sent(finance, page, "content", do="take_in")
    assert answer.status_code == 303, answer.text
    with traced("a bank file with two matched payments: invoices paid", LETTERS, OUTBOUND) as followed:
        acted.institute.catch_up()
    assert [row.balance for row in documents(acted.institute, "invoice")[-2:]] == [0, 0]
    return Ways(way.beyond(frame), followed.beyond(worker).on_top_of(way))


def test_a_bank_file_with_two_matched_payments(acted: Stage) -> None:
    season = acted.institute.conference()
    taken_in(acted, season)
    taken_in(acted, season).must_be_within(BANK_FILE, PAID)
