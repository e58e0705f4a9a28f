"""What is done by the link of a mail: seats swapped and cancelled, by a code where that costs others something."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.booking.booking import MakeBooking
from application.booking.booking_link import MOST_NAMED_IN_A_DAY
from application.booking.link_code import CODE_LIFE, MOST_IN_A_DAY, MOST_TRIES
from application.people.participant import Participant
from tests.web.linked import ANNA, BERTIL, OPENED, booked, head, link, ways
from tests.web.links import code_in, delivered, links_to
from tests.web.page import Page
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        delivered(made.institute)
        yield made


def test_a_swap_by_the_link_needs_no_code_is_told_to_both_and_can_be_undone(acted: Stage) -> None:
    booking = booked(acted)
    acted.institute.person("Dora", acted.institute.acme)
    browser = acted.browser()
    browser.open(link(acted))
    page = browser.open(f"/{SLUG}/bookings/{booking}/seats/2/transfer")
    done = browser.send(page, "name", name="Dora", email="dora@example.org", do="hand_over")
    done.says("Platsen har bytt deltagare.", "Dora har fått platsen efter Bertil.", "Av Anna, med länken i mejlet")
    told = {each.to for each in delivered(acted.institute)}
    assert told >= {ANNA, BERTIL, "dora@example.org"}

    browser.press(done, "/swap-back").says("Bytet är ångrat.", "Bertil")
    assert "Dora har fått" not in browser.open(f"/{SLUG}/bookings/{booking}").words.replace("Plats", "")


def test_a_swap_is_undone_once_in_two_tabs_and_names_are_not_swapped_for_ever(acted: Stage, database_url: str) -> None:
    booking = booked(acted)
    acted.institute.person("Dora", acted.institute.acme)
    browser = acted.browser()
    browser.open(link(acted))
    at = f"/{SLUG}/bookings/{booking}"
    browser.send(browser.open(f"{at}/seats/2/transfer"), "name", name="Dora", email="dora@example.org", do="hand_over")
    here, there = browser.open(at), browser.open(at)
    browser.press(here, "/swap-back").says("Bytet är ångrat.")
    before = head(database_url)[0]
    browser.press(there, "/swap-back")
    assert head(database_url)[0] == before

    form = browser.open(f"{at}/seats/2/transfer")
    statuses = [browser.send(form, "name", name="", email="").status for _ in range(MOST_NAMED_IN_A_DAY)]
    assert 429 not in statuses, "nobody was named"
    statuses = [
        browser.send(form, "name", name=f"Namn {no}", email="bertil@example.org").status
        for no in range(MOST_NAMED_IN_A_DAY)
    ]
    assert statuses[0] != 429 and statuses[-1] == 429


def test_the_former_participants_link_says_what_is_the_case(acted: Stage) -> None:
    booked(acted)
    made = acted.institute
    made.person("Dora", made.acme)
    mails = delivered(made)
    browser, old = acted.browser(), links_to(mails, BERTIL)[-1]
    browser.open(old).says("Öppnad som Bertil")
    hers = acted.browser()
    hers.open(links_to(mails, ANNA)[0])
    at = old.partition("/link/")[0]
    hers.send(hers.open(f"{at}/seats/2/transfer"), "name", name="Dora", email="dora@example.org", do="hand_over")

    for opened in (browser.open(at), acted.browser().open(old)):
        assert opened.status == 410
        opened.says("Platsen är någon annans nu", "kan den som bokade byta tillbaka")
        assert "Dora" not in opened.words


def test_a_seat_of_ones_own_is_cancelled_without_a_code_and_going_back_tells_so(acted: Stage) -> None:
    booking = booked(acted)
    browser = acted.browser()
    browser.open(link(acted, BERTIL))
    page = browser.open(f"/{SLUG}/bookings/{booking}/cancel?seat=2")
    done = browser.send(page, "shown", do="cancel")
    assert done.status == 410
    done.says("Avbokningen är klar.", "Din plats är avbokad", "Kvittot har du fått med mejl.")
    again = browser.send(page, "shown", do="cancel")
    again.says("Din plats är avbokad")


def test_cancelling_for_others_with_money_in_it_asks_for_a_code_mailed_anew(acted: Stage, database_url: str) -> None:
    booking = booked(acted)
    browser = acted.browser()
    browser.open(link(acted))
    page = browser.open(f"/{SLUG}/bookings/{booking}/cancel")
    before = head(database_url)[0]
    asked = browser.send(page, "shown", do="cancel")
    asked.says("Vi har mejlat en kod", "a•••@example.org", "Den gäller i tio minuter.")
    assert head(database_url)[0] == before
    wrong = browser.send(asked, "code", code="123 45")
    assert wrong.status == 422
    wrong.says("Koden stämmer inte, eller gäller inte längre.")
    [mail] = [each for each in delivered(acted.institute) if each.to == ANNA]
    assert "kod för att avboka" in mail.text and code_in(mail) not in mail.subject

    browser.send(wrong, "code", code=code_in(mail)).says("Avbokningen är klar.", "Bokningen är avbokad.")


def test_a_code_is_for_one_thing_once_for_ten_minutes_and_the_new_one_kills_the_old(acted: Stage) -> None:
    booking = booked(acted)
    browser = acted.browser()
    browser.open(link(acted))
    page = browser.open(f"/{SLUG}/bookings/{booking}/cancel?seat=2")

    def ask() -> tuple[Page, str]:
        asked = browser.send(page, "shown", do="cancel")
        return asked, code_in(delivered(acted.institute)[-1])

    asked, first = ask()
    asked, second = ask()
    if first != second:
        assert browser.send(asked, "code", code=first).status == 422
    acted.institute.clock.pass_by(CODE_LIFE)
    page = browser.open(f"/{SLUG}/bookings/{booking}/cancel?seat=2")
    assert browser.send(asked, "code", code=second).status == 422
    asked, third = ask()
    browser.send(asked, "code", code=third).says("Avbokningen är klar.")
    page = browser.open(f"/{SLUG}/bookings/{booking}")
    page.says("Bertil avbokad")


def test_a_code_is_not_found_by_trying(acted: Stage) -> None:
    booking = booked(acted)
    browser = acted.browser()
    browser.open(link(acted))
    page = browser.open(f"/{SLUG}/bookings/{booking}/cancel?seat=2")
    asked = browser.send(page, "shown", do="cancel")
    right = code_in(delivered(acted.institute)[-1])
    wrong = [f"{number:06}" for number in range(MOST_TRIES + 1) if f"{number:06}" != right.replace(" ", "")]
    for each in wrong[:MOST_TRIES]:
        assert browser.send(asked, "code", code=each).status == 422
    assert browser.send(asked, "code", code=right).status == 422

    statuses = [browser.send(page, "shown", do="cancel").status for _ in range(MOST_IN_A_DAY)]
    assert statuses[-1] == 429 and statuses.count(200) == MOST_IN_A_DAY - 1


def test_a_code_of_one_booking_is_none_in_another(acted: Stage) -> None:
    made, first = acted.institute, booked(acted)
    other = made.conference(seats=10)
    command = MakeBooking(other, (Participant(acted.anna), Participant(acted.bertil)), made.acme)
    second = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    browser = acted.browser()
    for way in ways(acted):
        browser.open(way).says(OPENED)
    pages = [browser.open(f"/{SLUG}/bookings/{each}/cancel?seat=2") for each in (first, second)]
    asked = [browser.send(page, "shown", do="cancel") for page in pages]
    codes = [code_in(each) for each in delivered(made) if each.to == ANNA]
    if codes[0] != codes[1]:
        assert browser.send(asked[1], "code", code=codes[0]).status == 422
    browser.send(asked[0], "code", code=codes[0]).says("Avbokningen är klar.")
