"""Waiting lists that move, on the pages: an offer answered by the link of its letter, a place left by its own link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.booking.waiting_list import JoinWaitingList
from application.people.participant import Participant
from application.people.person_correction import CorrectPerson
from application.programme.price import AgreeTerms
from domain.kernel.ids import BookingId, PersonId
from domain.kernel.terms import Tier
from tests.strangers import links_of
from tests.web.links import delivered, places_in
from tests.web.stage import SLUG, Stage, stage

BERTIL = "bertil@example.org"


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        delivered(made.institute)
        yield made


def full(acted: Stage) -> BookingId:
    """All three seats taken."""
    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(),) * 3, made.acme)
    return made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id


def wait(acted: Stage, *people: PersonId, seats: int = 1) -> None:
    made = acted.institute
    for person in people:
        made.services.waiting_lists.join(made.acting(person), JoinWaitingList(acted.conference, seats))


def free(acted: Stage, booking: BookingId, *seats: int) -> None:
    made = acted.institute
    made.services.cancellations.request(made.admin, RequestCancellation(booking, seats))


def season_page(acted: Stage) -> str:
    return f"/{SLUG}/seasons/{acted.conference}"


def ways(acted: Stage, address: str, purpose: str) -> str:
    """The latest link for a purpose that has been mailed to an address."""
    return [each for each in places_in(delivered(acted.institute), address) if f"/{purpose}/" in each][-1]


def offered(acted: Stage) -> str:
    """The link of the letter that offers Bertil a seat."""
    booking = full(acted)
    wait(acted, acted.bertil)
    free(acted, booking, 3)
    return ways(acted, BERTIL, "offer")


def test_a_place_is_seen_and_left_by_its_link_and_positions_move_up(acted: Stage) -> None:
    """S22: 2 of 3, without signing in, nobody else's name on the page or in any letter."""
    full(acted)
    nina, ove = (acted.institute.person(name) for name in ("Nina", "Ove"))
    wait(acted, nina, acted.bertil, ove)
    mails = delivered(acted.institute)
    by_address = {each.to: each.text for each in mails}
    assert not {"Nina", "Ove"} & set(by_address[BERTIL].replace(",", " ").split())
    [link] = [each for each in places_in(mails, BERTIL) if "/place/" in each]
    [oves] = [each for each in places_in(mails, "ove@example.org") if "/place/" in each]
    browser = acted.browser()
    page = browser.open(link)
    assert page.says("Du har plats 2 av 3 i kön, för 1 plats.") and not {"Nina", "Ove"} & set(page.words.split())
    assert browser.open(link).says("plats 2 av 3"), "looking changes nothing"
    left = browser.press(page, "")
    assert left.says("Platsen i kön är lämnad.", "2 står i kö")
    assert browser.open(oves).says("Du har plats 2 av 2 i kön")
    gone = browser.client.get(link)
    assert gone.status_code == 410 and "Du står inte längre i kö" in gone.text
    assert gone.headers["Referrer-Policy"] == "no-referrer" and gone.headers["Cache-Control"] == "no-store"


def test_an_offer_is_accepted_by_its_link_without_signing_in(acted: Stage) -> None:
    link = offered(acted)
    browser = acted.browser()
    page = browser.open(link)
    assert page.says("Det är din tur", "Vi håller 1 plats åt dig till", "Acme AB", "7 500 kr", "Tacka nej")
    assert page.says("Priset är det som gällde när du ställde dig i kö")
    done = browser.send(page, "payer", do="accept")
    assert done.says("Bokningen är gjord.", "Bertil", "Acme AB"), done.words
    again = browser.client.get(link)
    assert again.status_code == 410 and "Det finns inget att svara på" in again.text
    assert acted.browser("finance").open(f"/{SLUG}/invoices").words.count("7 500,00") >= 1


def test_an_offer_is_declined_and_goes_to_the_next(acted: Stage) -> None:
    booking = full(acted)
    nina = acted.institute.person("Nina")
    wait(acted, acted.bertil, nina)
    free(acted, booking, 3)
    link = ways(acted, BERTIL, "offer")
    browser = acted.browser()
    page = browser.open(link)
    assert browser.press(page, "", do="decline").says("Tack för att du svarade.")
    assert acted.browser().open(ways(acted, "nina@example.org", "offer")).says("Det är din tur")


