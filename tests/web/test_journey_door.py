"""The door in a browser, on a phone: ticked and undone, searched, typed, and kept through a lost connection (S63)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from application.booking.booking import MakeBooking
from application.people.participant import Participant
from domain.kernel.ids import BookingId, PersonId
from tests.web.browsing import NEEDS_BROWSER, PHONE, Browsing, browsing
from tests.web.stage import SLUG, stage

pytestmark = NEEDS_BROWSER


@pytest.fixture(scope="module")
def there(module_database_url: str) -> Iterator[Browsing]:
    with stage(module_database_url) as acted, browsing(acted) as made:
        yield made


class AtDoor:
    """Three people of Acme at the conference, and the address of its first door."""

    def __init__(self, there: Browsing) -> None:
        self.there, made = there, there.stage.institute
        self.season = made.conference(seats=40)
        self.people = [made.person(name, made.acme) for name in ("Elsa", "Frans", "Gun")]
        wanted = MakeBooking(self.season, tuple(map(Participant, self.people)), made.acme)
        made.at(2026, 9, 1, 8)
        self.booking: BookingId = made.services.bookings.make(made.admin, wanted).answer.booking_id
        made.at(2027, 2, 3, 7, 42)
        made.catch_up()
        meeting = made.services.programme.season(made.admin, self.season).meetings[0].meeting_id
        self.address = f"/{SLUG}/seasons/{self.season}/meetings/{meeting}/door"

    def code(self, person: PersonId) -> str:
        tickets = self.there.stage.institute.services.tickets.of_booking(self.there.stage.institute.admin, self.booking)
        return next(each.code for each in tickets if each.person_id == person)

    def came(self) -> list[str]:
        made = self.there.stage.institute
        made.catch_up()
        return [each.name or "" for each in made.services.attendance.of_season(made.admin, self.season)]


def test_a_row_is_ticked_and_undone_and_the_list_is_searched(there: Browsing) -> None:
    door = AtDoor(there)
    with there.opened("admin", width=PHONE) as page:
        page.clock.set_system_time(there.stage.institute.clock.now())
        page.goto(door.address)
        row = page.locator(".ticks button", has_text="Elsa")
        row.click()
        expect(page.locator("#told")).to_contain_text("Elsa")
        expect(page.locator("#told")).to_contain_text("är här")
        expect(row).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#count")).to_have_text("1")
        there.stage.institute.clock.pass_by(there_is_a_while())
        row.click()
        expect(page.locator("#told")).to_contain_text("ångrad")
        expect(row).to_have_attribute("aria-pressed", "false")
        page.fill("#q", "fran")
        expect(page.locator(".ticks li:visible")).to_have_count(1)
        assert page.locator(".ticks li:visible button").evaluate("row => row.clientHeight") >= 44
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert door.came() == []


def there_is_a_while() -> timedelta:
    return timedelta(seconds=30)


def test_a_code_is_typed_as_a_reader_types_it_and_a_second_time_says_since_when(there: Browsing) -> None:
    door = AtDoor(there)
    with there.opened("admin", width=PHONE) as page:
        page.goto(door.address)
        for said in ("är här", "är redan här"):
            page.fill("#q", door.code(door.people[0]))
            page.press("#q", "Enter")
            expect(page.locator("#told")).to_contain_text(said)
            expect(page.locator("#q")).to_have_value("")
            there.stage.institute.clock.pass_by(there_is_a_while())
            page.wait_for_timeout(0)
        page.fill("#q", "P1:" + "A" * 26)
        page.press("#q", "Enter")
        expect(page.get_by_role("alert")).to_contain_text("Okänd biljett")
    assert door.came() == ["Elsa"]


def test_what_is_noted_without_a_connection_says_so_and_is_sent_when_there_is_one(there: Browsing) -> None:
    door = AtDoor(there)
    with there.opened("admin", width=PHONE) as page:
        page.goto(door.address)
        expect(page.locator("#picks small").first).to_have_text("3")
        page.context.set_offline(True)
        page.locator(".ticks button", has_text="Frans").click()
        expect(page.locator("#told")).to_contain_text("sparat här, inte skickat")
        page.fill("#q", door.code(door.people[2]))
        page.press("#q", "Enter")
        expect(page.locator("#told")).to_contain_text("Gun")
        expect(page.locator("#unsent")).to_contain_text("2 avprickningar är sparade här, inte skickade")
        expect(page.locator("#count")).to_have_text("2")
        assert door.came() == []
        assert "Frans" not in page.evaluate("JSON.stringify(localStorage)")
        page.context.set_offline(False)
        expect(page.locator("#unsent")).to_be_hidden()
    assert door.came() == ["Frans", "Gun"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_door_and_its_desk_are_for_everyone(there: Browsing, dark: bool) -> None:
    door = AtDoor(there)
    with there.opened("admin", width=PHONE, dark=dark) as page:
        for address in (door.address, f"{door.address}?answer=unknown", f"/{SLUG}/seasons/{door.season}/doors"):
            page.goto(address)
            found = Axe().run(page).response["violations"]
            assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == [], address


READS = "class { async detect() { return [{ rawValue: 'P1:' + 'A'.repeat(26) }]; } }"
A_CAMERA = """
navigator.mediaDevices.getUserMedia = async () => new MediaStream();
HTMLMediaElement.prototype.play = async () => {};
"""
READS_NOTHING = "class { async detect() { return []; } }"


@pytest.mark.parametrize(("detector", "is_offered"), [("undefined", False), (READS_NOTHING, False), (READS, True)])
def test_the_camera_is_offered_where_the_browser_reads_a_known_picture(
    there: Browsing, detector: str, is_offered: bool
) -> None:
    door = AtDoor(there)
    with there.opened("admin", width=PHONE) as page:
        there_is = (
            "delete window.BarcodeDetector" if detector == "undefined" else f"window.BarcodeDetector = {detector}"
        )
        page.add_init_script(there_is)
        page.goto(door.address)
        expect(page.locator("#picks small").first).to_have_text("3")
        page.wait_for_load_state("networkidle")
        assert page.locator("#camera").is_visible() is is_offered


def test_what_the_camera_sees_is_let_in_once_and_the_camera_is_put_away_again(there: Browsing) -> None:
    door = AtDoor(there)
    code = door.code(door.people[0])
    sees = f"what.tagName === 'VIDEO' ? '{code}' : 'P1:' + 'A'.repeat(26)"
    with there.opened("admin", width=PHONE) as page:
        page.clock.set_system_time(there.stage.institute.clock.now())
        page.add_init_script(
            f"window.BarcodeDetector = class {{ async detect(what) {{ return [{{ rawValue: {sees} }}]; }} }}"
        )
        page.add_init_script(A_CAMERA)
        page.goto(door.address)
        page.get_by_role("button", name="Läs med kameran").click()
        expect(page.locator("#told")).to_contain_text("Elsa")
        expect(page.locator("#count")).to_have_text("1")
        page.locator("#camera button").click()
        expect(page.locator("#seen")).to_be_hidden()
        expect(page.get_by_role("button", name="Läs med kameran")).to_be_visible()
    assert door.came() == ["Elsa"]


def test_without_its_script_the_page_is_worked_by_forms(there: Browsing) -> None:
    door = AtDoor(there)
    with there.opened("admin", width=PHONE, script=False) as page:
        page.goto(door.address)
        assert not page.locator("#picks").is_visible() and not page.locator("#camera").is_visible()
        page.locator(".ticks button", has_text="Elsa").click()
        expect(page.locator("#told")).to_contain_text("är här")
    assert door.came() == ["Elsa"]
