"""A booking opened by the link of a mail: what it opens, what it does not, and what ends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from application.access.session import Browser as BrowserName
from application.access.session import Whose
from application.booking.booking import MakeBooking, NameParticipant
from application.booking.booking_link import AFTER_THE_LAST, MOST_NAMED_IN_A_DAY
from application.booking.cancellation import RequestCancellation
from application.booking.link_code import CODE_LIFE, MOST_IN_A_DAY, MOST_TRIES
from application.booking.links_again import MOST_FOR_ADDRESS
from application.booking.links_again import MOST_IN_A_DAY as MOST_ASKED_IN_A_DAY
from application.kernel.actor import SYSTEM
from application.people.organiser import FoundOrganiser
from application.people.participant import TO_BE_NAMED, Participant
from application.people.person import ErasePerson, TellNeeds
from application.people.person_correction import CorrectPerson
from application.programme.meeting import PostponeMeeting
from domain.kernel.ids import BookingId, PersonId
from tests.web.links import code_in, delivered, links_to
from tests.web.page import Page
from tests.web.stage import SLUG, Browser, Stage, stage

ANNA, BERTIL = "anna@example.org", "bertil@example.org"
OPENED = "Öppnad som Anna, med länken i mejlet."


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        delivered(made.institute)
        yield made


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


def test_the_link_in_the_mail_opens_the_booking_and_its_address_is_clean(acted: Stage) -> None:
    booking = booked(acted)
    way, browser = link(acted), acted.browser()
    answer = browser.client.get(way)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{SLUG}/bookings/{booking}")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith("plats_link="))
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and f"Path=/{SLUG}/bookings/{booking}" in cookie

    page = browser.open(answer.headers["Location"])
    page.says(OPENED, "Anna", "Bertil", "Logga in")
    assert page.headers["Cache-Control"] == "no-store" and page.headers["X-Robots-Tag"] == "noindex"
    assert way.rpartition("/")[2] not in page.html
    assert browser.client.get_cookie("plats_token") is None


def test_opening_it_changes_nothing_whoever_does_and_however_often(acted: Stage, database_url: str) -> None:
    booking = booked(acted)
    mails = delivered(acted.institute)
    found, before = [*links_to(mails, ANNA), *links_to(mails, BERTIL)], head(database_url)
    assert len(found) == 5, "what was booked, its invoice, and his seat; the second day for each one's calendar"
    for way in found:
        for _ in range(3):
            scanner = acted.browser()
            assert scanner.client.head(way).status_code == 303
            scanner.client.get(way, follow_redirects=True)
            for address in sorted(set(scanner.open(f"/{SLUG}/bookings/{booking}").elements.links)):
                if address.startswith(f"/{SLUG}/bookings/{booking}"):
                    assert scanner.client.get(address.partition("#")[0]).status_code == 200, address
    assert head(database_url) == before


def test_a_link_opens_its_booking_and_everywhere_else_its_reader_is_a_stranger(acted: Stage) -> None:
    booking = booked(acted)
    browser = acted.browser()
    browser.open(link(acted)).says(OPENED)

    for address in ("bookings", "me", "invoices", "calendar", f"people/{acted.anna}/details", "sign-ins", "people"):
        assert browser.client.get(f"/{SLUG}/{address}").status_code == 303, address
    assert OPENED not in browser.open(f"/{SLUG}/seasons/{acted.conference}").words
    assert browser.client.get(f"/{SLUG}/bookings/{booking}").status_code == 200


def test_a_participant_sees_their_seat_and_acts_on_it_alone(acted: Stage) -> None:
    booking = booked(acted)
    browser = acted.browser()
    page = browser.open(link(acted, BERTIL))
    page.says("Öppnad som Bertil, med länken i mejlet.")
    at = f"/{SLUG}/bookings/{booking}"
    assert f"{at}/seats/2/transfer" in page.elements.links
    assert f"{at}/seats/1/transfer" not in page.elements.links

    form = browser.open(f"{at}/seats/2/transfer").form("name")
    typed = {**form, "name": "Dora", "email": "dora@example.org"}
    typed.pop("action"), typed.pop("method")
    assert browser.client.post(f"{at}/seats/1/transfer", data=typed).status_code in (403, 404, 409)


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


def test_what_somebody_needs_is_told_by_the_link_and_never_shown_by_it(acted: Stage) -> None:
    booking, made = booked(acted), acted.institute
    browser = acted.browser()
    browser.open(link(acted, BERTIL))
    at = f"/{SLUG}/bookings/{booking}/people/{acted.bertil}/needs"
    assert at in browser.open(f"/{SLUG}/bookings/{booking}").elements.links
    browser.send(browser.open(at), "needs", needs="Nötallergi").status == 200  # noqa: B015 # asserted below
    assert made.services.people_questions.person(made.acting(acted.bertil), acted.bertil).needs == "Nötallergi"

    page = browser.open(at)
    page.says("Det visas inte här")
    assert "Nötallergi" not in page.html
    asked = browser.send(page, "needs", needs="Glutenfritt")
    asked.says("Vi har mejlat en kod", "b•••@example.org")
    assert "Nötallergi" not in asked.html
    [mail] = [each for each in delivered(made) if each.to == BERTIL]
    browser.send(asked, "code", code=code_in(mail))
    assert made.services.people_questions.person(made.acting(acted.bertil), acted.bertil).needs == "Glutenfritt"
    theirs = f"/{SLUG}/bookings/{booking}/people/{acted.anna}/needs"
    assert browser.client.get(theirs).status_code == 404


def test_an_altered_a_strange_and_another_bookings_link_open_nothing(acted: Stage) -> None:
    made, first = acted.institute, booked(acted)
    other = made.conference(seats=10)
    command = MakeBooking(other, (Participant(acted.anna),), made.acme)
    second = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    way = next(each for each in ways(acted) if str(first) in each)
    secret = way.rpartition("/")[2]
    altered = secret[:-1] + ("0" if secret[-1] != "0" else "1")
    for address in (
        f"/{SLUG}/bookings/{first}/link/{altered}",
        f"/{SLUG}/bookings/{first}/link/{secret.upper()}x",
        f"/{SLUG}/bookings/{second}/link/{secret}",
        f"/{SLUG}/bookings/{uuid4()}/link/{secret}",
        f"/{SLUG}/bookings/{first}/link/%00%ff",
    ):
        page = acted.browser().open(address)
        assert page.status == 410, address
        page.says("Länken öppnar inget längre", "Adressen är inte hel", "Få en ny länk med mejl")
        assert page.headers["Referrer-Policy"] == "no-referrer"
    thief = acted.browser()
    thief.client.set_cookie("plats_link", f"{secret}.", path=f"/{SLUG}/bookings/{second}")
    assert thief.client.get(f"/{SLUG}/bookings/{second}").status_code == 303


def test_another_organisers_pages_do_not_know_the_link(acted: Stage) -> None:
    booking = booked(acted)
    acted.institute.services.organisers.found(SYSTEM, FoundOrganiser("Grannen", "grannen", "556999-2000"))
    secret = link(acted).rpartition("/")[2]
    assert acted.browser().open(f"/grannen/bookings/{booking}/link/{secret}").status == 410
    thief = acted.browser()
    thief.client.set_cookie("plats_link", f"{secret}.", path=f"/grannen/bookings/{booking}")
    assert thief.client.get(f"/grannen/bookings/{booking}").status_code == 404
    english = acted.browser(language="en").open(f"/{SLUG}/bookings/{booking}/link/{secret[:-2]}")
    english.says("The link opens nothing any longer", "Get a new link by e-mail")


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


def test_the_log_says_that_it_was_by_a_link_and_no_secret_is_kept(acted: Stage, database_url: str) -> None:
    booking = booked(acted)
    browser, way = acted.browser(), link(acted)
    browser.open(way)
    browser.send(browser.open(f"/{SLUG}/bookings/{booking}/cancel?seat=1"), "shown", do="cancel")
    with psycopg.connect(database_url) as connection:
        [(actor,)] = connection.execute("select actor from event order by position desc limit 1").fetchall()
        [(kept,)] = connection.execute("select string_agg(booking_link::text, '') from booking_link").fetchall()
        [(trail,)] = connection.execute("select coalesce(string_agg(trail::text, ''), '') from trail").fetchall()
    assert re.fullmatch(rf"link:[0-9a-f-]{{36}}\|member\|{acted.anna}", actor) or actor == "system"
    assert way.rpartition("/")[2] not in kept + trail and "example.org" not in kept


def test_needs_that_were_told_elsewhere_are_not_shown_in_a_forwarded_mail(acted: Stage) -> None:
    booking, made = booked(acted), acted.institute
    made.services.people.tell_needs(made.acting(acted.bertil), TellNeeds(acted.bertil, "Rullstol"))
    browser = acted.browser()
    browser.open(link(acted, BERTIL))
    for address in ("", f"/people/{acted.bertil}/needs", "/history"):
        assert "Rullstol" not in browser.open(f"/{SLUG}/bookings/{booking}{address}").html


def test_the_invoice_of_its_booking_opens_and_no_other_of_the_same_payer(acted: Stage) -> None:
    made, first = acted.institute, booked(acted)
    other = made.conference(seats=10)
    command = MakeBooking(other, (Participant(acted.anna), TO_BE_NAMED), made.acme)
    second = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    browser = acted.browser()
    browser.open(next(each for each in ways(acted) if str(first) in each))
    at = f"/{SLUG}/bookings/{first}"
    form = browser.open(f"{at}/cancel").form("shown")
    for booking, status in ((first, 200), (second, 404)):
        [document] = made.services.invoice_questions.of_source(made.finance, booking)
        for ending in ("", ".pdf", "/card"):
            address = f"{at}/invoices/{document.row.document_id}{ending}"
            assert browser.client.get(address, buffered=True).status_code == status, address
        pay = browser.client.post(
            f"{at}/invoices/{document.row.document_id}/card", data={"form_token": form["form_token"][0]}
        )
        assert pay.status_code != 303 and (booking == first or pay.status_code in (403, 404))


def test_pages_that_a_link_opens_lead_nowhere_that_it_does_not(acted: Stage) -> None:
    made, booking = acted.institute, booked(acted)
    browser = acted.browser()
    browser.open(link(acted))
    [document] = made.services.invoice_questions.of_source(made.finance, booking)
    at = f"/{SLUG}/bookings/{booking}"
    for page in (at, f"{at}/cancel", f"{at}/invoices/{document.row.document_id}"):
        inside = {each for each in browser.open(page).elements.links if each.startswith("/") and "/sign-in" not in each}
        opened = {each: browser.client.get(each, buffered=True).status_code for each in inside}
        assert {each: status for each, status in opened.items() if status != 200} == {}, page


def test_the_mail_with_a_credit_note_opens_it_without_an_account(acted: Stage) -> None:
    made, booking = acted.institute, booked(acted)
    delivered(made)
    made.services.cancellations.request(made.acting(acted.anna), RequestCancellation(booking, (2,)))
    [mail] = [each for each in delivered(made) if "Kreditfaktura" in each.subject]
    [way] = links_to([mail], mail.to)
    acted.browser().open(way).says("med länken i mejlet", "Kreditfaktura")


def test_the_mail_about_a_postponed_meeting_opens_the_booking_of_those_who_have_one(acted: Stage) -> None:
    made, booking = acted.institute, booked(acted)
    delivered(made)
    meeting = made.services.programme.season(made.admin, acted.conference).meetings[0]
    made.services.meetings.postpone(
        made.admin, PostponeMeeting(acted.conference, meeting.meeting_id, "Salen är stängd.")
    )
    mails = delivered(made)
    for whose in (ANNA, BERTIL):
        [way] = links_to(mails, whose)
        assert str(booking) in way
        acted.browser().open(way).says("med länken i mejlet", "Salen är stängd.")
    [hers] = [each for each in mails if each.to == "sara@example.org"]
    assert "/link/" not in hers.text and f"/seasons/{acted.conference}" in hers.text


def test_an_unnamed_seat_is_named_by_the_link(acted: Stage) -> None:
    booking = booked(acted, TO_BE_NAMED)
    browser = acted.browser()
    browser.open(link(acted))
    page = browser.open(f"/{SLUG}/bookings/{booking}/seats/2/name")
    browser.send(page, "name", name="Dora", email="dora@example.org").says("Deltagaren är namngiven.", "Dora")
    command = NameParticipant(booking, 2, Participant(acted.bertil))
    assert command.seat == 2