def test_who_pays_themselves_says_where_the_invoice_goes(acted: Stage) -> None:
    booking = full(acted)
    wait(acted, acted.institute.person("Nina"))
    free(acted, booking, 3)
    browser = acted.browser()
    page = browser.open(ways(acted, "nina@example.org", "offer"))
    assert page.says("15 000 kr")
    refused = browser.send(page, "payer", do="accept")
    assert refused.status == 422 and refused.says("adress")
    done = browser.send(page, "payer", do="accept", address="Gatan 1, 111 11 Byn")
    assert done.says("Bokningen är gjord.", "Nina")


def test_one_links_secret_opens_nothing_else(acted: Stage) -> None:
    link = offered(acted)
    secret, browser = link.rpartition("/")[2], acted.browser()
    place = link.replace("/offer/", "/place/")
    assert len(secret) == 32 and int(secret, 16) > 0
    for wrong in (place, link[:-1] + ("0" if link[-1] != "0" else "1"), link.replace("/offer/", "/claim/")):
        assert browser.client.get(wrong).status_code in (404, 410)
        assert browser.client.post(wrong, data={"do": "accept"}).status_code in (403, 404, 410)
    assert browser.client.get(f"{link}å").status_code == 410, "nothing that is typed is a fault of ours"
    made = acted.institute
    correct = CorrectPerson(acted.bertil, email="bertil.ny@example.org")
    made.services.person_corrections.correct(made.admin, correct)
    assert browser.client.get(link).status_code == 410, "it is over with the address that it was mailed to"


def test_two_tabs_answer_once(acted: Stage) -> None:
    link = offered(acted)
    browser = acted.browser()
    first, second = browser.open(link), browser.open(link)
    browser.send(first, "payer", do="accept")
    late = browser.press(second, "", do="decline")
    assert late.says("Det finns inget att svara på") or late.status in (409, 410)
    assert acted.browser("bertil").open(f"/{SLUG}/bookings").says("Lära och förändra tillsammans")


def test_the_page_never_offers_a_seat_that_is_offered_already(acted: Stage) -> None:
    """2 seats left, both offered; whoever joins is next, and nobody is refused a seat that the page has offered."""
    booking = full(acted)
    nina = acted.institute.person("Nina")
    wait(acted, acted.bertil, nina)
    free(acted, booking, 2, 3)
    newcomer = acted.browser("cecilia")
    page = newcomer.open(season_page(acted))
    assert page.says("2 platser kvar, båda erbjudna: ställ dig i kö", "Ställ mig i kö") and "Boka 1" not in page.words
    assert acted.browser().open(f"/{SLUG}").says("båda erbjudna")
    english = acted.browser("cecilia", "en").open(season_page(acted))
    assert english.says("2 seats left, both offered: join the waiting list")
    assert newcomer.send(page, "seats", seats="1").says("plats 3 av 3")
    turn = acted.browser("bertil").open(season_page(acted))
    assert turn.says("Det är din tur: vi håller 1 plats åt dig", "Svara")
    assert acted.browser("bertil").open(f"/{SLUG}/bookings").says("Det är din tur", "Svara")


def test_a_stranger_stands_in_line_once_the_mailed_link_is_confirmed(acted: Stage) -> None:
    full(acted)
    browser = acted.browser()
    page = browser.open(season_page(acted))
    refused = browser.send(page, "email", name="", email="fel", seats="2")
    assert refused.status == 422 and refused.says("fel")
    asked = browser.send(page, "email", name="Siv Ny", email="siv@example.org", seats="2")
    assert asked.says("Bekräfta i mejlet")
    assert "1 väntar" not in acted.browser().open(f"/{SLUG}").words, "it does not count yet"
    request_id, code = links_of(acted.institute, "siv@example.org")[0]
    link = f"/{SLUG}/queue-requests/{request_id}/{code}"
    confirm = browser.open(link)
    assert confirm.says("Du väntar på 2 platser tillsammans.")
    done = browser.press(confirm, "")
    assert done.says("Du står i kö", "Du har plats 1 av 1 i kön, för 2 platser.")
    assert browser.press(confirm, "").says("Du har plats 1 av 1"), "pressed again it is the same place"
    assert browser.client.get(link[:-1] + "x").status_code == 404


def test_a_known_and_an_unknown_address_get_the_same_answer(acted: Stage) -> None:
    full(acted)
    wait(acted, acted.bertil)
    answers = []
    for email in (BERTIL, "ingen@example.org"):
        browser = acted.browser()
        page = browser.open(season_page(acted))
        asked = browser.send(page, "email", name="Någon", email=email, seats="1")
        answers.append((asked.status, asked.words))
    assert answers[0] == answers[1]


