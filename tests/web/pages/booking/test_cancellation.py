"""Cancelling on the pages: the outcome is shown first, and the outcome that was shown is the one that happens (S26)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from application.booking.booking import MakeBooking
from application.people.participant import Participant
from domain.kernel.ids import BookingId
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def booked(acted: Stage) -> BookingId:
    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(acted.anna), Participant(acted.bertil)), made.acme)
    return made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id


def cancelling(browser: Browser, booking: BookingId, query: str = "") -> Page:
    return browser.open(f"/{SLUG}/bookings/{booking}/cancel{query}")


def turn_to(acted: Stage, *instant: int) -> None:
    year, month, day, hour, minute, second = instant
    acted.institute.clock.instant = datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def test_before_the_deadline_everything_comes_back(acted: Stage) -> None:
    booking, browser = booked(acted), acted.browser("anna")
    page = cancelling(browser, booking)
    assert page.says(
        "15 000 kr av 15 000 kr inkl. moms",
        "Från tisdag 1 december 2026 kl. 00.00 gäller i stället 50 % av priset.",
        "2 platser blir lediga för andra genast.",
        "Avboka 2 platser · slipp betala 15 000 kr",
    )
    done = browser.send(page, "shown", do="cancel")
    assert done.says("Avbokningen är klar.", "Bokningen är avbokad.", "Kreditfaktura 1", "krediterad")
    assert acted.browser().open(f"/{SLUG}").says("3 platser kvar")


def test_one_of_two_is_cancelled_and_the_other_stays(acted: Stage) -> None:
    booking, browser = booked(acted), acted.browser("anna")
    page = cancelling(browser, booking, "?seat=2")
    assert page.says("Avboka 1 plats · slipp betala 7 500 kr")
    done = browser.send(page, "shown", do="cancel")
    assert done.says("Anna", "Bertil avbokad", "Krediterat 7 500 kr")


def test_after_the_deadline_nothing_comes_back_and_one_may_ask(acted: Stage) -> None:
    booking, browser = booked(acted), acted.browser("anna")
    turn_to(acted, 2027, 1, 2, 23, 0, 0)
    page = cancelling(browser, booking)
    assert page.says(
        "Ingenting av 15 000 kr",
        "Sedan söndag 3 januari 2027 kl. 00.00 gäller fullt pris.",
        "Avboka 2 platser · inget tillbaka",
        "Be om att få mer tillbaka",
    )
    empty = browser.send(page, "shown", do="ask", plea="")
    assert empty.status == 422 and 'id="plea-problem"' in empty.html
    asked = browser.send(empty, "shown", do="ask", plea="Sjukdom i familjen.")
    assert asked.says("Begäran är skickad.", "Anna", "Bertil")
    desk = acted.browser("admin").open(f"/{SLUG}/desk")
    assert desk.says("Anna vill avboka 2 platser", "Sjukdom i familjen.", "fullt pris, sedan söndag 3 januari 2027")


def test_a_preview_that_no_longer_holds_stops_and_shows_the_new_outcome(acted: Stage) -> None:
    booking, browser = booked(acted), acted.browser("anna")
    turn_to(acted, 2027, 1, 2, 22, 50, 0)
    page = cancelling(browser, booking)
    assert page.says("Avboka 2 platser · slipp betala 7 500 kr")
    turn_to(acted, 2027, 1, 2, 23, 0, 5)
    stopped = browser.send(page, "shown", do="cancel")
    assert stopped.status == 409
    assert stopped.says("Det har ändrats", "ingenting är avbokat", "Avboka 2 platser · inget tillbaka")
    assert browser.open(f"/{SLUG}/bookings/{booking}").says("Avboka alla 2 platser")
    assert browser.send(stopped, "shown", do="cancel").says("Avbokningen är klar.")


@pytest.mark.parametrize(
    ("act", "words"),
    [("grant", "beviljad enligt villkoren"), ("waive", "hela priset krediteras"), ("decline", "Begäran är avslagen")],
)
def test_the_desk_grants_waives_or_declines_with_a_reason(acted: Stage, act: str, words: str) -> None:
    booking, browser = booked(acted), acted.browser("anna")
    turn_to(acted, 2027, 1, 5, 12, 0, 0)
    browser.send(cancelling(browser, booking), "shown", do="ask", plea="Sjuk.")
    admin = acted.browser("admin")
    desk = admin.open(f"/{SLUG}/desk")
    assert desk.says("Efterge · 15 000 kr krediteras", "Bevilja · 0 kr krediteras")
    if act != "grant":
        missing = admin.send(desk, "reason", do=act, reason="")
        assert missing.status == 422 and missing.says("Fyll i skälet.")
    assert admin.send(desk, "reason", do=act, reason="Intyg finns.").says(words, "Inget väntar på beslut.", "Avgjorda")
    page = browser.open(f"/{SLUG}/bookings/{booking}")
    assert ("Bokningen är avbokad." in page.words) == (act != "decline")
    assert ("Kreditfaktura 1" in page.words) == (act == "waive")


def test_an_admin_records_a_letter_that_came_before_the_deadline(acted: Stage) -> None:
    booking, admin = booked(acted), acted.browser("admin")
    turn_to(acted, 2027, 1, 5, 12, 0, 0)
    page = cancelling(admin, booking)
    assert page.says("Ingenting av 15 000 kr", "När avbokningen kom in")
    earlier = admin.send(page, "shown", do="cancel", received_at="2026-11-30T23:59")
    assert earlier.status == 409 and earlier.says("Avboka 2 platser · 15 000 kr krediteras")
    assert admin.send(earlier, "shown", do="cancel").says("Avbokningen är klar.", "Kreditfaktura 1")
