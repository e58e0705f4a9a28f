"""Whoever uses the pages in English is written to in English; nobody else is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.mail.letter_desk import LetterFilter
from domain.kernel.ids import PersonId
from tests.web.stage import SLUG, Stage, stage


@pytest.fixture
def acted(database_url: str) -> Iterator[Stage]:
    with stage(database_url) as made:
        yield made


def language_of(acted: Stage, person: PersonId) -> str:
    rows = acted.institute.services.letters.find(acted.institute.admin, LetterFilter(people=(person,)))
    [language] = {row.language for row in rows}
    return language


def test_a_form_sent_in_english_is_answered_by_letters_in_english(acted: Stage) -> None:
    browser = acted.browser("anna", "en")
    page = browser.open(f"/{SLUG}/seasons/{acted.conference}")
    browser.send(page, "wanted", do="book", who=["me", "someone"], payer=str(acted.institute.acme), reference="PO 1")
    acted.institute.catch_up()
    assert language_of(acted, acted.anna) == "en"
    [booked] = acted.institute.services.letters.find(acted.institute.admin, LetterFilter(kind="booked"))
    assert booked.subject == "Booked: Lära och förändra tillsammans, Wednesday 3 February"


def test_looking_in_english_changes_nothing(acted: Stage) -> None:
    position = acted.institute.house.worker.catch_up()
    acted.browser("anna", "en").open(f"/{SLUG}/bookings")
    assert acted.institute.house.worker.catch_up() == position == 0


def test_the_first_press_in_english_does_what_it_says(acted: Stage) -> None:
    """That the language is noted with it is no change of what was shown."""
    browser = acted.browser("bertil", "en")
    page = browser.open(f"/{SLUG}/people/{acted.bertil}")
    form = next(each for each in page.elements.forms if each["action"][0].endswith("/erasure"))
    assert browser._post(page, form, {"do": "ask"}).says("The request for erasure is received.")
