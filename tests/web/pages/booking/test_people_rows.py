"""Who takes part, in the booking form: a number of seats, people by name or later, and colleagues booked before."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from application.booking.booking import MakeBooking
from application.people.participant import Participant
from domain.kernel.ids import OrganisationId, PersonId, SeasonId
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage

OFFERED = "Dem du har bokat åt förut:"


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def form_of(browser: Browser, season: SeasonId) -> Page:
    return browser.open(f"/{SLUG}/seasons/{season}")


def test_the_number_of_seats_is_changed_as_a_number_and_nobody_named_is_lost(acted: Stage) -> None:
    anna = acted.browser("anna")
    three = anna.send(form_of(anna, acted.conference), "wanted", do="sum", wanted="3")
    assert three.says("Plats 2", "Plats 3", "Boka 3 platser · 22 500 kr inkl. moms")
    two = anna.send(three, "wanted", do="sum", wanted="2", name_3="Bo Ek", email_3="bo@example.org")
    assert two.form("wanted")["name_3"] == ["Bo Ek"] and "name_2" not in two.form("wanted")
    one = anna.send(two, "wanted", do="remove")
    assert "name_3" not in one.form("wanted") and one.says("Boka 1 plats · 7 500 kr inkl. moms")


@pytest.mark.parametrize("typed", ["", "två", "-1", "100", "1000", "2,5", "0"])
def test_what_is_no_number_of_seats_is_said_at_the_field_and_nothing_is_booked(acted: Stage, typed: str) -> None:
    anna = acted.browser("anna")
    wrong = anna.send(form_of(anna, acted.conference), "wanted", do="book", wanted=typed, reference="PO 4")
    assert wrong.status == 422 and 'id="wanted-problem"' in wrong.html and "PO 4" in wrong.html
    assert acted.browser().open(f"/{SLUG}").says("3 platser kvar")


def booked_before(acted: Stage, who: PersonId, payer: OrganisationId, name: str) -> None:
    """Somebody has booked a seat for a colleague in another season."""
    made = acted.institute
    season = made.conference(seats=5)
    colleague = Participant(name=name, email=f"{name.lower()}@example.org")
    made.services.bookings.make(made.acting(who), MakeBooking(season, (colleague,), payer))
    made.catch_up()


def offered(page: Page, name: str) -> str:
    """The value of the box to tick for somebody."""
    return page.html.partition(f">{name}<")[0].rpartition('name="colleague" value="')[2].partition('"')[0]


def test_a_colleague_booked_before_is_offered_and_seated_by_a_tick(acted: Stage) -> None:
    anna = acted.browser("anna")
    assert OFFERED not in form_of(anna, acted.conference).words
    booked_before(acted, acted.anna, acted.institute.acme, "Disa")
    page = form_of(anna, acted.conference)
    assert page.says(OFFERED, "Disa")
    disa = offered(page, "Disa")
    two = anna.send(page, "wanted", do="sum", colleague=disa)
    assert two.says("Boka 2 platser · 15 000 kr inkl. moms") and two.form("wanted")["wanted"] == ["2"]
    done = anna.send(two, "wanted", do="book")
    assert done.says("Bokningen är gjord.", "Anna", "Disa") and "Namnges senare" not in done.words
    assert OFFERED not in form_of(anna, acted.conference).words  # she has her seat here


def test_a_tick_takes_the_seat_that_nobody_is_named_for(acted: Stage) -> None:
    anna = acted.browser("anna")
    booked_before(acted, acted.anna, acted.institute.acme, "Disa")
    two = anna.send(form_of(anna, acted.conference), "wanted", do="add")
    chosen = anna.send(two, "wanted", do="sum", colleague=offered(two, "Disa"))
    assert chosen.form("wanted")["wanted"] == ["2"] and "name_2" not in chosen.form("wanted")
    typed = {"name_2": "Bo", "email_2": "bo@example.org"}
    three = anna.send(two, "wanted", do="sum", colleague=offered(two, "Disa"), **typed)
    assert three.form("wanted")["wanted"] == ["3"] and three.form("wanted")["name_2"] == ["Bo"]


def test_whom_somebody_else_has_booked_is_offered_to_nobody_but_them(acted: Stage) -> None:
    made = acted.institute
    booked_before(acted, acted.anna, made.acme, "Disa")
    assert "Disa" not in acted.browser("bertil").open(f"/{SLUG}/seasons/{acted.conference}").words
    assert "Disa" not in acted.browser().open(f"/{SLUG}/seasons/{acted.conference}").words
    assert "Disa" not in acted.browser("admin").open(f"/{SLUG}/seasons/{acted.conference}").words


@pytest.mark.parametrize("whose", ["nobody", "an outsider"])
def test_a_person_who_was_not_offered_is_not_booked(acted: Stage, whose: str) -> None:
    anna = acted.browser("anna")
    chosen: UUID = uuid4() if whose == "nobody" else acted.bertil
    page = anna.send(form_of(anna, acted.conference), "wanted", do="book", colleague=str(chosen))
    assert page.status == 422 and page.form("wanted").get("colleague", [""])[0] != str(chosen)
    assert acted.browser().open(f"/{SLUG}").says("3 platser kvar")
