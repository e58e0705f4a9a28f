"""Terms are tried on history in a browser, kept by their address, saved as files, and adopted after a look."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.kernel.ids import SeasonId
from domain.kernel.terms import Tier
from tests.scenarios.story import book, cancel, stockholm
from tests.web.page import Page
from tests.web.stage import SLUG, Stage, stage
from web.pages.programme.terms_trial import Column

ASKED = "t_until=2026-11-30&t_at=&t_kept=0&t_until=2027-01-02&t_at=&t_kept=50&t_after=100&fee=with_vat"
TIERS = (Tier(date(2026, 12, 1), 0), Tier(date(2027, 1, 3), 5_000), Tier(None, 10_000))


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def cancelled(acted: Stage) -> tuple[SeasonId, str]:
    """Bolt's seat, given up on 10 December for nothing: the season, and the address of its trials."""
    made = acted.institute
    season = made.conference()
    booking = book(made, season, made.bolt, made.person("Åke", made.bolt)).booking_id
    made.clock.instant = stockholm("2026-12-10 09:00")
    cancel(made, made.admin, booking)
    made.catch_up()
    return season, f"/{SLUG}/seasons/{season}/terms-trial"


def link(page: Page, words: str) -> str:
    """The address behind a link with these words in it."""
    return next(unescape(each) for each in page.elements.links if words in each)


def test_terms_are_tried_kept_by_their_address_and_saved(acted: Stage) -> None:
    season, at = cancelled(acted)
    finance = acted.browser("finance")
    form = finance.open(at).form("t_after")
    assert (form["t_until"], form["t_kept"], form["t_after"]) == (["2027-01-02"], ["0"], ["100"])

    page = finance.open(f"{at}?{ASKED}")
    assert page.says("Ni hade behållit 6 000 kr mer exklusive moms, 7 500 kr inklusive moms.")
    lasting = link(page, "position=")

    made = acted.institute
    later = book(made, season, made.acme, made.person("Bo", made.acme)).booking_id
    cancel(made, made.admin, later)
    made.catch_up()
    assert finance.open(lasting).says("Ni hade behållit 6 000 kr mer exklusive moms")
    assert finance.open(f"{at}?{ASKED}").says("Ni hade behållit 9 000 kr mer exklusive moms")
    saved = finance.client.get(f"{at}.csv?{ASKED}")
    assert (saved.status_code, saved.mimetype, len(saved.text.splitlines())) == (200, "text/csv", 3)
    assert finance.client.get(f"{at}.xlsx?{ASKED}").status_code == 200


def test_the_page_shows_the_first_cancellations_and_its_file_has_them_all(
    acted: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    season, at = cancelled(acted)
    made = acted.institute
    cancel(made, made.admin, book(made, season, made.acme, made.person("Bo", made.acme)).booking_id)
    monkeypatch.setattr(sys.modules[Column.__module__], "MOST_SHOWN", 1)

    finance = acted.browser("finance")
    page = finance.open(f"{at}?{ASKED}")
    assert page.says("2 avbokningar i den ordning", "De 1 första står här.", "Ni hade behållit 9 000 kr mer")
    assert sum("/bookings/" in each for each in page.elements.links) == 1
    header, *lines = finance.client.get(f"{at}.csv?{ASKED}").text.splitlines()
    assert header.lstrip("\ufeff") == "Kom in;Bokning;Pris;Behölls;Krediterades;Behålls;Krediteras;Mer behållet"
    kept = [line.replace("\N{NO-BREAK SPACE}", " ").split(";")[2:] for line in lines]
    assert kept == [
        ["15000,00", "0 %", "15000,00", "50 %", "7500,00", "7500,00"],
        ["7500,00", "0 %", "7500,00", "50 %", "3750,00", "3750,00"],
    ]


def test_what_was_tried_is_adopted_after_a_look(acted: Stage) -> None:
    season, at = cancelled(acted)
    admin = acted.browser("admin")
    page = admin.open(f"{at}?{ASKED}")
    prices = link(page, "/prices?")
    asked = parse_qs(urlsplit(prices).query)
    assert asked["t_kept"] == ["0", "50"]
    form = admin.open(prices)
    assert admin.send(form, "p_amount", do="save", p_for=["everyone", "member"]).says("Priser och villkor är sparade")
    view = acted.institute.services.programme.season(acted.institute.admin, season)
    assert view.terms and view.terms.tiers == TIERS


def test_what_cannot_be_read_is_said_at_its_cell_and_strangers_are_refused(acted: Stage) -> None:
    _, at = cancelled(acted)
    page = acted.browser("admin").open(f"{at}?t_until=i+går&t_kept=lite&t_after=100&position=nyss")
    assert 'id="t_until-1-problem"' in page.html and 'id="t_kept-1-problem"' in page.html
    assert "Ni hade behållit" not in page.html
    more = acted.browser("admin").open(f"{at}?{ASKED}&do=more_tiers")
    assert len(more.form("t_after")["t_until"]) == 3
    assert acted.browser("anna").open(at).status == 403
