"""Webhooks on their page and by the API: made, their secret shown once, changed, tried, stopped; for admins alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.web.calling import Api, api
from tests.web.stage import SLUG, Stage, stage

PAGE = f"/{SLUG}/webhooks"
ADDRESS = "https://crm.example.org/plats"


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


@pytest.fixture
def calls(database_url: str) -> Iterator[Api]:
    with api(database_url) as calling:
        yield calling


def test_an_admin_makes_one_sees_its_secret_once_and_tries_it(acted: Stage) -> None:
    browser = acted.browser("admin")
    page = browser.send(browser.open(PAGE), "address", address=ADDRESS, kinds=["booking.made", "invoice.issued"])
    [secret] = re.findall(r"whsec_[\w-]+", page.words)
    acted.institute.catch_up()
    assert secret not in browser.open(PAGE).words
    [row] = acted.institute.services.webhook_questions.webhooks(acted.institute.admin)
    assert (row.address, row.kinds) == (ADDRESS, ("booking.made", "invoice.issued"))


def test_a_form_with_nothing_ticked_or_another_address_says_so_at_the_field(acted: Stage) -> None:
    browser = acted.browser("admin")
    page = browser.send(browser.open(PAGE), "address", address="http://example.org")
    assert page.status == 422 and page.says("Välj minst en.")
    again = browser.send(page, "address", address="http://example.org", kinds="booking.made")
    assert again.status == 422 and again.says("Adressen måste börja med https://")


def test_members_finance_and_strangers_find_no_webhooks(acted: Stage) -> None:
    for who in ("anna", "finance"):
        assert acted.browser(who).open(PAGE).status == 403


def test_a_program_does_all_of_it(calls: Api) -> None:
    made = calls.post("/webhooks", {"address": ADDRESS, "kinds": ["booking.made"]})
    at = f"/webhooks/{made['webhook_id']}"
    assert made["secret"].startswith("whsec_")
    newer = calls.post(f"{at}/secret")
    assert newer["secret"] != made["secret"]
    calls.put(at, {"address": ADDRESS, "kinds": ["booking.cancelled"]})
    calls.post(f"{at}/test")
    [waiting] = calls.get("/webhook-deliveries?state=waiting")
    assert (waiting["kind"], waiting["attempts"]) == ("webhook.test", 0)
    calls.post(f"/webhook-deliveries/{waiting['delivery_id']}/replay")
    calls.post(f"{at}/stop")
    assert [each["stopped_for"] for each in calls.get("/webhooks")] == ["by_hand"]
    calls.post(f"{at}/resume")
    calls.delete(at)
    assert calls.get("/webhooks") == []
    for who in ("finance", "neighbour"):
        if who in calls.tokens:
            assert calls.call("POST", f"{at}/test", who=who).status_code in (403, 404)
