"""Who reads by the link of a mail: somebody else who has signed in, two in one browser, two bookings side by side."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.booking.booking import MakeBooking
from application.people.participant import TO_BE_NAMED, Participant
from tests.web.linked import ANNA, BERTIL, OPENED, booked, confirmed, link, signed_in, ways
from tests.web.links import delivered, links_to
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        delivered(made.institute)
        yield made


def test_somebody_else_who_has_signed_in_is_told_whose_link_it_is_and_chooses(acted: Stage) -> None:
    booking = booked(acted)
    way, browser = link(acted), acted.browser()
    signed_in(acted, acted.bertil, browser)
    at = f"/{SLUG}/bookings/{booking}"
    page = browser.open(way)
    page.says("Länken är till Anna", "Du är här som Bertil.", "Öppna som Anna", "Fortsätt som Bertil")
    assert page.address == f"{at}/link" and way.rpartition("/")[2] not in page.html
    assert OPENED not in browser.open(at).words

    page = confirmed(browser, browser.open(way))
    page.says(OPENED)
    assert "Logga ut Bertil" not in page.words
    browser.open(f"/{SLUG}/bookings").says("Logga ut Bertil")
    browser.press(browser.open(at), "/link/close")
    page = browser.open(at)
    page.says("Logga ut Bertil")
    assert OPENED not in page.words


def test_whoever_signs_in_later_in_the_same_browser_is_not_taken_for_the_link(acted: Stage) -> None:
    booking = booked(acted)
    browser = acted.browser()
    page = browser.open(link(acted))
    signed_in(acted, acted.bertil, browser)
    now = browser.open(f"/{SLUG}/bookings/{booking}")
    assert OPENED not in now.words
    now.says("Logga ut Bertil")
    assert browser.press(page, "/link/close").status == 403


def test_two_people_with_one_browser_and_one_booking_are_asked(acted: Stage) -> None:
    booked(acted)
    mails = delivered(acted.institute)
    browser = acted.browser()
    browser.open(links_to(mails, ANNA)[0]).says(OPENED)
    page = browser.open(links_to(mails, BERTIL)[-1])
    page.says("Länken är till Bertil", "Du är här som Anna.")
    confirmed(browser, page).says("Öppnad som Bertil")


def test_the_same_person_signed_in_goes_on_as_signed_in(acted: Stage) -> None:
    booked(acted)
    browser = acted.browser("anna")
    page = browser.open(link(acted))
    assert OPENED not in page.words
    page.says("Logga ut Anna")


def test_two_bookings_are_open_side_by_side_and_two_tabs_of_one_do_not_surprise(acted: Stage) -> None:
    made, first = acted.institute, booked(acted)
    other = made.conference(seats=10)
    command = MakeBooking(other, (Participant(acted.anna), TO_BE_NAMED), made.acme)
    second = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    browser = acted.browser()
    for way in ways(acted):
        browser.open(way).says(OPENED)
    for booking in (first, second):
        browser.open(f"/{SLUG}/bookings/{booking}").says(OPENED)

    at = f"/{SLUG}/bookings/{second}/seats/2/name"
    here, there = browser.open(at), browser.open(at)
    browser.send(here, "name", name="Dora", email="dora@example.org").says("Deltagaren är namngiven.")
    late = browser.send(there, "name", name="Disa", email="disa@example.org")
    assert late.status in (409, 422)
    held = made.services.booking_questions.one(made.admin, second).seats
    assert [seat.name for seat in held] == ["Anna", "Dora"]


def test_a_form_of_one_link_is_not_anothers_and_none_is_sent_from_elsewhere(acted: Stage) -> None:
    booking = booked(acted)
    mails = delivered(acted.institute)
    hers, his = acted.browser(), acted.browser()
    hers.open(links_to(mails, ANNA)[0])
    his.open(links_to(mails, BERTIL)[-1])
    at = f"/{SLUG}/bookings/{booking}/cancel?seat=2"
    page = hers.open(at)
    assert his.send(page, "shown", do="cancel").status == 403
    form = {name: value for name, value in page.form("shown").items() if name not in ("action", "method")}
    cross = hers.client.post(at, data={**form, "do": "ask"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert cross.status_code == 403
    bare = hers.client.post(at, data={"seat": "2", "shown": form["shown"], "do": "cancel"})
    assert bare.status_code == 403
