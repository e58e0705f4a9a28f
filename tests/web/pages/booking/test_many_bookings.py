"""A contact whose organisation books for many: what is the contact's own is found behind all that came after it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.booking.booking import MakeBooking
from application.people.participant import Participant
from domain.kernel.ids import SeasonId
from tests.samples import full_day
from tests.scenarios.story import FREE
from tests.web.stage import SLUG, Stage, stage

LATER = 101
"""Bookings that the organisation makes afterwards, more than a page shows or a calendar holds."""


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def booked(acted: Stage, season: SeasonId) -> None:
    """Anna takes a seat in a season, and then her organisation sends many others to another."""
    made = acted.institute
    mine = MakeBooking(season, (Participant(acted.anna),), made.acme)
    made.services.bookings.make(made.acting(acted.anna), mine)
    fair = made.season("Mässan", LATER, FREE)
    for no in range(LATER):
        seats = (Participant(name=f"Person {no}", email=f"person{no}@x.example"),)
        made.services.bookings.make(made.admin, MakeBooking(fair, seats, made.acme))
    made.catch_up()


def test_the_page_of_the_season_leads_her_to_her_booking(acted: Stage) -> None:
    booked(acted, acted.conference)

    page = acted.browser("anna").open(f"/{SLUG}/seasons/{acted.conference}")

    assert page.says("Du har redan en bokning här:")
    assert "me" not in page.form("wanted")


def test_her_calendar_has_her_meetings(acted: Stage) -> None:
    booked(acted, acted.conference)
    browser = acted.browser("anna")
    shown = browser.press(browser.open(f"/{SLUG}/calendar"), "/calendar")
    address = "/" + shown.html.partition("<code>http://localhost/")[2].partition("<")[0]

    assert "Lära och förändra tillsammans: Dag 1" in browser.client.get(address).text


def test_a_session_that_she_has_is_not_offered_again(acted: Stage) -> None:
    made = acted.institute
    session = made.season("Pass", 5, FREE, meetings=(full_day("Att lyssna", 2027, 6, 24),))
    booked(acted, session)
    network = made.services.programme.season(made.admin, session).row.network_id

    page = acted.browser("anna").open(f"/{SLUG}/networks/{network}/sessions")

    assert page.says("Pass", "du har en plats")
