"""The demo holds every programme, loads once however often it is loaded, and works through the API by its own rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient

from application.accounting.queries.ageing import AsOf
from application.kernel.actor import SYSTEM, Actor, Role
from application.people.organiser import FoundOrganiser
from application.programme.queries.programme import OrganiserRow
from application.programme.queries.season_filter import SeasonFilter
from demo.by_card import pay_by_card
from demo.card_company import CardCompany
from demo.card_company_http import serving
from demo.dates import ZONE, beginning, held_before
from demo.loading import ORGANISERS, load
from domain.kernel.ids import OrganiserId, SeasonId
from domain.kernel.terms import day_in
from infrastructure.jobs.retention_store import KeptInDatabase
from infrastructure.kernel.settings import Settings
from infrastructure.subscriptions.verify import Verification
from tests.conftest import Databases
from tests.programmes.demo_command import CLOCK, plats_demo, settings_on
from web.app import create_app
from web.wiring import Installation, build

LINK = re.compile(r'<a [^>]*href="(/(?!/|static)[^"#]*)')


@pytest.fixture(scope="module")
def settings(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_on(module_database_url, tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def demo(settings: Settings, module_database_url: str) -> Iterator[Installation]:
    """An installation with the demo in it."""
    house = build(module_database_url, settings, CLOCK)
    load(house.services, house.worker.catch_up, lambda _programme: None, CLOCK)
    yield house
    house.close()


def log_of(url: str) -> list[tuple[Any, ...]]:
    """How many events of each kind there are."""
    with psycopg.connect(url) as connection:
        return connection.execute("select topic, count(*) from event group by topic order by topic").fetchall()


def organisers_of(house: Installation) -> dict[str, OrganiserRow]:
    return {row.slug: row for row in house.services.programme.organisers()}


def test_four_organisers_come_with_all_their_programmes(demo: Installation) -> None:
    organisers = organisers_of(demo)
    assert set(organisers) == {sketch.slug for sketch in ORGANISERS}
    seasons = {slug: demo.services.programme.seasons(row.organiser_id).items for slug, row in organisers.items()}
    assert {slug: len(rows) for slug, rows in seasons.items()} == {
        "lyhort": 15,
        "vidoppet": 2,
        "lindehamn": 2,
        "torgdag": 7,
    }


def test_somebody_who_looks_around_meets_seasons_that_are_on_their_way(demo: Installation) -> None:
    """A group meets today, and most of it has answered; what it wrote three weeks ago has been given back to it."""
    organisers = organisers_of(demo)
    city = organisers["lindehamn"].organiser_id
    [today] = [row for row in demo.services.programme.seasons(city).items if not row.is_open]
    admin = Actor("test", city, frozenset({Role.ADMIN}))
    view = demo.services.learning_questions.of(admin, SeasonId(today.season_id))
    assert [(each.answers, each.expected, each.is_open) for each in view.rounds] == [(6, 8, False), (6, 8, True)]
    assert (len(view.published), view.are_insights_published) == (6, True)


def test_everything_bookable_begins_at_least_thirty_days_ahead(demo: Installation) -> None:
    today = demo.services.clock.now().date()
    for organiser in organisers_of(demo).values():
        for row in demo.services.programme.seasons(organiser.organiser_id, SeasonFilter(takes_bookings=True)).items:
            assert row.first_on is not None
            assert row.first_on >= today + timedelta(days=30) - timedelta(days=1), row.title


def test_loading_twice_changes_nothing_even_when_the_answers_to_its_keys_are_forgotten(
    demo: Installation, module_database_url: str
) -> None:
    before, place = log_of(module_database_url), "(0,0)"
    while place:
        place = KeptInDatabase(demo.store).forget_answers(place, demo.store.clock.now() + timedelta(days=1))
    loaded = load(demo.services, demo.worker.catch_up, lambda _programme: None, CLOCK)
    assert log_of(module_database_url) == before
    assert [each.sketch for each in loaded] == list(ORGANISERS)
    assert all({Role.MEMBER, Role.ADMIN, Role.FINANCE} <= set(each.people) for each in loaded)


def test_the_demo_shows_money_at_work(demo: Installation) -> None:
    """Late and part-paid invoices, money that belongs nowhere, something to pay back, and a tab to invoice."""
    row = organisers_of(demo)["lyhort"]
    finance = Actor("finance", OrganiserId(row.organiser_id), frozenset({Role.FINANCE}))
    payments, ledger = demo.services.payment_questions, demo.services.ledger
    assert sorted(each.days_late for each in payments.late(finance, day_in(CLOCK.now(), ZONE))) == [2, 15, 32]
    assert [each.left for each in payments.suspense(finance)] == [1_250_00]
    assert [each.due for each in payments.refunds_due(finance)] == [1_125_00]
    assert ledger.reconciliation(finance).waiting == 3 * 7_500_00
    earned = {each.season: each for each in ledger.deferred(finance, AsOf())}["Frukostsamtal: hösten"]
    assert (earned.held, earned.meetings, earned.earned) == (2, 4, earned.revenue // 2)


def test_some_pay_by_card_in_the_trial_and_one_payment_is_disputed(database_url: str, tmp_path: Path) -> None:
    company = CardCompany("secret", CLOCK.now)
    with serving(company) as address:
        settings = replace(
            settings_on(database_url, tmp_path),
            stripe_key="sk_test_demo",
            stripe_webhook_secret=company.secret,
            stripe_url=address,
            stripe_organisers=("*",),
        )
        house = build(database_url, settings, CLOCK)
        try:
            loaded = load(house.services, house.worker.catch_up, lambda _programme: None, CLOCK)[0]
            for _twice in range(2):
                pay_by_card(house.services, company, loaded.organiser_id, "http://127.0.0.1/lyhort")
                house.worker.catch_up()
            finance = Actor("finance", loaded.organiser_id, frozenset({Role.FINANCE}))
            assert [each.state for each in house.services.payment_questions.disputes(finance)] == ["open"]
            books = [book for book in company.of("checkout.session") if book["payment_status"] == "paid"]
            assert len(books) == len(company.of("checkout.session")) == 2
        finally:
            house.close()


def test_a_load_that_was_broken_off_is_completed(
    demo: Installation, module_database_url: str, database_url: str, tmp_path: Path
) -> None:
    house = build(database_url, settings_on(database_url, tmp_path), CLOCK)

    def break_off(programme: str) -> None:
        if programme in ("A3", "D1"):
            raise InterruptedError

    try:
        with pytest.raises(InterruptedError):
            load(house.services, house.worker.catch_up, break_off, CLOCK)
        load(house.services, house.worker.catch_up, lambda _programme: None, CLOCK)
        assert log_of(database_url) == log_of(module_database_url)
    finally:
        house.close()


def test_what_is_loaded_adds_up(demo: Installation) -> None:
    verified = Verification(demo.store).run(lambda *_: None)
    assert [check for check in verified.checks if not check.ok] == []


@pytest.mark.parametrize("slug", [sketch.slug for sketch in ORGANISERS])
def test_the_pages_that_the_demo_leads_to_are_there(demo: Installation, slug: str) -> None:
    app, organiser = create_app(demo.services), organisers_of(demo)[slug].organiser_id
    loaded = load(demo.services, demo.worker.catch_up, lambda _programme: None, CLOCK)
    people = next(one.people for one in loaded if one.sketch.slug == slug)
    for role, person_id in people.items():
        browser = app.test_client()
        browser.set_cookie("plats_token", demo.services.tokens.make("test", organiser, frozenset({role}), person_id))
        seen = visited(browser, f"/{slug}", 25)
        assert [each for each in seen if each[1] != 200] == [], role


def visited(browser: FlaskClient, start: str, most: int) -> list[tuple[str, int]]:
    """Every page within reach, up to so many, with the status that it answered."""
    queue, seen = [start], list[tuple[str, int]]()
    while queue and len(seen) < most:
        address = queue.pop(0)
        answer = browser.get(address)
        seen.append((address, answer.status_code))
        found = [unescape(link) for link in LINK.findall(answer.get_data(as_text=True))]
        queue += [link for link in dict.fromkeys(found) if link not in queue and link not in dict(seen)]
    return seen


def test_the_demo_does_not_move_in_with_other_organisers(database_url: str, tmp_path: Path) -> None:
    house = build(database_url, settings_on(database_url, tmp_path))
    house.services.organisers.found(SYSTEM, FoundOrganiser("Verkliga AB", "verkliga", "556036-0793"))
    house.close()
    before = log_of(database_url)
    refused = plats_demo(database_url, tmp_path, "--no-serve")
    assert refused.returncode == 1
    assert "--fresh" in refused.stderr
    assert log_of(database_url) == before


def test_the_demo_says_how_to_sign_in(new_database: Databases, tmp_path: Path) -> None:
    with new_database() as url:
        told = plats_demo(url, tmp_path, "--no-serve")
    assert told.returncode == 0, told.stderr
    assert told.stdout.count("/sign-in/plats_") == 3 * len(ORGANISERS)


def test_on_any_day_a_programme_lies_ahead_and_its_deadline_too() -> None:
    for days in range(3 * 366):
        today = date(2026, 1, 1) + timedelta(days=days)
        conference = beginning(today, date(2027, 1, 25))
        assert today + timedelta(days=30) <= conference.first < today + timedelta(days=30 + 364)
        assert conference.first.strftime("%a") == "Mon"
        assert today < conference.before(1, 3) < conference.first
        assert conference.day(1, 26) == conference.first + timedelta(days=1)
        past = held_before(today, date(2026, 10, 28), lasting=120)
        assert past.day(2, 24) < today
