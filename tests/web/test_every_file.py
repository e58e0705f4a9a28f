"""Every file that a page offers can be had by whoever it is offered to, whatever people have typed into it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect

from application.accounting.bookkeeping import ExportPeriod
from application.accounting.vat_return import DeclareVat
from tests.conftest import Databases
from tests.samples import Institute
from tests.web.every_page import pages_of
from tests.web.hostile import hostile
from tests.web.page import Page
from tests.web.stage import Stage, stage
from tests.web.test_every_page import FILES

ENOUGH, OK = 20, 200


@pytest.fixture(scope="module")
def acted(new_database: Databases) -> Iterator[Stage]:
    with new_database() as url, stage(url, hostile) as made:
        yield made


def named(ways: MapAdapter, address: str) -> str:
    """The endpoint of an address of ours that ends as a file does; nothing for another."""
    try:
        rule, _ = ways.match(address.partition("?")[0], return_rule=True)
    except (HTTPException, RequestRedirect):
        return ""
    return str(rule.endpoint) + address.partition("?")[0][-5:] if rule.rule.endswith(FILES) else ""


def test_every_file_that_a_page_offers_is_had_by_its_reader(acted: Stage) -> None:
    ways = acted.app.url_map.bind("localhost")
    offered: dict[tuple[str, str], str] = {}
    pages = pages_of(acted)
    handed_over(acted.institute)
    for path, who in pages.items():
        page = Page(acted.browser(who).client.get(path))
        for link in (unescape(each).partition("#")[0] for each in page.elements.links if each.startswith("/")):
            if name := named(ways, link):
                offered.setdefault((name, who), link)
    assert len(offered) > ENOUGH
    assert {name.partition(".")[0] for name, _ in offered} >= {"bookkeeping", "vat_return", "paper", "report", "people"}
    had = {link: read(acted, who, link) for (_, who), link in offered.items()}
    assert {link: (status, size) for link, (status, size) in had.items() if status != OK or not size} == {}


def read(acted: Stage, who: str, link: str) -> tuple[int, int]:
    """Status and length of a file, read to its end."""
    with acted.browser(who).client.get(link, buffered=True) as answer:
        return answer.status_code, len(answer.data)


def handed_over(made: Institute) -> None:
    """The month of the sales has been handed to the bookkeeping, and its VAT declared."""
    made.at(2026, 10, 3)
    month = ExportPeriod(date(2026, 9, 1), date(2026, 9, 30), is_confirmed=True)
    made.services.bookkeeping.export(made.finance, month)
    made.services.vat_returns.declare(made.finance, DeclareVat(date(2026, 7, 1), date(2026, 9, 30)))
    made.catch_up()
