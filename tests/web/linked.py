"""Bookings that are opened by the links of their mails."""

from __future__ import annotations

import psycopg

from application.access.session import Browser as BrowserName
from application.access.session import Whose
from application.booking.booking import MakeBooking
from application.people.participant import Participant
from domain.kernel.ids import BookingId, PersonId
from tests.web.links import delivered, links_to
from tests.web.page import Page
from tests.web.stage import Browser, Stage

ANNA, BERTIL = "anna@example.org", "bertil@example.org"

OPENED = "Öppnad som Anna, med länken i mejlet."


def booked(acted: Stage, second: Participant | None = None, *, free: bool = False) -> BookingId:
    """Anna's booking for herself and Bertil (or another)."""
    made = acted.institute
    season = made.season("Fritt", 10, None) if free else acted.conference
    command = MakeBooking(season, (Participant(acted.anna), second or Participant(acted.bertil)), made.acme)
    return made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id


def link(acted: Stage, whose: str = ANNA) -> str:
    """The way in that somebody's latest mail opens."""
    return ways(acted, whose)[-1]


def ways(acted: Stage, whose: str = ANNA) -> list[str]:
    """The ways to bookings (not to their invoices) that somebody's mails open."""
    return [each for each in links_to(delivered(acted.institute), whose) if each.partition("/link/")[2].count("/") == 0]


def head(database_url: str) -> tuple[int, ...]:
    """How much has been remembered of anything."""
    counted = ", ".join(
        f"(select count(*) from {each})" for each in ("event", "letter", "booking_link", "link_code", "session")
    )
    with psycopg.connect(database_url) as connection:
        [counts] = connection.execute(f"select {counted}".encode()).fetchall()
    return tuple(counts)


def signed_in(acted: Stage, person: PersonId, browser: Browser) -> None:
    secret = acted.institute.services.sessions.begin(
        Whose(acted.institute.organiser, person), "link", BrowserName("Firefox")
    )
    browser.client.set_cookie("plats_token", secret)


def confirmed(browser: Browser, page: Page) -> Page:
    """The choice, made for the link."""
    [form] = [each for each in page.elements.forms if not each["action"][0]]
    return browser._post(page, form, {})
