"""Vouching on the pages: a seat handed to a colleague whom nobody knows, and the desk that checks it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.booking.booking import MakeBooking
from application.kernel.actor import Role
from application.people.participant import Participant
from domain.kernel.eligibility import Sector
from domain.people.admission import Admission, JobRole
from tests.scenarios.story import FREE
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def handed_over(acted: Stage) -> str:
    made = acted.institute
    seat = MakeBooking(acted.conference, (Participant(acted.anna),), made.acme, "1")
    booking = made.services.bookings.make(made.acting(acted.anna), seat).answer.booking_id
    anna = acted.browser("anna")
    address = f"/{SLUG}/bookings/{booking}/seats/1/transfer"
    typed = {"name": "Greta", "email": "greta@acme.example", "do": "hand_over"}
    page = anna.open(address)
    assert page.says("Arbetar personen på Acme AB?")
    refused = anna.send(page, "email", **typed)
    assert refused.status in (403, 409, 422)
    return anna.send(refused, "email", **typed, role="manager").words


def test_a_seat_goes_to_a_colleague_whom_nobody_knows_and_the_desk_verifies_it(acted: Stage) -> None:
    assert "Greta" in handed_over(acted)
    admin = acted.browser("admin")
    desk = admin.open(f"/{SLUG}/desk")
    assert desk.says("Arbetar Greta på Acme AB?", "intygat av Anna", "Då faktureras mellanskillnaden")
    assert admin.press(desk, "/desk/vouches/", do="confirm").says("Anställningen är verifierad.")
    assert admin.press(desk, "/desk/vouches/", do="refute", reason="Nej").status in (404, 409, 422)


def test_what_is_wrong_needs_a_reason_and_is_told(acted: Stage) -> None:
    handed_over(acted)
    admin = acted.browser("admin")
    desk = admin.open(f"/{SLUG}/desk")
    assert admin.press(desk, "/desk/vouches/", do="refute").status == 422
    assert admin.press(desk, "/desk/vouches/", do="refute", reason="Slutade i våras").says("Sparat.")
    assert acted.browser("finance").open(f"/{SLUG}/desk").status == 403


def test_in_a_row_of_the_booking_form_a_colleague_is_said_to_be_a_manager_and_is_let_in(acted: Stage) -> None:
    """S16: a network for managers in the state; the booker's word is enough for the seat, and the desk checks it."""
    made = acted.institute
    state = made.organisation("Kommunen K", "212000-9903", Sector.STATE)
    chief = made.person("Klara", state, JobRole.MANAGER)
    rule = Admission(sectors=(Sector.STATE,), managers_only=True)
    season = made.season("Chefer i staten", 5, FREE, admission=rule)
    acted.tokens["klara"] = made.services.tokens.make("klara", made.organiser, frozenset({Role.MEMBER}), chief)
    klara, address = acted.browser("klara"), f"/{SLUG}/seasons/{season}"
    typed = {"name_2": "Greta", "email_2": "greta@kommunen.example", "wanted": "2", "reference": "1"}
    page = klara.send(klara.open(address), "wanted", wanted="2", do="sum")
    refused = klara.send(page, "wanted", **typed, do="book")
    assert refused.status in (403, 409, 422), refused.words
    told, field = "Nätverket är för chefer inom staten.", refused.html.partition('id="role_2-problem"')[2]
    assert refused.says(f"Greta: {told}", "Behövs bara om arrangören") and "#role_2" in refused.elements.links
    assert field.lstrip(">").startswith(told), "said in the row of whom it is about"
    again = klara.send(refused, "wanted", **typed, role_2="specialist", do="book")
    assert again.status in (403, 409, 422), "a specialist is no manager"
    assert klara.send(again, "wanted", **typed, role_2="manager", do="book").says("Bokningen är gjord.", "Greta")
    assert acted.browser("admin").open(f"/{SLUG}/desk").says("Arbetar Greta på Kommunen K?")
