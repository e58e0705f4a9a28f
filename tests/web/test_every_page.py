"""Every page that can be opened is among those that a browser and axe are led through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.routing import Rule

from tests.conftest import Databases
from tests.web.every_page import pages_of
from tests.web.stage import Stage, stage

FILES = (
    "txt",
    "csv",
    "xlsx",
    "ics",
    "pdf",
    "xml",
    "json",
    "png",
    "webp",
    "css",
    "atom",
    "si",
    "<kind>",
    "<any(csv, xlsx):saved_as>",
)
EXCEPTIONS = {
    "staff_sign_in.start": "leads on to the organiser's own provider",
    "staff_sign_in.back": "comes from the provider and leads on",
    "booking_link.open_link": "leads on to the booking; what opens nothing is told in the stories of links",
    "booking_link.choose": "for whoever has opened a link beside somebody else, in the stories of links",
    "letters.as_set": "a mail as its reader sees it, framed on the page of the mail",
    "material_file.read": "a file that is shared, saved and never shown",
    "material_file.of_booking": "the same for whoever has the link of a booking",
    "answer.page": "what is answered in a meeting, when its round is open: in the stories of what a group learns",
    "learning.hopes": "what is hoped for and feared, when it is asked: in the stories of what a group learns",
    "door.page": "the door of a meeting, also by a helper's link: in the stories of doors",
    "door.snapshot": "the list that the door's script keeps",
    "mailing.example": "a mail as its reader sees it, framed on the page of the mailing",
    "healthz": "for whoever watches over the machine",
    "readyz": "for whoever watches over the machine",
    "fonts.face": "a type face",
    "fonts.licence": "its licence",
    "favicon": "leads to the picture in the browser's tab",
    "static": "files of the pages",
}
"""Addresses that are no page, and what they are."""

NAMED = r"(?:url_for|way)\('([a-z_]+\.?[a-z_]+)'[,)]"


@pytest.fixture(scope="module")
def acted(new_database: Databases) -> Iterator[Stage]:
    with new_database() as url, stage(url) as made:
        yield made


def is_page(rule: Rule) -> bool:
    is_file = rule.rule.endswith(tuple(f".{ending}" for ending in FILES))
    is_elsewhere = rule.rule.startswith("/api/")
    return "GET" in (rule.methods or ()) and not is_file and not is_elsewhere and rule.endpoint not in EXCEPTIONS


def test_every_page_there_is_is_looked_at(acted: Stage) -> None:
    rules = acted.app.url_map.bind("localhost")
    seen = {rules.match(path.partition("?")[0], return_rule=True)[0].rule for path in pages_of(acted)}
    pages = {rule.rule for rule in acted.app.url_map.iter_rules() if is_page(rule)}
    assert sorted(pages - seen) == []


def test_every_page_that_is_looked_at_opens(acted: Stage) -> None:
    answers = {(path, who): acted.browser(who).client.get(path).status_code for path, who in pages_of(acted).items()}
    assert {at: status for at, status in answers.items() if status != (404 if at[0] == "/nowhere" else 200)} == {}


def test_every_exception_is_an_address_that_there_is(acted: Stage) -> None:
    assert set(EXCEPTIONS) - {rule.endpoint for rule in acted.app.url_map.iter_rules()} == set()


def test_every_address_that_a_page_names_is_one_that_there_is(acted: Stage) -> None:
    """Also where the stage never gets to: an invoice to pay by card, a case to withdraw."""
    templates = Path(acted.app.root_path, "templates").glob("*.html")
    named = {found for each in templates for found in re.findall(NAMED, each.read_text("utf-8"))}
    assert len(named) > 100
    assert sorted(named - {rule.endpoint for rule in acted.app.url_map.iter_rules()}) == []
