"""My own pages: what is known about me, my affiliations, my data to take along, the history and the request to go."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from application.booking.booking import MakeBooking
from application.people.participant import TO_BE_NAMED, Participant
from domain.programme.meeting import Moment
from tests.conftest import Databases
from tests.web.stage import SLUG, Stage, stage
from web.pages.people.me import SHOWN


@pytest.fixture(scope="module")
def acted(new_database: Databases) -> Iterator[Stage]:
    with new_database() as url, stage(url) as made:
        yield made


def booked(acted: Stage) -> str:
    """Anna's booking of a conference of its own, for herself and somebody to be named."""
    made = acted.institute
    season = made.conference(seats=10)
    command = MakeBooking(season, (Participant(acted.anna), TO_BE_NAMED), made.acme)
    booking = made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id
    return f"/{SLUG}/bookings/{booking}"


def test_my_page_shows_where_i_work_and_how_my_affiliations_were_verified(acted: Stage) -> None:
    anna = acted.browser("anna")
    page = anna.open(f"/{SLUG}/me")
    assert "specialist, Acme AB" in page.words
    assert "medlem 1 januari 2026 till och med 31 december 2027" in page.words or "Acme AB: medlem" in page.words

    page = anna.send(page, "note", ground="alumnus", note="Kurs 2019")
    assert "Anknytningen är uppgiven." in page.words
    assert "Arrangören har inte verifierat den än." in page.words

    page = anna.press(page, "/withdraw")
    assert "Uppgiften om anknytning är återtagen." in page.words


def test_a_claim_without_a_ground_comes_back_with_its_problem(acted: Stage) -> None:
    anna = acted.browser("anna")
    page = anna.send(anna.open(f"/{SLUG}/me"), "note", note="Kurs")
    assert page.status == 422
    assert "Välj ett av alternativen." in page.words


def test_my_data_comes_as_a_file(acted: Stage) -> None:
    booked(acted)
    acted.institute.catch_up()
    answer = acted.browser("anna").client.get(f"/{SLUG}/people/{acted.anna}/export.json")
    told = json.loads(answer.data)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert told["person"]["name"] == "Anna"
    assert told["bookings"]
    assert any(line["event"] == "Booking.Made" for line in told["history"])
    assert acted.browser("cecilia").client.get(f"/{SLUG}/people/{acted.anna}/export.json").status_code == 404


def test_whoever_has_booked_much_sees_the_latest_and_has_all_in_the_file(acted: Stage) -> None:
    made = acted.institute
    season, bertil = made.conference(seats=50), made.acting(acted.bertil)
    for _ in range(SHOWN + 2):
        made.services.bookings.make(bertil, MakeBooking(season, (TO_BE_NAMED,), made.acme))
    made.catch_up()
    browser = acted.browser("bertil")
    page = browser.open(f"/{SLUG}/me")
    assert page.html.count(f'href="/{SLUG}/bookings/') == SHOWN
    assert "Här står de senaste; allt står i filen längst ned." in page.words
    told = json.loads(browser.client.get(f"/{SLUG}/people/{acted.bertil}/export.json").data)
    assert len(told["bookings"]) >= SHOWN + 2


def test_a_booking_tells_its_history_what_to_pay_and_what_to_read(acted: Stage) -> None:
    at = booked(acted)
    anna = acted.browser("anna")
    page = anna.open(at)
    assert "2 platser bokades i Lära och förändra tillsammans, 15 000 kr." in page.words
    assert "Av Anna" in page.words
    assert "15 000 kr att betala senast" in page.words
    assert "Bankgiro 991-2346, OCR" in page.words
    assert "Faktura" in anna.open(f"{at}/history").words


def test_material_is_published_by_an_admin_and_read_by_participants(acted: Stage) -> None:
    at = booked(acted)
    made = acted.institute
    made.catch_up()
    season = made.services.booking_questions.mine(made.acting(acted.anna)).items[0].season_id
    admin = acted.browser("admin")
    page = admin.open(f"/{SLUG}/seasons/{season}/material")
    page = admin.send(page, "url", title="Inför dag 1", url="https://example.org/1", moment=Moment.BEFORE.value)
    assert "Materialet är publicerat." in page.words
    assert "Inför dag 1" in acted.browser("anna").open(at).words
    wrong = admin.send(admin.open(f"/{SLUG}/seasons/{season}/material"), "url", title="Fel", url="ftp://example.org")
    assert wrong.status == 422
    assert acted.browser("anna").open(f"/{SLUG}/seasons/{season}/material").status == 403


def test_an_erasure_is_asked_for_and_carried_out_at_the_desk(acted: Stage) -> None:
    made = acted.institute
    greta = made.person("Greta")
    acted.tokens["greta"] = made.services.tokens.make("greta", made.organiser, made.acting(greta).roles, greta)
    member, admin = acted.browser("greta"), acted.browser("admin")
    page = member.open(f"/{SLUG}/me")
    assert "Inga fakturor är ställda till dig" in page.words

    page = member._post(page, next(f for f in page.elements.forms if "/erasure" in f["action"][0]), {"do": "ask"})
    assert "Begäran om radering är mottagen." in page.words

    queue = admin.open(f"/{SLUG}/erasures")
    assert "Greta" in queue.words
    form = next(each for each in queue.elements.forms if str(greta) in each["action"][0])
    done = admin._post(queue, form, {"do": "erase"})
    assert "Uppgifterna är raderade." in done.words
    assert "Personens uppgifter är raderade." in admin.open(f"/{SLUG}/people/{greta}").words
