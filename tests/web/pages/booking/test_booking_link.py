"""A booking opened by the link of a mail: what it opens, what it does not, and what ends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from application.booking.booking import MakeBooking, NameParticipant
from application.booking.cancellation import RequestCancellation
from application.kernel.actor import SYSTEM
from application.people.organiser import FoundOrganiser
from application.people.participant import TO_BE_NAMED, Participant
from application.people.person import TellNeeds
from application.programme.meeting import PostponeMeeting
from tests.web.linked import ANNA, BERTIL, OPENED, booked, head, link, ways
from tests.web.links import code_in, delivered, links_to
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        delivered(made.institute)
        yield made


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
