"""Name, address and phone put right: with history, at once or when a letter has been answered; sign-in follows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infrastructure.mail.outbox import PostgresLetterBox
from tests.web.pages.access.test_sign_in import ask, links, session
from tests.web.stage import SLUG, Stage, stage
from web.letters.letter_words import LetterFile


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def letters(acted: Stage) -> list[tuple[str, str]]:
    """Kind and address of the letters about addresses, the first first."""
    made, about = acted.institute, ("confirm_address", "confirm_email", "address_change_asked", "address_corrected")
    return sorted((each.kind, each.to or "") for each in made.services.letters.list(made.admin) if each.kind in about)


def confirming(acted: Stage, kind: str) -> str:
    """The link in the latest letter of a kind."""
    made = acted.institute
    row = next(each for each in made.services.letters.list(made.admin) if each.kind == kind)
    words = PostgresLetterBox(made.house.store, LetterFile(), "").words(row.letter_id)
    assert words is not None
    return next(line for line in words[1].splitlines() if line.startswith("/"))


def test_somebody_changes_their_address_and_both_addresses_are_told(acted: Stage) -> None:  # 4.7
    anna, address = acted.browser("anna"), f"/{SLUG}/people/{acted.anna}/details"
    page = anna.send(anna.open(address), "phone", name="Anna Öberg", email="ny@räksmörgås.se", phone="070-123 45 67")
    page.says("Den nya adressen gäller när mejlet", "Anna Öberg", "anna@example.org", "070-123 45 67")
    page.says("ny@xn--rksmrgs-5wao1o.se väntar", "Namnet rättades till Anna Öberg.", "En annan e-postadress begärdes.")
    assert letters(acted) == [
        ("address_change_asked", "anna@example.org"),
        ("confirm_address", "ny@xn--rksmrgs-5wao1o.se"),
    ]
    ask(acted.browser(), "ny@räksmörgås.se")
    assert links(acted) == []  # nobody comes in by it yet
    ask(acted.browser(), "anna@example.org")
    [earlier] = links(acted)
    anyone = acted.browser()
    anyone.press(anyone.open(confirming(acted, "confirm_address")), "").says("E-postadressen är bekräftad.")
    assert acted.browser().open(earlier).status == 401  # mailed to an address that is no longer theirs
    anna.open(f"/{SLUG}/me").says("ny@xn--rksmrgs-5wao1o.se bekräftad", "E-postadressen ändrades.")
    assert acted.browser("admin").open(f"/{SLUG}/people?q=oberg").says("Anna Öberg", "ny@xn--rksmrgs-5wao1o.se")
    ask(acted.browser(), "ny@räksmörgås.se")
    assert len(links(acted)) == 2


def test_an_admin_corrects_an_address_and_whoever_came_in_by_the_wrong_one_is_out(acted: Stage) -> None:  # 4.7
    somebody, admin = acted.browser(), acted.browser("admin")
    session(acted, acted.anna, somebody)
    somebody.open(f"/{SLUG}/me").says("anna@example.org")
    page = admin.send(admin.open(f"/{SLUG}/people/{acted.anna}/details"), "phone", email="anna@example.net")
    page.says("Uppgifterna är rättade.", "anna@example.net obekräftad")
    assert letters(acted) == [("address_corrected", "anna@example.org"), ("confirm_email", "anna@example.net")]
    assert somebody.open(f"/{SLUG}/me").words.count("Mina uppgifter") == 0
    for asked in ("anna@example.org", "anna@example.net"):
        ask(acted.browser(), asked)
    assert links(acted) == []
    anyone = acted.browser()
    anyone.press(anyone.open(confirming(acted, "confirm_email")), "").says("E-postadressen är bekräftad.")
    ask(acted.browser(), "anna@example.net")
    assert len(links(acted)) == 1


def test_what_cannot_be_is_said_at_its_field_and_a_known_address_says_whose_it_is_to_nobody_else(acted: Stage) -> None:
    admin, address = acted.browser("admin"), f"/{SLUG}/people/{acted.anna}/details"
    for name, value in (("name", "\u200b"), ("email", "anna@example..org"), ("phone", "ring mig")):
        page = admin.send(admin.open(address), "phone", **{name: value})
        assert page.status == 422 and f'id="{name}-problem"' in page.html
    page = admin.send(admin.open(address), "phone", email="bertil@example.org")
    assert page.status == 409 and page.says("adressen redan under ett annat namn")
    anna = acted.browser("anna")
    page = anna.send(anna.open(address), "phone", email="bertil@example.org")
    page.says("Den nya adressen gäller när mejlet")
    anyone = acted.browser()
    taken = anyone.press(anyone.open(confirming(acted, "confirm_address")), "")
    assert taken.status == 409 and taken.says(
        "adressen redan under ett annat namn", "Be arrangören reda ut vems den är"
    )
    assert "Bekräfta adressen" not in taken.words
    assert anna.open(f"/{SLUG}/people/{acted.bertil}/details").status == 404
    assert acted.institute.services.people_questions.person(acted.institute.admin, acted.anna).email == (
        "anna@example.org"
    )


def test_a_corrected_name_stands_on_the_roster_and_a_name_of_old_is_nobodys(acted: Stage) -> None:
    admin = acted.browser("admin")
    season = acted.conference
    admin.send(admin.open(f"/{SLUG}/people/{acted.anna}/details"), "phone", name="Åsa")
    typed = {"me": "", "wanted": "1", "name_2": "Åsa", "email_2": "anna@example.org", "do": "book"}
    bertil = acted.browser("bertil")
    bertil.send(bertil.open(f"/{SLUG}/seasons/{season}"), "wanted", **typed).says("Åsa")
    assert admin.open(f"/{SLUG}/seasons/{season}/roster?on=2027-02-03").says("Åsa")
    assert admin.open(f"/{SLUG}/people?q=anna").says("Åsa")  # by the address
    assert admin.open(f"/{SLUG}/people?q=asa").says("Åsa")
