"""What ends the link of a mail, and how its links are mailed again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest

from application.booking.booking_link import AFTER_THE_LAST
from application.booking.links_again import MOST_FOR_ADDRESS
from application.booking.links_again import MOST_IN_A_DAY as MOST_ASKED_IN_A_DAY
from application.people.person import ErasePerson
from application.people.person_correction import CorrectPerson
from tests.web.linked import ANNA, BERTIL, OPENED, booked, link
from tests.web.links import delivered, links_to
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        delivered(made.institute)
        yield made


def test_a_link_is_over_a_month_after_the_last_meeting_to_the_instant(acted: Stage) -> None:
    booked(acted)
    way, made = link(acted), acted.institute
    last = max(
        each.time.end_at
        for each in made.services.programme.season(made.admin, acted.conference).meetings
        if each.time.end_at is not None
    )
    made.clock.instant = last + AFTER_THE_LAST - timedelta(microseconds=1)
    browser = acted.browser()
    browser.open(way).says(OPENED)
    made.clock.instant = last + AFTER_THE_LAST
    acted.browser().open(way).says("Länken öppnar inget längre", "till en månad efter sista träffen")
    assert browser.client.get(way.partition("/link/")[0]).status_code == 303


def test_whoever_booked_stops_all_links_and_new_mails_have_new_ones(acted: Stage) -> None:
    booking = booked(acted)
    mails = delivered(acted.institute)
    hers, his = links_to(mails, ANNA)[0], links_to(mails, BERTIL)[-1]
    bertil, anna = acted.browser(), acted.browser()
    bertil.open(his)
    page = anna.open(hers)
    anna.press(page, "/link/stop").says("Länkarna i tidigare mejl gäller inte längre.")
    for way in (hers, his):
        acted.browser().open(way).says("Länkarna i tidigare mejl om bokningen har stängts av.")
    for browser in (anna, bertil):
        assert browser.client.get(f"/{SLUG}/bookings/{booking}").status_code == 303

    again = acted.browser()
    again.send(again.open(f"/{SLUG}/links"), "email", email=ANNA)
    acted.institute.house.services.links_again.turn()
    again.open(link(acted)).says(OPENED)


def test_a_participant_stops_their_own_links_alone(acted: Stage) -> None:
    booked(acted)
    mails = delivered(acted.institute)
    hers, his = links_to(mails, ANNA)[0], links_to(mails, BERTIL)[-1]
    browser = acted.browser()
    browser.press(browser.open(his), "/link/stop")
    acted.browser().open(his).says("har stängts av")
    acted.browser().open(hers).says(OPENED)


def test_a_link_ends_with_the_address_that_it_was_mailed_to(acted: Stage) -> None:
    booked(acted)
    way, made = link(acted), acted.institute
    made.services.person_corrections.correct(made.admin, CorrectPerson(acted.anna, email="ann@example.org"))
    acted.browser().open(way).says("Mejlet gick till en adress som inte används längre.")


def test_nobody_who_is_erased_is_let_in_and_their_links_are_forgotten(acted: Stage, database_url: str) -> None:
    booked(acted)
    way, made = link(acted, BERTIL), acted.institute
    browser = acted.browser()
    browser.open(way)
    made.services.people.erase(made.admin, ErasePerson(acted.bertil))
    assert browser.client.get(way.partition("/link/")[0]).status_code == 303
    acted.browser().open(way).says("Länken öppnar inget längre")
    made.catch_up()
    with psycopg.connect(database_url) as connection:
        kept = connection.execute("select count(*) from booking_link where person_id = %s", [acted.bertil]).fetchall()
    assert kept == [(0,)]


def test_without_the_link_the_sign_in_page_says_that_the_mail_has_one(acted: Stage) -> None:
    booking = booked(acted)
    acted.browser().open(f"/{SLUG}/bookings/{booking}").says(
        "Länken i mejlet om bokningen öppnar den utan inloggning.", "Få en ny länk med mejl"
    )


def test_links_are_mailed_again_and_the_answer_tells_nobody_who_is_known(acted: Stage) -> None:
    booking, made = booked(acted), acted.institute
    delivered(made)
    answers = []
    for address in (ANNA, "ylva@example.com"):
        browser = acted.browser()
        page = browser.send(browser.open(f"/{SLUG}/links"), "email", email=address)
        answers.append(page.html.replace(address, "X"))
        while made.services.links_again.turn():
            pass
    assert answers[0] == answers[1]
    [mail] = delivered(made)
    assert mail.to == ANNA
    acted.browser().open(links_to([mail], ANNA)[0]).says(OPENED)
    assert str(booking) in links_to([mail], ANNA)[0]

    browser = acted.browser()
    page = browser.open("/links")
    statuses = [browser.send(page, "email", email="ylva@example.com").status for _ in range(MOST_FOR_ADDRESS)]
    assert statuses == [200] * (MOST_FOR_ADDRESS - 1) + [429]


def test_no_mailbox_is_filled_by_whoever_asks_for_its_links_all_day(acted: Stage) -> None:
    booked(acted)
    made = acted.institute
    delivered(made)
    asked, page = acted.browser(), acted.browser().open(f"/{SLUG}/links")
    for _ in range(20):
        asked.send(page, "email", email=ANNA)
        while made.services.links_again.turn():
            pass
        made.clock.pass_by(timedelta(minutes=16))
    assert [each.to for each in delivered(made)] == [ANNA] * MOST_ASKED_IN_A_DAY
    refused = asked.send(page, "email", email=ANNA)
    refused.says("Det har prövats för många gånger. Vänta till i morgon och försök igen.")
    made.clock.pass_by(timedelta(days=1))
    assert asked.send(page, "email", email=ANNA).status == 200


def test_staff_read_the_mail_without_the_link_and_other_mailboxes_get_none(acted: Stage) -> None:
    booked(acted)
    made = acted.institute
    mails = delivered(made)
    [row] = [each for each in made.services.letters.list(made.admin) if each.kind == "booked"]
    words = made.house.box.words(row.letter_id)
    assert words is not None and "/link/" not in words[1] and "/bookings/" in words[1]
    for mail in mails:
        if "/link/" in mail.text:
            assert mail.to in (ANNA, BERTIL)
            assert mail.calendar is None or b"/link/" not in mail.calendar
