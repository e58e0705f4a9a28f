"""The door on the pages, without its script: ticked, undone, typed, walked in; by admins, leaders and helpers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from application.booking.booking import MakeBooking
from application.booking.cancellation import RequestCancellation
from application.people.participant import TO_BE_NAMED, Participant
from domain.kernel.ids import BookingId
from tests.web.page import Page
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


class AtDoor:
    """Anna, Bertil and a seat without a name, on the morning of the first day."""

    def __init__(self, acted: Stage) -> None:
        self.acted, made = acted, acted.institute
        people = (Participant(acted.anna), Participant(acted.bertil), TO_BE_NAMED)
        self.booking: BookingId = made.services.bookings.make(
            made.acting(acted.anna), MakeBooking(acted.conference, people, made.acme)
        ).answer.booking_id
        made.at(2027, 2, 3, 7, 42)
        made.catch_up()
        self.meeting: UUID = made.services.programme.season(made.admin, acted.conference).meetings[0].meeting_id
        self.address = f"/{SLUG}/seasons/{acted.conference}/meetings/{self.meeting}/door"

    def code(self, seat: int) -> str:
        made = self.acted.institute
        return made.services.tickets.of_booking(made.admin, self.booking)[seat - 1].code

    def helper(self) -> str:
        admin = self.acted.browser("admin")
        desk = admin.open(f"/{SLUG}/seasons/{self.acted.conference}/doors")
        made = admin.press(desk, f"{self.meeting}/door/link", do="make")
        assert made.says("Länken är skapad")
        secret = self.acted.institute.services.doors.rules(self.acted.institute.admin, self.acted.conference).secrets
        return f"/{SLUG}/door/{next(iter(secret.values()))}"


def test_the_list_is_ticked_and_undone(acted: Stage) -> None:
    door, admin = AtDoor(acted), acted.browser("admin")
    page = admin.open(door.address)
    assert page.says("Anna", "Bertil", "0 av 2 är här", "1 plats utan namn")
    ticked = press(acted, page, "tick", acted.anna)
    assert ticked.says("Anna är här", "1 av 2 är här", "08.42")
    undone = press(acted, ticked, "undo", acted.anna)
    assert undone.says("Anna: avprickningen är ångrad", "0 av 2 är här")


def press(acted: Stage, page: Page, name: str, person: UUID) -> Page:
    acted.institute.clock.pass_by(timedelta(seconds=15))
    form = next(each for each in page.elements.forms if "/door" in each["action"][0] and not {"q", "name"} & set(each))
    browser = acted.browser("admin")
    token = next(each["form_token"] for each in page.elements.forms if "form_token" in each)
    answer = browser.client.post(form["action"][0], data={"form_token": token, name: str(person)})
    assert answer.status_code == 303, answer.text
    return browser.open(answer.headers["Location"])


def test_s63_codes_are_typed_and_told_by_word_and_sign(acted: Stage) -> None:
    door, admin = AtDoor(acted), acted.browser("admin")
    page = admin.open(door.address)
    said = admin.send(page, "q", q=door.code(1).lower(), do="read")
    assert said.says("✓ Anna är här")
    acted.institute.clock.pass_by(timedelta(seconds=15))
    assert admin.send(page, "q", q=door.code(1), do="read").says("! Anna är redan här, sedan 08.42")
    assert admin.send(page, "q", q="P1:" + "A" * 26, do="read").says("✕ Okänd biljett. Sök på namnet.")
    acted.institute.services.cancellations.request(acted.institute.admin, RequestCancellation(door.booking, (2,)))
    code = door.code(1)
    found = admin.send(page, "q", q="acme", do="read")
    assert found.says("Anna") and "Okänd biljett" not in found.words
    assert code.startswith("P1:")
    nobody = admin.send(page, "q", q="<b>Nils</b>", do="read")
    assert "Anna" not in nobody.words.split("Någon som inte")[0] and "<b>Nils" not in nobody.html


def test_somebody_walks_in_and_is_on_the_list(acted: Stage) -> None:
    door, admin = AtDoor(acted), acted.browser("admin")
    page = admin.open(door.address)
    assert admin.send(page, "email", do="walk_in", name="").says("Fyll i")
    came = admin.send(page, "email", do="walk_in", name="Greta Garbo")
    assert came.says("Greta Garbo är här", "1 av 3 är här", "utan bokning")
    assert admin.send(page, "email", do="walk_in", name="Greta Garbo").says("1 av 3 är här")  # pressed twice


def test_a_helper_sees_names_and_nothing_else_and_the_door_alone(acted: Stage) -> None:
    door = AtDoor(acted)
    address, helper = door.helper(), acted.browser()
    page = helper.open(address)
    assert page.says("Anna", "Bertil", "Acme AB") and "@example.org" not in page.html
    assert "/roster" not in page.html and "/doors" not in page.html
    assert helper.send(page, "q", q=door.code(1), do="read").says("Anna är här")
    assert page.headers["Cache-Control"] == "no-store"
    assert helper.client.get(f"/{SLUG}/seasons/{acted.conference}/doors").status_code == 303
    acted.institute.at(2027, 2, 2, 12)
    closed = helper.open(address)
    assert closed.status == 409 and closed.says("Länken gäller inte.")
    admin = acted.browser("admin")
    desk = admin.open(f"/{SLUG}/seasons/{acted.conference}/doors")
    admin.press(desk, f"{door.meeting}/door/link", do="stop")
    acted.institute.at(2027, 2, 3, 9)
    assert helper.open(address).says("Länken gäller inte.")


def test_nobody_else_comes_to_the_door(acted: Stage) -> None:
    door = AtDoor(acted)
    assert acted.browser("anna").client.get(door.address).status_code == 403
    assert acted.browser("finance").client.get(door.address).status_code == 403
    assert acted.browser().client.get(door.address).status_code == 303
    assert (
        acted.browser("admin").client.get(door.address.replace(str(door.meeting), str(UUID(int=5)))).status_code == 404
    )
    for wrong in ("", "[", "[{}]", '[{"scan_id": 1}]', "null"):
        browser = acted.browser("admin")
        token = browser.open(door.address).elements.forms[-1]["form_token"]
        answer = browser.client.post(f"{door.address}/scans", data={"scans": wrong, "form_token": token})
        assert answer.status_code in (400, 409, 422), (wrong, answer.status_code)


def test_rules_are_agreed_and_attendance_is_read(acted: Stage) -> None:
    door, admin = AtDoor(acted), acted.browser("admin")
    desk = admin.open(f"/{SLUG}/seasons/{acted.conference}/doors")
    assert desk.says("0 kom")
    assert "15 000 kr" not in admin.open(door.address).words and "7 500 kr" not in admin.open(door.address).words
    assert admin.send(desk, "walk_ins", walk_ins="booked").says("Det som gäller vid dörren är sparat.")
    assert acted.browser().open(door.helper()).says("får en plats till dagens pris")
    told = admin.open(door.address)
    assert told.says("får en plats till dagens pris")
    assert "kr" in told.words.partition("får en plats till dagens pris")[2].partition("Namn")[0]  # before it is pressed
    press(acted, admin.open(door.address), "tick", acted.anna)
    page = admin.open(f"/{SLUG}/seasons/{acted.conference}/attendance")
    assert page.says("Anna", "✓ 08.42")
    saved = admin.client.get(f"/{SLUG}/seasons/{acted.conference}/attendance.csv")
    assert "Anna;Acme AB;08.42" in saved.text
    assert acted.browser("anna").client.get(f"/{SLUG}/seasons/{acted.conference}/attendance").status_code == 403


def test_where_somebody_has_been_stands_on_their_page_and_at_their_organisation(acted: Stage) -> None:
    door, admin = AtDoor(acted), acted.browser("admin")
    press(acted, admin.open(door.address), "tick", acted.anna)
    acted.institute.at(2027, 2, 5)
    mine = acted.browser("anna").open(f"/{SLUG}/me")
    assert mine.says("Närvaro", "Lära och förändra", "Anna prickades av vid en träff i")
    certificate = f"/{SLUG}/seasons/{acted.conference}/people/{acted.anna}/certificate.pdf"
    assert certificate in mine.html
    file = acted.browser("anna").client.get(certificate)
    assert (file.status_code, file.mimetype, file.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert acted.browser("bertil").client.get(certificate).status_code == 403
    assert admin.client.get(certificate.replace(str(acted.anna), str(acted.bertil))).status_code == 409
    at_work = admin.open(f"/{SLUG}/organisations/{acted.institute.acme}")
    assert at_work.words.split("Närvaro")[1].strip().startswith("Anna")
    assert certificate in admin.open(f"/{SLUG}/seasons/{acted.conference}/attendance").html
