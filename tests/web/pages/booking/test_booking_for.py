"""An admin books for somebody: looked up by name or address, at that person's price, paid by whom they work for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from application.booking.booking import MakeBooking
from application.people.membership import GrantMembership
from application.people.participant import Participant
from domain.kernel.eligibility import Ground
from domain.kernel.terms import free_before
from domain.people.admission import Admission
from tests.samples import conference_prices
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def looked_up(acted: Stage, browser: Browser, words: str) -> Page:
    found = browser.open(f"/{SLUG}/seasons/{acted.conference}?q={words}")
    return browser.open(next(each for each in found.elements.links if "for=" in each).partition("#")[0])


def test_a_person_is_looked_up_and_booked_for_their_employer(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = looked_up(acted, admin, "bertil@example.org")
    assert page.says("Du bokar åt Bertil.", "Bertil deltar", "Acme AB", "Boka 1 plats · 7 500 kr inkl. moms")
    two = admin.send(page, "wanted", do="add")
    assert two.says("Du bokar åt Bertil.", "Boka 2 platser · 15 000 kr inkl. moms")
    booked = admin.send(two, "wanted", do="book", reference="PO 7")
    assert booked.says("Bokningen är gjord.", "Bertil", "Namnges senare", "Betalare Acme AB", "PO 7")
    assert acted.browser("bertil").open(f"/{SLUG}/bookings").says("2 platser")


def test_the_organisation_is_optional(acted: Stage) -> None:
    admin = acted.browser("admin")
    page = looked_up(acted, admin, "cecilia")
    alone = admin.send(page, "wanted", do="sum", payer="me")
    assert alone.says("Boka 1 plats · 15 000 kr inkl. moms", "Cecilia, som person")
    assert admin.send(alone, "wanted", do="book").says("Betalare Cecilia")


def test_nobody_is_found_and_nothing_is_booked_for_nobody(acted: Stage) -> None:
    admin = acted.browser("admin")
    season = f"/{SLUG}/seasons/{acted.conference}"
    assert admin.open(season).says("Boka åt", "Namn eller e-post")
    assert admin.open(f"{season}?q=ingen-alls").says("Ingen passar ”ingen-alls”.")
    for nobody in ("x", "00000000-0000-0000-0000-000000000000", "%00"):
        assert admin.open(f"{season}?for={nobody}").status == 404
    assert acted.browser("anna").open(f"{season}?q=bertil&for={acted.bertil}").says("Jag deltar (Anna)")


def test_who_has_a_seat_gets_no_second_one(acted: Stage) -> None:
    made, admin = acted.institute, acted.browser("admin")
    made.services.bookings.make(
        made.acting(acted.anna), MakeBooking(acted.conference, (Participant(acted.bertil),), made.acme)
    )
    page = looked_up(acted, admin, "bertil")
    assert "me" not in page.form("wanted")
    refused = admin.send(page, "wanted", do="book", me="yes")
    assert refused.status == 409 and "problems" in refused.html


def test_an_admin_is_told_what_they_can_do_themselves_and_a_member_whom_to_ask(acted: Stage) -> None:
    made = acted.institute
    season = made.season(
        "Kunder", 3, conference_prices(), free_before(date(2027, 1, 3)), admission=Admission(grounds=(Ground.CUSTOMER,))
    )
    member, admin = acted.browser("anna"), acted.browser("admin")
    refused = member.send(member.open(f"/{SLUG}/seasons/{season}"), "wanted", do="book")
    refused.says("Nätverket är för kunder. Den som inte hör dit kan ansöka på säsongens sida, så avgör arrangören.")
    page = admin.open(f"/{SLUG}/seasons/{season}?for={acted.bertil}")
    refused = admin.send(page, "wanted", do="book")
    refused.says("Nätverket är för kunder. Gör ett undantag under Inträde på nätverkets sida.")
    assert "Fråga arrangören" not in refused.words


def test_a_member_cannot_book_in_anothers_name(acted: Stage) -> None:
    browser = acted.browser("anna")
    page = browser.open(f"/{SLUG}/seasons/{acted.conference}")
    booked = browser.send(page, "wanted", **{"do": "book", "for": str(acted.bertil)})
    assert booked.says("Bokningen är gjord.", "Anna") and "Bertil" not in booked.words


def test_when_it_is_full_the_person_is_put_on_the_list(acted: Stage) -> None:
    made, admin = acted.institute, acted.browser("admin")
    made.services.bookings.make(made.acting(acted.anna), MakeBooking(acted.conference, (Participant(),) * 3, made.acme))
    page = looked_up(acted, admin, "bertil")
    assert admin.send(page, "seats").says("Personen står i kö.", "Fullbokat, 1 väntar")
    again = looked_up(acted, admin, "bertil")
    assert again.says("Bertil står i kö: plats 1 av 1, för 1 plats.")
    assert admin.press(again, "/leave").says("Platsen i kön är lämnad.")


def test_an_admin_finds_the_payer_by_its_number(acted: Stage) -> None:
    admin, bolt = acted.browser("admin"), acted.institute.bolt
    page = admin.open(f"/{SLUG}/seasons/{acted.conference}?for={acted.bertil}")
    number = acted.institute.services.people_questions.organisation(acted.institute.admin, bolt).org_number
    found = admin.send(page, "wanted", do="sum", payer_number=number)
    assert str(bolt) in found.html and "Bolt" in found.words
    chosen = admin.send(found, "wanted", do="sum", payer=str(bolt))
    booked = admin.send(chosen, "wanted", do="book", payer=str(bolt))
    assert booked.says("Bokningen är gjord.", "Bolt")


def test_a_member_cannot_find_out_which_organisations_are_known(acted: Stage) -> None:
    made = acted.institute
    number = made.services.people_questions.organisation(made.admin, made.bolt).org_number
    browser = acted.browser("anna")
    page = browser.open(f"/{SLUG}/seasons/{acted.conference}")
    asked = browser.send(page, "wanted", do="sum", payer_number=number)
    assert "Bolt" not in asked.words and str(made.bolt) not in asked.html


def test_above_what_a_membership_covers_the_page_says_why_and_an_admin_states_the_price(acted: Stage) -> None:
    """3.6, S18, on the page: the reason, the price for others, a field for another, and what was typed is kept."""
    made, admin = acted.institute, acted.browser("admin")
    holder = made.organisation("Eta AB", "556999-8007")
    period = date(2026, 1, 1), date(2027, 12, 31)
    made.services.memberships.grant(made.admin, GrantMembership(holder, Ground.MEMBER, *period, persons=1))
    first = made.person("Erik", holder)
    made.person("Ester", holder)
    made.services.bookings.make(made.admin, MakeBooking(acted.conference, (Participant(first),), holder))
    made.catch_up()

    page = looked_up(acted, admin, "ester")
    assert page.says("Boka 1 plats · 15 000 kr inkl. moms", "Pris per person som medlemskapet inte omfattar")
    assert page.says("Eta AB är medlem, men medlemskapet omfattar 1 person, som redan är med.")
    wrong = admin.send(page, "wanted", do="sum", stated="gratis")
    assert 'id="stated-problem"' in wrong.html and 'value="gratis"' in wrong.html
    asked = admin.send(page, "wanted", do="sum", stated="9 000")
    assert asked.says("Boka 1 plats · 11 250 kr inkl. moms", "Det är priset som arrangören har angett")
    assert admin.send(asked, "wanted", do="book").says("Bokningen är gjord.", "11 250 kr")
