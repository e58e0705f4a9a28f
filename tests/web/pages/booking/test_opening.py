"""Asking on a page to be told when booking opens: by a stranger who confirms, by a member, and as an admin sees it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.kernel.ids import NetworkId, SeasonId
from tests.scenarios.openings_of_a_year import planned
from tests.strangers import links_of
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def unopened(acted: Stage) -> tuple[NetworkId, SeasonId]:
    network = acted.institute.network("Chefer")
    season = planned(acted.institute, network)
    acted.institute.catch_up()
    return network, season


def test_a_stranger_asks_on_the_season_s_page_confirms_and_says_no_by_the_same_link(acted: Stage) -> None:
    _, season = unopened(acted)
    browser = acted.browser()
    assert "Säg till när bokningen öppnar" in browser.open(f"/{SLUG}/seasons/{season}").words
    page = browser.open(f"/{SLUG}/seasons/{season}/tell-me")
    refused = browser.send(page, "email", name="", email="fel")
    assert refused.status == 422
    asked = browser.send(page, "email", name="Siv Ny", email="siv@example.org")
    assert asked.says("Bekräfta i mejlet vi skickar")
    request_id, code = links_of(acted.institute, "siv@example.org")[0]
    confirm = browser.open(f"/{SLUG}/opening-requests/{request_id}/{code}")
    assert confirm.says("Vill du veta när bokningen öppnar?")
    done = browser.press(confirm, "")
    assert done.says("Vi mejlar när bokningen öppnar")
    assert acted.browser("admin").open(f"/{SLUG}/seasons/{season}/run").says("1 person vill veta")
    gone = browser.press(done, "", do="withdraw")
    assert gone.says("Du får inget mejl om det")


def test_a_member_asks_on_the_network_s_page_with_one_press_and_takes_it_back(acted: Stage) -> None:
    network, _ = unopened(acted)
    browser = acted.browser("anna")
    assert "Säg till när nästa säsong öppnar" in browser.open(f"/{SLUG}/networks/{network}").words
    page = browser.open(f"/{SLUG}/networks/{network}/tell-me")
    assert browser.press(page, "tell-me").says("Du får ett mejl när bokningen öppnar.")
    assert acted.browser("admin").open(f"/{SLUG}/networks/{network}").says("1 person vill veta")
    back = browser.open(f"/{SLUG}/networks/{network}/tell-me")
    assert browser.press(back, "tell-me", do="leave").says("Du får inget mejl när bokningen öppnar.")


def test_where_booking_is_open_there_is_nothing_to_ask_for(acted: Stage) -> None:
    page = acted.browser("anna").open(f"/{SLUG}/seasons/{acted.conference}/tell-me")
    refused = acted.browser("anna").press(page, "tell-me")
    assert refused.says("Bokningen är redan öppen.")
