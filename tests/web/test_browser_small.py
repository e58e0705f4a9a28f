"""Small things that readers stumble over, in a real browser: the menu on a phone, where the focus goes, short lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from application.booking.booking import MakeBooking
from application.people.participant import Participant
from tests.conftest import Databases
from tests.web.browsing import DESKTOP, NEEDS_BROWSER, PHONE, Browsing, browsing, conference, unfold_menu
from tests.web.stage import SLUG, stage

pytestmark = NEEDS_BROWSER

WIDE, NARROW = 1440, 320
A_GAP = 3
"""Pixels between two words that are not read as one."""
MONTHS = """chart => [...chart.querySelectorAll("text:not([text-anchor=end])")]
    .map(each => each.getBoundingClientRect()).filter(each => each.width).map(each => [each.left, each.right])"""
LINES = """each => {
    const words = document.createRange();
    words.selectNodeContents(each);
    return words.getClientRects().length;
}"""


@pytest.fixture(scope="module")
def there(new_database: Databases) -> Iterator[Browsing]:
    with new_database() as url, stage(url) as made, browsing(made) as found:
        yield found


def test_the_bar_of_a_form_is_no_wider_than_what_staff_have_beside_their_menu(there: Browsing) -> None:
    made = there.stage.institute
    goods = made.services.goods_questions.goods(made.organiser)[0].goods_id
    with there.opened("finance", width=WIDE) as page:
        page.goto(f"/{SLUG}/goods/{goods}")
        assert page.evaluate("document.documentElement.scrollWidth") == WIDE


def test_the_months_below_a_chart_do_not_run_into_each_other_on_a_phone(there: Browsing) -> None:
    with there.opened("finance", width=NARROW) as page:
        page.goto(f"/{SLUG}/finance")
        ends = page.locator(".chart").first.evaluate(MONTHS)
        assert len(ends) >= 6 and all(one[1] + A_GAP <= other[0] for one, other in pairwise(ends)), ends


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("who", ["anna", "admin"])
def test_on_a_phone_the_menu_is_folded_and_the_page_begins_high_up(there: Browsing, who: str, *, script: bool) -> None:
    with there.opened(who, width=PHONE, script=script) as page:
        page.goto(f"/{SLUG}")
        header = page.locator("header").bounding_box()
        assert header is not None and header["height"] < 100
        assert page.get_by_role("link", name="Fakturor").is_hidden()
        unfold_menu(page)
        page.get_by_role("link", name="Fakturor").click()
        page.get_by_role("heading", name="Fakturor", level=1).wait_for()
        assert page.get_by_role("button", name="Logga ut").is_hidden()


def test_an_open_menu_is_calm_for_axe_and_scrolls_nothing_sideways(there: Browsing) -> None:
    with there.opened("admin", width=PHONE, dark=True) as page:
        page.goto(f"/{SLUG}")
        unfold_menu(page)
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_wide_window_and_a_stranger_see_the_whole_menu(there: Browsing) -> None:
    with there.opened("anna", width=DESKTOP) as page:
        page.goto(f"/{SLUG}")
        assert page.get_by_role("link", name="Fakturor").is_visible()
        assert page.locator(".menu > summary").is_hidden()
    with there.opened(width=PHONE) as page:
        page.goto(f"/{SLUG}")
        assert page.get_by_role("link", name="Logga in").is_visible()


@pytest.mark.parametrize("width", [320, PHONE])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_strangers_header_is_one_row_however_narrow(there: Browsing, width: int, language: str) -> None:
    """The name of the organiser leads to its programme, so the way there need not stand twice."""
    with there.opened(width=width, language=language) as page:
        page.goto(f"/{SLUG}")
        brand, way_in = page.locator(".brand").bounding_box(), page.locator(".top nav li").last.bounding_box()
        assert brand is not None and way_in is not None
        assert abs(brand["y"] + brand["height"] / 2 - way_in["y"] - way_in["height"] / 2) < 5
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("script", [True, False])
def test_one_seat_more_is_one_row_more_and_the_number_stays_in_sight(there: Browsing, *, script: bool) -> None:
    with there.opened("anna", width=PHONE, script=script) as page:
        page.goto(f"/{SLUG}/seasons/{there.stage.conference}")
        for no in (2, 3):
            page.get_by_role("button", name="En plats till").click()
            page.locator(f"#name_{no}").wait_for()
            assert page.locator("#wanted").input_value() == str(no)
            label = page.locator("label[for=wanted]").bounding_box()
            assert label is not None and label["y"] >= 0
        page.locator("#name_3").fill("Bo Ek")
        page.get_by_role("button", name="En plats färre").click()
        page.locator("#name_2").wait_for(state="detached")
        assert page.locator("#name_3").input_value() == "Bo Ek"


@pytest.mark.parametrize("script", [True, False])
def test_what_belongs_to_a_book_is_asked_for_once_a_book_is_chosen(there: Browsing, *, script: bool) -> None:
    with there.opened("anna", script=script) as page:
        page.goto(f"/{SLUG}/seasons/{there.stage.conference}")
        address = page.get_by_label("Adress att skicka till")
        assert address.is_hidden()
        page.get_by_label("Lägg till", exact=True).select_option(index=1)
        assert address.is_visible() and page.get_by_label("Antal", exact=True).is_visible()
        page.get_by_role("button", name="Boka 1 plats").click()
        page.locator("#goods_address[aria-invalid]").wait_for()
        assert page.get_by_label("Adress att skicka till").is_visible()


@pytest.mark.parametrize("width", [PHONE, 320])
def test_a_line_never_ends_between_two_times(there: Browsing, width: int) -> None:
    with there.opened(width=width) as page:
        page.goto(f"/{SLUG}/seasons/{there.stage.network}")
        times = page.locator(".timeline .time .short")
        assert times.all_inner_texts() == ["09.30–12.30", "09.30–12.30"]
        assert [each.evaluate(LINES) for each in times.all()] == [1, 1]


def test_a_double_click_books_once_and_the_page_before_knows_it(there: Browsing) -> None:
    made = there.stage.institute
    season = conference(there)
    with there.opened("anna") as page:
        page.goto(f"/{SLUG}/seasons/{season}")
        page.get_by_role("button", name="Boka 1 plats").dblclick()
        page.get_by_text("Bokningen är gjord.").wait_for()
        page.go_back()
        page.get_by_text("Anna har redan en plats.").wait_for()
        assert page.get_by_label("Jag deltar").count() == 0
        page.get_by_role("button", name="Boka 1 plats · 7 500 kr inkl. moms").wait_for()
    assert [seat.name for seat in made.services.rosters.of(made.admin, season)] == ["Anna"]


def test_coming_back_after_a_cancellation_nobody_elses_seat_is_chosen(there: Browsing) -> None:
    made, season = there.stage.institute, conference(there)
    people = (Participant(there.stage.anna), Participant(there.stage.bertil), Participant())
    command = MakeBooking(season, people, made.acme)
    booking = made.services.bookings.make(made.acting(there.stage.anna), command).answer.booking_id
    made.catch_up()
    with there.opened("anna") as page:
        page.goto(f"/{SLUG}/bookings/{booking}/cancel?seat=2")
        page.get_by_role("button", name="Avboka 1 plats").click()
        page.get_by_text("Avbokningen är klar.").wait_for()
        page.go_back()
        page.get_by_text("Redan avbokat: Bertil.").wait_for()
        page.wait_for_load_state("networkidle")
        assert page.locator(".choose :checked").count() == 0
        assert page.get_by_role("button", name="Avboka 1 plats").count() == 0


def test_coming_back_after_booking_for_a_colleague_no_other_colleague_is_chosen(there: Browsing) -> None:
    made, before, season = there.stage.institute, conference(there), conference(there)
    people = tuple(Participant(name=name, email=f"{name.lower()}.back@example.org") for name in ("Ada", "Bo", "Cia"))
    made.services.bookings.make(made.acting(there.stage.anna), MakeBooking(before, people, made.acme))
    made.catch_up()
    with there.opened("anna") as page:
        page.goto(f"/{SLUG}/seasons/{season}")
        page.get_by_label("Ada").check()
        page.get_by_role("button", name="Boka 2 platser").click()
        page.get_by_text("Bokningen är gjord.").wait_for()
        page.go_back()
        page.get_by_text("Anna har redan en plats.").wait_for()
        page.wait_for_load_state("networkidle")
        assert page.get_by_label("Ada").count() == 0 and page.locator("[name=colleague]:checked").count() == 0


def test_a_second_window_that_books_the_same_person_is_told_so(there: Browsing) -> None:
    made = there.stage.institute
    season = conference(there)
    with there.opened("anna") as page:
        page.goto(f"/{SLUG}/seasons/{season}")
        other = page.context.new_page()
        other.goto(f"/{SLUG}/seasons/{season}")
        page.get_by_role("button", name="Boka 1 plats").click()
        page.get_by_text("Bokningen är gjord.").wait_for()
        other.get_by_role("button", name="Boka 1 plats").click()
        other.get_by_text("Anna har redan en plats").first.wait_for()
        other.get_by_role("button", name="En plats till").click()
        other.get_by_role("button", name="Boka 1 plats · 7 500 kr inkl. moms").click()
        other.get_by_text("Bokningen är gjord.").wait_for()
    assert [seat.name for seat in made.services.rosters.of(made.admin, season)] == ["Anna", None]


def test_coming_back_to_a_form_its_button_says_what_is_chosen_in_it(there: Browsing) -> None:
    """Browsers put in what was chosen before; the sum beside the button has to follow."""
    season = conference(there)
    with there.opened("anna") as page:
        page.goto(f"/{SLUG}/seasons/{season}")
        page.get_by_label("Jag själv").check()
        page.get_by_role("button", name="Boka 1 plats · 15 000 kr inkl. moms").wait_for()
        page.goto(f"/{SLUG}")
        page.go_back()
        assert page.get_by_label("Jag själv").is_checked()
        page.get_by_role("button", name="Boka 1 plats · 15 000 kr inkl. moms").click()
        page.get_by_text("Bokningen är gjord.").wait_for()
