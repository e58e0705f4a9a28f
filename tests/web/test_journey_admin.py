"""The admin's journeys in a browser: plans, opens, moves a meeting, grants and waives; in both languages and widths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.people.participant import Participant
from domain.kernel.ids import BookingId
from tests.conftest import Databases
from tests.web.browsing import EVERY_WAY, NEEDS_BROWSER, Browsing, browsing, words_of
from tests.web.stage import SLUG, stage

pytestmark = NEEDS_BROWSER

WORDS = {
    "sv": {
        "copy": "^kopiera .*Säsong.7", "name": "Namn på säsongen", "add": "Lägg till en träff",
        "save": "Spara säsongen",
        "planned": "Säsongen är planerad.", "day": "Dag, rad 6", "theme": "Tema, rad 6", "open": "Öppna bokningen",
        "opened": "Bokningen är öppen.", "change": "Ändra Dag 1", "start": "Börjar", "end": "Slutar",
        "set": "Spara tid och plats", "move": "Flytta träffen och skriv till 2 personer",
        "moved": "Tid och plats är sparade.", "grant": "Bevilja · 7 500 kr krediteras",
        "waive": "Efterge · 7 500 kr krediteras", "granted": "Avbokningen är beviljad enligt villkoren.",
        "waived": "Avbokningen är eftergiven: hela priset krediteras.", "reason": "Skäl",
    },
    "en": {
        "copy": "^copy .*Säsong.7", "name": "Name of the season", "add": "Add a meeting", "save": "Save the season",
        "planned": "The season is planned.", "day": "Day, row 6", "theme": "Theme, row 6", "open": "Open booking",
        "opened": "Booking is open.", "change": "Change Dag 1", "start": "Begins", "end": "Ends",
        "set": "Save time and place", "move": "Move the meeting and write to 2 people",
        "moved": "Time and place are saved.", "grant": "Grant · SEK 7,500 is credited",
        "waive": "Waive · SEK 7,500 is credited", "granted": "The cancellation is granted by the terms.",
        "waived": "The cancellation is waived: the whole price is credited.", "reason": "Reason",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def there(new_database: Databases) -> Iterator[Browsing]:
    with new_database() as url, stage(url) as made, browsing(made) as found:
        yield found


def booked(there: Browsing) -> BookingId:
    """A conference of its own, with Anna and Bertil in it."""
    made = there.stage.institute
    people = (Participant(there.stage.anna), Participant(there.stage.bertil))
    command = MakeBooking(made.conference(seats=10), people, made.acme, "PO 1")
    booking = made.services.bookings.make(made.acting(there.stage.anna), command).answer.booking_id
    made.catch_up()
    return booking


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
def test_an_admin_plans_the_next_season_from_the_last_and_opens_it(there: Browsing, language: str, width: int) -> None:
    said, title = WORDS[language], f"Säsong 8 {language} {width}"
    with there.opened("admin", language=language, width=width) as page:
        page.goto(f"/{SLUG}/seasons")
        page.get_by_role("link", name=re.compile(said["copy"])).first.click()
        assert page.locator("#m_on-1").input_value() == "2027-10-27"
        page.get_by_label(said["name"]).fill(title)
        page.get_by_role("button", name=said["add"]).click()
        page.get_by_label(said["theme"]).fill("Att ses igen")
        page.get_by_label(said["day"]).fill("2028-05-10")
        page.get_by_role("button", name=said["save"]).last.click()
        page.get_by_text(said["planned"]).wait_for()
        assert "Att ses igen" in words_of(page)
        page.get_by_role("button", name=said["open"]).click()
        page.get_by_text(said["opened"]).first.wait_for()


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
def test_an_admin_moves_a_meeting_after_seeing_who_is_told(there: Browsing, language: str, width: int) -> None:
    said = WORDS[language]
    season = there.stage.institute.services.booking_questions.one(there.stage.institute.admin, booked(there)).season_id
    with there.opened("admin", language=language, width=width) as page:
        page.goto(f"/{SLUG}/seasons/{season}/run")
        page.get_by_text(said["change"]).click()
        page.get_by_label(said["start"]).first.fill("2027-02-05T10:00")
        page.get_by_label(said["end"]).first.fill("2027-02-05T15:00")
        page.get_by_role("button", name=said["set"]).first.click()
        page.get_by_role("button", name=said["move"]).click()
        page.get_by_text(said["moved"]).wait_for()


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
def test_an_admin_grants_one_case_and_waives_another(there: Browsing, language: str, width: int) -> None:
    said, made, booking = WORDS[language], there.stage.institute, booked(there)
    before = made.clock.instant
    for seat, asked_at in ((1, before), (2, datetime(2027, 1, 5, 12, tzinfo=UTC))):
        made.clock.instant = asked_at
        plea = RequestCancellation(booking, (seat,), plea="Sjukdom.")
        made.services.cancellations.request(made.acting(there.stage.anna), plea)
    made.clock.instant = before
    made.catch_up()
    with there.opened("admin", language=language, width=width) as page:
        page.goto(f"/{SLUG}/desk")
        page.get_by_role("button", name=said["grant"]).first.click()
        page.get_by_text(said["granted"]).wait_for()
        page.get_by_label(said["reason"]).first.fill("Sjukdom, intyg visat.")
        page.get_by_role("button", name=said["waive"]).first.click()
        page.get_by_text(said["waived"]).wait_for()
