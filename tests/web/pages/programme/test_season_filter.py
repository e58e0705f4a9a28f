"""What is coming is found by links and words: by town, price, month, network and language, and by who takes part."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from application.kernel.actor import SYSTEM, Actor, Role
from application.people.organiser import FoundOrganiser
from application.programme.meeting import PlannedMeeting
from application.programme.network import FoundNetwork
from application.programme.season import CloseBooking, OpenBooking, PlanSeason
from tests.conftest import Databases
from tests.web.page import Page
from tests.web.seasons_to_choose import AFAR, FREE, HERE, hours, planned, seasons_to_choose
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture(scope="module")
def acted(new_database: Databases) -> Iterator[Stage]:
    with new_database() as url, stage(url) as made:
        seasons_to_choose(made)
        yield made


TITLES = [
    *("Ledarskap i motvind: Malmö", "Ledarskap i motvind: Göteborg", "Att säga nej", "Säsong 4"),
    *("Conversations that hold", "När tåget står still", "Fullt hus", "Säsong 7"),
]


def listed(page: Page) -> set[str]:
    """Which of them stand among what can be booked."""
    main = page.html[page.html.index("<main") :].partition("Inte öppet för bokning")[0]
    return {title for title in TITLES if f"· {title}</span>" in main}


def found(acted: Stage, query: str, who: str = "") -> set[str]:
    return listed(acted.browser(who).open(f"/{SLUG}?{query}"))


CHOICES = [
    ("town=Göteborg", {"Ledarskap i motvind: Göteborg"}),
    ("online=yes", {"Ledarskap i motvind: Göteborg", "Att säga nej", "När tåget står still", "Säsong 7"}),
    ("online=yes&free=yes&month=2027-03", {"Ledarskap i motvind: Göteborg", "Att säga nej"}),
    ("month=2027-06", {"Säsong 4", "Säsong 7"}),
    ("held_in=en", {"Conversations that hold"}),
    ("month=2027-04&online=yes", {"När tåget står still"}),
    ("month=2027-04&online=yes&town=Malmö", set()),
    ("town=Atlantis", set()),
    ("month=2027-13", set()),
    ("month=%00", {*TITLES} - {"Fullt hus"}),
    ("network=x", set()),
    ("network=00000000-0000-0000-0000-000000000007", set()),
    ("held_in=xx", set()),
]


@pytest.mark.parametrize(("query", "titles"), CHOICES)
def test_choices_narrow_the_list_each_and_together(acted: Stage, query: str, titles: set[str]) -> None:
    assert found(acted, query) == titles


SEARCHES = [
    ("upphandl", {"Säsong 4"}),
    ("UPPHANDLING", {"Säsong 4"}),
    ("malmö", {"Ledarskap i motvind: Malmö", "Säsong 4", "Conversations that hold"}),
    ("malmo motvind", {"Ledarskap i motvind: Malmö"}),
    ("öppet", {"Ledarskap i motvind: Malmö", "Ledarskap i motvind: Göteborg"}),
    ("difficult", {"Conversations that hold"}),
    ("del 3", {"Säsong 4"}),
    ("avtal", {"Säsong 4"}),
    ("orjan", {"Säsong 4"}),
    ("åkesson zoe", {"Säsong 4"}),
    ("Zoë", {"Säsong 4"}),
    ("zo@example", set()),
    ("inget sådant", set()),
    ("", {*TITLES} - {"Fullt hus"}),
    ("   ", {*TITLES} - {"Fullt hus"}),
]


@pytest.mark.parametrize(("words", "titles"), SEARCHES)
def test_words_are_found_wherever_they_stand_whatever_their_case_and_accents(
    acted: Stage, words: str, titles: set[str]
) -> None:
    assert found(acted, f"q={words}") == titles


@pytest.mark.parametrize(
    "typed",
    ["%", "_", "'", '"', "\\", "%00", "%ff%fe", "()[]{}", "a" * 5000, "%F0%9F%8E%AD", "?|", "%s", "a+" * 900, "--"],
)
def test_whatever_is_typed_is_an_answer(acted: Stage, typed: str) -> None:
    for address in (f"/{SLUG}", "/"):
        for name in ("q", "town", "month", "network", "held_in", "organiser", "after"):
            status = acted.browser().client.get(f"{address}?{name}={typed}").status_code
            assert status == 200 or (name == "after" and status == 422), (address, name)


@pytest.mark.parametrize("name", ["q", "town", "past", "closed"])
def test_what_is_long_is_not_said_again_in_every_link(acted: Stage, name: str) -> None:
    page = acted.browser().client.get(f"/{SLUG}?{name}={'å' * 1900}").text
    assert len(re.findall("(?:%C3%A5|å){201,}", page)) <= 2, "the way to the other language alone"


def test_a_line_says_day_network_length_town_price_and_language(acted: Stage) -> None:
    page = acted.browser().open(f"/{SLUG}")
    assert page.says(
        "Mars 2027 4 tors Frukostsamtal · Att säga nej kl. 8–9 på nätet gratis 40 platser kvar",
        "16 tis Öppet Forum · Ledarskap i motvind: Malmö kl. 13–15 Malmö gratis",
        "17 ons Öppet Forum · Ledarskap i motvind: Göteborg kl. 13–15 Göteborg och på nätet gratis",
        "4 tors Upphandling som fungerar · Säsong 4 4 halvdagar, februari–juni Malmö 12 000 kr exkl. moms",
        "10 mån Workshoppar · Conversations that hold kl. 9–16.30 Malmö 12 000 kr exkl. moms på engelska",
        "April 2027 – dag kommer Frukostsamtal · När tåget står still på nätet gratis",
        "från 6 000 kr exkl. moms",
    )
    english = acted.browser(language="en").open(f"/{SLUG}")
    assert english.says(
        "4 Thu Frukostsamtal · Att säga nej 08:00–09:00 online free in Swedish",
        "4 half-days, February–June Malmö SEK 12,000 excl. VAT in Swedish",
        "from SEK 6,000 excl. VAT",
    )


def test_a_link_says_how_many_it_finds_and_what_is_chosen_is_taken_back_by_itself(acted: Stage) -> None:
    browser = acted.browser()
    page = browser.open(f"/{SLUG}")
    assert page.says("Mars 4", "Göteborg 1", "Malmö 3", "Helt eller delvis på nätet 4", "Engelska 1")
    assert page.says("Gratis, helt eller delvis på nätet 3")
    march = browser.open(link(page, "Mars"))
    assert march.says("Mars × , ta bort", "4 av 8 stämmer") and 'aria-current="true">Mars' in march.html
    assert march.says("Mars 2027 4 tors", "11 tors Upphandling som fungerar · Säsong 4")
    both = browser.open(link(march, "Gratis, helt eller delvis på nätet"))
    assert listed(both) == {"Ledarskap i motvind: Göteborg", "Att säga nej"}
    assert browser.open(link(both, "Mars")).says("3 av 8 stämmer")
    assert browser.open(link(both, "Visa allt")).says("Nätverk och serier")


def test_nothing_found_says_what_to_take_back_and_what_there_is_then(acted: Stage) -> None:
    page = acted.browser().open(f"/{SLUG}?month=2027-05&free=yes&q=conversations")
    assert page.says("Inget stämmer med allt du har valt.", "Ta bort Gratis , då finns 1", "Visa allt")
    assert "Ta bort Maj" not in page.words
    assert listed(acted.browser().open(link(page, "Ta bort Gratis"))) == {"Conversations that hold"}


def test_words_that_are_nowhere_are_told_so_and_everything_is_a_press_away(acted: Stage) -> None:
    page = acted.browser().open(f"/{SLUG}?q=dinosaurier")
    assert page.says("Ingenting finns för ”dinosaurier”. Pröva ett annat ord", "Visa allt")
    assert "Ta bort" not in page.words
    english = acted.browser(language="en").open(f"/{SLUG}?q=dinosaurs")
    assert english.says("Nothing is found for “dinosaurs”.", "Show everything")
    assert link(english, "Show everything") == f"/{SLUG}"


def test_a_search_keeps_what_was_chosen_and_the_other_way_round(acted: Stage) -> None:
    page = acted.browser().open(f"/{SLUG}?month=2027-03&q=motvind")
    assert '<input type="hidden" name="month" value="2027-03">' in page.html
    assert "q=motvind" in link(page, "Göteborg") and listed(page) == set(TITLES[:2])


def test_what_takes_no_bookings_is_folded_below_and_has_a_list_of_its_own(acted: Stage) -> None:
    page = acted.browser().open(f"/{SLUG}")
    assert "Fullt hus" not in listed(page)
    assert page.says("Inte öppet för bokning", "Visa det som inte har öppnat, är stängt eller inställt")
    assert page.says("Mars 2027 5 fre Frukostsamtal · Fullt hus kl. 8–9 på nätet gratis")
    own = acted.browser().open(f"/{SLUG}?closed=yes")
    assert own.says("Fullt hus") and "Att säga nej" not in own.words


def test_a_list_of_many_goes_on_and_keeps_what_was_chosen(acted: Stage) -> None:
    made = acted.institute
    for no in range(45):
        planned(made, "Serien", f"Omgång {no}", AFAR, hours("2027-09-01T08:00", "2027-09-01T09:00"))
    try:
        first = acted.browser().open(f"/{SLUG}?month=2027-09")
        second = acted.browser().open(link(first, "Visa fler"))
        assert second.says("September 2027 × , ta bort")
        assert len(re.findall("Omgång", first.words)) == 40 and len(re.findall("Omgång", second.words)) == 5
        assert len(first.html) < 45_000
    finally:
        for row in made.services.programme.seasons(made.organiser).items:
            if row.title.startswith("Omgång"):
                made.services.seasons.close_booking(made.admin, CloseBooking(row.season_id))
        made.catch_up()


def test_the_first_page_lists_what_can_be_booked_at_all_organisers(acted: Stage) -> None:
    made = acted.institute
    founded = FoundOrganiser("Zinkgruvan", "zinkgruvan", "556999-3008")
    other = made.services.organisers.found(SYSTEM, founded).answer.organiser_id
    admin = Actor("admin", other, frozenset({Role.ADMIN}))
    network = made.services.networks.found(admin, FoundNetwork("Gruvsamtal")).answer.network_id
    meeting = PlannedMeeting("Dagen", hours("2027-03-02T09:00", "2027-03-02T16:00"), HERE)
    plan = PlanSeason(network, "Under jord", 10, meetings=(meeting,), prices=FREE)
    season = made.services.seasons.plan(admin, plan).answer.season_id
    page = acted.browser().open("/")
    assert "Under jord" not in page.words and page.says("Arrangörer", "Zinkgruvan")
    made.services.seasons.open_booking(admin, OpenBooking(season))
    page = acted.browser().open("/")
    assert page.says("2 tis Gruvsamtal · Under jord kl. 9–16 Malmö gratis Zinkgruvan", "Zinkgruvan 1")
    assert page.says("Öppet Forum · Ledarskap i motvind: Malmö kl. 13–15 Malmö gratis Institutet")
    assert "Fullt hus" not in page.words
    theirs = acted.browser().open(link(page, "Zinkgruvan"))
    assert "organiser=zinkgruvan" in link(page, "Zinkgruvan") and "Öppet Forum ·" not in theirs.words
    assert theirs.says("Gruvsamtal · Under jord", "Zinkgruvan × , ta bort")
    assert acted.browser().open("/?q=zink").says("Gruvsamtal · Under jord")
    assert acted.browser().open("/?organiser=nobody").says("Inget stämmer med allt du har valt.", "finns inte ×")
    assert acted.browser(language="en").open("/").says("What is coming, from all organisers.", "Organisers")


def link(page: Page, words: str) -> str:
    """Where the first link leads whose text begins with these words."""
    found = re.search(rf'<a href="([^"]*)"[^>]*>{re.escape(words)}', page.html)
    assert found is not None, f"no link {words}"
    return found.group(1).replace("&amp;", "&")
