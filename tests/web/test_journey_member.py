"""A member's journeys after the booking: names the second later, swaps, transfers, cancels before and after the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from application.booking.booking import MakeBooking
from application.people.participant import TO_BE_NAMED, Participant
from tests.conftest import Databases
from tests.samples import AUTUMN
from tests.web.browsing import DESKTOP, EVERY_WAY, NEEDS_BROWSER, Browsing, browsing, unfold_menu, words_of
from tests.web.stage import SLUG, stage

pytestmark = NEEDS_BROWSER

WORDS = {
    "sv": {
        "name": "namnge",
        "its_name": "Namn",
        "email": "E-post",
        "name_button": "Namnge",
        "named": "Deltagaren är namngiven.",
        "swap": "byt person",
        "transfer": "Överlåt platsen",
        "transferred": "Platsen har bytt deltagare.",
        "cancel": "avboka",
        "back": "Avboka 1 plats · slipp betala 7 500 kr",
        "until": "till och med 2 januari 2027",
        "instant": "söndag 3 januari 2027 kl. 00.00",
        "nothing": "Avboka 1 plats · inget tillbaka",
        "cancelled": "Avbokningen är klar.",
        "changed": "Det har ändrats sedan du öppnade sidan",
        "history": "Plats 2 avbokades.",
        "reason": "Skäl, om det är en annan organisation",
        "reference": "Betalarens referens på fakturan",
        "proposed": "Överlåtelsen är föreslagen och väntar på ett ja.",
        "answer": "Svara på förslaget",
        "yes": "Ja, platsen byter deltagare · 7 500 kr inkl. moms",
        "accepted": "Du har svarat ja",
        "mine": "Mina uppgifter",
        "ask": "Begär att mina uppgifter raderas",
        "asked": "Begäran om radering är mottagen.",
        "stay": "Ta tillbaka begäran",
        "stays": "Begäran om radering är återtagen.",
    },
    "en": {
        "name": "name",
        "its_name": "Name",
        "email": "E-mail",
        "name_button": "Name",
        "named": "The participant is named.",
        "swap": "change person",
        "transfer": "Transfer the seat",
        "transferred": "The seat has changed hands.",
        "cancel": "cancel",
        "back": "Cancel 1 seat · SEK 7,500 less to pay",
        "until": "until 2 January 2027",
        "instant": "Sunday 3 January 2027 at 00:00",
        "nothing": "Cancel 1 seat · nothing back",
        "cancelled": "The cancellation is done.",
        "changed": "It has changed since you opened the page",
        "history": "Seat 2 was cancelled.",
        "reason": "Reason, if it is another organisation",
        "reference": "The payer's reference on the invoice",
        "proposed": "The transfer is proposed and waits for a yes.",
        "answer": "Answer the proposal",
        "yes": "Yes, the seat changes hands · SEK 7,500 incl. VAT",
        "accepted": "You have said yes",
        "mine": "My data",
        "ask": "Ask for my data to be erased",
        "asked": "The request for erasure is received.",
        "stay": "Withdraw the request",
        "stays": "The request for erasure is withdrawn.",
    },
}


@pytest.fixture(scope="module")
def there(new_database: Databases) -> Iterator[Browsing]:
    with new_database() as url, stage(url) as made, browsing(made) as found:
        yield found


@pytest.fixture(autouse=True)
def autumn(there: Browsing) -> Iterator[None]:
    """Each story begins in the autumn before the deadline."""
    there.stage.institute.clock.instant = AUTUMN
    yield
    there.stage.institute.clock.instant = AUTUMN


def booked(there: Browsing, second: Participant = TO_BE_NAMED) -> str:
    """Anna's booking for two, in a conference of its own: where it is read."""
    made = there.stage.institute
    season = made.conference(seats=40)
    command = MakeBooking(season, (Participant(there.stage.anna), second), made.acme)
    booking = made.services.bookings.make(made.acting(there.stage.anna), command).answer.booking_id
    made.catch_up()
    return f"/{SLUG}/bookings/{booking}"


