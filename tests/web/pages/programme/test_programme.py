"""What anyone can read: who organises, the programme, and a season's page with its price, terms and meetings."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from application.kernel.actor import SYSTEM
from application.people.organiser import FoundOrganiser
from application.programme.meeting import PlannedMeeting
from domain.programme.meeting_time import TO_COME, scheduled
from tests.conftest import Databases
from tests.scenarios.story import FREE
from tests.strangers import links_of
from tests.web.stage import SLUG, Stage, at, stage


@pytest.fixture(scope="module")
def acted(new_database: Databases) -> Iterator[Stage]:
    with new_database() as url, stage(url) as made:
        yield made


def test_the_first_page_leads_to_the_organisers(acted: Stage) -> None:
    page = acted.browser().open("/")
    assert page.says("Arrangörer", "Institutet") and f"/{SLUG}" in page.elements.links


def test_an_installation_without_organisers_says_so(acted: Stage) -> None:
    acted.institute.services.organisers.found(SYSTEM, FoundOrganiser("Tomma", "tomma", "556999-5003"))
    assert acted.browser().open("/tomma").says("Här finns inget program än.")


def test_the_programme_lists_networks_seasons_and_goods(acted: Stage) -> None:
    page = acted.browser().open(f"/{SLUG}")
    assert page.says("Ledarskap och förnyelse i offentlig sektor", "Säsong 7", "20 platser kvar", "Boken om möten")
    assert page.says("För chefer i staten, i regioner och i kommuner.")


def test_a_season_shows_postponed_month_only_and_to_come_as_such(acted: Stage) -> None:
    page = acted.browser().open(f"/{SLUG}/seasons/{acted.network}")
    assert page.says(
        "onsdag 28 oktober 2026, 09.30–12.30",
        "uppskjuten tills vidare (var torsdag 26 november 2026 kl. 09.30)",
        "Talaren är sjuk.",
        "juni 2027, dag kommer",
        "datum kommer",
        "Rådhuset och på nätet",
        "Bokningen är öppen till och med tisdag 1 december 2026.",
    )


def test_the_same_season_in_english(acted: Stage) -> None:
    page = acted.browser(language="en").open(f"/{SLUG}/seasons/{acted.network}")
    assert page.says(
        "postponed until further notice (was Thursday 26 November 2026 at 09:30)",
        "June 2027, day to come",
        "20 seats left",
        "SEK 15,000 excl. VAT (SEK 18,750 incl.)",
        "For managers in the state, in regions and in municipalities.",
    )


def test_the_language_is_chosen_in_the_address_and_remembered(acted: Stage) -> None:
    browser = acted.browser()
    assert browser.open(f"/{SLUG}?language=en").says("Programme")
    assert browser.open(f"/{SLUG}").says("Programme")
    assert browser.open(f"/{SLUG}?language=xx").says("Programme")


def test_a_browser_that_asks_for_english_gets_it_and_others_get_swedish(acted: Stage) -> None:
    client = acted.app.test_client()
    for wanted, word in (("en-GB,en;q=0.9", "Programme"), ("de", "Program"), ("sv-SE,en;q=0.5", "Program")):
        assert f"<h1>{word}</h1>" in client.get(f"/{SLUG}", headers={"Accept-Language": wanted}).text


def test_a_stranger_sees_all_prices_and_what_cancelling_costs(acted: Stage) -> None:
    page = acted.browser().open(f"/{SLUG}/seasons/{acted.conference}")
    assert page.says(
        "12 000 kr exkl. moms (15 000 kr inkl.)",
        "6 000 kr exkl. moms (7 500 kr inkl.)",
        "Avboka gratis till och med 30 november.",
        "Avbokning som kommer in före tisdag 1 december 2026 kl. 00.00: ingen kostnad.",
        "Boka 1 plats · 15 000 kr inkl. moms",
        "Sara",
        "Att leda i förändring",
        "Att läsa före",
    )
    assert "Bilder" not in page.words


def test_a_member_sees_the_price_for_them_and_why(acted: Stage) -> None:
    page = acted.browser("anna").open(f"/{SLUG}/seasons/{acted.conference}")
    assert page.says(
        "Pris för dig 6 000 kr exkl. moms (7 500 kr inkl.)", "Acme AB är medlem till och med 31 december 2027."
    )


def test_somebody_whose_membership_lapsed_reads_that_it_did(acted: Stage) -> None:
    made = acted.institute
    dora = made.person("Dora", made.delta)
    acted.tokens["dora"] = made.services.tokens.make("dora", made.organiser, made.member("Eva").roles, dora)
    made.at(2027, 1, 15)
    page = acted.browser("dora").open(f"/{SLUG}/seasons/{acted.conference}")
    made.at(2026, 9, 2)
    assert page.says("Pris för dig 12 000 kr exkl. moms", "Delta AB var medlem till och med 31 december 2026")


def test_a_season_that_is_not_for_everyone_asks_a_stranger_to_sign_in(acted: Stage) -> None:
    page = acted.browser().open(f"/{SLUG}/seasons/{acted.network}")
    assert page.says("Vi behöver veta vem du är") and all("wanted" not in form for form in page.elements.forms)


@pytest.mark.parametrize("address", ["/nobody", f"/{SLUG}/seasons/{UUID(int=7)}", f"/{SLUG}/seasons/x", "/a/b/c/d"])
def test_what_is_not_there_is_said_with_a_way_on(acted: Stage, address: str) -> None:
    page = acted.browser().open(address)
    assert page.status == 404 and page.says("Sidan finns inte")
    assert f"/{SLUG}" in page.elements.links or "/" in page.elements.links


def test_another_organisers_season_is_not_here(acted: Stage) -> None:
    acted.institute.services.organisers.found(SYSTEM, FoundOrganiser("Andra", "andra", "556999-3008"))
    assert acted.browser().open(f"/andra/seasons/{acted.conference}").status == 404


def test_the_book_is_ordered_by_anyone_with_postage(acted: Stage) -> None:
    browser = acted.browser()
    goods = acted.institute.services.goods_questions.goods(acted.institute.organiser)[0]
    page = browser.open(f"/{SLUG}/goods/{goods.goods_id}")
    assert page.says("125 kr inkl. moms", "Porto 45 kr för hela köpet. Moms 6 % ingår.", "Beställ · 170 kr inkl. moms")
    again = browser.send(page, "quantity", quantity="2", do="sum")
    assert again.says("Beställ · 295 kr inkl. moms")
    wrong = browser.send(again, "quantity", name="Nina", email="nina", address="Gatan 1", do="order")
    assert wrong.status == 422 and 'value="Nina"' in wrong.html
    done = browser.send(wrong, "quantity", email="nina@example.org", do="order")
    assert done.says("Beställningen är mottagen.", "Det här händer nu")
    assert "Nina" not in acted.browser("finance").open(f"/{SLUG}/invoices").words
    order_id, code = links_of(acted.institute, "nina@example.org")[0]
    asked = browser.open(f"/{SLUG}/orders/{order_id}/{code}")
    assert asked.says("Bekräfta beställningen", "2 × Boken om möten", "Bekräfta och köp · 295 kr")
    assert browser.press(asked, "").says("Beställningen är bekräftad.", "Köpet är gjort.")
    assert acted.browser("finance").open(f"/{SLUG}/invoices").says("Nina", "295,00")


def test_what_is_over_stands_among_the_past_seasons_and_not_in_the_programme(acted: Stage) -> None:
    made = acted.institute
    day = PlannedMeeting("Dagen", scheduled(at("2026-09-10T09:00"), at("2026-09-10T16:00")))
    season = made.season("Höstdagen", 10, FREE, meetings=(day,))
    without_day = made.season("Våren", 10, FREE, meetings=(PlannedMeeting("Någon gång", TO_COME),))
    try:
        made.at(2026, 9, 10)
        assert acted.browser().open(f"/{SLUG}").says("Höstdagen", "Våren", "Tidigare säsonger")
        made.at(2026, 9, 11)
        coming = acted.browser().open(f"/{SLUG}")
        assert f"/{SLUG}/seasons/{season}" not in coming.elements.links
        assert f"/{SLUG}/seasons/{without_day}" in coming.elements.links
        past = acted.browser().open(f"/{SLUG}?past=yes")
        assert past.says("Tidigare säsonger", "September 2026", "10 tors", "Höstdagen")
        assert "Våren" not in past.words and "Säsong 7" not in past.words
    finally:
        made.at(2026, 9, 2)


def test_a_shared_address_tells_what_it_is_about(acted: Stage) -> None:
    html = acted.browser().open(f"/{SLUG}/seasons/{acted.network}").html
    assert '<meta property="og:title" content="Ledarskap och förnyelse i offentlig sektor, Säsong 7">' in html
    told = "Fem förmiddagar med samma grupp och en fast samtalsledare. Börjar onsdag 28 oktober 2026."
    assert f'<meta name="description" content="{told}">' in html


def test_what_has_begun_is_said_to_have_begun(acted: Stage) -> None:
    made = acted.institute
    days = tuple(
        PlannedMeeting(day, scheduled(at(f"2026-{day}T09:00"), at(f"2026-{day}T16:00"))) for day in ("09-10", "10-10")
    )
    made.season("Hösten", 10, FREE, meetings=days)
    try:
        made.at(2026, 9, 10)
        assert acted.browser().open(f"/{SLUG}").says("10 tors Hösten 2 dagar, september–oktober")
        made.at(2026, 9, 11)
        assert (
            acted.browser().open(f"/{SLUG}").says("Har börjat 10 lör okt Hösten", "började torsdag 10 september 2026")
        )
        english = acted.browser(language="en").open(f"/{SLUG}")
        assert english.says("Under way 10 Sat Oct Hösten", "began Thursday 10 September 2026", "in Swedish")
    finally:
        made.at(2026, 9, 2)
