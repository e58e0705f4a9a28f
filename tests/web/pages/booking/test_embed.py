"""The booking form on another web site: who may show it, what always stands in it, and that it needs no cookie."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.people.organiser import AllowSites
from tests.conftest import Databases
from tests.web.page import Page
from tests.web.stage import SLUG, Stage, stage

SITE = "https://www.example.org"
TYPED = {"name": "Nina", "email": "nina@example.org", "employer": "Ny AB", "address": "Gatan 1"}


@pytest.fixture(scope="module")
def acted(new_database: Databases) -> Iterator[Stage]:
    with new_database() as url, stage(url) as made:
        yield made


def frame_of(acted: Stage) -> str:
    return f"/embed/{SLUG}/{acted.conference}"


def allow(acted: Stage, *sites: str) -> None:
    made = acted.institute
    made.services.organisers.allow_sites(made.admin, AllowSites(made.organiser, sites))
    made.catch_up()


def test_nobody_may_show_it_until_an_admin_has_said_who(acted: Stage) -> None:
    allow(acted)
    assert "frame-ancestors 'none'" in acted.browser().open(frame_of(acted)).headers["Content-Security-Policy"]
    allow(acted, SITE)
    policy = acted.browser().open(frame_of(acted)).headers["Content-Security-Policy"]
    assert f"frame-ancestors {SITE}" in policy and policy.startswith("default-src 'none'")
    own = acted.browser().open(f"/{SLUG}/seasons/{acted.conference}").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in own


def test_price_and_terms_stand_above_the_form(acted: Stage) -> None:
    page = acted.browser().open(f"{frame_of(acted)}?language=en")
    assert page.says("SEK 12,000 excl. VAT (SEK 15,000 incl.)", "After that full price.", "3 seats left")
    assert page.words.index("After that") < page.words.index("Your name")


def test_it_sees_a_stranger_in_everyone(acted: Stage) -> None:
    page = acted.browser("anna").open(frame_of(acted))
    assert "Anna" not in page.words and page.says("Ditt namn", "Boka 1 plats · 15 000 kr inkl. moms")


def test_a_stranger_registers_in_it_without_any_cookie(acted: Stage) -> None:
    client = acted.app.test_client(use_cookies=False)
    form = {name: value[0] for name, value in Page(client.get(frame_of(acted))).form("email").items()}
    asked = {**form, **TYPED, "wanted": "2", "do": "sum"}
    assert (
        "Boka 2 platser · 30\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr" in client.post(frame_of(acted), data=asked).text
    )
    wrong = client.post(frame_of(acted), data={**form, "name": "Nina", "email": "nina", "wanted": "1", "do": "book"})
    assert wrong.status_code == 422 and 'id="email-problem"' in wrong.text and 'value="Nina"' in wrong.text
    done = client.post(frame_of(acted), data={**form, **TYPED, "wanted": "1", "do": "book"})
    assert done.status_code == 200 and "Anmälan är mottagen." in done.text and "Det här händer nu" in done.text
    assert "Set-Cookie" not in done.headers
    assert acted.browser().open(f"/{SLUG}").says("2 platser kvar")


def test_a_form_from_elsewhere_is_refused_in_it_too(acted: Stage) -> None:
    client = acted.app.test_client(use_cookies=False)
    answer = client.post(frame_of(acted), data={**TYPED, "do": "book"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_an_admin_says_which_sites_and_gets_two_lines_to_paste(acted: Stage) -> None:
    browser = acted.browser("admin")
    page = browser.open(f"/{SLUG}/seasons/{acted.conference}/embed")
    assert page.says("Två rader att klistra in", f'src="http://localhost{frame_of(acted)}?language=sv"')
    wrong = browser.send(page, "sites", sites="example")
    assert wrong.status == 422 and wrong.says("skrivs https://www.example.se, utan någon sida efter")
    saved = browser.send(page, "sites", sites=f"{SITE}\nhttps://intra.example.org")
    assert saved.says("Webbplatserna är sparade.") and "https://intra.example.org" in saved.html
    policy = acted.browser().open(frame_of(acted)).headers["Content-Security-Policy"]
    assert f"frame-ancestors {SITE} https://intra.example.org" in policy


def test_only_admins_decide_about_it(acted: Stage) -> None:
    assert acted.browser("anna").open(f"/{SLUG}/seasons/{acted.conference}/embed").status == 403
    assert acted.browser("finance").open(f"/{SLUG}/seasons/{acted.conference}/embed").status == 403


@pytest.mark.parametrize(
    "site", ["https://*.example.org", "http://example.org", "https://example.org/a", "'self'", "https://a.se; x"]
)
def test_what_is_no_site_is_refused(acted: Stage, site: str) -> None:
    page = acted.browser("admin").open(f"/{SLUG}/seasons/{acted.conference}/embed")
    assert acted.browser("admin").send(page, "sites", sites=site, key="").status == 422
