"""The first run: an empty installation becomes a season that takes bookings, step by step, left and taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from infrastructure.kernel.settings import Settings
from tests.clock import FixedClock
from tests.conftest import Databases
from tests.samples import AUTUMN, Institute
from tests.web.stage import Browser, Stage, stage
from web.app import create_app
from web.wiring import build


@pytest.fixture
def empty(new_database: Databases) -> Iterator[Browser]:
    """Whoever runs an installation in which there is nothing yet."""
    with new_database() as url, TemporaryDirectory() as home:
        settings = Settings.read({"PLATS_HOME": home, "PLATS_KEYS": str(Path(home) / "keys")})
        house = build(url, settings, FixedClock(AUTUMN))
        app = create_app(house.services)
        app.testing = True
        nobody = (None,) * 2
        made = Institute(house, house.services.clock, None, *nobody, None, None, None)  # type: ignore[arg-type]  # an institute before there is one
        client = app.test_client()
        client.set_cookie("plats_token", house.services.tokens.make("first", None, frozenset(), is_system=True))
        client.set_cookie("plats_language", "sv")
        try:
            yield Browser(Stage(made, app, None, None, None, None), client)  # type: ignore[arg-type]  # nobody is there
        finally:
            house.close()


FIRST = {
    "name": "Nätverket för skola", "org_number": "556036-0793", "vat_number": "",
    "address": "Gatan 1, 111 30 Stockholm",
    "bankgiro": "991-2346", "payment_days": "30", "slug": "", "admin_name": "Ada", "admin_email": "ada@example.org",
}  # fmt: skip


def test_from_nothing_to_a_season_that_can_be_booked(empty: Browser) -> None:
    page = empty.open("/start")
    assert page.says("Steg 1 av 4", "Vem arrangerar")
    page = empty.send(page, "admin_name", **FIRST)
    assert page.says("Arrangören är på plats.", "Steg 2 av 4", "Starta ett nätverk", "Logga ut Ada")
    page = empty.open("/natverket-for-skola/networks/new")
    page = empty.send(page, "name", name="Rektorer")
    assert page.says("Nätverket är startat.")
    assert empty.open("/natverket-for-skola/start").says("Steg 3 av 4", "Planera en säsong")
    page = empty.open("/natverket-for-skola/seasons/new")
    network = page.html.split('<option value="')[1].split('"')[0]
    planned = empty.send(
        page, "m_title", do="save", network=network, title="Hösten 2026", m_on=["2026-10-14", "", ""],
        m_from=["09:00", "", ""], m_to=["12:00", "", ""], p_amount=["0", ""], p_for=["everyone", "everyone"],
    )  # fmt: skip
    assert planned.says("Säsongen är planerad.")
    assert empty.open("/natverket-for-skola/start").says("Steg 4 av 4", "Öppna bokningen av Hösten 2026")
    assert empty.send(planned, "closes_on", do="open").says("Bokningen är öppen.")
    ready = empty.open("/natverket-for-skola/start")
    assert ready.says("Säsongen går att boka", "Dela den här adressen")
    share = next(link for link in ready.elements.links if link.startswith("http") and "/seasons/" in link)
    assert Browser(empty.stage, empty.stage.app.test_client()).open(share).says("Hösten 2026", "Rektorer")


def test_what_is_wrong_stands_at_the_field_and_nothing_is_founded_by_halves(empty: Browser) -> None:
    wrong = {**FIRST, "org_number": "123", "admin_email": "ada"}
    page = empty.send(empty.open("/start"), "admin_name", **wrong)
    assert page.status == 422 and 'id="admin_email-problem"' in page.html
    page = empty.send(page, "admin_name", **{**wrong, "admin_email": "ada@example.org"})
    assert page.status == 422 and 'id="org_number-problem"' in page.html
    assert empty.stage.institute.services.programme.organisers() == ()
    assert empty.send(page, "admin_name", **FIRST).says("Steg 2 av 4")


def test_an_empty_installation_tells_a_stranger_how_to_begin(empty: Browser) -> None:
    stranger = Browser(empty.stage, empty.stage.app.test_client())
    assert stranger.open("/").says("Kom igång")
    assert stranger.open("/start").says("Öppna länken som skrevs ut när Plats startade")
    assert stranger.send(empty.open("/start"), "admin_name", **FIRST).status == 401


def test_where_there_are_organisers_the_start_leads_home(database_url: str) -> None:
    with stage(database_url) as made:
        assert made.browser("admin").open("/start").says("Institutet")
        assert made.browser("admin").open("/institutet/start").says("Säsongen går att boka")
        assert made.browser("anna").open("/institutet/start").status == 403