def fits(page: Page) -> bool:
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
def test_the_second_is_named_later_swapped_and_cancelled_in_time(there: Browsing, language: str, width: int) -> None:
    said, at = WORDS[language], booked(there)
    there.stage.institute.person("Dora", there.stage.institute.acme)
    with there.opened("anna", language=language, width=width) as page:
        page.goto(at)
        page.get_by_role("link", name=f"{said['name']} ").click()
        page.get_by_label(said["its_name"]).fill("Bertil")
        page.get_by_label(said["email"]).fill("bertil@example.org")
        page.get_by_role("button", name=said["name_button"]).click()
        page.get_by_text(said["named"]).wait_for()
        assert "Bertil" in page.locator(".seats").inner_text()

        page.locator(".seats").get_by_role("link", name=f"{said['swap']} ").nth(1).click()
        page.get_by_label(said["its_name"]).fill("Dora")
        page.get_by_label(said["email"]).fill("dora@example.org")
        page.get_by_role("button", name=said["transfer"]).click()
        page.get_by_text(said["transferred"]).wait_for()
        assert "Dora" in page.locator(".seats").inner_text()

        page.locator(".seats").get_by_role("link", name=f"{said['cancel']} ").nth(1).click()
        assert said["until"] in words_of(page) and said["instant"] in words_of(page)
        assert fits(page)
        page.get_by_role("button", name=said["back"]).click()
        page.get_by_text(said["cancelled"]).wait_for()
        assert said["history"] in words_of(page)
        assert fits(page)


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
def test_after_the_day_nothing_comes_back_and_a_page_left_open_does_not_surprise(
    there: Browsing, language: str, width: int
) -> None:
    """S26."""
    said, at = WORDS[language], booked(there)
    with there.opened("anna", language=language, width=width) as page:
        page.goto(f"{at}/cancel?seat=2")
        page.get_by_role("button", name=said["back"]).wait_for()
        there.stage.institute.clock.instant = datetime(2027, 1, 2, 23, 0, 5, tzinfo=UTC)
        page.get_by_role("button", name=said["back"]).click()
        page.get_by_text(said["changed"]).first.wait_for()
        page.get_by_role("button", name=said["nothing"]).click()
        page.get_by_text(said["cancelled"]).wait_for()


def test_choosing_other_seats_shows_their_outcome_without_a_new_page(there: Browsing) -> None:
    at = booked(there)
    with there.opened("anna") as page:
        page.goto(f"{at}/cancel")
        page.evaluate("window.stayed = true")
        page.get_by_role("button", name="Avboka 2 platser · slipp betala 15 000 kr").wait_for()
        page.get_by_label("Anna").uncheck()
        page.get_by_role("button", name=WORDS["sv"]["back"]).wait_for()
        assert page.evaluate("window.stayed") is True


def test_without_script_a_button_shows_the_outcome_of_what_was_chosen(there: Browsing) -> None:
    at = booked(there)
    with there.opened("anna", script=False) as page:
        page.goto(f"{at}/cancel")
        page.get_by_label("Anna").uncheck()
        page.get_by_role("button", name="Visa vad det kostar").click()
        page.get_by_role("button", name=WORDS["sv"]["back"]).click()
        page.get_by_text(WORDS["sv"]["cancelled"]).wait_for()


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
def test_a_seat_goes_to_another_company_which_says_yes_with_its_reference(
    there: Browsing, language: str, width: int
) -> None:
    """S36, S50."""
    said, at = WORDS[language], booked(there)
    with there.opened("admin", language=language, width=DESKTOP) as page:
        page.goto(at)
        page.locator(".seats").get_by_role("link", name=f"{said['swap']} ").first.click()
        page.get_by_label(said["its_name"]).fill("Cecilia")
        page.get_by_label(said["email"]).fill("cecilia@example.org")
        page.get_by_label(said["reason"]).fill("Nytt arbete")
        page.get_by_role("button", name=said["transfer"]).click()
        page.get_by_text(said["proposed"]).wait_for()
    there.stage.institute.catch_up()
    with there.opened("cecilia", language=language, width=width) as page:
        page.goto(f"/{SLUG}/bookings")
        page.get_by_role("link", name=said["answer"]).first.click()
        page.get_by_label(said["reference"]).fill("Kst 4711")
        page.get_by_role("button", name=said["yes"]).click()
        page.get_by_text(said["accepted"]).wait_for()
        assert fits(page)


@pytest.mark.parametrize(("language", "width"), EVERY_WAY)
def test_my_data_is_read_taken_along_and_asked_to_be_erased(there: Browsing, language: str, width: int) -> None:
    said = WORDS[language]
    with there.opened("bertil", language=language, width=width) as page:
        page.goto(f"/{SLUG}/bookings")
        unfold_menu(page)
        page.get_by_role("link", name=said["mine"], exact=True).click()
        assert "bertil@example.org" in words_of(page)
        assert fits(page)
        with page.expect_download() as download:
            page.get_by_role("link", name="JSON").click()
        assert download.value.suggested_filename == "plats-my-data.json"
        page.get_by_role("button", name=said["ask"]).click()
        page.get_by_text(said["asked"]).wait_for()
        page.get_by_role("button", name=said["stay"]).click()
        page.get_by_text(said["stays"]).wait_for()