def test_a_link_that_comes_too_late_puts_nobody_in_line(acted: Stage) -> None:
    full(acted)
    browser = acted.browser()
    browser.send(browser.open(season_page(acted)), "email", name="Siv", email="siv@example.org", seats="1")
    request_id, code = links_of(acted.institute, "siv@example.org")[0]
    page = browser.open(f"/{SLUG}/queue-requests/{request_id}/{code}")
    acted.institute.clock.pass_by(timedelta(days=3))
    late = browser.press(page, "")
    assert late.says("Länken gäller inte längre")
    assert "Du står i kö" not in late.words


def test_admins_see_the_list_move_somebody_with_a_reason_and_take_them_off(acted: Stage) -> None:
    booking = full(acted)
    nina, ove = (acted.institute.person(name) for name in ("Nina", "Ove"))
    wait(acted, nina, seats=2)
    wait(acted, acted.bertil, ove)
    free(acted, booking, 3)
    admin = acted.browser("admin")
    at = f"{season_page(acted)}/waiting-list"
    page = admin.open(at)
    assert page.says(
        "3 sällskap väntar", "Längst väntan sedan", "1 erbjudande ute, svar senast", "1 plats erbjuden till"
    )
    assert page.says("Hoppades över", "1 plats var ledig, sällskapet behöver 2 tillsammans")
    assert admin.open(f"{season_page(acted)}/run").says("Kön")
    lines = acted.institute.services.seat_offer_questions.line(acted.institute.admin, acted.conference)
    row = next(each for each in lines if each.name == "Ove")
    refused = admin.press(page, str(row.place_id), do="move", place="1")
    assert refused.status == 422 and refused.says("skälet")
    moved = admin.press(page, str(row.place_id), do="move", place="1", reason="Lovades platsen <b>i våras</b>")
    assert moved.says("Kön är ändrad.", "1. Ove")
    assert moved.says("Lovades platsen <b>i våras</b>") and "<b>i våras" not in moved.html
    assert admin.open(f"{season_page(acted)}/history").says("En plats i kön flyttades till plats 1.")
    removed = admin.press(admin.open(at), str(row.place_id), do="remove")
    assert removed.says("Borttagen ur kön.", "2 sällskap väntar")
    for who in ("bertil", "finance"):
        assert acted.browser(who).client.get(at).status_code == 403


def test_both_effects_are_shown_before_a_rule_is_chosen(acted: Stage) -> None:
    """S21 on the page."""
    full(acted)
    nina = acted.institute.person("Nina")
    wait(acted, nina, seats=2)
    wait(acted, acted.bertil)
    admin, at = acted.browser("admin"), f"{season_page(acted)}/waiting-rules"
    page = admin.open(at)
    assert page.says("Nina: får vänta, behöver 2 platser och 1 är ledig", "Bertil: 1 plats erbjuds")
    assert page.says("Nina: 1 plats hålls i väntan på fler", "Nina: 2 platser erbjuds")
    refused = admin.send(page, "answer_within", answer_within="0")
    assert refused.status == 422 and refused.says("Svarstiden är 1 till 720.")
    done = admin.send(page, "answer_within", answer_within="24", answering="working_hours", party="hold", hold_days="5")
    assert done.status == 200 and 'value="hold" checked' in done.html
    assert admin.open(f"/{SLUG}/waiting-rules").says("Regler för kön")


@pytest.mark.parametrize("by_link", [True, False])
def test_an_offer_is_not_accepted_under_other_terms_than_were_shown(acted: Stage, *, by_link: bool) -> None:
    """1.5: replaced between the page and the press."""
    link, made = offered(acted), acted.institute
    browser = acted.browser("" if by_link else "bertil")
    address = link if by_link else link.replace("/waiting/", "/seasons/").replace("/offer/", "/").rpartition("/")[0]
    if not by_link:
        season, place = address.split("/")[-2:]
        address = f"/{SLUG}/seasons/{season}/waiting-list/{place}/offer"
    page = browser.open(address)
    terms = AgreeTerms(acted.conference, (Tier(None, 10_000),))
    made.services.seasons.agree_terms(made.admin, terms)
    stale = browser.send(page, "payer", do="accept")
    assert stale.status == 409 and "Bokningen är gjord" not in stale.words, stale.words
    assert made.services.rosters.of(made.admin, acted.conference)[-1].name != "Bertil"
    assert stale.says("betalar fullt pris") and browser.send(stale, "payer", do="accept").says("Bokningen är gjord.")
