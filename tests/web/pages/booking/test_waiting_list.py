"""The waiting list on the pages: one's own place without others' names, leaving it, and booking from it in order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.booking.waiting_list import JoinWaitingList
from application.people.participant import Participant
from domain.kernel.ids import BookingId, PersonId
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def full(acted: Stage) -> BookingId:
    """All three seats taken."""
    made = acted.institute
    command = MakeBooking(acted.conference, (Participant(),) * 3, made.acme)
    return made.services.bookings.make(made.acting(acted.anna), command).answer.booking_id


def wait(acted: Stage, *people: PersonId) -> None:
    made = acted.institute
    for person in people:
        made.services.waiting_lists.join(made.acting(person), JoinWaitingList(acted.conference, 1))


def free_one(acted: Stage, booking: BookingId) -> None:
    made = acted.institute
    made.services.cancellations.request(made.admin, RequestCancellation(booking, (3,)))


def test_a_member_sees_their_own_place_and_nobody_elses_name(acted: Stage) -> None:
    full(acted)
    nina, ove = (acted.institute.person(name) for name in ("Nina", "Ove"))
    wait(acted, nina, acted.bertil, ove)
    browser = acted.browser("bertil")
    season = browser.open(f"/{SLUG}/seasons/{acted.conference}")
    assert season.says("Du står i kö: plats 2 av 3, för 1 plats.") and "Ställ mig" not in season.words
    mine = browser.open(f"/{SLUG}/bookings")
    assert mine.says("Köer", "plats 2 av 3, för 1 plats")
    assert not {"Nina", "Ove"} & set(season.words.split() + mine.words.split())
    left = browser.press(mine, "/leave")
    assert left.says("Platsen i kön är lämnad.", "Ställ mig i kö", "Fullbokat, 2 väntar")
    assert "Köer" not in browser.open(f"/{SLUG}/bookings").words
    assert acted.browser("anna").open(f"/{SLUG}/bookings").says("Mina bokningar")


def test_nobody_leaves_for_another(acted: Stage) -> None:
    full(acted)
    wait(acted, acted.bertil)
    browser = acted.browser("bertil")
    page = browser.open(f"/{SLUG}/bookings")
    action = next(form["action"][0] for form in page.elements.forms if "/leave" in form["action"][0])
    other = acted.browser("cecilia")
    token = other.open(f"/{SLUG}").form("form_token")["form_token"][0]
    assert other.client.post(action, data={"form_token": token}).status_code == 404
    assert browser.open(f"/{SLUG}/bookings").says("plats 1 av 1")


def test_an_admin_books_for_who_has_waited_longest_when_a_seat_fits(acted: Stage) -> None:
    booking, admin = full(acted), acted.browser("admin")
    nina = acted.institute.person("Nina")
    wait(acted, acted.bertil, nina)
    roster = f"/{SLUG}/seasons/{acted.conference}/roster"
    assert "Boka platsen" not in admin.open(roster).words
    free_one(acted, booking)
    page = admin.open(roster)
    assert page.words.count("Boka platsen") == 1
    made = admin.press(page, "/book")
    assert made.says("Bokningen är gjord.", "Bertil", "Betalare Acme AB", "7 500 kr")
    after = admin.open(roster)
    assert after.says("Nina") and "Boka platsen" not in after.words
    assert acted.browser("bertil").open(f"/{SLUG}/bookings").says("Lära och förändra tillsammans", "1 plats")


def test_who_works_nowhere_pays_themselves(acted: Stage) -> None:
    booking, admin = full(acted), acted.browser("admin")
    wait(acted, acted.institute.person("Nina"))
    free_one(acted, booking)
    made = admin.press(admin.open(f"/{SLUG}/seasons/{acted.conference}/roster"), "/book")
    assert made.says("Betalare Nina", "15 000 kr")


def test_whose_turn_it_is_books_their_own_seat_and_others_may_wait(acted: Stage) -> None:
    booking = full(acted)
    wait(acted, acted.bertil)
    free_one(acted, booking)
    newcomer = acted.browser("cecilia")
    page = newcomer.open(f"/{SLUG}/seasons/{acted.conference}")
    assert page.says("1 plats kvar, redan erbjuden: ställ dig i kö", "Ställ mig i kö")
    assert not any("wanted" in form for form in page.elements.forms), "what is offered already can only be waited for"
    browser = acted.browser("bertil")
    turn = browser.open(f"/{SLUG}/seasons/{acted.conference}")
    first, second = (browser.send(turn, "wanted", do="book") for _ in range(2))
    assert first.says("Bokningen är gjord.", "Bertil") and second.address == first.address


def test_only_admins_book_from_the_list(acted: Stage) -> None:
    booking = full(acted)
    wait(acted, acted.bertil)
    free_one(acted, booking)
    acted.institute.catch_up()
    place = acted.institute.services.rosters.waiting(acted.institute.admin, acted.conference)[0].place_id
    for who in ("anna", "bertil", "finance"):
        browser = acted.browser(who)
        token = browser.open(f"/{SLUG}").form("form_token")["form_token"][0]
        address = f"/{SLUG}/seasons/{acted.conference}/waiting-list/{place}/book"
        assert browser.client.post(address, data={"form_token": token}).status_code == 403
