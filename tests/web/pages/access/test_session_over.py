"""A session that ends between opening a form and pressing: it is said, what was typed is kept, and one goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.kernel.actor import Role
from tests.conftest import Databases
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage


@pytest.fixture(scope="module")
def acted(new_database: Databases) -> Iterator[Stage]:
    with new_database() as url, stage(url) as made:
        yield made


def ended(browser: Browser) -> None:
    browser.client.delete_cookie("plats_token")


def signed_in_anew(acted: Stage, who: str) -> str:
    """The same person under another session."""
    made = acted.institute
    role = {"anna": Role.MEMBER, "admin": Role.ADMIN, "finance": Role.FINANCE}[who]
    person = acted.anna if role is Role.MEMBER else None
    acted.tokens[f"{who} anew"] = made.services.tokens.make(who, made.organiser, frozenset({role}), person)
    return f"{who} anew"


def again(acted: Stage, browser: Browser, who: str) -> None:
    browser.client.set_cookie("plats_token", acted.tokens[who])


def test_a_booking_form_does_not_turn_into_a_strangers(acted: Stage) -> None:
    season, anna = acted.institute.conference(), acted.browser("anna")
    page = anna.open(f"/{SLUG}/seasons/{season}")
    ended(anna)
    kept = anna.send(page, "wanted", do="book", reference="Kst 4711 A")
    assert kept.status == 401 and kept.says("Du är inte inloggad längre", "ingenting är gjort", "Kst 4711 A")
    assert anna.send(kept, "reference").status == 401

    again(acted, anna, signed_in_anew(acted, "anna"))
    shown = anna.send(kept, "reference")
    assert shown.form("wanted")["reference"] == ["Kst 4711 A"] and shown.says("ingenting är gjort")
    assert anna.send(shown, "wanted", do="book").says("Bokningen är gjord.")


@pytest.mark.parametrize(
    ("who", "address", "field", "typed"),
    [
        ("admin", "people/new", "email", {"name": "Nina Nyström", "email": "nina@example.org"}),
        ("admin", "organisations/new", "org_number", {"name": "Nya bolaget", "org_number": "556999-3008"}),
        ("finance", "organiser", "bankgiro", {"address": "Nya gatan 1, 111 11 Stockholm"}),
        ("anna", "people/{anna}/needs", "needs", {"needs": "Tål inte nötter"}),
    ],
)
def test_every_form_of_a_signed_in_page_keeps_what_was_typed(
    acted: Stage, who: str, address: str, field: str, typed: dict[str, str]
) -> None:
    browser = acted.browser(who)
    page = browser.open(f"/{SLUG}/{address.format(anna=acted.anna)}")
    ended(browser)
    kept = browser.send(page, field, **typed)
    assert kept.status == 401 and kept.says("Du är inte inloggad längre")
    again(acted, browser, signed_in_anew(acted, who))
    shown = browser.send(kept, field)
    assert all(value in str(shown.elements.forms) for value in typed.values())


def test_nothing_typed_is_done_for_somebody_else_who_signed_in_instead(acted: Stage) -> None:
    season, anna = acted.institute.conference(), acted.browser("anna")
    page = anna.open(f"/{SLUG}/seasons/{season}")
    ended(anna)
    kept = anna.send(page, "wanted", do="book")
    again(acted, anna, "bertil")
    shown: Page = anna.send(kept, "wanted")
    assert shown.status == 403 and shown.says("Jag deltar (Bertil)")
    assert anna.open(f"/{SLUG}/seasons/{season}").says("100 platser kvar")
