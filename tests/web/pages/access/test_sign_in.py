"""Signing in on the pages: the letter's link, the browsers one is signed in with, and the letters that were sent."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from application.access.session import Browser as BrowserName
from application.access.session import Whose
from domain.kernel.ids import PersonId
from infrastructure.mail.outbox import PostgresLetterBox
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage
from web.letters.letter_words import LetterFile

SENT = "Om {} är känd här är ett mejl på väg dit."


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def ask(browser: Browser, address: str, where: str = f"/{SLUG}/sign-in?next=/{SLUG}/bookings") -> Page:
    """Ask for a link and let the worker write."""
    page = browser.send(browser.open(where), "email", email=address)
    browser.stage.institute.house.worker.jobs.finish()
    return page


def links(acted: Stage) -> list[str]:
    """Where the sign-in letters lead, latest first."""
    box = PostgresLetterBox(acted.institute.house.store, LetterFile(), "")
    rows = [row for row in acted.institute.services.letters.list(acted.institute.admin) if row.kind == "sign_in"]
    told = [box.words(row.letter_id) for row in rows]
    return [line for words in told if words for line in words[1].splitlines() if line.startswith("/")]


def session(acted: Stage, person: PersonId, browser: Browser, name: str = "Firefox · Linux") -> None:
    """Sign somebody in without a letter."""
    whose = Whose(acted.institute.organiser, person)
    secret = acted.institute.services.sessions.begin(whose, "link", BrowserName(name))
    browser.client.set_cookie("plats_token", secret)


def test_a_letter_lets_in_by_its_button_once_and_leads_where_one_was_going(acted: Stage) -> None:
    browser = acted.browser()
    ask(browser, "anna@example.org").says(SENT.format("anna@example.org"))
    [link] = links(acted)
    for _ in range(3):  # a mail scanner, and somebody curious
        acted.browser().open(link).says("Du är på väg att logga in hos Institutet.", "Logga in som Anna")
    page = browser.press(browser.open(link), "sign-in")
    page.says("Mina bokningar", "Logga ut Anna")

    assert page.address == f"/{SLUG}/bookings"
    cookie = browser.client.get_cookie("plats_token")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.value.startswith("session_")) == (True, "Lax", True)
    again = acted.browser().open(link)
    assert again.status == 401
    again.says("Länken är använd eller för gammal. Be om en ny här.")


def test_signing_in_by_a_letter_confirms_the_address_it_was_sent_to(acted: Stage) -> None:
    browser = acted.browser()
    acted.browser("anna").open(f"/{SLUG}/me").says("anna@example.org obekräftad")
    used: list[str] = []
    for _ in range(2):
        ask(browser, "anna@example.org", f"/{SLUG}/sign-in?next=/{SLUG}/me")
        [link] = (each for each in links(acted) if each not in used)
        used.append(link)
        page = browser.press(browser.open(link), "sign-in")
        page.says("anna@example.org bekräftad", "E-postadressen bekräftades. Av Anna")

    page = browser.open(f"/{SLUG}/me")
    assert page.words.count("E-postadressen bekräftades.") == 1


def test_a_link_that_is_only_opened_confirms_nothing(acted: Stage) -> None:
    browser = acted.browser()
    ask(browser, "anna@example.org")
    browser.open(links(acted)[0])

    acted.browser("anna").open(f"/{SLUG}/me").says("anna@example.org obekräftad")


def test_a_known_and_an_unknown_address_get_the_same_page_and_one_gets_a_letter(acted: Stage) -> None:
    answers = [ask(acted.browser(), address) for address in ("anna@example.org", "ylva@example.com")]
    known, unknown = (page.html.replace("anna@example.org", "X").replace("ylva@example.com", "X") for page in answers)

    assert known == unknown
    assert len(links(acted)) == 1


def test_the_page_without_an_organiser_asks_all_of_them(acted: Stage) -> None:
    ask(acted.browser(), "anna@example.org", "/sign-in").says(SENT.format("anna@example.org"))
    assert len(links(acted)) == 1


def test_what_is_no_address_and_what_is_too_often_is_said_at_the_field(acted: Stage) -> None:
    browser = acted.browser()
    page = ask(browser, "anna")
    assert page.status == 422
    assert 'id="email-problem"' in page.html
    for _ in range(6):
        page = ask(browser, "anna@example.org")
    assert page.status == 429
    page.says("Det har prövats för många gånger. Vänta en kvart och försök igen.")


def test_a_link_leads_nowhere_but_here(acted: Stage) -> None:
    ask(acted.browser(), "anna@example.org", f"/{SLUG}/sign-in?next=https://elsewhere.example/")
    browser = acted.browser()
    [link] = links(acted)
    assert browser.press(browser.open(link), "sign-in").address == f"/{SLUG}"


def test_somebody_sees_where_they_are_signed_in_and_ends_all_others(acted: Stage) -> None:
    here, there = acted.browser(), acted.browser()
    session(acted, acted.anna, here)
    session(acted, acted.anna, there, "Safari · iPhone")
    page = here.open(f"/{SLUG}/sign-ins")
    page.says("Dina inloggningar", "Firefox · Linux den här webbläsaren", "Safari · iPhone", "med länk i mejl")
    here.press(page, "sign-ins/end").says("Alla andra inloggningar är avslutade.")

    assert "Safari" not in here.open(f"/{SLUG}/sign-ins").words
    there.open(f"/{SLUG}/sign-ins").says("E-postadress", "Skicka länk")


def test_one_session_is_ended_by_its_own_button(acted: Stage) -> None:
    here, there = acted.browser(), acted.browser()
    session(acted, acted.anna, here)
    session(acted, acted.anna, there, "Safari · iPhone")
    here.press(here.open(f"/{SLUG}/sign-ins"), "/end").says("Inloggningen är avslutad.")

    there.open(f"/{SLUG}/sign-ins").says("Skicka länk")
    here.open(f"/{SLUG}/sign-ins").says("den här webbläsaren")


def test_signing_out_ends_the_session_on_the_server_too(acted: Stage) -> None:
    browser = acted.browser()
    session(acted, acted.anna, browser)
    cookie = browser.client.get_cookie("plats_token")
    assert cookie is not None
    browser.press(browser.open(f"/{SLUG}"), "sign-out").says("Du är utloggad.")

    thief = acted.browser()
    thief.client.set_cookie("plats_token", cookie.value)
    thief.open(f"/{SLUG}/bookings").says("Skicka länk")


def test_a_form_of_a_session_is_not_another_sessions(acted: Stage) -> None:
    hers, his = acted.browser(), acted.browser()
    session(acted, acted.anna, hers)
    session(acted, acted.bertil, his)
    page = his.open(f"/{SLUG}/sign-ins")
    assert hers._post(page, page.form("form_token"), {}).status == 403


def test_a_program_s_key_has_no_sign_ins(acted: Stage) -> None:
    assert acted.browser("finance").client.get(f"/{SLUG}/sign-ins").status_code == 303


def test_an_admin_reads_letters_but_none_that_lets_somebody_in(acted: Stage) -> None:
    ask(acted.browser(), "anna@example.org")
    admin = acted.browser("admin")
    page = admin.open(f"/{SLUG}/letters?kind=sign_in")
    page.says("Utskick", "Din inloggning hos Institutet", "anna@example.org", "skickat")
    [address] = [each for each in page.elements.links if re.fullmatch(rf"/{SLUG}/letters/[0-9a-f-]{{36}}", each)]
    letter = admin.open(address)
    letter.says("Innehållet visas inte")
    assert "sign-in/" not in letter.words
    admin.press(letter, "/again").says("Mejlet skickas igen.")

    assert acted.browser("anna").client.get(f"/{SLUG}/letters").status_code == 403
    assert acted.browser().client.get(f"/{SLUG}/letters").status_code == 303


def test_a_stranger_shows_that_an_address_is_theirs(acted: Stage) -> None:
    from application.booking.registration import Register

    made = acted.institute
    command = Register(made.conference(), "Siri", "siri@example.org", address="Vägen 1, 111 11 Stockholm")
    made.services.registrations.register(made.admin, command)
    made.catch_up()
    [row] = [each for each in made.services.letters.list(made.admin) if each.kind == "confirm_email"]
    words = PostgresLetterBox(made.house.store, LetterFile(), "").words(row.letter_id)
    assert words is not None
    [link] = [line for line in words[1].splitlines() if line.startswith("/")]
    browser = acted.browser()
    page = browser.open(link)
    page.says("Bekräfta din e-postadress")
    assert row.person_id is not None
    assert not made.services.people_questions.person(made.admin, row.person_id).is_email_confirmed
    browser.press(page, "").says("Tack. E-postadressen är bekräftad.")

    assert made.services.people_questions.person(made.admin, row.person_id).is_email_confirmed
    assert browser.press(browser.open(link), "").status == 422
