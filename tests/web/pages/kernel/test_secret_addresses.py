"""Addresses with a secret in them: what a page answers there is kept nowhere, and its address is sent nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from werkzeug.routing import Rule

from tests.web.stage import SLUG, Stage, stage
from web.pages.kernel.frame import SECRETS


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def secret_pages(acted: Stage) -> list[Rule]:
    rules = [each for each in acted.app.url_map.iter_rules() if "GET" in (each.methods or ())]
    return [each for each in rules if SECRETS & each.arguments and not each.rule.startswith(("/api/", "/embed/"))]


def test_a_page_whose_address_lets_in_is_kept_nowhere_and_names_itself_to_nobody(acted: Stage) -> None:
    pages, seen = secret_pages(acted), []
    assert {"queue.offer_by_link", "application.linked", "door.by_link"} & {each.endpoint for each in pages}
    for rule in pages:
        values = {name: uuid4() for name in rule.arguments} | {"slug": SLUG}
        values |= dict.fromkeys(SECRETS & rule.arguments, "x" * 22)
        address = acted.app.url_map.bind("localhost").build(rule.endpoint, values)
        answer = acted.app.test_client().get(address)
        if answer.mimetype == "text/html":
            seen.append(rule.endpoint)
            assert answer.headers["Referrer-Policy"] == "no-referrer", rule
            assert answer.headers["Cache-Control"] == "no-store", rule
            assert answer.headers["X-Robots-Tag"] == "noindex", rule
    assert len(seen) >= 10
    assert acted.app.test_client().get(f"/{SLUG}").headers["Referrer-Policy"] == "same-origin"
